"""Tells handwriting from print in the image of a straightened line, or of a word or two of it.

A small convolutional network looks at the ink, 32 pixels high, and pools what it saw over the
width, so that a line may be of any length. `training/script` makes its weights, from open fonts
alone; its README says what it was measured to do.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from redactor.ink import Pixels, darkest
from redactor.ocr.models import SCRIPT, session
from redactor.words import LineKind

FloatArray = npt.NDArray[np.float32]

LINE_HEIGHT = 32
_MAX_WIDTH = 4096  # of a line given to the network; wider ones are squeezed
_PAPER = 8  # columns of paper put at both ends, so that an edge is not taken for a stroke
_PRINT_ODDS = math.log(2)
"""Log-odds of print before a crop is looked at. The network saw as many lines of either kind, but
documents hold more print, which tells where a crop of a character or two may be either."""
_LEAST_CONTRAST = 40  # gray levels; on fainter crops noise would be blown up to ink


def classify(line: Pixels) -> LineKind:
    """The kind of a straightened line image (height, width, 3)."""
    return LineKind.HANDWRITING if handwriting_odds(line) > 0 else LineKind.PRINT


def handwriting_odds(line: Pixels) -> float:
    """The log-odds that a line image is handwriting; an image of no size is taken for print."""
    if not line.size:
        return float("-inf")
    (odds,) = session(SCRIPT).run(None, {"ink": prepare(line)[None, None]})
    return float(odds[0]) - _PRINT_ODDS


def prepare(line: Pixels) -> FloatArray:
    """What the network sees: (32, columns), 0 on paper and 1 in full ink.

    The paper is the middle gray level of the crop and the ink whatever lies furthest from it on
    one side: light writing on a dark ground comes out like dark on light. The darkest channel
    counts, so that colored ink is ink.
    """
    height, width = line.shape[:2]
    columns = min(_MAX_WIDTH, max(8, round(width * LINE_HEIGHT / height)))
    way = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    gray = cv2.resize(darkest(line), (columns, LINE_HEIGHT), interpolation=way)
    dark, paper, light = (float(level) for level in np.percentile(gray, (1, 50, 99)))
    reach = light - paper if light - paper > paper - dark else dark - paper
    scale = np.copysign(max(_LEAST_CONTRAST, abs(reach)), reach)
    ink = np.clip((gray.astype(np.float32) - paper) / scale, 0, 1)
    return np.pad(ink, ((0, 0), (_PAPER, _PAPER))).astype(np.float32)
