"""Parts of pictures that were blurred: writing under a blur can be made out by trying texts.

A blur is told by what it leaves beside sharp writing: an area that gets darker and lighter again
without an edge. A picture without sharp writing has nothing to compare with: it was out of focus,
or is a photograph.
"""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np

from redactor.audit.scene import Mask, Pixels
from redactor.audit.writing import WINDOW, Windows, windows
from redactor.geometry import Box, union

_SCALES = 1, 2, 4  # the picture is looked at in full, at a half, and at a quarter
_FEWEST_SHARP = 6  # windows of sharp writing, to compare with
_SOFT = 0.25  # of the contrast that a blurred edge takes from pixel to pixel, at most
_GROUND = 24  # of 255: a blurred word is as light as the paper somewhere
_FEWEST = 3  # windows, also side by side
_MOST = 0.3  # of the picture


def blurred_parts(gray: Pixels) -> list[Box]:
    """The parts of a gray picture (rows, columns) that were blurred, in pixels."""
    found: list[Box] = []
    for scale in _SCALES:
        height, width = (side // scale for side in gray.shape)
        if min(height, width) < 4 * WINDOW:
            break
        part = cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA)
        found += [box.scaled(scale) for box in _soft_parts(np.asarray(part, np.uint8))]
    return _joined(found)


def _soft_parts(gray: Pixels) -> list[Box]:
    """Where a picture of this size is soft beside sharp writing, in pixels."""
    found = []
    for dy, dx in product((0, WINDOW // 2), repeat=2):
        shown = windows(gray[dy:, dx:])
        if not shown.show_writing(_FEWEST_SHARP):
            return []
        for place in _soft_places(shown):
            x0, y0, x1, y1 = place.scaled(WINDOW).as_tuple()
            found.append(Box(x0 + dx, y0 + dy, x1 + dx, y1 + dy))
    return found


def _soft_places(shown: Windows) -> list[Box]:
    """Groups of soft windows, in windows."""
    steepest = np.maximum(shown.across, shown.down)
    soft = shown.marked & (steepest <= _SOFT * shown.contrast)
    if not soft.any() or soft.mean() > _MOST:
        return []
    _, labels, places, _ = cv2.connectedComponentsWithStats(soft.astype(np.uint8), connectivity=8)
    return [
        Box(x, y, x + width, y + height)
        for i, (x, y, width, height, count) in enumerate(places.tolist())
        if i  # 0 is what is not soft
        and count >= _FEWEST
        and width >= _FEWEST
        and not _is_at_edge(soft, x, y, width, height)
        and np.percentile(shown.lightest[labels == i], 80) >= shown.paper - _GROUND
    ]


def _is_at_edge(soft: Mask, x: int, y: int, width: int, height: int) -> bool:
    """There lie the shadows of scanners."""
    rows, columns = soft.shape
    return x == 0 or y == 0 or x + width == columns or y + height == rows


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that overlap, as one."""
    joined: list[Box] = []
    for box in boxes:
        while touching := [other for other in joined if other.overlaps(box)]:
            joined = [other for other in joined if other not in touching]
            box = union([box, *touching])
        joined.append(box)
    return joined
