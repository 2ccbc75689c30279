"""The pictures of a page as they are stored, and where the page draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import pymupdf
from pymupdf import mupdf

from redactor.audit.scene import Pixels
from redactor.geometry import Box

_PIXELS = 64 * 64, 40_000_000  # of pictures that are looked at
_LONGEST = 16_000  # pixels, either side: OpenCV counts them in 16 bits


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture in gray (rows, columns) with its depth in bits.

    `places` are the matrices that take the unit square, its origin top-left, to text space:
    one for each time that the page draws it.
    """

    gray: Pixels
    depth: int
    places: tuple[pymupdf.Matrix, ...]

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.gray.shape[1], self.gray.shape[0])

    def placed(self, part: Box, place: pymupdf.Matrix) -> Box:
        """Where a part of the picture, in its pixels, lies, in text space."""
        height, width = self.gray.shape
        unit = part.x0 / width, part.y0 / height, part.x1 / width, part.y1 / height
        rect = (pymupdf.Rect(*unit) * place).normalize()
        return Box(rect.x0, rect.y0, rect.x1, rect.y1)

    def drawn(self, place: pymupdf.Matrix, sheet: Box, scale: float) -> Pixels:
        """All of the picture as it lies on a white sheet (text space) of `scale` pixels a point."""
        size = round(sheet.width * scale), round(sheet.height * scale)
        lengths = np.hypot(place.a, place.b) * scale, np.hypot(place.c, place.d) * scale
        width, height = (
            max(1, min(round(length), side, _LONGEST))
            for length, side in zip(lengths, self.gray.shape[::-1], strict=True)
        )
        small = cv2.resize(self.gray, (width, height), interpolation=cv2.INTER_AREA)
        m = place * pymupdf.Matrix(1, 0, 0, 1, -sheet.x0, -sheet.y0) * pymupdf.Matrix(scale, scale)
        affine = np.array([[m.a / width, m.c / height, m.e], [m.b / width, m.d / height, m.f]])
        drawn = cv2.warpAffine(small, affine, size, borderValue=255.0)
        return np.asarray(drawn, np.uint8)


def rasters_of(page: pymupdf.Page) -> Iterator[Raster]:
    """The pictures that a page draws, of those that can be decoded and are worth a look."""
    sizes = {
        xref: (width, height, depth)
        for xref, _, width, height, depth, *_ in page.get_images()
        if _PIXELS[0] <= width * height <= _PIXELS[1]
    }
    if not sizes:
        return
    for xref, places in _places(page, sizes).items():
        gray = _gray(page.parent, xref)
        if gray is not None:
            yield Raster(gray, sizes[xref][2], tuple(places))


def _places(
    page: pymupdf.Page, sizes: dict[int, tuple[int, int, int]]
) -> dict[int, list[pymupdf.Matrix]]:
    """Where each image is drawn.

    MuPDF tells images apart by digests of their pixels, which takes all of them to be decoded:
    mostly their sizes tell them apart, too.
    """
    same = Counter((width, height) for width, height, _ in sizes.values())
    by_size = {(width, height): xref for xref, (width, height, _) in sizes.items()}
    places: dict[int, list[pymupdf.Matrix]] = {}
    for info in page.get_image_info(xrefs=max(same.values()) > 1):
        xref = info.get("xref") or by_size.get((info["width"], info["height"]))
        if xref in sizes:
            places.setdefault(xref, []).append(pymupdf.Matrix(*info["transform"]))
    return places


def _gray(document: pymupdf.Document, xref: int) -> Pixels | None:
    """The pixels of an image in gray (rows, columns); None for one that cannot be decoded."""
    try:
        image = pymupdf.Pixmap(document, xref)
        if not _is_gray_or_rgb(image):
            image = pymupdf.Pixmap(pymupdf.csGRAY, image)
        if image.alpha:
            image = pymupdf.Pixmap(image, 0)
    except (mupdf.FzErrorBase, RuntimeError, ValueError):
        return None
    rows = np.frombuffer(image.samples, np.uint8).reshape(image.height, image.stride)
    pixels = rows[:, : image.width * image.n].reshape(image.height, image.width, image.n)
    gray = pixels[:, :, 0] if image.n == 1 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(gray, np.uint8)


def _is_gray_or_rgb(image: pymupdf.Pixmap) -> bool:
    """Whether an image needs no profiles to be made gray: with them that takes long."""
    space = image.this.colorspace()
    return bool(mupdf.fz_colorspace_is_gray(space) or mupdf.fz_colorspace_is_rgb(space))
