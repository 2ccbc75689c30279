"""Parts of pictures that were made coarse: text under a mosaic can be found by trying texts.

A mosaic is told by its edges: all lie on a grid of even spacing, in both directions, and between
them nothing changes. Writing has edges everywhere; drawings and tables have few tones.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

from redactor.audit.leak import Kind, Leak
from redactor.audit.scene import Mask, Pixels, Scene
from redactor.geometry import Box, union

_WINDOW = 32  # pixels, either side of what is looked at as a whole
_STEP = 10  # of 255: a smaller one between pixels is noise, of a JPEG
_STRONG, _NONE = (
    0.2,
    0.04,
)  # share of a window's height or width in which a line of a grid has edges
_LINES = 3, 9  # of a grid in a window
_TONES = 5  # different ones, 16 apart, that a mosaic of writing has at least
_FEWEST = 3  # windows
_MOST = 0.8  # of the picture: one that is coarse as a whole is a small picture made large
_PIXELS = 64 * 64, 2_000_000  # of pictures that are looked at: a scan of a page would take long
_JPEG_BLOCK = 8


def mosaics(page: pymupdf.Page, scene: Scene) -> Iterator[Leak]:
    """A leak for each place of a picture of the page with a part made coarse."""
    for xref, _, width, height, depth, *_ in page.get_images():
        if depth != 8 or not _PIXELS[0] <= width * height <= _PIXELS[1]:
            continue
        gray = _gray(page.parent, xref)
        windows = [] if gray is None else _coarse(gray)
        if len(windows) >= _FEWEST and _share(windows, (width, height)) < _MOST:
            for info in page.get_image_info(xrefs=True):
                if info["xref"] == xref:
                    box = scene.place(_placed(windows, info))
                    yield Leak(Kind.PIXELATED_IMAGE, scene.number, box)


def _gray(document: pymupdf.Document, xref: int) -> Pixels | None:
    """An image's tones (rows, columns); None for one that cannot be decoded."""
    try:
        image = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(document, xref))
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError):
        return None
    if image.alpha:
        image = pymupdf.Pixmap(image, 0)
    rows = np.frombuffer(image.samples, np.uint8).reshape(image.height, image.stride)
    return rows[:, : image.width]


def _coarse(gray: Pixels) -> list[Box]:
    """The windows that show a mosaic, in pixels: looked at in full, and at half the size."""
    found = []
    for half in (1, 2):
        part = np.ascontiguousarray(gray[::half, ::half])
        beside = cv2.absdiff(part[:-1, 1:], part[:-1, :-1]) > _STEP
        below = cv2.absdiff(part[1:, :-1], part[:-1, :-1]) > _STEP
        for dy, dx in product((0, _WINDOW // 2), repeat=2):
            shift = slice(dy, None), slice(dx, None)
            for y, x in _windows_with_grid(part[shift], beside[shift], below[shift]):
                box = Box(x + dx, y + dy, x + dx + _WINDOW, y + dy + _WINDOW)
                found.append(box.scaled(half))
    return found


def _windows_with_grid(part: Pixels, beside: Mask, below: Mask) -> Iterator[tuple[int, int]]:
    """The corners (row, column) of the windows of a picture that show a mosaic.

    The masks are its edges: where a pixel differs from the one to its right, and the one below.
    """
    down, across = beside.shape[0] // _WINDOW, beside.shape[1] // _WINDOW
    if not down or not across:
        return
    height, width = down * _WINDOW, across * _WINDOW
    blocks = (down, _WINDOW, across, _WINDOW)
    columns = beside[:height, :width].reshape(blocks).mean(axis=1)  # (down, across, window)
    rows = below[:height, :width].reshape(blocks).mean(axis=3).transpose(0, 2, 1)
    for i, j in np.argwhere(_has_lines(columns) & _has_lines(rows)):
        window = part[i * _WINDOW : (i + 1) * _WINDOW, j * _WINDOW : (j + 1) * _WINDOW]
        gaps = _spacing(columns[i, j]), _spacing(rows[i, j])
        if all(gaps) and abs(gaps[0] - gaps[1]) <= 1 and len(np.unique(window // 16)) >= _TONES:
            yield int(i) * _WINDOW, int(j) * _WINDOW


def _has_lines(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether the edges of each window are in a few lines, and in none of the others."""
    strong = (shares > _STRONG).sum(axis=2)
    none = (shares <= _NONE).sum(axis=2)
    found = (strong >= _LINES[0]) & (strong <= _LINES[1]) & (strong + none == _WINDOW)
    return np.asarray(found, np.bool_)


def _spacing(shares: npt.NDArray[np.float64]) -> int:
    """The even spacing of a window's lines; 0 where it is uneven, or that of a JPEG's blocks."""
    lines = np.flatnonzero(shares > _STRONG)
    gaps = {int(b - a) for a, b in pairwise(lines)}
    if max(gaps) - min(gaps) > 1 or min(gaps) < _LINES[0]:
        return 0
    is_jpeg = gaps == {_JPEG_BLOCK} and (lines[0] + 1) % _JPEG_BLOCK == 0
    return 0 if is_jpeg else min(gaps)


def _share(windows: list[Box], size: tuple[int, int]) -> float:
    return union(windows).area / (size[0] * size[1])


def _placed(windows: list[Box], info: dict[str, Any]) -> Box:
    """Where the windows lie on the page; all of a picture that is turned."""
    x0, y0, x1, y1 = info["bbox"]
    a, b, c, d, *_ = info["transform"]
    if b or c or a <= 0 or d <= 0:
        return Box(x0, y0, x1, y1)
    part = union(windows)
    fx, fy = (x1 - x0) / info["width"], (y1 - y0) / info["height"]
    return Box(x0 + part.x0 * fx, y0 + part.y0 * fy, x0 + part.x1 * fx, y0 + part.y1 * fy)
