"""Pictures of which the page shows a part only: the rest is hidden, and still in the file.

Cropped by the page's edge or a clipping path, masked, or under another picture: that is looked at,
not concluded. Each picture is drawn in full where it lies, and compared with the page's pictures.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pymupdf

from redactor.audit.leak import Kind, Leak
from redactor.audit.raster import Raster
from redactor.audit.scene import Mask, Pixels, Scene
from redactor.audit.writing import FAINT, WINDOW, Windows, windows
from redactor.geometry import Box

_SMALLEST = 12.0  # points, either side of a picture
_FARTHEST = 0.5  # pages beyond the page's edges to which pictures are followed
_NEAR = 3  # pixels
_FEWEST = 3  # windows of writing that do not show


def cropped_parts(raster: Raster, scene: Scene) -> Iterator[Leak]:
    """A leak for each place of a picture where writing in it does not show."""
    far = scene.paper.padded(_FARTHEST * scene.width, _FARTHEST * scene.height)
    for place in raster.places:
        sheet = raster.placed(raster.whole, place).intersection(far)
        if sheet is None or min(sheet.width, sheet.height) < _SMALLEST:
            continue
        if hidden := _hidden(raster, place, sheet, scene):
            yield Leak(Kind.CROPPED_IMAGE, scene.number, scene.place(hidden))


def _hidden(raster: Raster, place: pymupdf.Matrix, sheet: Box, scene: Scene) -> Box | None:
    """Around the writing on a sheet (text space) that the picture holds and the page hides."""
    page, scale = scene.pictures
    own = windows(raster.drawn(place, sheet, scale))
    if not own.show_writing(_FEWEST):
        return None
    laid = _laid(page, sheet, scale)
    shown = windows(laid)
    hidden = own.sharp & ~shown.marked
    if hidden.sum() < _FEWEST:
        return None
    hidden &= ~_is_near_marks(laid, shown)
    if not own.show_writing(_FEWEST, hidden):
        return None
    rows, columns = np.nonzero(hidden)
    places = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    x0, y0, x1, y1 = places.scaled(WINDOW / scale).as_tuple()
    return Box(sheet.x0 + x0, sheet.y0 + y0, sheet.x0 + x1, sheet.y0 + y1)


def _laid(page: Pixels, sheet: Box, scale: float) -> Pixels:
    """A page's pixels on a white sheet that may go beyond the page (text space)."""
    laid = np.full((round(sheet.height * scale), round(sheet.width * scale)), 255, np.uint8)
    left, top = round(sheet.x0 * scale), round(sheet.y0 * scale)
    part = page[max(top, 0) : top + laid.shape[0], max(left, 0) : left + laid.shape[1]]
    y, x = max(-top, 0), max(-left, 0)
    laid[y : y + part.shape[0], x : x + part.shape[1]] = part
    return laid


def _is_near_marks(gray: Pixels, shown: Windows) -> Mask:
    """The windows with marks close by: a picture is not drawn to the pixel where it was."""
    kernel = np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8)
    spread = windows(np.asarray(cv2.erode(gray, kernel), np.uint8))
    return np.asarray(spread.darkest < shown.lightest - FAINT, np.bool_)
