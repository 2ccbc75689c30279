"""Reads located lines: pixels to CTC posteriors.

The recognizer gives one row of class probabilities for each 8 pixels of width. It was made for
lines 48 pixels high; clear print it also reads at two thirds of that and narrowed, at half the
cost, so that comes first and what is not sure then is read in full. Each line is read alone: what
it says does not depend on the other lines of the page.

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
from redactor.ocr import surgery
from redactor.ocr.ground import best_path, certainty
from redactor.ocr.locate import Region
from redactor.ocr.models import RECOGNIZER, open_session, read_verified
from redactor.ocr.own_model import OwnModel
from redactor.words import Lattice

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
def _session() -> ort.InferenceSession:
    return open_session(surgery.fitted(read_verified(RECOGNIZER), latin()[1]))


def recognize(
    lines: Sequence[Pixels], stretch: Sequence[float], own: OwnModel | None = None
) -> tuple[Lattice, ...]:
    """The posteriors of each straightened line, in the order given.

    `stretch` widens each line before it is read (1.0: as it is): cramped cursive reads better
    when it is pulled apart. A line that is to be widened is read in full at once, and so is every
    line by the user's `own` model in place of the built-in one: it knows no other height.
    """
    return tuple(
        (_glance(line, factor) if factor <= 1 and own is None else None)
        or _read(line, LINE_HEIGHT, factor, own)
        for line, factor in zip(lines, stretch, strict=True)
    )


def sureness(line: Pixels, own: OwnModel | None = None) -> float:
    """How sure (0-1) a quick reading of a line is of its characters; 0 where it finds none."""
    height = LINE_HEIGHT if own else _GLANCE_HEIGHT
    return certainty(best_path(_read(line, height, 1.0, own)))


def _glance(line: Pixels, stretch: float) -> Lattice | None:
    """The line read small; None unless each of its characters is sure."""
    lattice = _read(line, _GLANCE_HEIGHT, stretch * _GLANCE_STRETCH)
    chars = best_path(lattice)
    return lattice if chars and min(c.probability for c in chars) >= _SURE else None


def _read(line: Pixels, height: int, stretch: float, own: OwnModel | None = None) -> Lattice:
    """The line read at that height; `stretch` is of the width that it has at LINE_HEIGHT."""
    scaled = _scaled(line, height, stretch)
    bgr = scaled[:, :, ::-1].astype(np.float32) / 127.5 - 1
    alphabet, session = (own.alphabet, own.session) if own else (latin()[0], _session())
    (posteriors,) = session.run(None, {"x": bgr.transpose(2, 0, 1)[None]})
    return Lattice(posteriors[0], alphabet)


def _scaled(line: Pixels, height: int, stretch: float) -> Pixels:
    rows, columns = line.shape[:2]
    width = min(_MAX_WIDTH, columns * stretch * LINE_HEIGHT / rows)
    size = max(1, round(width / STEP)) * STEP, height
    way = cv2.INTER_AREA if rows > height else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(line, size, interpolation=way), np.uint8)
