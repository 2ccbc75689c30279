"""Parts of pictures that were made coarse: text under a mosaic can be found by trying texts.

A mosaic is told by its edges: all lie on a grid of even spacing, in both directions, and between
them nothing changes. Writing has edges everywhere; drawings and tables have few tones.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import cv2
import numpy as np
import numpy.typing as npt

from redactor.audit.scene import Mask, Pixels
from redactor.geometry import Box, union

_SCALES = 1, 2, 4
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
_ON_GRID, _FEWEST_EDGES = 0.98, 200  # share of the edges of a picture made large; pixels of them
_JPEG_BLOCK = 8


def coarse_part(gray: Pixels) -> Box | None:
    """The part of a gray picture (rows, columns) that holds its mosaics, in pixels."""
    windows = _coarse(gray)
    if len(windows) < _FEWEST:
        return None
    part = union(windows)
    is_whole = part.area >= _MOST * gray.size or _is_enlarged(gray, part)
    return None if is_whole else part


def _is_enlarged(gray: Pixels, part: Box) -> bool:
    """Whether what lies outside a part is on a grid, too: then the picture was made large."""
    edges = cv2.absdiff(gray[:, 1:], gray[:, :-1]) > _STEP
    x0, y0, x1, y1 = (round(v) for v in part.as_tuple())
    edges[y0:y1, x0:x1] = False
    columns = edges.sum(axis=0)
    return int(columns.sum()) >= _FEWEST_EDGES and any(
        columns[first::step].sum() >= _ON_GRID * columns.sum()
        for step in range(_LINES[0], _WINDOW)
        for first in range(step)
    )


def _coarse(gray: Pixels) -> list[Box]:
    """The windows that show a mosaic, in pixels, in full and at smaller sizes: blocks are small."""
    found = []
    for scale in _SCALES:
        part = np.ascontiguousarray(gray[::scale, ::scale])
        if min(part.shape) < _WINDOW:
            break
        beside = cv2.absdiff(part[:-1, 1:], part[:-1, :-1]) > _STEP
        below = cv2.absdiff(part[1:, :-1], part[:-1, :-1]) > _STEP
        for dy, dx in product((0, _WINDOW // 2), repeat=2):
            shift = slice(dy, None), slice(dx, None)
            for y, x in _windows_with_grid(part[shift], beside[shift], below[shift]):
                box = Box(x + dx, y + dy, x + dx + _WINDOW, y + dy + _WINDOW)
                found.append(box.scaled(scale))
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
