"""Pictures with a part made coarse or blurred: what it says can be found by trying texts."""

from __future__ import annotations

from collections.abc import Iterator

from redactor.audit.blur import blurred_parts
from redactor.audit.leak import Kind, Leak
from redactor.audit.mosaic import coarse_part
from redactor.audit.raster import Raster
from redactor.audit.scene import Pixels, Scene
from redactor.geometry import Box

_TONES = 8  # bits: in pictures of fewer, nothing can be soft


def obscured_parts(raster: Raster, scene: Scene) -> Iterator[Leak]:
    """A leak for each mosaic and each blur in a picture, wherever that is drawn."""
    if raster.depth != _TONES:
        return
    for kind, part in _obscured(raster.gray):
        for place in raster.places:
            yield Leak(kind, scene.number, scene.place(raster.placed(part, place)))


def _obscured(gray: Pixels) -> Iterator[tuple[Kind, Box]]:
    if mosaic := coarse_part(gray):
        yield Kind.PIXELATED_IMAGE, mosaic
    else:  # the seams of a mosaic in a poor JPEG are soft
        for part in blurred_parts(gray):
            yield Kind.BLURRED_IMAGE, part
