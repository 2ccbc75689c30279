"""The boxes, the rotation, the unit and the version of a file survive, in place and rebuilt."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest

from redactor.geometry import Box, PageFrame
from redactor.ink import PageImage
from redactor.pdf.burn import burn
from redactor.pdf.page_boxes import array, rectangle
from redactor.pdf.rebuild import rebuild
from redactor.pdf.render import render
from redactor.pdf.sanitize import sanitize
from tests.documents import opened, pixels_of, raw_pdf, saved, taken

TEXT = b"BT /F 12 Tf 60 100 Td (Alpha) Tj ET 0.5 g 40 40 30 20 re f"
BOXES = {
    "MediaBox": (-10, -20, 290, 180),
    "CropBox": (0, 0, 280, 170),
    "BleedBox": (2, 2, 270, 160),
    "TrimBox": (4, 4, 265.5, 155),
    "ArtBox": (6, 6, 260, 150),
}
STREAMS = (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate)
RECTANGLES: dict[str, Any] = {
    key: pikepdf.Array([*box]) for key, box in BOXES.items() if key != "MediaBox"
}


def stated(data: bytes) -> dict[str, tuple[float, ...]]:
    with opened(data) as pdf:
        page = pdf.pages[0].obj
        return {key: tuple(map(float, page[f"/{key}"])) for key in BOXES if f"/{key}" in page}


@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["in place", "rebuilt"])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 1.5])
def test_a_page_is_framed_as_it_was(
    tmp_path: Path, rotation: int, unit: float, is_rebuilt: bool
) -> None:
    pdf = raw_pdf(TEXT, BOXES["MediaBox"], **RECTANGLES, Rotate=rotation, UserUnit=unit)
    source = taken(tmp_path, saved(pdf))
    pages = {1: rebuild(render(source, 1), source.frames[0].size, (), ())} if is_rebuilt else {}
    boxes = {number: source.boxes[number - 1] for number in pages}
    output, _ = sanitize(burn(source, (), pages), source.frames, (), boxes)
    assert stated(output) == BOXES
    with opened(output) as again:
        assert again.pages[0].obj.Rotate == rotation
        assert float(again.pages[0].obj.get("/UserUnit", 1)) == unit
    before, after = (pixels_of(data).astype(int) for data in (source.data, output))
    assert before.shape == after.shape
    assert (np.abs(before - after) > 90).mean() < 0.002  # as a picture, but for its edges
    assert (before < 200).mean() > 0.01


def test_a_rebuilt_page_without_boxes_of_its_own(tmp_path: Path) -> None:
    source = taken(tmp_path, saved(raw_pdf(TEXT)))
    made = rebuild(PageImage(np.full((200, 300, 3), 255, np.uint8), 72), (300, 200), (), ())
    output, _ = sanitize(burn(source, (), {1: made}), source.frames, (), {1: source.boxes[0]})
    assert stated(output) == {"MediaBox": (0, 0, 300, 200), "CropBox": (0, 0, 300, 200)}


@pytest.mark.parametrize(
    "value",
    [
        pikepdf.String("Zebulon"),
        pikepdf.Array(["Zebulon", 0, 10, 10]),
        pikepdf.Array([0, 0, 10]),
        pikepdf.Array([0, 0, 10, 10, 7]),
        pikepdf.Array([5, 5, 5, 5]),
    ],
)
def test_a_box_that_is_no_rectangle_goes(value: pikepdf.Object) -> None:
    pdf = raw_pdf(TEXT, TrimBox=value)
    output, counts = sanitize(saved(pdf), (PageFrame(Box(0, 0, 300, 200), 0),), ())
    assert rectangle(value) is None
    assert "TrimBox" not in stated(output)
    assert dict(counts)["page/TrimBox"] == 1


@pytest.mark.parametrize("zero", [-0.0, -0.000_001])
def test_a_box_is_written_as_it_will_be_read(zero: float) -> None:
    """QPDF writes these as -0, and reads that as 0: the file would not be as it was made."""
    assert array(Box(zero, zero, 10, 12.5)).unparse() == b"[ 0 0 10 12.5 ]"


@pytest.mark.parametrize("version", ["1.3", "1.4", "1.7", "2.0"])
@pytest.mark.parametrize("streams", STREAMS, ids=lambda mode: mode.name)
def test_the_version_survives(
    tmp_path: Path, version: str, streams: pikepdf.ObjectStreamMode
) -> None:
    path = tmp_path / "made.pdf"
    raw_pdf(TEXT).save(path, object_stream_mode=streams)
    data = path.read_bytes()  # its header may say less than object streams need
    source = taken(tmp_path, b"%PDF-" + version.encode() + data[8:])
    output, _ = sanitize(burn(source, (), {}), source.frames, ())
    assert output.startswith(b"%PDF-" + version.encode())


@pytest.mark.parametrize(
    ("stated_", "expected"),
    [("1.6", b"1.6"), ("1.2", b"1.4"), ("1.9", b"1.4"), ("Zebulon", b"1.4")],
)
def test_a_later_version_in_the_catalog_counts(stated_: str, expected: bytes) -> None:
    pdf = raw_pdf(TEXT)
    pdf.Root.Version = pikepdf.Name(f"/{stated_}")
    frame = PageFrame(Box(0, 0, 300, 200), 0)
    older = io.BytesIO()
    pdf.save(older, force_version="1.4")
    output, _ = sanitize(older.getvalue(), (frame,), ())
    assert output.startswith(b"%PDF-" + expected)
    assert b"Zebulon" not in output
