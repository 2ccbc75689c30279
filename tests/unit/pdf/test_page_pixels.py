"""Pages built anew are black and white, gray or color, as their content asks for."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

from redactor.ink import Pixels
from redactor.pdf.page_pixels import BITONAL_DPI, insert, is_bitonal, rendered
from redactor.pdf.render import DPI
from tests.documents import opened, page_image, pixels_of, taken, text_pdf

SPOTS = [(20.0, 40.0, "Patient Zebulon came on Monday"), (20.0, 80.0, "and went")]
TEXT = page_image(SPOTS, dpi=BITONAL_DPI).pixels


def shaded() -> Pixels:
    pixels = TEXT.copy()
    pixels[500:540, 100:200] = 190
    return pixels


def with_line(tone: int, thickness: int) -> Pixels:
    pixels = TEXT.copy()
    pixels[500 : 500 + thickness, 100:400] = tone
    return pixels


def with_mark(color: tuple[int, int, int]) -> Pixels:
    pixels = TEXT.copy()
    pixels[500:520, 100:120] = color
    return pixels


def blurred() -> Pixels:
    return np.asarray(cv2.GaussianBlur(TEXT, (0, 0), 4), np.uint8)


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [
        pytest.param(TEXT, True, id="text"),
        pytest.param(with_line(0, 1), True, id="a black hairline"),
        pytest.param(with_line(140, 1), True, id="a gray hairline, which turns black"),
        pytest.param(with_line(185, 1), False, id="a faint hairline"),
        pytest.param(shaded(), False, id="a shade"),
        pytest.param(blurred(), False, id="letters of a soft scan"),
        pytest.param(with_mark((20, 20, 20)), True, id="a nearly black mark"),
        pytest.param(with_mark((20, 20, 120)), False, id="a blue mark"),
        pytest.param(np.full((50, 50, 3), 255, np.uint8), True, id="blank paper"),
        pytest.param(np.full((50, 50, 3), 128, np.uint8), False, id="gray paper"),
    ],
)
def test_black_and_white_will_do_where_nothing_is_lost(pixels: Pixels, expected: bool) -> None:
    assert is_bitonal(pixels) is expected


def inserted(pixels: Pixels) -> bytes:
    height, width = pixels.shape[:2]
    with pymupdf.open() as document:
        page = document.new_page(width=width * 72 / BITONAL_DPI, height=height * 72 / BITONAL_DPI)
        insert(page, pixels)
        data: bytes = document.tobytes(garbage=4)
        return data


def filter_of(data: bytes) -> str:
    with opened(data) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        return str(image.Filter)


def test_bitonal_pixels_are_kept_to_the_pixel_in_few_bytes() -> None:
    data = inserted(TEXT)
    assert filter_of(data) == "/CCITTFaxDecode"
    shown = pixels_of(data, dpi=BITONAL_DPI)
    assert ((shown < 128) == (TEXT < 150)).mean() > 0.9999
    gray = TEXT.copy()
    gray[500:540, 100:200] = 190
    assert len(data) < len(inserted(gray)) / 4


@pytest.mark.parametrize("pixels", [shaded(), with_mark((200, 30, 30))], ids=["gray", "color"])
def test_all_else_is_a_jpeg(pixels: Pixels) -> None:
    assert filter_of(inserted(pixels)) == "/DCTDecode"


def test_pages_are_drawn_finer_where_they_are_black_and_white(tmp_path: Path) -> None:
    assert rendered(taken(tmp_path, text_pdf(SPOTS)), 1).dpi == BITONAL_DPI
    with pymupdf.open(stream=text_pdf(SPOTS)) as document:
        document[0].draw_rect((20, 100, 90, 120), color=None, fill=(0.7, 0.7, 0.7))
        shade = document.tobytes()
    assert rendered(taken(tmp_path, shade), 1).dpi == DPI
    large = text_pdf(SPOTS, width=2000, height=1700)
    assert rendered(taken(tmp_path, large), 1).dpi == DPI
