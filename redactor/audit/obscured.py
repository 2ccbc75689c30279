"""Pictures with a part made coarse or blurred: what it says can be found by trying texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pymupdf

from redactor.audit.blur import blurred_parts
from redactor.audit.leak import Kind, Leak
from redactor.audit.mosaic import coarse_part
from redactor.audit.raster import Raster, rasters_of
from redactor.audit.scene import Pixels, Scene, scene_of
from redactor.geometry import Box, PageFrame

_TONES = 8  # bits: in pictures of fewer, nothing can be soft


def obscured_pages(data: bytes, frames: Sequence[PageFrame]) -> tuple[int, ...]:
    """The pages of a PDF, from 1, with a mosaic or a blur in a picture."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return tuple(
            number
            for number, frame in enumerate(frames, start=1)
            if any(_page_parts(document[number - 1], number, frame))
        )


def _page_parts(page: pymupdf.Page, number: int, frame: PageFrame) -> Iterator[Leak]:
    rasters = [raster for raster in rasters_of(page) if raster.depth == _TONES]
    if rasters:
        scene = scene_of(page, number, frame)
        for raster in rasters:
            yield from obscured_parts(raster, scene)


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
