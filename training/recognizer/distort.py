"""A written line as another hand, pen or scanner might have made it."""

from __future__ import annotations

import cv2
import numpy as np

from training.recognizer.lines import Gray
from training.script.degrade import scanned
from training.script.render import Coverage, Floats, bend, inked

_HEIGHT = 80  # rows of a line while it is pulled about
_MARGIN = 30  # rows and columns around it, so that nothing is pulled out of the picture


def coverage(picture: Gray) -> Coverage:
    """The ink of a gray line (dark on light), 255 where it is darkest."""
    paper, dark = np.percentile(picture, (75, 0.5))
    ink = (paper - picture.astype(np.float32)) / max(float(paper - dark), 32.0)
    columns = max(8, round(picture.shape[1] * _HEIGHT / picture.shape[0]))
    way = cv2.INTER_AREA if picture.shape[0] > _HEIGHT else cv2.INTER_LINEAR
    scaled = cv2.resize(np.clip(ink, 0, 1), (columns, _HEIGHT), interpolation=way)
    return np.asarray(scaled * 255, np.uint8)


def distorted(ink: Coverage, rng: np.random.Generator, vigor: float) -> Gray:
    """The line slanted, stretched, bent at two scales, written with another pen and scanned.

    `vigor`, 0 to 1, is how far it may go from what it was.
    """
    strength = vigor * float(rng.uniform(0.2, 1))
    sheet = np.pad(ink, _MARGIN)
    sheet = bend(
        sheet,
        rng,
        shear=float(rng.normal(0, 0.25 * strength)),
        stretch=float(np.exp(rng.normal(0, 0.18 * strength))),
        fine=1.5 * strength,
        coarse=4 * strength,
        slope=0.012 * strength,
    )
    ink = inked(sheet, rng, 0.3 * strength) if rng.random() < 0.3 else _tight(sheet)
    ink = _framed(ink, rng)
    if rng.random() < 0.5 * vigor:
        return scanned(_at_resolution(ink, rng), rng)
    return np.asarray(255 - ink, np.uint8)


def _tight(sheet: Coverage) -> Coverage:
    rows, columns = (np.nonzero(sheet.max(axis=axis) > 64)[0] for axis in (1, 0))
    if not len(rows):
        return sheet
    return sheet[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _framed(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """With a little paper around it, as the locator's crops have; sometimes the ink is shaved."""
    high = ink.shape[0]
    top, bottom = (int(share * high) for share in rng.uniform(-0.03, 0.2, 2))
    left, right = (int(share * high) for share in rng.uniform(0, 0.3, 2))
    ink = ink[max(0, -top) : high - max(0, -bottom)]
    return np.pad(ink, ((max(0, top), max(0, bottom)), (left, right)))


def _at_resolution(ink: Coverage, rng: np.random.Generator) -> Floats:
    """As many rows as a written line has at 100 to 300 dpi."""
    rows = int(np.exp(rng.uniform(np.log(28), np.log(90))))
    columns = max(8, round(ink.shape[1] * rows / ink.shape[0]))
    way = cv2.INTER_AREA if rows < ink.shape[0] else cv2.INTER_LINEAR
    small = cv2.resize(ink, (columns, rows), interpolation=way)
    return np.asarray(small.astype(np.float32) / 255, np.float32)
