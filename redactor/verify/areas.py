"""The pixels under the boxes: once the boxes are taken away, PDFium must show blank paper there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from redactor.geometry import Box
from redactor.verify.subject import Outcome, Subject, gray, outcome, pdfium

Mask = npt.NDArray[np.bool_]

_DPI = 144
_FAINTEST, _NOISIEST = 10, 40  # of 255: bounds of the contrast from which a pixel is a mark
_SIGMAS = 4 * 1.4826  # noise in a normal distribution's sigmas, from its median deviation
_STRAY = 0.004  # share of an area's pixels that may differ: corners of neighbors' strokes ...
_STRAYS = 8  # ... and how many at most, fewer than the smallest letter has
_WHOLE = 0.98  # share of an area's width or height that a rule runs through
_THICKNESS = round(0.06 * _DPI)
_ALONG, _ACROSS = 3, 2  # as many rules may run along and across an area
_BEYOND = 6  # pixels above or below the area to which a rule across it goes on: a letter ends


def check_blank_areas(subject: Subject) -> Outcome:
    """Every boxed area is of one tone, but for straight rules that run through it."""
    failures = []
    with pdfium(subject.bare) as document:
        for number in sorted({r.page for r in subject.redactions}):
            pixels = gray(document, number, subject.frames[number - 1], _DPI / 72)
            for box in subject.boxes(number):
                area = _cut(pixels, box)
                if area.size and not is_blank(area, _beyond(pixels, box), _around(pixels, box)):
                    failures.append(number)
    return outcome("nothing shows under a box", "PDFium", failures, "areas are not blank")


def is_blank(
    area: npt.NDArray[np.uint8],
    beyond: Sequence[npt.NDArray[np.uint8]] = (),
    around: npt.NDArray[np.uint8] | None = None,
) -> bool:
    """Whether a gray area (rows, columns) holds no mark but a few thin rules along or across it.

    A mark stands out from the paper, the area's median tone, by more than the area's own noise.
    `beyond` are the pixels of rows above and below the area; where given, a rule across must
    reach one of them. `around` are the area and its surroundings. Wrongly saying no costs a page
    its text layer; wrongly saying yes would leave writing.
    """
    values = area.astype(np.int16)
    # The box around a lone l or I is all ink: there the paper is what lies around it.
    is_narrow = area.shape[1] <= _THICKNESS
    paper = float(np.median(values if around is None or not is_narrow else around))
    off = np.abs(values - paper)
    contrast = float(np.clip(_SIGMAS * np.median(off), _FAINTEST, _NOISIEST))
    marks = off > contrast
    rows, columns = marks.mean(axis=1) >= _WHOLE, marks.mean(axis=0) >= _WHOLE
    if beyond:
        columns &= np.any([np.abs(row - paper) > contrast for row in beyond], axis=0)
    along = _rules(values[:, ~columns], rows, contrast, _ALONG)
    across = _rules(values[~rows].T, columns, contrast, _ACROSS)
    rest = marks & ~along[:, None] & ~across[None, :]
    return bool(rest.sum() <= min(_STRAYS, _STRAY * rest.size))


def _rules(lines: npt.NDArray[np.int16], candidates: Mask, contrast: float, at_most: int) -> Mask:
    """Which of the candidate lines of pixels are rules: of one tone, thin, and few."""
    if not lines.size or not candidates.any():
        return np.zeros_like(candidates)
    tones = np.median(lines, axis=1, keepdims=True)
    even = (np.abs(lines - tones) <= contrast).mean(axis=1) >= _WHOLE
    found = candidates & even
    edges = np.flatnonzero(np.diff(found.astype(np.int8), prepend=0, append=0))
    starts, ends = edges[::2], edges[1::2]
    if len(starts) > at_most or (len(starts) and (ends - starts).max() > _THICKNESS):
        return np.zeros_like(candidates)
    return np.asarray(found, np.bool_)


def _cut(pixels: npt.NDArray[np.uint8], box: Box) -> npt.NDArray[np.uint8]:
    """The pixels that lie wholly inside a box, less one for smoothing at its edge."""
    x0, y0, x1, y1 = _inside(box)
    return pixels[y0:y1, x0:x1]


def _beyond(pixels: npt.NDArray[np.uint8], box: Box) -> list[npt.NDArray[np.uint8]]:
    """The rows of pixels a little above and below those that `_cut` gives."""
    x0, y0, x1, y1 = _inside(box)
    rows = (max(y0 - _BEYOND, 0), min(y1 - 1 + _BEYOND, len(pixels) - 1))
    return [pixels[row, x0:x1] for row in rows]


def _around(pixels: npt.NDArray[np.uint8], box: Box) -> npt.NDArray[np.uint8]:
    """The pixels that `_cut` gives, and those around: so far that most of them are paper."""
    x0, y0, x1, y1 = _inside(box)
    reach = 2 * _BEYOND
    return pixels[max(y0 - reach, 0) : y1 + reach, max(x0 - reach, 0) : x1 + reach]


def _inside(box: Box) -> tuple[int, int, int, int]:
    scaled = box.scaled(_DPI / 72)
    x0, y0 = int(np.ceil(scaled.x0)) + 1, int(np.ceil(scaled.y0)) + 1
    x1, y1 = int(scaled.x1) - 1, int(scaled.y1) - 1
    return max(x0, 0), max(y0, 0), max(x1, 0), max(y1, 0)
