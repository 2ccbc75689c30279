"""Looks at a line in the way that it reads best: upright where it leans, pulled apart, once more.

Cursive is slanted and cramped for a recognizer that was trained on print. A slanted region is a
parallelogram around the line: its straightened image stands upright, and whatever is found in it
is cut along the slant on the page, where words really part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from redactor.ink import Pixels, darkest
from redactor.ocr import ground, script
from redactor.ocr.ground import best_path
from redactor.ocr.locate import Region
from redactor.ocr.own_model import OwnModel
from redactor.ocr.recognize import crop, recognize
from redactor.words import Lattice, LineKind

_PULL = 1.25  # how much wider handwriting is made
_SLANTS = tuple(round(0.1 * k, 1) for k in range(-2, 11))  # of a hand: x a y, right-leaning > 0
_SLANT_HEIGHT = 48  # rows: how a hand leans shows in a small picture of the line, too
_SHORT = 12  # line heights under which handwriting is read as it stands too
_DOUBT = 0.9  # mean probability of the characters under which print is looked at again


@dataclass(frozen=True, slots=True)
class View:
    """A line as it is given to the recognizer: where, what it looks like, of what kind, how wide.

    `line` is the straightened image of `region`; `stretch` as in `recognize`. `unruled` is the
    image of the line as it stands, without rules: they look like strokes of a pen.
    """

    region: Region
    line: Pixels = field(repr=False)
    kind: LineKind
    unruled: Pixels = field(repr=False)
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """A line in its best view with what is read there, and in `other` what another view showed."""

    view: View
    lattice: Lattice = field(repr=False)
    other: Lattice | None = field(default=None, repr=False)


def plain(pixels: Pixels, bare: Pixels, region: Region) -> View:
    """The line as it stands. `bare` are the page's pixels without rules."""
    unruled = crop(bare, region)
    return View(region, crop(pixels, region), script.classify(unruled), unruled)


def pulled_apart(pixels: Pixels, view: View) -> View:
    """The same line upright and wider."""
    region = slanted(view.region, slant(view.line))
    stretch = _PULL * region.height / view.region.height
    return replace(view, region=region, line=crop(pixels, region), stretch=stretch)


def look(
    pixels: Pixels, bare: Pixels, regions: Sequence[Region], own: OwnModel | None = None
) -> tuple[Look, ...]:
    """Each region of a page in its best view; `bare` are the page's pixels without rules.

    Handwriting is pulled apart at once, print read as it stands; the surer reading counts where
    a second look was worth it. `own` is read with as in `recognize`.
    """
    plains = [plain(pixels, bare, region) for region in regions]
    views = [pulled_apart(pixels, v) if v.kind is LineKind.HANDWRITING else v for v in plains]
    looks = [Look(v, lattice) for v, lattice in zip(views, _read(views, own), strict=True)]
    seconds = [
        (number, view)
        for number, (first, seen) in enumerate(zip(plains, looks, strict=True))
        if (view := _other_view(pixels, first, seen.lattice))
    ]
    again = _read([view for _, view in seconds], own)
    for (number, view), lattice in zip(seconds, again, strict=True):
        looks[number] = _surer(looks[number], Look(view, lattice))
    return tuple(looks)


def _surer(first: Look, second: Look) -> Look:
    if certainty(second.lattice) > certainty(first.lattice):
        first, second = second, first
    return replace(first, other=second.lattice)


def _other_view(pixels: Pixels, first: View, lattice: Lattice) -> View | None:
    """The view to look at once more, where that pays: `first` is the line as it stands.

    A short line by hand is often a name in capitals, which neither lean nor crowd; a slash that
    was stood upright is a one; print that was read with doubt may be handwriting after all.
    """
    if first.kind is LineKind.PRINT:
        return pulled_apart(pixels, first) if certainty(lattice) < _DOUBT else None
    if any(char.char.isdigit() for char in best_path(lattice)):
        return replace(first, stretch=_PULL)
    return first if first.region.width < _SHORT * first.region.height else None


def glance(
    pixels: Pixels, bare: Pixels, regions: Sequence[Region], own: OwnModel | None = None
) -> tuple[Look, ...]:
    """Each region as it stands: enough for print, and fastest."""
    views = [plain(pixels, bare, region) for region in regions]
    return tuple(Look(v, lattice) for v, lattice in zip(views, _read(views, own), strict=True))


def _read(views: Sequence[View], own: OwnModel | None) -> tuple[Lattice, ...]:
    return recognize([view.line for view in views], [view.stretch for view in views], own)


def certainty(lattice: Lattice) -> float:
    """How sure (0-1) the best path is of its characters; 0 where it has none."""
    return ground.certainty(best_path(lattice))


def slant(line: Pixels) -> float:
    """How far a straightened line leans: x a y, right-leaning > 0.

    Of the shears tried, the one that stands the most ink upright: the sum of squares of the ink
    in each column is largest when strokes fall together (after Vinciarelli & Luettin 2001, "A new
    normalization technique for cursive handwritten words").
    """
    rows, columns = line.shape[:2]
    scale = min(1.0, _SLANT_HEIGHT / rows)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    gray = darkest(cv2.resize(line, size, interpolation=cv2.INTER_AREA)).astype(np.float32)
    ink = np.abs(gray - np.median(gray))
    height, width = ink.shape
    sharpness = []
    for lean in _SLANTS:
        upright = np.array([[1, lean, -lean * height / 2], [0, 1, 0]], np.float32)
        columns = cv2.warpAffine(ink, upright, (width, height)).sum(axis=0)
        sharpness.append(float((columns * columns).sum()))
    return _SLANTS[int(np.argmax(sharpness))]


def slanted(region: Region, lean: float) -> Region:
    """The region as a parallelogram that leans by `lean`, around the same middle line."""
    along = (region.corners[1] - region.corners[0]) / max(region.width, 1)
    shift = along * lean * region.height / 2
    corners = region.corners + np.array([shift, shift, -shift, -shift])
    return Region(corners.astype(np.float32), region.score)
