import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.datasets import funsd_held_out, funsd_pages, iam_pages, names
from redactor.errors import FileAccessError
from redactor.geometry import Box
from redactor.words import Origin


def _folder(data: Path, name: str, rows: list[dict[str, object]]) -> Path:
    folder = data / name
    (folder / "images").mkdir(parents=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "labels.jsonl").write_text(lines, encoding="utf-8")
    return folder


def _iam(form: str, split: str) -> dict[str, object]:
    line = {"id": "0", "text": "Hi, Ann", "box": [300, 0, 600, 75], "seg": "ok"}
    below = {"id": "1", "text": "Signed", "box": [300, 2065, 600, 1000], "seg": "ok"}
    words = [
        {"text": "Hi", "box": [300, 0, 375, 75], "seg": "ok", "line": "0"},
        {"text": "Ann", "box": [450, 0, 600, 75], "seg": "err", "line": "0"},
        {"text": "Signed", "box": [0, 0, 9, 9], "seg": "ok", "line": "1"},
    ]
    file = f"images/{form}.png"
    rest = {"file": file, "form": form, "split": split, "width": 2400, "height": 1000}
    return {**rest, "lines": [line, below], "words": words}


def test_iam_boxes_are_in_points_and_lines_off_the_picture_are_left_out(tmp_path: Path) -> None:
    _folder(tmp_path, "handwriting/iam_pages", [_iam("b", "val"), _iam("a", "train")])
    (page,) = iam_pages(tmp_path, "val")
    assert page.name == "b"
    assert page.text == "Hi, Ann"
    assert [(w.text, w.box, w.line, w.reliable) for w in page.words] == [
        ("Hi", Box(72, 0, 90, 18), 0, True),
        ("Ann", Box(108, 0, 144, 18), 0, False),
    ]
    assert {w.origin for w in page.words} == {Origin.HANDWRITING}


def test_only_the_form_itself_is_surely_printed(tmp_path: Path) -> None:
    words = [
        {"text": label, "box": [0, 0, 100, 10], "label": label, "entity": 0}
        for label in ("question", "answer", "header", "other")
    ]
    row: dict[str, object] = {"split": "train", "width": 850, "height": 1100, "words": words}
    rows = [row | {"file": f"images/{name}.png"} for name in "cab"]
    folder = _folder(tmp_path, "forms/funsd_train", rows)
    cv2.imwrite(str(folder / "images/a.png"), np.zeros((1100, 850), np.uint8))
    first, *_ = funsd_pages(tmp_path)
    assert [w.origin for w in first.words] == [Origin.PRINT, None, Origin.PRINT, None]
    assert first.words[0].box.width == pytest.approx(72)
    assert first.image(200).pixels.shape == (2200, 1700, 3)
    assert [page.name for page in funsd_held_out(tmp_path)] == ["b", "c"]


def test_absent_data_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match=r"no labels in .*names"):
        names(tmp_path)


def test_an_image_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    row: dict[str, object] = {"file": "images/x.jpg", "text": "ANN", "split": "val"}
    _folder(tmp_path, "handwriting/names", [row])
    (name,) = names(tmp_path)
    assert "ANN" not in repr(name)
    with pytest.raises(FileAccessError, match=r"x\.jpg"):
        name.image()
