"""Whether pixels show writing on paper: windows with sharp dark edges whose ground is one tone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from redactor.audit.scene import Mask, Pixels

WINDOW = 16  # pixels, either side
_STRAY = 6  # pixels of a window that may be darker or lighter: specks
_STEEPEST = 3  # so many pixels have a window's steepest step, or a steeper one
FAINT = 24  # of 255: a window that varies less is paper
_INK = 80  # of 255: how much darker than its ground writing is at least
_SHARP = 0.35  # of a window's contrast that a sharp edge takes from pixel to pixel
_PAPER = 160  # of 255: paper is lighter
_SAME = 8  # of 255: tones of paper differ by less
_ON_PAPER = 0.9  # share of the windows with sharp edges that stand on paper: less in photographs

Levels = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Windows:
    """What each window of a gray picture holds, of 255 (rows, columns of windows)."""

    darkest: Levels
    lightest: Levels
    across: Levels
    down: Levels
    """The steepest steps from pixel to pixel, along the rows and along the columns."""

    @property
    def contrast(self) -> Levels:
        return self.lightest - self.darkest

    @property
    def marked(self) -> Mask:
        """Those that are more than paper."""
        return self.contrast >= FAINT

    @cached_property
    def paper(self) -> float:
        """The tone of the ground: most windows of a page have some of it."""
        return float(np.median(self.lightest))

    @cached_property
    def sharp(self) -> Mask:
        """Those with letters: rules have edges one way only."""
        steep = np.minimum(self.across, self.down) >= _SHARP * self.contrast
        return np.asarray(steep & (self.contrast >= _INK), np.bool_)

    def show_writing(self, fewest: int, among: Mask | None = None) -> bool:
        """Whether at least so many windows, of all or of some, hold sharp ink on paper, not as in
        photographs, where it is on ground of any tone.
        """
        sharp = self.sharp if among is None else self.sharp & among
        if sharp.sum() < fewest or self.paper < _PAPER:
            return False
        on_paper = np.abs(self.lightest[sharp] - self.paper) <= _SAME
        return bool(on_paper.mean() >= _ON_PAPER)


def windows(gray: Pixels) -> Windows:
    """The windows of a gray picture (rows, columns); what is left over at its edges is left out."""
    down, across = (side // WINDOW for side in gray.shape)
    gray = np.ascontiguousarray(gray[: down * WINDOW, : across * WINDOW])
    beside, below = np.zeros_like(gray), np.zeros_like(gray)
    if gray.size:
        beside[:, :-1] = cv2.absdiff(gray[:, 1:], gray[:, :-1])
        below[:-1] = cv2.absdiff(gray[1:], gray[:-1])

    def of_windows(values: Pixels) -> Pixels:
        blocks = values.reshape(down, WINDOW, across, WINDOW).transpose(0, 2, 1, 3)
        return blocks.reshape(down, across, WINDOW**2)

    tones, steps = of_windows(gray), (of_windows(beside), of_windows(below))
    most = (tones.min(axis=2), tones.max(axis=2), *(s.max(axis=2) for s in steps))
    found = Windows(*(np.asarray(values, np.int16) for values in most))
    marked = found.marked  # most windows are paper: those need no second look
    ordered = np.partition(tones[marked], (_STRAY, -1 - _STRAY), axis=1)
    found.darkest[marked], found.lightest[marked] = ordered[:, _STRAY], ordered[:, -1 - _STRAY]
    for steepest, all_steps in zip((found.across, found.down), steps, strict=True):
        steepest[marked] = np.partition(all_steps[marked], -_STEEPEST, axis=1)[:, -_STEEPEST]
    return found
