"""Pictures with a part made coarse or blurred: what it says can be found by trying texts."""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf

from redactor.audit.blur import blurred_parts
from redactor.audit.leak import Kind, Leak
from redactor.audit.mosaic import coarse_part
from redactor.audit.raster import Raster, rasters_of
from redactor.audit.scene import Scene
from redactor.geometry import Box

_TONES = 8  # bits: in pictures of fewer, nothing can be soft


def obscured_pages(data: bytes) -> tuple[int, ...]:
    """The pages of a PDF, from 1, with a mosaic or a blur in a picture."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return tuple(
            number
            for number, page in enumerate(document, start=1)
            if any(any(_obscured(raster)) for raster in rasters_of(page))
        )


def obscured_parts(raster: Raster, scene: Scene) -> Iterator[Leak]:
    """A leak for each mosaic and each blur in a picture, wherever that is drawn."""
    for kind, part in _obscured(raster):
        for place in raster.places:
            yield Leak(kind, scene.number, scene.place(raster.placed(part, place)))


def _obscured(raster: Raster) -> Iterator[tuple[Kind, Box]]:
    """The obscured parts of a picture, in its pixels."""
    if raster.depth != _TONES:
        return
    if mosaic := coarse_part(raster.gray):
        yield Kind.PIXELATED_IMAGE, mosaic
    else:  # the seams of a mosaic in a poor JPEG are soft
        for part in blurred_parts(raster.gray):
            yield Kind.BLURRED_IMAGE, part
