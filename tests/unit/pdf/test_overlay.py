"""The boxes as they are painted, and taken away again."""

from __future__ import annotations

import re
from dataclasses import replace

import pikepdf
import pymupdf
import pytest

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.pdf.overlay import paint, without_boxes
from tests.documents import cut, opened, pixels_of, raw_pdf, redaction, saved, words_of

MARK = b"BT /F 12 Tf 100 100 Td (Under) Tj ET"


def painted(
    *boxes: Redaction, content: bytes = MARK, rotation: int = 0, unit: float = 1
) -> tuple[bytes, PageFrame]:
    pdf = raw_pdf(content, CropBox=[20, 10, 290, 190], Rotate=rotation, UserUnit=unit)
    frame = PageFrame(Box(20, 10, 290, 190), rotation, unit)
    paint(pdf, pdf.pages[0], frame, boxes)
    return saved(pdf), frame


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 2])
def test_boxes_are_black_where_they_should_be_and_codes_upright(rotation: int, unit: float) -> None:
    box = Box(30, 40, 80, 52)
    data, _ = painted(redaction(box, overlay="(b)(6)"), content=b"", rotation=rotation, unit=unit)
    shot = pixels_of(data)
    inside = cut(shot, box)
    assert (inside < 128).mean() > 0.5
    assert inside.max() > 200  # the code
    shot[int(box.y0 * 2) : int(box.y1 * 2), int(box.x0 * 2) : int(box.x1 * 2)] = 255
    assert shot.min() > 250
    with pymupdf.open(stream=data) as document:
        page = document[0]
        (block,) = page.get_text("dict")["blocks"]
        turned = pymupdf.Point(block["lines"][0]["dir"]) * pymupdf.Matrix(rotation)
    assert (turned.x, turned.y) == pytest.approx((1, 0), abs=1e-3)


@pytest.mark.parametrize(
    ("box", "code"),
    [
        (Box(30, 40, 80, 52), "(b)(6)"),
        (Box(30, 40, 80, 52), "164.514(b)(2)(i)(A)"),
        (Box(30, 40, 80, 48), "(§j,Q)"),
        (Box(30, 40, 230, 80), "WWWWWW"),
        (Box(30, 40, 50, 52), "MMM"),
        (Box(30, 40, 60, 44.5), "x"),
    ],
)
def test_a_code_fits_its_box(box: Box, code: str) -> None:
    data, _ = painted(redaction(box, overlay=code), content=b"")
    shot = pixels_of(data, dpi=288)
    edges = cut(shot, box, 288)
    for strip in (edges[:1], edges[-1:], edges[:, :1], edges[:, -1:]):
        assert strip.max() < 60
    assert (shot < 128).any()
    assert words_of(data) == [code]


@pytest.mark.parametrize(
    ("box", "code"),
    [
        (Box(30, 40, 36, 52), "164.514(b)"),
        (Box(30, 40, 60, 43), "A"),
        (Box(9, 9, 9.5, 9.5), "A"),
    ],
)
def test_a_code_that_cannot_be_read_is_left_out(box: Box, code: str) -> None:
    assert words_of(painted(redaction(box, overlay=code), content=b"")[0]) == []


@pytest.mark.parametrize(
    ("width", "printed"), [(80, ["(b)(6),", "(b)(7)(C)"]), (14, ["(b)(6)"]), (4, [])]
)
def test_where_all_codes_have_no_room_the_first_is_printed(
    width: float, printed: list[str]
) -> None:
    box = Box(30, 40, 30 + width, 52)
    both = replace(redaction(box, overlay="(b)(6), (b)(7)(C)"), brief="(b)(6)")
    assert words_of(painted(both, content=b"")[0]) == printed


def test_odd_codes_do_no_harm() -> None:
    data, _ = painted(redaction(Box(30, 40, 80, 52), overlay="(\\) §日"), content=b"")
    assert "".join(words_of(data)) == "(\\)§?"


def test_boxes_can_be_taken_away() -> None:
    data, frame = painted(redaction(frame_box(), overlay="code"))
    bare = without_boxes(data)
    assert words_of(bare) == ["Under"]
    assert (pixels_of(bare) == pixels_of(saved(plain()))).all()
    with opened(bare) as pdf:
        assert pdf.pages[0].obj.Resources.XObject.RedactorBoxes.read_bytes() == b""
    assert without_boxes(bare) == bare
    assert frame.size == (270, 180)


def frame_box() -> Box:
    return Box(70, 70, 130, 100)


def plain() -> pikepdf.Pdf:
    return raw_pdf(MARK, CropBox=[20, 10, 290, 190])


def test_content_left_open_does_not_move_the_boxes() -> None:
    box = Box(30, 40, 80, 52)
    data, _ = painted(redaction(box), content=b"q 0.5 0 0 0.5 9 9 cm 1 0 0 rg")
    assert cut(pixels_of(data), box).max() < 10


def test_pages_that_share_resources_each_have_their_own_boxes() -> None:
    pdf = raw_pdf(b"")
    pdf.add_blank_page(page_size=(300, 200))
    shared = pdf.make_indirect(pikepdf.Dictionary(XObject=pikepdf.Dictionary()))
    first, second = Box(30, 40, 80, 52), Box(30, 140, 80, 152)
    frame = PageFrame(Box(0, 0, 300, 200), 0)
    for page in pdf.pages:
        page.obj.Resources = shared
    for page, box in zip(pdf.pages, (first, second), strict=True):
        paint(pdf, page, frame, [redaction(box)])
    data = saved(pdf)
    assert cut(pixels_of(data, 1), first).max() < 10
    assert cut(pixels_of(data, 2), second).max() < 10


def test_no_text_but_the_code() -> None:
    data, _ = painted(redaction(frame_box(), overlay="(A)"), content=b"")
    with opened(data) as pdf:
        drawing = pdf.pages[0].obj.Resources.XObject.RedactorBoxes.read_bytes()
    assert re.findall(rb"<([0-9a-f]+)> Tj", drawing) == [b"(A)".hex().encode()]


def test_a_neighbors_box_does_not_cover_a_code() -> None:
    first, second = Box(30, 40, 80, 52), Box(40, 40, 120, 52)
    data, _ = painted(redaction(first, overlay="NAME"), redaction(second), content=b"")
    assert cut(pixels_of(data), first).max() > 200
