"""Finds lines of text in a page image: pixels to slanted rectangles.

The network is DBNet (Liao et al. 2020, "Real-time Scene Text Detection with Differentiable
Binarization"); its probability map is turned into rectangles here, since on rectangles the
paper's polygon offsetting is plain growth by a distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from redactor.ink import Ink, Pixels
from redactor.ocr.models import LOCATOR, session

FloatArray = npt.NDArray[np.float32]

# A line's core in the probability map is thinner than its letters; the paper grows it back by
# area * ratio / perimeter.
_UNCLIP_RATIO = 1.6
_MAP_THRESHOLD = 0.3
# Low on purpose: an unsure region costs one recognition, a missed one costs a leak.
_REGION_THRESHOLD = 0.35
# Long sides of the image given to the network, in pixels: small print needs the fine one.
_COARSE, _FINE = 1120, 1600
_SMALL_LINE = 10  # rows of the map under which a line is small print
_LETTER = (0.03, 0.4)  # inches: the least and the greatest side of what may be a letter
_TALL = 640  # rows that the network sees at once: it takes much memory ...
_LAP = 64  # ... beside so many of the rows around, for context; a multiple of 32
_LEAST_SIDE = 64  # of the image given to the network, in pixels: its coarsest cells are 32 wide
_MIN_SIDE = 3  # of a region in the map, in pixels


@dataclass(frozen=True, slots=True)
class Region:
    """A slanted rectangle around one line of text, in pixels of the page image.

    `corners` is (4, 2) float32 x, y: top-left, top-right, bottom-right, bottom-left as the text
    reads. `score` (0-1) is the network's.
    """

    corners: FloatArray = field(repr=False)
    score: float

    @property
    def width(self) -> float:
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))

    def to_line(self) -> FloatArray:
        """The (2, 3) matrix that maps page pixels to pixels of the straightened line."""
        target = np.array([[0, 0], [self.width, 0], [self.width, self.height]], np.float32)
        return np.asarray(cv2.getAffineTransform(self.corners[:3], target), np.float32)


def locate(pixels: Pixels, ink: Ink) -> tuple[Region, ...]:
    """The text lines of an RGB image (height, width, 3) whose ink is known, top to bottom.

    Corners are in the order of a level line's, whichever way the text runs: see `straighten`. A
    coarse look comes first; where it shows small print or leaves letters out, a fine one follows.
    """
    if pixels.min() == pixels.max():
        return ()
    side = max(pixels.shape[:2])
    if side > _COARSE:
        regions = _regions(pixels, _COARSE)
        if not _is_small(regions, _COARSE / side) and not _leaves_letters_out(regions, ink):
            return regions
    return _regions(pixels, _FINE)


def _is_small(regions: Sequence[Region], scale: float) -> bool:
    """Whether a tenth of the lines are too small for a map of that scale."""
    sizes = [min(region.width, region.height) * scale for region in regions]
    return bool(sizes) and float(np.percentile(sizes, 10)) < _SMALL_LINE


def _leaves_letters_out(regions: Sequence[Region], ink: Ink) -> bool:
    """Whether ink that could be letters lies outside all regions."""
    inside = np.zeros(ink.labels.shape, np.uint8)
    for region in regions:
        cv2.fillPoly(inside, [np.round(region.corners).astype(np.int32)], 1)
    x, y, width, height = (ink.stats[1:, column] for column in range(4))
    least, most = (round(side * ink.dpi) for side in _LETTER)
    letters = (np.minimum(width, height) >= least) & (np.maximum(width, height) <= most)
    outside = inside[y + height // 2, x + width // 2] == 0
    return bool((letters & outside).any())


def _regions(pixels: Pixels, long_side: int) -> tuple[Region, ...]:
    """The regions that the network finds at that size."""
    height, width = pixels.shape[:2]
    scores = _score_map(pixels, long_side)
    mask = (scores > _MAP_THRESHOLD).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    to_page = np.array([width / scores.shape[1], height / scores.shape[0]], np.float32)
    regions = []
    for contour in contours:
        rectangle = cv2.minAreaRect(contour)
        if min(rectangle[1]) < _MIN_SIDE:
            continue
        score = _mean_inside(scores, cv2.boxPoints(rectangle))
        if score >= _REGION_THRESHOLD:
            corners = _level(cv2.boxPoints(_grown(rectangle))) * to_page
            regions.append(Region(corners.astype(np.float32), score))
    return tuple(sorted(regions, key=lambda r: (round(float(r.corners[0, 1])), r.corners[0, 0])))


def _score_map(pixels: Pixels, long_side: int) -> FloatArray:
    """The network's text probability for each cell of a (rows, columns) map."""
    height, width = pixels.shape[:2]
    ratio = min(long_side / max(height, width), max(1.0, _LEAST_SIDE / min(height, width)))
    size = [max(32, round(side * ratio / 32) * 32) for side in (width, height)]
    way = cv2.INTER_AREA if ratio <= 1 else cv2.INTER_CUBIC
    small = cv2.resize(pixels, size, interpolation=way)
    rows = small.shape[0]
    n_bands = -(-rows // _TALL)
    cuts = [round(rows * k / n_bands / 32) * 32 for k in range(n_bands)] + [rows]
    return np.concatenate([_band(small, start, end) for start, end in pairwise(cuts)])


def _band(small: Pixels, start: int, end: int) -> FloatArray:
    """The map of the rows [start, end), which the network sees with some of their surroundings."""
    top = max(0, start - _LAP)
    return _scores(small[top : end + _LAP])[start - top : end - top]


def _scores(small: Pixels) -> FloatArray:
    (scores,) = session(LOCATOR).run(None, {"x": given(small)})
    return np.asarray(scores[0, 0], np.float32)


def given(image: Pixels) -> FloatArray:
    """An RGB image (height, width, 3) as networks take it: (1, 3, height, width), blue first."""
    bgr = image[:, :, ::-1].astype(np.float32) / 127.5 - 1
    return np.ascontiguousarray(bgr.transpose(2, 0, 1)[None])


def _grown(
    rectangle: tuple[tuple[float, float], tuple[float, float], float],
) -> tuple[tuple[float, float], tuple[float, float], float]:
    """A (center, size, angle) rectangle grown back from the core to the whole line."""
    center, (width, height), angle = rectangle
    reach = width * height * _UNCLIP_RATIO / (2 * (width + height))
    return center, (width + 2 * reach, height + 2 * reach), angle


def _mean_inside(scores: FloatArray, corners: FloatArray) -> float:
    """The mean of the map inside a rectangle."""
    x0, y0 = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    x1, y1 = np.ceil(corners.max(axis=0)).astype(int) + 1
    window = scores[y0:y1, x0:x1]
    inside = np.zeros(window.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(corners - (x0, y0)).astype(np.int32)], 1)
    return float(cv2.mean(window, inside)[0])


def _level(corners: FloatArray) -> FloatArray:
    """The corners (clockwise) from the one whose side runs most to the right: a level line's."""
    sides = np.roll(corners, -1, axis=0) - corners
    first = int(np.argmax(sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-6)))
    return np.roll(corners, -first, axis=0)
