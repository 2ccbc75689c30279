"""The boxes of a page beside the one that is displayed, and putting a page built anew into them.

ISO 32000-2, 14.11.2. A box that is no rectangle is none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pikepdf

from redactor.geometry import Box, PageFrame

PRINTERS = ("/BleedBox", "/TrimBox", "/ArtBox")


def rectangle(value: pikepdf.Object | None) -> Box | None:
    """A PDF rectangle with its corners put in order; None when it is not one."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    ax, ay, bx, by = (to_number(v, math.nan) for v in value)
    if not all(map(math.isfinite, (ax, ay, bx, by))):
        return None
    box = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    return box if box.area > 0 else None


def to_number(value: Any, default: float) -> float:
    """A PDF number, or the default where there is none."""
    try:
        return default if value is None else float(value)
    except (TypeError, ValueError):
        return default


def array(box: Box) -> pikepdf.Object:
    """A box as a PDF rectangle. QPDF writes a negative zero, and does not read it as one."""
    return pikepdf.Array([round(v, 5) + 0.0 for v in box.as_tuple()])


def boxes_of(page: pikepdf.Object) -> dict[str, Box]:
    """The boxes that a page states itself, by key."""
    found = ((key, rectangle(page.get(key))) for key in ("/MediaBox", "/CropBox", *PRINTERS))
    return {key: box for key, box in found if box}


def display_to_user(frame: PageFrame) -> tuple[float, float, float, float, float, float]:
    """The matrix from display space with y up (origin bottom-left as displayed) to user space."""
    height = frame.size[1]
    ox, oy = frame.point_to_user(0, height)
    ax, ay = frame.point_to_user(1, height)
    bx, by = frame.point_to_user(0, height - 1)
    return ax - ox, ay - oy, bx - ox, by - oy, ox, oy


def put_into(page: pikepdf.Page, frame: PageFrame, boxes: Mapping[str, Box]) -> None:
    """Gives a page whose content is in display space, y up, a frame and the boxes around it."""
    for key, box in {"/MediaBox": frame.crop, "/CropBox": frame.crop, **boxes}.items():
        page.obj[key] = array(box)
    page.obj["/Rotate"] = frame.rotation
    if frame.user_unit != 1:
        page.obj["/UserUnit"] = frame.user_unit
    matrix = b" ".join(b"%.6f" % value for value in display_to_user(frame))
    page.contents_add(b"q %b cm\n" % matrix, prepend=True)
    page.contents_add(b"\nQ")
