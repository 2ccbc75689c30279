"""Reads located lines: pixels to CTC posteriors.

The recognizer takes lines 48 pixels high and gives one row of class probabilities for each 8
pixels of width. Its 18,709 characters are cut to the Latin ones here; what probability the others
had is lost from the rows' sums, so that a line in another script reads with low confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from redactor.ink import Pixels
from redactor.ocr.locate import Region
from redactor.ocr.models import RECOGNIZER, characters, session
from redactor.ocr.own_model import OwnModel
from redactor.words import Lattice

LINE_HEIGHT = 48
STEP = 8  # pixels of the 48-pixel-high line a CTC step
_BATCH = 6
_MAX_WIDTH = 4096  # of a line given to the network; wider ones are squeezed
_PUNCTUATION = "–—‘’“”„…•€™✓✔☐☑☒№−"


@cache
def latin() -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """The Latin alphabet in use, and the recognizer's class of the blank and of each character."""
    pairs = [
        (char, index + 1)
        for index, char in enumerate(characters())
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


def recognize(
    lines: Sequence[Pixels], stretch: Sequence[float], own: OwnModel | None = None
) -> tuple[Lattice, ...]:
    """The posteriors of each straightened line, in the order given.

    `stretch` widens each line before it is read (1.0: as it is): cramped cursive reads better
    when it is pulled apart. Lines of like width share a batch. `own` is read with in place of the
    built-in weights.
    """
    scaled = [_scaled(line, factor) for line, factor in zip(lines, stretch, strict=True)]
    order = sorted(range(len(scaled)), key=lambda i: scaled[i].shape[1])
    lattices: dict[int, Lattice] = {}
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        lattices.update(zip(batch, _read([scaled[i] for i in batch], own), strict=True))
    return tuple(lattices[i] for i in range(len(lines)))


def _scaled(line: Pixels, stretch: float) -> Pixels:
    height, width = line.shape[:2]
    new_width = min(_MAX_WIDTH, max(STEP, round(width * stretch * LINE_HEIGHT / height)))
    way = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(line, (new_width, LINE_HEIGHT), interpolation=way), np.uint8)


def _read(lines: Sequence[Pixels], own: OwnModel | None) -> Iterator[Lattice]:
    """One batch, padded on the right with zeros to the widest line, as the model was trained."""
    width = max(line.shape[1] for line in lines)
    batch = np.zeros((len(lines), 3, LINE_HEIGHT, width), np.float32)
    for row, line in zip(batch, lines, strict=True):
        bgr = line[:, :, ::-1].astype(np.float32) / 127.5 - 1
        row[:, :, : line.shape[1]] = bgr.transpose(2, 0, 1)
    alphabet, posteriors = _posteriors(batch, own)
    for line, rows in zip(lines, posteriors, strict=True):
        steps = min(len(rows), -(-line.shape[1] // STEP))
        yield Lattice(np.ascontiguousarray(rows[:steps], np.float32), alphabet)


def _posteriors(
    batch: npt.NDArray[np.float32], own: OwnModel | None
) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """The alphabet, and the probabilities (lines, steps, classes) of blank and alphabet."""
    if own is not None:
        return own.alphabet, own.session.run(None, {"x": batch})[0]
    (posteriors,) = session(RECOGNIZER).run(None, {"x": batch})
    alphabet, classes = latin()
    return alphabet, posteriors[:, :, classes]
