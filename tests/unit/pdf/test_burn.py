"""What lies under a box goes, and nothing else does."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pymupdf
import pytest

from redactor.geometry import Box, PageFrame
from redactor.pdf.burn import burn
from redactor.pdf.intake import Source
from redactor.pdf.rebuild import RebuiltPage
from tests.documents import (
    cut,
    drawn_text,
    opened,
    pixels_of,
    raw_pdf,
    redaction,
    saved,
    taken,
    text_pdf,
    word_box,
    words_of,
)

LINES = [
    (20.0, 40.0 + 12 * row, text)
    for row, text in enumerate(
        ["gjpqy Ålfdb gjpqy", "Égypt fjord bdfhk", "gjpqy Ålfdb gjpqy", "Quick Ümlaut jumpy"]
    )
]


@pytest.mark.parametrize("target", ["fjord", "Égypt", "bdfhk"])
def test_lines_set_solid_lose_no_letter(tmp_path: Path, target: str) -> None:
    data = text_pdf(LINES)
    source = taken(tmp_path, data)
    box = word_box(data, target).padded(0.25)
    output = burn(source, [redaction(box)], {})
    expected = [word for _, _, line in LINES for word in line.split() if word != target]
    assert sorted(words_of(output)) == sorted(expected)


def test_every_word_goes_alone(tmp_path: Path) -> None:
    text = "One two, three-four (five) six/seven"
    data = text_pdf([(20, 40, text)])
    source = taken(tmp_path, data)
    for target in text.split():
        output = burn(source, [redaction(word_box(data, target))], {})
        assert words_of(output) == [word for word in text.split() if word != target]


def test_part_of_a_word(tmp_path: Path) -> None:
    data = text_pdf([(20, 40, "SSN:1234")])
    whole = word_box(data, "SSN:1234")
    x = whole.x0 + pymupdf.get_text_length("SSN:", "helv", 12)
    output = burn(taken(tmp_path, data), [redaction(Box(x, whole.y0, whole.x1, whole.y1))], {})
    assert words_of(output) == ["SSN:"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(0, 0, 300, 200), (37, 22, 280, 190), (-30, -20, 270, 180)])
@pytest.mark.parametrize("unit", [1, 2])
def test_on_turned_and_cropped_pages(
    rotation: int,
    crop: tuple[float, float, float, float],
    unit: int,
) -> None:
    pdf = raw_pdf(
        b"BT /F 12 Tf 80 100 Td (Above) Tj 0 -14 Td (Zebulon) Tj 0 -14 Td (Below) Tj ET "
        b"60 60 10 10 re f",
        media=(-50, -50, 320, 220),
        CropBox=[*crop],
        Rotate=rotation,
        UserUnit=unit,
    )
    data = saved(pdf)
    frame = PageFrame(Box(*crop), rotation, unit)
    source = Source(data, "0" * 64, len(data), (frame,), ())
    box = frame.to_page(Box(79, 84, 130, 95))
    output = burn(source, [redaction(box)], {})
    assert drawn_text(output) == b"AboveBelow"
    shot = pixels_of(output)
    assert cut(shot, box).min() == 255
    assert cut(shot, frame.to_page(Box(60, 60, 70, 70))).max() == 0
    with opened(output) as burned:
        assert int(burned.pages[0].obj.get("/Rotate", 0)) == rotation


def picture(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Stream:
    noise = np.random.default_rng(1).integers(0, 120, (160, 240), dtype=np.uint8)
    image = pdf.make_stream(
        noise.tobytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=240,
        Height=160,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    if kind == "jpeg":
        _, encoded = cv2.imencode(".jpg", noise, [cv2.IMWRITE_JPEG_QUALITY, 90])
        image.write(bytes(encoded), filter=pikepdf.Name.DCTDecode)
    return image


@pytest.mark.parametrize("kind", ["flate", "jpeg"])
@pytest.mark.parametrize("rotation", [0, 90])
def test_pixels_of_images_go(tmp_path: Path, kind: str, rotation: int) -> None:
    pdf = raw_pdf(b"q 240 0 0 160 30 20 cm /I Do Q", Rotate=rotation)
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I=picture(pdf, kind))
    source = taken(tmp_path, saved(pdf))
    box = source.frames[0].to_page(Box(90, 60, 160, 80))
    output = burn(source, [redaction(box)], {})
    shot, before = pixels_of(output), pixels_of(source.data)
    assert cut(shot, box).min() >= 250
    beside = source.frames[0].to_page(Box(180, 60, 250, 80))
    changed = np.abs(cut(shot, beside).astype(int) - cut(before, beside).astype(int))
    assert changed.mean() < 3
    with pymupdf.open(stream=output, filetype="pdf") as document:
        ((xref, *_),) = document[0].get_images()
        stored = pymupdf.Pixmap(document, xref)
        samples = np.frombuffer(stored.samples, np.uint8).reshape(stored.h, stored.w, stored.n)
    assert samples[102:118, 62:128].min() >= 250  # the same place in the image itself


def test_what_is_drawn_twice_goes_once(tmp_path: Path) -> None:
    pdf = raw_pdf(
        b"q 50 0 0 50 20 100 cm /I Do Q q 50 0 0 50 120 100 cm /I Do Q "
        b"/G Do q 1 0 0 1 150 0 cm /G Do Q"
    )
    form = pdf.make_stream(
        b"BT /F 12 Tf 20 50 Td (Formtext) Tj ET",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 300, 200],
        Resources=pikepdf.Dictionary(Font=pdf.pages[0].obj.Resources.Font),
    )
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I=picture(pdf, "flate"), G=form)
    source = taken(tmp_path, saved(pdf))
    image, text = Box(20, 50, 70, 100), Box(18, 138, 80, 154)
    output = burn(source, [redaction(image), redaction(text)], {})
    shot = pixels_of(output)
    assert words_of(output) == ["Formtext"]
    assert cut(shot, image).min() == 255
    assert cut(shot, Box(120, 50, 170, 100)).mean() < 100


def test_covered_drawings_go_and_others_stay(tmp_path: Path) -> None:
    source = taken(tmp_path, saved(raw_pdf(b"50 100 30 8 re f 150 100 30 8 re f")))
    output = burn(source, [redaction(Box(45, 88, 85, 104))], {})
    shot = pixels_of(output)
    assert cut(shot, Box(45, 88, 85, 104)).min() == 255
    assert cut(shot, Box(150, 92, 180, 100)).max() == 0


def test_invisible_text_goes_too(tmp_path: Path) -> None:
    pdf = raw_pdf(b"BT 3 Tr /F 12 Tf 50 100 Td (Zebulon) Tj 0 -40 Td (Stays) Tj ET")
    source = taken(tmp_path, saved(pdf))
    output = burn(source, [redaction(Box(48, 88, 110, 104))], {})
    assert drawn_text(output) == b"Stays"


def test_pages_without_boxes_stay_as_they_are(tmp_path: Path) -> None:
    data = text_pdf([(20, 40, "Alpha")], [(20, 40, "Omega")])
    source = taken(tmp_path, data)
    output = burn(source, [redaction(word_box(data, "Omega", 2), page=2)], {})
    assert (words_of(output), words_of(output, 2)) == (["Alpha"], [])


def test_rebuilt_pages_take_the_place_of_theirs(tmp_path: Path) -> None:
    source = taken(tmp_path, text_pdf([(20, 40, "Alpha")], [(20, 40, "Omega")]))
    new = RebuiltPage(300, 200, np.full((20, 30, 3), 255, np.uint8), ())
    output = burn(source, [redaction(Box(0, 0, 50, 50))], {1: new})
    assert (words_of(output), words_of(output, 2)) == ([], ["Omega"])
    with pikepdf.open(io.BytesIO(output)) as pdf:
        assert len(pdf.pages) == 2


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    data = text_pdf(LINES)
    source, boxes = taken(tmp_path, data), [redaction(word_box(data, "fjord"))]
    assert burn(source, boxes, {}) == burn(source, boxes, {})
