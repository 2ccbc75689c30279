"""Turning a typeset sheet and pen strokes into what a flatbed scanner would have sent."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image, ImageFilter

from sample_docs.handwriting import Geometry, Stroke

Pixels = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Scanner:
    """The marks that paper and scanner leave on the picture.

    Tones are levels (0-255); ``crease`` is where the sheet was folded, a share of its height
    from the top (0: never); ``holes`` says that it was punched for a binder.
    """

    paper: tuple[int, int, int] = (250, 248, 242)
    noise: int = 4
    blur: float = 0.55
    quality: int = 52
    shadow: int = 46
    specks: int = 60
    crease: float = 0.0
    holes: bool = False
    gray: bool = False


def scanned(
    sheet: pymupdf.Page,
    strokes: Sequence[Stroke],
    geometry: Geometry,
    scanner: Scanner,
    rng: np.random.Generator,
) -> bytes:
    """Give the page as a JPEG of ``geometry.pixels``."""
    printed = _rastered(sheet, geometry)
    page = _paper(printed.size, scanner, rng)
    page = page * np.asarray(printed, dtype=np.int32)[:, :, None] // 255
    for stroke in strokes:
        ink_on(page, stroke)
    _wear(page, scanner)
    _shade_edges(page, scanner.shadow)
    _add_specks(page, scanner.specks, rng)
    return encoded(page, scanner, rng)


def encoded(page: Pixels, scanner: Scanner, rng: np.random.Generator) -> bytes:
    """Blur, add the sensor's noise and compress."""
    image = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    soft = image.filter(ImageFilter.GaussianBlur(scanner.blur))
    noisy = np.asarray(soft, dtype=np.int32) + _noise(soft.size, scanner.noise, rng)
    final = Image.fromarray(noisy.clip(0, 255).astype(np.uint8))
    if scanner.gray:
        final = final.convert("L")
    out = io.BytesIO()
    final.save(out, "JPEG", quality=scanner.quality, subsampling=2, optimize=True, dpi=(200, 200))
    return out.getvalue()


def ink_on(page: Pixels, stroke: Stroke) -> None:
    """Lay ink over the paper the way light sees it: by multiplication."""
    high, wide = page.shape[:2]
    x0, y0 = max(0, stroke.x), max(0, stroke.y)
    x1 = min(wide, stroke.x + stroke.coverage.width)
    y1 = min(high, stroke.y + stroke.coverage.height)
    cover = np.asarray(stroke.coverage, dtype=np.int32)
    cover = cover[y0 - stroke.y : y1 - stroke.y, x0 - stroke.x : x1 - stroke.x, None]
    stain = np.array(stroke.ink, dtype=np.int32)
    under = page[y0:y1, x0:x1]
    page[y0:y1, x0:x1] = under * (255 * 255 - cover * (255 - stain)) // (255 * 255)


def _rastered(sheet: pymupdf.Page, geometry: Geometry) -> Image.Image:
    """Render the typeset sheet in gray, drawn twice as fine, skewed and brought down."""
    fine = 2 * geometry.scale
    pixmap = sheet.get_pixmap(matrix=pymupdf.Matrix(fine, fine), colorspace=pymupdf.csGRAY)
    image = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    wide, high = geometry.pixels
    cos, sin = math.cos(math.radians(geometry.skew)), math.sin(math.radians(geometry.skew))
    back = (cos, sin, wide - cos * wide - sin * high, -sin, cos, high + sin * wide - cos * high)
    turned = image.transform(
        (2 * wide, 2 * high), Image.Transform.AFFINE, back, Image.Resampling.BICUBIC, fillcolor=255
    )
    return turned.reduce(2)


def _paper(size: tuple[int, int], scanner: Scanner, rng: np.random.Generator) -> Pixels:
    """Blank paper: its tone with a slow unevenness."""
    seeds = rng.integers(118, 138, size=(14, 11), dtype=np.uint8)
    clouds = Image.fromarray(seeds).resize(size, Image.Resampling.BICUBIC)
    uneven = (np.asarray(clouds, dtype=np.int32)[:, :, None] - 128) // 3
    return np.array(scanner.paper, dtype=np.int32)[None, None, :] + uneven


def _wear(page: Pixels, scanner: Scanner) -> None:
    """Fold the sheet and punch it; through a hole the scanner sees its gray lid."""
    high, wide = page.shape[:2]
    down = np.arange(high, dtype=np.int32)[:, None]
    across = np.arange(wide, dtype=np.int32)[None, :]
    if scanner.crease:
        middle = round(scanner.crease * high) + across // 240
        page -= np.maximum(0, 14 - 3 * np.abs(down - middle))[:, :, None]
        page += np.maximum(0, 6 - np.abs(down - middle - 9))[:, :, None]
    if scanner.holes:
        for share in (15, 50, 85):
            far = (down - high * share // 100) ** 2 + (across - wide // 26) ** 2
            page[far < 23**2] = np.array((188, 187, 184), dtype=np.int32)
            # The lit rim below each hole, the shaded one above it.
            rim = (far >= 23**2) & (far < 26**2)
            page -= (rim & (down < high * share // 100))[:, :, None] * 30


def _shade_edges(page: Pixels, depth: int) -> None:
    """Let light in under the lid: darker toward the left edge, a thin line at the right one."""
    high, wide = page.shape[:2]
    across = np.arange(wide, dtype=np.int32)
    left = depth * np.maximum(0, 42 - across) ** 2 // 42**2
    right = depth * 2 * np.maximum(0, across - (wide - 7)) // 7
    down = np.arange(high, dtype=np.int32)
    foot = depth * np.maximum(0, down - (high - 22)) ** 2 // 22**2
    page -= (left + right)[None, :, None] + foot[:, None, None]


def _add_specks(page: Pixels, count: int, rng: np.random.Generator) -> None:
    """Dust on the glass."""
    high, wide = page.shape[:2]
    for _ in range(count):
        x, y = int(rng.integers(0, wide - 3)), int(rng.integers(0, high - 3))
        side = int(rng.integers(1, 3))
        page[y : y + side, x : x + side] -= int(rng.integers(25, 70))


def _noise(size: tuple[int, int], depth: int, rng: np.random.Generator) -> Pixels:
    """Bell-shaped gray noise of about ``depth`` levels; the same on all three channels."""
    wide, high = size
    total = np.zeros((high, wide), dtype=np.int32)
    for _ in range(3):
        total += rng.integers(-depth, depth + 1, size=(high, wide), dtype=np.int8)
    return total[:, :, None] * 2 // 3
