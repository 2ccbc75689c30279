"""The words of a text layer, their boxes around the ink, their edges between the letters."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from redactor.pdf.render import render
from redactor.pdf.text_layer import read_text_layer
from redactor.words import Origin, Word
from tests.documents import dark, extent, raw_pdf, saved, taken, text_pdf

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def words(folder: Path, data: bytes, number: int = 1) -> list[Word]:
    lines = read_text_layer(taken(folder, data), number)
    return [word for line in lines for word in line.words]


def test_words_and_lines(tmp_path: Path) -> None:
    data = text_pdf([(20, 40, "Ann  O'Neil, 42%"), (20, 60, "next line")], [(20, 40, "Page two")])
    lines = read_text_layer(taken(tmp_path, data), 1)
    assert [line.text for line in lines] == ["Ann O'Neil, 42%", "next line"]
    assert {w.origin for line in lines for w in line.words} == {Origin.TEXT_LAYER}
    assert [w.text for w in words(tmp_path, data, 2)] == ["Page", "two"]


def test_a_page_without_text(tmp_path: Path) -> None:
    assert words(tmp_path, saved(raw_pdf(b"0 0 10 10 re f"))) == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(0, 0, 300, 200), (0, 30, 280, 190)])
@pytest.mark.parametrize("unit", [1, 2])
def test_boxes_hold_the_ink(
    tmp_path: Path,
    rotation: int,
    crop: tuple[float, ...],
    unit: int,
) -> None:
    pdf = raw_pdf(
        b"BT /F 14 Tf 100 90 Td (Quixotry) Tj ET", CropBox=[*crop], Rotate=rotation, UserUnit=unit
    )
    source = taken(tmp_path, saved(pdf))
    ((word,),) = [line.words for line in read_text_layer(source, 1)]
    ink = extent(dark(render(source, 1).pixels)).scaled(72 / 200)
    assert ink.covered_by(word.box.padded(0.4)) == 1
    assert word.box.area < 2 * ink.area
    assert bool(word.edges) is (rotation == 0)


@pytest.mark.parametrize(
    "matrix",
    [
        pytest.param(b"-1 0 0 1 150 90", id="mirrored"),
        pytest.param(b"1 0 0 -1 90 90", id="flipped"),
        pytest.param(b"-1 0 0 -1 150 90", id="upside down"),
        pytest.param(b"0 1 1 0 150 60", id="mirrored up the page"),
        pytest.param(b"0 -1 1 0 150 150", id="down the page"),
    ],
)
def test_boxes_hold_the_ink_of_letters_the_other_way_round(tmp_path: Path, matrix: bytes) -> None:
    source = taken(tmp_path, saved(raw_pdf(b"BT /F 14 Tf " + matrix + b" Tm (Quixotry) Tj ET")))
    ((word,),) = [line.words for line in read_text_layer(source, 1)]
    ink = extent(dark(render(source, 1).pixels)).scaled(72 / 200)
    assert ink.covered_by(word.box.padded(0.4)) == 1
    assert word.box.area < 2 * ink.area


def test_edges_part_the_letters(tmp_path: Path) -> None:
    (word,) = words(tmp_path, text_pdf([(20, 40, "Width")]))
    assert len(word.edges) == 6
    widths = [b - a for a, b in zip(word.edges, word.edges[1:], strict=False)]
    expected = [pymupdf.get_text_length(c, "helv", 12) for c in "Width"]
    assert widths == pytest.approx(expected, abs=0.05)
    assert (word.edges[0], word.edges[-1]) == pytest.approx((word.box.x0, word.box.x1))


def test_ligatures_come_apart(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        page.insert_text((20, 40), "e\ufb03cient \ufb01ll", fontname="dj", fontfile=FONT)
        data = document.tobytes()
    first, second = words(tmp_path, data)
    assert (first.text, second.text) == ("efficient", "fill")
    for word in (first, second):
        assert len(word.edges) in (0, len(word.text) + 1)
        assert list(word.edges) == sorted(word.edges)


def test_text_up_the_page(tmp_path: Path) -> None:
    pdf = raw_pdf(b"BT /F 12 Tf 0 1 -1 0 100 50 Tm (Upward) Tj ET")
    (word,) = words(tmp_path, saved(pdf))
    assert word.text == "Upward"
    assert word.edges == ()
    assert word.box.height > 2 * word.box.width
    assert (word.box.x1, word.box.y1) == pytest.approx((103, 150), abs=1.5)


def test_slanted_text_has_no_edges(tmp_path: Path) -> None:
    pdf = raw_pdf(b"BT /F 12 Tf 0.9848 0.1736 -0.1736 0.9848 100 50 Tm (Slanted) Tj ET")
    (word,) = words(tmp_path, saved(pdf))
    assert (word.text, word.edges) == ("Slanted", ())


@pytest.mark.parametrize(
    "content",
    [
        b"[(Alp) -20 (ha)] TJ",
        b"(Alp) Tj (ha) Tj",
        b"3 Tr (Alpha) Tj",  # invisible, as the OCR layer of a scan
        b"1 1 1 rg (Alpha) Tj",  # white on white
        b"<416C706861> Tj",
    ],
)
def test_however_it_is_written(tmp_path: Path, content: bytes) -> None:
    pdf = raw_pdf(b"BT /F 12 Tf 50 100 Td " + content + b" ET")
    assert [w.text for w in words(tmp_path, saved(pdf))] == ["Alpha"]


def test_text_without_unicode_is_left_to_the_recognizer(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        page.insert_text((20, 40), "Hamburg", fontname="dj", fontfile=FONT)
        data = document.tobytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in pdf.pages[0].obj.Resources.Font.values():
            if "/ToUnicode" in font:
                del font["/ToUnicode"]
        stripped = saved(pdf)
    assert words(tmp_path, stripped) == []


def test_repr_holds_no_text(tmp_path: Path) -> None:
    assert "Quixotry" not in repr(words(tmp_path, text_pdf([(20, 40, "Quixotry")])))
