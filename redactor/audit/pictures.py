"""Pictures that still hold what boxes drawn over them hide, and parts of text made coarse.

As with text, the page is looked at: where it shows one tone, its pictures alone must, too.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from redactor.audit.leak import Kind, Leak
from redactor.audit.scene import VECTORS, Pixels, Scene
from redactor.geometry import Box

_SMALLEST = 6.0  # points, either side of a box: smaller ones are rules and bullets
_INSIDE = 0.9  # share of a box that must lie on the picture
_LARGEST = 0.34  # of the picture: a larger box is a panel of a layout
_EVEN = 12  # of 255
_LINE = 6.0, 40.0  # points: the height of boxes over words
_DARK, _LIGHT = 100, 200  # of 255: what boxes are filled with; paper
_MARK = 48  # of 255: ink differs at least so much from the paper around it
_MARKED = (0.01, 0.6)  # share of a box's pixels that are ink, where writing lies under it


def covered_pictures(scene: Scene) -> Iterator[Leak]:
    """A leak for each box of one color over a part of a picture that has writing in it.

    A dark box may lie on any picture; a light one only counts on paper, where it is a patch: bars
    and panels of a layout often lie on photographs.
    """
    pictures = [(i, p.box) for i, p in enumerate(scene.paints) if p.how == "fill-image"]
    boxes = [
        paint.box
        for i, paint in enumerate(scene.paints)
        if paint.how == "fill-path"
        and min(paint.box.width, paint.box.height) >= _SMALLEST
        and any(j < i and _lies_on(paint.box, picture) for j, picture in pictures)
        and _is_box(scene, paint.box)
    ]
    if not boxes:
        return
    below = scene.drawn(VECTORS, VECTORS).mean(axis=2).astype(np.uint8)
    for box in dict.fromkeys(boxes):
        if _has_writing(scene.cut(below, _inner(box))):
            yield Leak(Kind.IMAGE_UNDER_RECTANGLE, scene.number, scene.place(box))


def shows_box(scene: Scene) -> bool:
    """Whether the page shows a dark box of a line's height, as redactions are."""
    return any(
        paint.how == "fill-path"
        and _LINE[0] <= paint.box.height <= _LINE[1]
        and paint.box.width >= _LINE[0]
        and _is_box(scene, paint.box, lightest=_DARK)
        for paint in scene.paints
    )


def _lies_on(box: Box, picture: Box) -> bool:
    return box.covered_by(picture) >= _INSIDE and box.area <= _LARGEST * picture.area


def _inner(box: Box) -> Box:
    """Less its smoothed edges."""
    return box.padded(-1.5)


def _is_box(scene: Scene, box: Box, lightest: int = 255) -> bool:
    """Whether a box shows one tone, dark or light but not lighter than that."""
    area = scene.cut(scene.gray, _inner(box))
    if not area.size or int(np.ptp(area)) >= _EVEN:
        return False
    tone = int(area.flat[0])
    return tone < _DARK or _LIGHT <= tone <= lightest


def _has_writing(area: Pixels) -> bool:
    """Whether there is ink of a letter's amount on light paper, or the reverse."""
    if not area.size:
        return False
    paper = float(np.percentile(area, 80))
    share = float((area < paper - _MARK).mean())
    return _MARKED[0] <= share <= _MARKED[1]
