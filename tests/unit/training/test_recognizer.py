import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import FileAccessError, RedactorError, UsageError
from training.recognizer import lines, score
from training.recognizer.distort import coverage, distorted

ALPHABET = tuple("abcdefghijklmnopqrstuvwxyz ")


def labeled(folder: Path, rows: list[Any], count: int = lines.LEAST) -> Path:
    """A folder of `count` good lines and then `rows`, written as they are."""
    good = [{"file": f"{number}.png", "text": "some words"} for number in range(count)]
    for row in good:
        cv2.imwrite(str(folder / row["file"]), np.full((40, 200), 255, np.uint8))
    text = [row if isinstance(row, str) else json.dumps(row) for row in [*good, *rows]]
    (folder / "labels.jsonl").write_text("\n".join(text), encoding="utf-8")
    return folder


def test_lines_come_in_the_order_of_their_labels(tmp_path: Path) -> None:
    folder = labeled(tmp_path, ["", {"file": "0.png", "text": "  two\u00a0 blanks ", "hand": 3}])
    found = lines.read_lines(folder, ALPHABET)
    assert [line.name for line in found] == [f"{n}.png" for n in range(lines.LEAST)] + ["0.png"]
    assert found[-1].text == "two blanks"
    assert found[0].picture.shape == (40, 200)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("{", UsageError),
        ("[]", UsageError),
        ("3", UsageError),
        ({"file": "0.png"}, UsageError),
        ({"text": "words"}, UsageError),
        ({"file": "0.png", "text": " "}, UsageError),
        ({"file": "0.png", "text": 3}, UsageError),
        ({"file": "0.png", "text": "secret Ω"}, UsageError),
        ({"file": "../outside.png", "text": "secret"}, UsageError),
        ({"file": "/outside.png", "text": "secret"}, UsageError),
        ({"file": "nowhere.png", "text": "secret"}, FileAccessError),
        ({"file": "labels.jsonl", "text": "secret"}, FileAccessError),
    ],
)
def test_a_bad_row_is_named_by_its_number_and_its_text_is_not_repeated(
    tmp_path: Path, row: Any, kind: type[RedactorError]
) -> None:
    with pytest.raises(kind) as caught:
        lines.read_lines(labeled(tmp_path, [row]), ALPHABET)
    assert f"row {lines.LEAST + 1}" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_too_few_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"has {lines.LEAST - 1} lines"):
        lines.read_lines(labeled(tmp_path, [], lines.LEAST - 1), ALPHABET)


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match=r"labels\.jsonl: no such file"):
        lines.read_lines(tmp_path, ALPHABET)


def test_the_text_of_a_line_is_not_in_its_repr(tmp_path: Path) -> None:
    assert "some" not in repr(lines.read_lines(labeled(tmp_path, []), ALPHABET))


@given(st.integers(0, 5), st.integers(lines.LEAST, 300))
def test_every_line_is_trained_on_or_held_out_whatever_the_order(seed: int, count: int) -> None:
    picture = np.zeros((2, 2), np.uint8)
    given = [lines.LabeledLine(str(n), picture, "x") for n in range(count)]
    seen, held = lines.split(given, seed)
    assert len(held) == round(count * lines.HELD_OUT)
    assert sorted(int(line.name) for line in (*seen, *held)) == list(range(count))
    assert [x.name for x in lines.split(given[::-1], seed)[1]] == [line.name for line in held]


@pytest.mark.parametrize(
    ("classes", "text"),
    [([], ""), ([0, 0], ""), ([1, 1, 2], "ab"), ([1, 0, 1], "aa"), ([0, 2, 2, 0, 1], "ba")],
)
def test_the_best_path_has_repeats_and_blanks_collapsed(classes: list[int], text: str) -> None:
    posteriors = np.eye(3, dtype=np.float32)[classes] if classes else np.zeros((0, 3), np.float32)
    assert score.best_path(posteriors, ("a", "b")) == text


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ([3] * 20, [3] * 20, False),
        ([3] * 20, [2] * 20, True),
        ([2] * 20, [3] * 20, False),
        ([1] * 20, [0] + [1] * 19, False),  # one line may be luck
        ([5, 0] * 10, [0, 5] * 10, False),
        ([5] * 20, [4] * 15 + [6] * 5, True),
    ],
)
def test_better_is_more_than_chance(before: list[int], after: list[int], better: bool) -> None:
    assert score.is_better(np.array(before), np.array(after)) is better


@given(st.integers(1, 300), st.integers(1, 2000))
def test_a_line_is_brought_to_the_height_of_the_network(height: int, width: int) -> None:
    seen = score.prepare(np.full((height, width), 255, np.uint8))
    assert seen.shape[:2] == (3, 48)
    assert seen.min() == seen.max() == 1


@pytest.mark.parametrize("vigor", [0.0, 0.5, 1.0])
def test_a_distorted_line_repeats_with_its_seed_and_keeps_its_ink(vigor: float) -> None:
    picture = np.full((60, 200), 255, np.uint8)
    cv2.putText(picture, "words", (10, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    ink = coverage(picture)
    first, second, other = (distorted(ink, np.random.default_rng(n), vigor) for n in (1, 1, 2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)
    assert np.ptp(first) > 100


def test_the_ink_of_a_line_is_full_where_it_is_darkest() -> None:
    picture = np.full((80, 200), 230, np.uint8)
    picture[30:50, 20:60] = 90
    ink = coverage(picture)
    assert ink[40, 40] == 255
    assert ink[10, 150] == 0


def test_a_blank_line_has_no_ink() -> None:
    assert not coverage(np.full((80, 200), 230, np.uint8)).any()
