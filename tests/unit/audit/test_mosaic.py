"""Text made coarse in a picture, and pictures that have even grids of their own."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pymupdf
import pytest
from PIL import Image

from redactor.audit.leak import Kind
from tests.unit.audit.made import audited, drawn, image, leaks, picture

PLACE = pymupdf.Rect(50, 120, 350, 270)
Gray = npt.NDArray[np.uint8]
ROWS, COLUMNS = slice(96, 192), slice(64, 480)  # the words' place in the picture


def scan(words: str = "Margaret Oduya") -> Gray:
    return np.array(Image.open(io.BytesIO(picture(words))).convert("L"))


def coarse(gray: Gray, block: int, rows: slice = ROWS, columns: slice = COLUMNS) -> Gray:
    """With the mean of each block in place of its pixels."""
    out = gray.copy()
    part = out[rows, columns]
    for y in range(0, part.shape[0], block):
        for x in range(0, part.shape[1], block):
            part[y : y + block, x : x + block] = part[y : y + block, x : x + block].mean()
    return out


def encoded(gray: Gray, form: str, **options: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(gray).convert("RGB").save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("block", [5, 6, 8, 12])
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_mosaic_over_words(tmp_path: Path, block: int, form: str) -> None:
    options = {"quality": 95} if form == "JPEG" else {}
    data = encoded(coarse(scan()[:, 3:], block), form, **options)
    (leak,) = leaks(tmp_path, drawn(image(data, PLACE)))
    assert leak.kind is Kind.PIXELATED_IMAGE
    assert leak.box is not None
    assert pymupdf.Rect(PLACE).contains(pymupdf.Rect(*leak.box.as_tuple()))
    assert leak.box.height < PLACE.height / 2


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
    [scan(), table(), checks(), ramp(), cells()],
    ids=["writing", "table", "checks", "ramp", "coarse as a whole"],
)
def test_no_mosaic(tmp_path: Path, gray: Gray) -> None:
    assert audited(tmp_path, drawn(image(encoded(gray, "PNG"), PLACE))).found == ()


def test_a_poor_jpeg_is_none(tmp_path: Path) -> None:
    data = encoded(scan("Margaret Oduya of Alder Lane"), "JPEG", quality=2)
    assert audited(tmp_path, drawn(image(data, PLACE))).found == ()
