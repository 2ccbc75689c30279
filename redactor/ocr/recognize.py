"""Reads located lines: pixels to CTC posteriors.

The recognizer gives one row of class probabilities for each 8 pixels of width. It was made for
lines 48 pixels high; clear print it also reads at two thirds of that and narrowed, at half the
cost, and with whole numbers (`quantize`) at half of that again, so that comes first and what is not
sure then is read in full. Each line is read alone: what it says does not depend on the other lines
of the page.

Its 18,709 characters are cut to the Latin ones when it is loaded. The probabilities of a row sum to
1 over those: they are what the writing says if it is Latin.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from redactor.ink import Pixels
from redactor.ocr import quantize, surgery
from redactor.ocr.ground import best_path, certainty
from redactor.ocr.locate import Region, given
from redactor.ocr.models import RECOGNIZER, open_session, read_verified
from redactor.ocr.own_model import OwnModel
from redactor.words import Lattice

FloatArray = npt.NDArray[np.float32]

LINE_HEIGHT = 48
STEP = 8  # pixels of the scaled line a CTC step
_GLANCE_HEIGHT = 32
_GLANCE_STRETCH = 0.75  # of the width a line has at full height
_SURE = 0.9  # weakest character of a glance from which no second look is taken
_MAX_WIDTH = 4096  # of a line given to the network; wider ones are squeezed
_PUNCTUATION = "–—‘’“”„…•€™✓✔☐☑☒№−"


@cache
def latin() -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """The Latin alphabet in use, and the recognizer's class of the blank and of each character."""
    pairs = [
        (char, index + 1)
        for index, char in enumerate(surgery.characters(read_verified(RECOGNIZER)))
        if len(char) == 1 and (" " <= char <= "~" or "¡" <= char <= "ɏ" or char in _PUNCTUATION)
    ]
    alphabet, classes = zip(*pairs, strict=True)
    return alphabet, np.array([0, *classes], np.intp)


def crop(pixels: Pixels, region: Region) -> Pixels:
    """The line straightened, at the page's resolution."""
    size = (max(1, round(region.width)), max(1, round(region.height)))
    return np.asarray(
        cv2.warpAffine(
            pixels,
            region.to_line(),
            size,
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


@cache
def fitted() -> bytes:
    """The recognizer's weights, for Latin lines of any height."""
    return surgery.fitted(read_verified(RECOGNIZER), latin()[1])


@cache
def _session() -> ort.InferenceSession:
    return open_session(fitted())


@cache
def _quick_session() -> ort.InferenceSession:
    return open_session(quantize.quantized(fitted(), quantize.ranges()))


def recognize(
    lines: Sequence[Pixels], stretch: Sequence[float], own: OwnModel | None = None
) -> tuple[Lattice, ...]:
    """The posteriors of each straightened line, in the order given.

    `stretch` widens each line before it is read (1.0: as it is): cramped cursive reads better
    when it is pulled apart. A line that is to be widened is read in full at once, and so is every
    line by the user's `own` model in place of the built-in one: it knows no other height.
    """
    return tuple(
        (_glance(line, factor) if factor <= 1 and own is None else None) or _read(line, factor, own)
        for line, factor in zip(lines, stretch, strict=True)
    )


def sureness(line: Pixels, own: OwnModel | None = None) -> float:
    """How sure (0-1) a quick reading of a line is of its characters; 0 where it finds none."""
    return certainty(best_path(_read(line, 1.0, own) if own else _quick(line, 1.0)))


def _glance(line: Pixels, stretch: float) -> Lattice | None:
    """The line read small; None unless each of its characters is sure."""
    lattice = _quick(line, stretch * _GLANCE_STRETCH)
    chars = best_path(lattice)
    return lattice if chars and min(c.probability for c in chars) >= _SURE else None


def _quick(line: Pixels, stretch: float) -> Lattice:
    """The line read small and in whole numbers."""
    return _run(_quick_session(), latin()[0], glimpse(line, stretch))


def glimpse(line: Pixels, stretch: float = _GLANCE_STRETCH) -> FloatArray:
    """What the network is given of a line that it reads small, (1, 3, 32, columns)."""
    return given(_scaled(line, _GLANCE_HEIGHT, stretch))


def full(line: Pixels, stretch: float = 1.0) -> FloatArray:
    """What the network is given of a line that it reads in full, (1, 3, 48, columns)."""
    return given(_scaled(line, LINE_HEIGHT, stretch))


def _read(line: Pixels, stretch: float, own: OwnModel | None = None) -> Lattice:
    """The line read in full."""
    alphabet, session = (own.alphabet, own.session) if own else (latin()[0], _session())
    return _run(session, alphabet, full(line, stretch))


def _run(session: ort.InferenceSession, alphabet: tuple[str, ...], line: FloatArray) -> Lattice:
    (posteriors,) = session.run(None, {"x": line})
    return Lattice(posteriors[0], alphabet)


def _scaled(line: Pixels, height: int, stretch: float) -> Pixels:
    rows, columns = line.shape[:2]
    width = min(_MAX_WIDTH, columns * stretch * LINE_HEIGHT / rows)
    size = max(1, round(width / STEP)) * STEP, height
    way = cv2.INTER_AREA if rows > height else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(line, size, interpolation=way), np.uint8)
