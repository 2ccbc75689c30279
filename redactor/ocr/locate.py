"""Finds lines of text in a page image: pixels to slanted rectangles.

The network is DBNet (Liao et al. 2020, "Real-time Scene Text Detection with Differentiable
Binarization"); its probability map is turned into rectangles here, since on rectangles the
paper's polygon offsetting is plain growth by a distance.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from redactor.ink import Pixels
from redactor.ocr.models import LOCATOR, session

FloatArray = npt.NDArray[np.float32]

# A line's core in the probability map is thinner than its letters; the paper grows it back by
# area * ratio / perimeter.
_UNCLIP_RATIO = 1.6
_MAP_THRESHOLD = 0.3
# Low on purpose: an unsure region costs one recognition, a missed one costs a leak.
_REGION_THRESHOLD = 0.35
_LONG_SIDE = 1600  # of the image given to the network, in pixels
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


def locate(pixels: Pixels) -> tuple[Region, ...]:
    """The text lines of an RGB image (height, width, 3), top to bottom."""
    height, width = pixels.shape[:2]
    scores = _score_map(pixels)
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
            corners = _reading_order(cv2.boxPoints(_grown(rectangle))) * to_page
            regions.append(Region(corners.astype(np.float32), score))
    return tuple(sorted(regions, key=lambda r: (round(float(r.corners[0, 1])), r.corners[0, 0])))


def _score_map(pixels: Pixels) -> FloatArray:
    """The network's text probability for each cell of a (rows, columns) map."""
    height, width = pixels.shape[:2]
    ratio = min(1.0, _LONG_SIDE / max(height, width))
    size = [max(32, round(side * ratio / 32) * 32) for side in (width, height)]
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    bgr = small[:, :, ::-1].astype(np.float32) / 127.5 - 1
    (scores,) = session(LOCATOR).run(None, {"x": bgr.transpose(2, 0, 1)[None]})
    return np.asarray(scores[0, 0], np.float32)


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


def _reading_order(corners: FloatArray) -> FloatArray:
    """The corners from the top-left on, clockwise, the first side being the line's direction.

    A rectangle much taller than wide holds a line that runs up or down the page; it is read from
    bottom to top, as on the spine of a form.
    """
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    ordered = np.array([left[0], right[0], right[1], left[1]])
    width = np.linalg.norm(ordered[1] - ordered[0])
    height = np.linalg.norm(ordered[3] - ordered[0])
    return np.roll(ordered, 1, axis=0) if height > 1.5 * width else ordered
