"""The built-in recognizer: an image in, lines of grounded words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from redactor.geometry import union
from redactor.ink import Ink, PageImage, Pixels, find_ink
from redactor.modes import Mode
from redactor.ocr import ground, models, recognize, script
from redactor.ocr.locate import Region, locate
from redactor.ocr.own_model import OwnModel
from redactor.words import Lattice, Line, LineKind, Origin, Word

# Cursive is cramped for a recognizer that was trained on print: pulled apart it reads better.
_STRETCH = {LineKind.PRINT: 1.0, LineKind.HANDWRITING: 1.25}


class PaddleRecognizer:
    """PP-OCRv6-small on onnxruntime, with word boxes grounded in the ink."""

    def __init__(self, mode: Mode = Mode.ICR, own: OwnModel | None = None) -> None:
        """`own` reads lines in place of the built-in weights."""
        self._mode = mode
        self._own = own

    def models(self) -> tuple[tuple[str, str, str], ...]:
        """Name, version and SHA-256 of the models that read pages."""
        used = (models.LOCATOR, self._own or models.RECOGNIZER, models.SCRIPT)
        return tuple((m.name, m.version, m.sha256) for m in used)

    def read(self, image: PageImage) -> tuple[Line, ...]:
        """The lines of the page, boxes in page space. No line is dropped for a low score."""
        return self.read_ink(image, find_ink(image))

    def read_ink(self, image: PageImage, ink: Ink) -> tuple[Line, ...]:
        """The same where the ink is already known."""
        regions = locate(image.pixels)
        crops = [recognize.crop(image.pixels, region) for region in regions]
        stretch = [_STRETCH[script.classify(crop)] for crop in crops]
        lattices = recognize.recognize(crops, stretch, self._own)
        dark = [is_dark(crop) for crop in crops]
        grounded = _ground(ink, regions, lattices, dark, wanted=False)
        if any(dark):
            grounded |= _ground(find_ink(image.negative()), regions, lattices, dark, wanted=True)
        lines: list[Line] = []
        for index, (region, crop, lattice) in enumerate(zip(regions, crops, lattices, strict=True)):
            lines.extend(_lines(image, region, crop, lattice, grounded.get(index, ())))
        return tuple(lines)


def is_dark(crop: Pixels) -> bool:
    """Whether a line is light writing on a dark ground: its border is darker than its middle."""
    gray = crop.min(axis=2)
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
    return bool(np.median(border) < 128 and np.median(border) + 64 < gray.max())


def _ground(
    ink: Ink,
    regions: Sequence[Region],
    lattices: Sequence[Lattice],
    dark: Sequence[bool],
    wanted: bool,
) -> dict[int, tuple[ground.Grounded, ...]]:
    """The grounded words of the regions that are dark (or not), by region number."""
    chosen = [i for i, value in enumerate(dark) if value == wanted]
    subset = [regions[i] for i in chosen]
    inks = [ground.ink_of_line(ink, region) for region in subset]
    owner = ground.assign_blobs(ink, subset, inks)
    return {
        i: ground.ground(ink, regions[i], inks[k], owner, k, lattices[i])
        for k, i in enumerate(chosen)
    }


def _lines(
    image: PageImage,
    region: Region,
    crop: Pixels,
    lattice: Lattice,
    words: Sequence[ground.Grounded],
) -> Iterator[Line]:
    """A region's words as one line for each stretch of one kind: "Name: (print) Ann (by hand)"."""
    parts = [(part, _kind(region, crop, part)) for part in _segments(region, words)]
    for kind, group in groupby(parts, key=lambda pair: pair[1]):
        yield Line(
            tuple(
                Word(
                    g.text,
                    image.to_page(g.box_px),
                    g.probability,
                    Origin(kind.value),
                    edges=tuple(x / image.px_per_pt for x in g.edges_px),
                )
                for part, _ in group
                for g in part
            ),
            kind,
            lattice,
        )


def _segments(
    region: Region, words: Sequence[ground.Grounded]
) -> Iterator[tuple[ground.Grounded, ...]]:
    """Words parted where the gap is wider than the line is high: there the hand may change."""
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or _distance(words[index - 1], words[index]) > region.height:
            yield tuple(words[start:index])
            start = index


def _distance(a: ground.Grounded, b: ground.Grounded) -> float:
    """The gap between two boxes in pixels, along whichever axis parts them."""
    return max(b.box_px.x0 - a.box_px.x1, a.box_px.y0 - b.box_px.y1)


def _kind(region: Region, crop: Pixels, words: Sequence[ground.Grounded]) -> LineKind:
    """The kind of the part of a straightened line that these words stand in."""
    box = union(word.box_px for word in words)
    corners = np.array(
        [[box.x0, box.y0, 1], [box.x1, box.y0, 1], [box.x0, box.y1, 1], [box.x1, box.y1, 1]]
    )
    along = corners @ region.to_line()[0]
    left, right = max(0, int(along.min())), int(np.ceil(along.max()))
    part = crop[:, left:right]
    return script.classify(part if part.size else crop)
