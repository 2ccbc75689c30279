"""Writing that was blurred in a picture, and what is only soft."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

from redactor.audit.blur import blurred_parts
from redactor.audit.leak import Kind
from tests.unit.audit.made import Gray, audited, drawn, encoded, image, leaks, photograph, scan

PLACE = pymupdf.Rect(20, 70, 220, 290)
ROWS, COLUMNS = slice(480, 520), slice(180, 420)  # the place of two words, in two lines


def soft(gray: Gray, sigma: float) -> Gray:
    return np.asarray(cv2.GaussianBlur(gray, (0, 0), sigma), np.uint8)


def blurred(gray: Gray, sigma: float) -> Gray:
    out = gray.copy()
    out[ROWS, COLUMNS] = soft(gray, sigma)[ROWS, COLUMNS]
    return out


@pytest.mark.parametrize("sigma", [3, 4, 6])
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_words_blurred_in_a_scan(tmp_path: Path, sigma: float, form: str) -> None:
    options = {"quality": 80} if form == "JPEG" else {}
    page = blurred(scan(), sigma)
    found = leaks(tmp_path, drawn(image(encoded(page, form, **options), PLACE)))
    assert {leak.kind for leak in found} == {Kind.BLURRED_IMAGE}
    height = PLACE.height / page.shape[0]
    for leak in found:
        assert leak.box is not None
        assert PLACE.y0 + (ROWS.start - 24) * height < leak.box.y0
        assert leak.box.y1 < PLACE.y0 + (ROWS.stop + 24) * height


def shadowed() -> Gray:
    """The dark edge of a scan whose paper did not lie flat."""
    light = np.ones(scan().shape[1])
    light[:90] = np.linspace(0.2, 1, 90)
    return np.asarray(scan() * light, np.uint8)


def spotted() -> Gray:
    page = scan()
    page[600:640:13, 200:500:17] = 90
    return page


@pytest.mark.parametrize(
    "gray",
    [scan(), scan(72), soft(scan(), 4), shadowed(), spotted(), photograph()],
    ids=["sharp", "small", "soft as a whole", "shadow", "specks", "photograph"],
)
def test_no_blur(tmp_path: Path, gray: Gray) -> None:
    assert audited(tmp_path, drawn(image(encoded(gray), PLACE))).found == ()


@pytest.mark.parametrize("shape", [(1, 1), (0, 40), (63, 900), (64, 64)])
def test_small_pictures(shape: tuple[int, int]) -> None:
    assert blurred_parts(np.full(shape, 255, np.uint8)) == []


def test_blurs_apart_are_found_apart() -> None:
    page = blurred(scan(), 4)
    page[900:940, 180:420] = soft(scan(), 4)[900:940, 180:420]
    first, second = sorted(blurred_parts(page), key=lambda box: box.y0)
    assert first.y1 < 600 < 800 < second.y0
