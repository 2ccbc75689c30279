"""Text made coarse in a picture, and pictures that have even grids of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymupdf
import pytest

from redactor.audit.leak import Kind
from tests.unit.audit.made import (
    Gray,
    audited,
    drawn,
    encoded,
    image,
    leaks,
    picture,
    pixels,
    scan,
)

PLACE = pymupdf.Rect(50, 120, 350, 270)
ROWS, COLUMNS = slice(96, 192), slice(64, 480)  # the words' place in the picture


def written(words: str = "Margaret Oduya") -> Gray:
    return pixels(picture(words))


def coarse(gray: Gray, block: int, rows: slice = ROWS, columns: slice = COLUMNS) -> Gray:
    """With the mean of each block in place of its pixels."""
    out = gray.copy()
    part = out[rows, columns]
    for y in range(0, part.shape[0], block):
        for x in range(0, part.shape[1], block):
            part[y : y + block, x : x + block] = part[y : y + block, x : x + block].mean()
    return out


@pytest.mark.parametrize("block", [5, 6, 8, 12])
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_mosaic_over_words(tmp_path: Path, block: int, form: str) -> None:
    options = {"quality": 95} if form == "JPEG" else {}
    data = encoded(coarse(written()[:, 3:], block), form, **options)
    (leak,) = leaks(tmp_path, drawn(image(data, PLACE)))
    assert leak.kind is Kind.PIXELATED_IMAGE
    assert leak.box is not None
    assert pymupdf.Rect(PLACE).contains(pymupdf.Rect(*leak.box.as_tuple()))
    assert leak.box.height < PLACE.height / 2


@pytest.mark.parametrize(("dpi", "block"), [(150, 8), (300, 16), (300, 24)])
def test_a_mosaic_in_a_scan(tmp_path: Path, dpi: int, block: int) -> None:
    line = slice(round(0.3 * 11 * dpi), round(0.4 * 11 * dpi))
    page = coarse(scan(dpi), block, line, slice(dpi, 4 * dpi))
    (leak,) = leaks(tmp_path, drawn(image(encoded(page), PLACE)))
    assert leak.kind is Kind.PIXELATED_IMAGE
    assert leak.box is not None
    assert leak.box.height < PLACE.height / 5


def enlarged() -> Gray:
    """A page scanned coarsely, each of its pixels drawn as nine."""
    return np.kron(scan(72), np.ones((3, 3), np.uint8))


def table() -> Gray:
    gray = np.full((300, 600), 255, np.uint8)
    gray[::12] = gray[:, ::12] = 0
    return gray


def checks() -> Gray:
    y, x = np.mgrid[:300, :600] // 8
    return np.where((x + y) % 2, 0, 255).astype(np.uint8)


def cells() -> Gray:
    """A small picture made large."""
    tones = np.random.default_rng(1).integers(0, 255, (40, 80))
    return np.kron(tones, np.ones((8, 8))).astype(np.uint8)


def ramp() -> Gray:
    return np.tile(np.linspace(0, 255, 600), (300, 1)).astype(np.uint8)


@pytest.mark.parametrize(
    "gray",
    [written(), scan(), enlarged(), table(), checks(), ramp(), cells()],
    ids=["words", "page", "enlarged", "table", "checks", "ramp", "coarse as a whole"],
)
def test_no_mosaic(tmp_path: Path, gray: Gray) -> None:
    assert audited(tmp_path, drawn(image(encoded(gray, "PNG"), PLACE))).found == ()


def test_a_poor_jpeg_is_none(tmp_path: Path) -> None:
    data = encoded(written("Margaret Oduya of Alder Lane"), "JPEG", quality=2)
    assert audited(tmp_path, drawn(image(data, PLACE))).found == ()
