"""What is drawn in reports: a page with a place marked on it, and bars."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from redactor.geometry import Box
from redactor.output.pdf_report.text import BAD, BAR, LINE

THUMB: Final = (42.0, 56.0)
"""The most a page's picture takes up, in points."""
AROUND: Final = (132.0, 44.0)
"""The most that what stands around a place takes up."""
_SCALE: Final = 0.72  # of what stands around a place, where there is room for it
_LEAST: Final = 3.0  # points: a mark smaller than this would not be seen


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of the redacted PDF: a JPEG, and the page's size in points."""

    number: int
    jpeg: bytes = field(repr=False)
    width: float
    height: float


Pictures = Mapping[int, Picture]


class Marked(Flowable):  # type: ignore[misc]
    """A page made small, with a box marked; the page's picture is in the file only once."""

    def __init__(self, picture: Picture, box: Box) -> None:
        super().__init__()
        self._picture, self._box = picture, box
        self._scale = min(THUMB[0] / picture.width, THUMB[1] / picture.height)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self._picture.width * self._scale, self._picture.height * self._scale

    def draw(self) -> None:
        """The whole page, framed, and the mark over the place."""
        _draw_page(self, self._picture, Box(0, 0, *_size(self._picture)), self._scale)


class Around(Flowable):  # type: ignore[misc]
    """What stands around a box on its page, large enough to be read, with the box marked."""

    def __init__(self, picture: Picture, box: Box) -> None:
        super().__init__()
        self._picture, self._box = picture, box
        self._scale = max(
            min(_SCALE, 0.9 * AROUND[0] / max(box.width, 1), 0.7 * AROUND[1] / max(box.height, 1)),
            min(AROUND[0] / picture.width, AROUND[1] / picture.height),
        )
        self._view = _view(picture, box, AROUND[0] / self._scale, AROUND[1] / self._scale)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self._view.width * self._scale, self._view.height * self._scale

    def draw(self) -> None:
        """The part of the page, framed, and the mark over the place."""
        _draw_page(self, self._picture, self._view, self._scale)


class Bar(Flowable):  # type: ignore[misc]
    """A bar of a chart: `share` (0-1) of the width that there is."""

    def __init__(self, share: float, width: float) -> None:
        super().__init__()
        self._length = max(share * width, 1.0)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self._length, 8

    def draw(self) -> None:
        """The bar, filled."""
        self.canv.setFillColor(BAR)
        self.canv.rect(0, 0, self._length, 7, stroke=0, fill=1)


def _size(picture: Picture) -> tuple[float, float]:
    return picture.width, picture.height


def _view(picture: Picture, box: Box, width: float, height: float) -> Box:
    """The part of the page of that size around the box, moved to lie on the page."""
    x, y = box.center
    width, height = min(width, picture.width), min(height, picture.height)
    x0 = min(max(0.0, x - width / 2), picture.width - width)
    y0 = min(max(0.0, y - height / 2), picture.height - height)
    return Box(x0, y0, x0 + width, y0 + height)


def _draw_page(flowable: Marked | Around, picture: Picture, view: Box, scale: float) -> None:
    """The part `view` of a page at that scale, its top left at the top left of the flowable."""
    canvas, box = flowable.canv, flowable._box
    width, height = view.width * scale, view.height * scale
    form = f"page{picture.number}"
    if not canvas.hasForm(form):
        canvas.beginForm(form, 0, 0, *_size(picture))
        canvas.drawImage(ImageReader(io.BytesIO(picture.jpeg)), 0, 0, *_size(picture))
        canvas.endForm()
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(0, 0, width, height)
    canvas.clipPath(clip, stroke=0)
    canvas.saveState()
    canvas.scale(scale, scale)
    canvas.translate(-view.x0, view.y1 - picture.height)
    canvas.doForm(form)
    canvas.restoreState()
    grown = max(0.0, (_LEAST / scale - min(box.width, box.height)) / 2) + 1.2 / scale
    if mark := box.padded(grown).clipped(*_size(picture)):
        canvas.setStrokeColor(BAD)
        canvas.setLineWidth(1)
        x, y = (mark.x0 - view.x0) * scale, (view.y1 - mark.y1) * scale
        canvas.rect(x, y, mark.width * scale, mark.height * scale)
    canvas.restoreState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.rect(0, 0, width, height)
