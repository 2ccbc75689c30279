"""Page space, and boxes in it.

**Page space** is the coordinate space of every box outside `pdf/` and the pixel modules: PDF
points (1/72 inch), origin at the top-left corner of the *displayed* CropBox (after /Rotate),
x to the right, y down. Pages count from 1. Names ending in `_px` are in pixels of a rendered
page image instead: same origin and directions, `dpi / 72` pixels a point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """An axis-aligned rectangle, in page space unless its name says `_px`."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        """Raises ValueError on swapped corners or a corner that is not a number."""
        if not (self.x0 <= self.x1 and self.y0 <= self.y1):
            raise ValueError(f"box corners are swapped: {self.x0, self.y0, self.x1, self.y1}")

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def as_tuple(self) -> tuple[float, float, float, float]:
        return self.x0, self.y0, self.x1, self.y1

    def intersection(self, other: Box) -> Box | None:
        """The common area, or None when the boxes at most touch."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def overlaps(self, other: Box) -> bool:
        return self.intersection(other) is not None

    def covered_by(self, other: Box) -> float:
        """The share (0-1) of this box's area that lies inside `other`."""
        common = self.intersection(other)
        return common.area / self.area if common and self.area else 0.0

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def padded(self, dx: float, dy: float | None = None) -> Box:
        """Grown by `dx` on the left and right and `dy` (default `dx`) above and below."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def clipped(self, width: float, height: float) -> Box | None:
        """The part on a page of that size; None when nothing is."""
        return self.intersection(Box(0, 0, width, height))

    def scaled(self, factor: float) -> Box:
        """Both axes times `factor`: points to pixels with `dpi / 72`, back with its inverse."""
        return Box(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def rounded(self, digits: int = 3) -> Box:
        return Box(*(round(v, digits) for v in self.as_tuple()))


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`. Raises ValueError when there are none."""
    items = list(boxes)
    if not items:
        raise ValueError("the union of no boxes")
    return Box(
        min(b.x0 for b in items),
        min(b.y0 for b in items),
        max(b.x1 for b in items),
        max(b.y1 for b in items),
    )


class BoxIndex:
    """Boxes by the horizontal bands that they touch, so that a page's words are not all compared
    with all."""

    _BAND = 16.0  # about a line of print, in points
    _END = 14400.0  # the tallest page of a PDF; what lies beyond shares the outermost band

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._boxes: list[Box] = []
        self._bands: dict[int, list[int]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> int:
        """Takes a box in, and says which place it has."""
        index = len(self._boxes)
        self._boxes.append(box)
        for band in self._touched(box):
            self._bands.setdefault(band, []).append(index)
        return index

    def overlapping(self, box: Box) -> Iterator[int]:
        """The places of the boxes that overlap `box`, in their own order."""
        near = {index for band in self._touched(box) for index in self._bands.get(band, ())}
        return (index for index in sorted(near) if self._boxes[index].overlaps(box))

    def _touched(self, box: Box) -> range:
        first, last = (min(max(y, -self._END), self._END) // self._BAND for y in (box.y0, box.y1))
        return range(int(first), int(last) + 1)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How a page's displayed CropBox sits in its PDF user space (ISO 32000-2, 8.3.2, 14.11.2).

    `crop` is the CropBox in user space (origin bottom-left, y up; corners ordered); `rotation` is
    /Rotate, clockwise, one of 0, 90, 180, 270; `user_unit` is points a user-space unit.
    """

    crop: Box
    rotation: int
    user_unit: float = 1.0

    def __post_init__(self) -> None:
        if self.rotation not in (0, 90, 180, 270):
            raise ValueError(f"/Rotate must be a multiple of 90 in 0-270, not {self.rotation}")

    @property
    def size(self) -> tuple[float, float]:
        """Displayed width and height in points."""
        w, h = self.crop.width * self.user_unit, self.crop.height * self.user_unit
        return (h, w) if self.rotation in (90, 270) else (w, h)

    def point_to_page(self, x: float, y: float) -> tuple[float, float]:
        """A user-space point as page space."""
        left, bottom = (x - self.crop.x0) * self.user_unit, (y - self.crop.y0) * self.user_unit
        right, top = (self.crop.x1 - x) * self.user_unit, (self.crop.y1 - y) * self.user_unit
        return {
            0: (left, top),
            90: (bottom, left),
            180: (right, bottom),
            270: (top, right),
        }[self.rotation]

    def point_to_user(self, x: float, y: float) -> tuple[float, float]:
        """A page-space point as user space: the inverse of `point_to_page`."""
        x, y = x / self.user_unit, y / self.user_unit
        return {
            0: (self.crop.x0 + x, self.crop.y1 - y),
            90: (self.crop.x0 + y, self.crop.y0 + x),
            180: (self.crop.x1 - x, self.crop.y0 + y),
            270: (self.crop.x1 - y, self.crop.y1 - x),
        }[self.rotation]

    def to_page(self, box: Box) -> Box:
        """A user-space box as page space."""
        return _through(self.point_to_page, box)

    def to_user(self, box: Box) -> Box:
        """A page-space box as user space."""
        return _through(self.point_to_user, box)


def _through(point_map: Callable[[float, float], tuple[float, float]], box: Box) -> Box:
    (ax, ay), (bx, by) = point_map(box.x0, box.y0), point_map(box.x1, box.y1)
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
