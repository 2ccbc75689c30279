"""The ink of a page: which pixels are ink, in which connected blobs, and whose they are.

All arrays are in pixels of the page image (`_px`), rows first, origin top-left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from redactor.geometry import POINTS_PER_INCH, Box, union
from redactor.words import InkLedger

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

# Lengths in inches, so that they hold at every dpi.
_RULE_LENGTH = 0.5  # a straight run this long is a rule, not a stroke of a letter
_RULE_STEP = 0.12  # a slanted rule is drawn in steps; one shorter than this is not told apart
_RULE_THICKNESS = 0.06
_PICTURE_SIDE = 0.75  # a blob this large both ways is a picture or a frame, never a letter
_SPECK_SIDE = 0.025  # smaller than the dot of an i in 8-point type
_STUB_THICKNESS = 0.03
_STUB_HEIGHT = 0.35
_SHADOW = 0.06  # a scanner's shadow along the edge of the page
_WINDOW = 0.25  # neighborhood of the local threshold: a few letters wide


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page rendered once: `pixels` is (height, width, 3) RGB uint8 at `dpi`."""

    pixels: Pixels = field(repr=False)
    dpi: int

    @property
    def px_per_pt(self) -> float:
        return self.dpi / POINTS_PER_INCH

    def negative(self) -> PageImage:
        """Light for dark: how light writing on a dark ground becomes ink."""
        return PageImage(255 - self.pixels, self.dpi)

    def to_px(self, box: Box) -> Box:
        return box.scaled(self.px_per_pt)

    def to_page(self, box_px: Box) -> Box:
        return box_px.scaled(1 / self.px_per_pt)


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a page image as connected blobs (8-connectivity), rules taken out.

    `labels` is (height, width) int32: 0 is paper, k is blob k. `stats` has a row a blob (row 0 is
    paper): x, y, width, height, area in pixels. `rules` marks the pixels of rules and frames.
    """

    labels: npt.NDArray[np.int32] = field(repr=False)
    stats: npt.NDArray[np.int32] = field(repr=False)
    rules: Mask = field(repr=False)
    dpi: int


def binarize(image: PageImage) -> Mask:
    """True where there is ink: darker than its neighborhood allows.

    Sauvola's local threshold (Sauvola & Pietikainen 2000) with k = 0.2 and R = 128, on the
    darkest channel so that colored ink counts; faint texture of the paper does not.
    """
    gray = image.pixels.min(axis=2)
    window = max(3, round(_WINDOW * image.dpi)) | 1
    values = gray.astype(np.float32)
    mean = cv2.boxFilter(values, -1, (window, window), borderType=cv2.BORDER_REPLICATE)
    square = cv2.sqrBoxFilter(values, -1, (window, window), borderType=cv2.BORDER_REPLICATE)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    threshold = mean * (1 + 0.2 * (deviation / 128 - 1))
    solid = (gray < 96) & (mean < 112)  # the inside of a dark area has no contrast of its own
    return np.asarray((gray < threshold) & (values < mean - 12) | solid, dtype=np.bool_)


def find_rules(mask: Mask, dpi: int) -> Mask:
    """The pixels of long straight horizontal and vertical runs: rules, boxes, table lines.

    A rule that is not quite level breaks into steps: pieces that touch a long run and are straight
    and thin themselves are taken with it.
    """
    ink = mask.astype(np.uint8)
    rules = np.zeros_like(ink)
    for axis in (0, 1):
        long = _thin_runs(ink, round(_RULE_LENGTH * dpi), round(_RULE_THICKNESS * dpi), axis)
        step = _thin_runs(ink, round(_RULE_STEP * dpi), round(_RULE_THICKNESS * dpi), axis)
        reach = np.ones((3, 1 + round(_RULE_STEP * dpi) | 1), np.uint8)
        near = cv2.dilate(long, reach if axis == 1 else reach.T)
        rules |= long | (step & near)
    return rules.astype(np.bool_)


def _thin_runs(ink: Pixels, length: int, thickness: int, axis: int) -> Pixels:
    """Ink in straight runs at least `length` along the axis and less than `thickness` across."""
    # Odd lengths: OpenCV's opening moves what an even one finds by a pixel.
    length, thickness = length | 1, thickness | 1
    along, across = ((1, length), (thickness, 1)) if axis == 1 else ((length, 1), (1, thickness))
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(along, np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones(across, np.uint8))
    return np.asarray(runs & ~thick & 1, np.uint8)


def find_ink(image: PageImage) -> Ink:
    """Binarizes the page, takes the rules out and labels the blobs that are left."""
    mask = binarize(image)
    rules = find_rules(mask, image.dpi)
    rest = (mask & ~rules).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    return Ink(labels, stats, rules, image.dpi)


def take_stock(ink: Ink, word_boxes_px: Sequence[Box]) -> InkLedger:
    """Books every blob to one owner; text-like blobs that no word box touches are unread.

    `word_boxes_px` are the boxes of all words of the page, in pixels. Boxes in the result are in
    page space.
    """
    covered = np.zeros(ink.labels.shape, np.bool_)
    for box in word_boxes_px:
        covered[_slices(box, covered.shape)] = True
    n_blobs = len(ink.stats)
    owned = np.bincount(ink.labels[covered], minlength=n_blobs)
    width, height, area = (ink.stats[:, column] for column in (2, 3, 4))
    is_word = owned * 2 >= area
    is_picture = ~is_word & (np.maximum(width, height) >= _PICTURE_SIDE * ink.dpi)
    is_speck = ~is_word & ((np.maximum(width, height) < _SPECK_SIDE * ink.dpi) | _at_the_edge(ink))
    is_rule = ~is_word & ~is_picture & ~is_speck & _is_stub(width, height, ink.dpi)
    unread = np.flatnonzero(~is_word & ~is_picture & ~is_speck & ~is_rule)
    n_rules = cv2.connectedComponents(ink.rules.astype(np.uint8), connectivity=8)[0] - 1
    places, n_dirt = _clusters(ink, unread[unread > 0])
    return InkLedger(
        word=int(is_word[1:].sum()),
        rule=n_rules + int(is_rule[1:].sum()),
        picture=int(is_picture[1:].sum()),
        speck=int(is_speck[1:].sum()) + n_dirt,
        unread=places,
    )


def _is_stub(width: npt.NDArray[np.int32], height: npt.NDArray[np.int32], dpi: int) -> Mask:
    """Which blobs are pieces of rules: level and thin, or upright, thin and tall."""
    thin = _STUB_THICKNESS * dpi
    level = (height <= thin) & (width >= 3 * height)
    upright = (width <= thin) & (height >= _STUB_HEIGHT * dpi)
    return np.asarray(level | upright, np.bool_)


def _at_the_edge(ink: Ink) -> Mask:
    """Which blobs lie within the scanner's shadow along the edges of the page, not reaching in."""
    x, y, width, height = (ink.stats[:, column] for column in range(4))
    rows, columns = ink.labels.shape
    margin = _SHADOW * ink.dpi
    near = (x + width <= margin) | (x >= columns - margin)
    return np.asarray(near | (y + height <= margin) | (y >= rows - margin), np.bool_)


def _slices(box_px: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The pixels of a box as row and column slices, clipped to the image."""
    x0, y0 = max(0, int(np.floor(box_px.x0))), max(0, int(np.floor(box_px.y0)))
    x1, y1 = min(shape[1], int(np.ceil(box_px.x1))), min(shape[0], int(np.ceil(box_px.y1)))
    return slice(y0, max(y0, y1)), slice(x0, max(x0, x1))


def _clusters(ink: Ink, blobs: npt.NDArray[np.intp]) -> tuple[tuple[Box, ...], int]:
    """Text-like blobs joined over gaps of a letter; one box (page space) a cluster.

    A cluster smaller than a letter of 5-point type is dirt: its blobs are only counted.
    """
    if not len(blobs):
        return (), 0
    canvas = np.isin(ink.labels, blobs).astype(np.uint8)
    reach = max(1, round(0.08 * ink.dpi))
    joined = cv2.dilate(canvas, np.ones((max(1, reach // 3), reach), np.uint8))
    n, groups = cv2.connectedComponents(joined, connectivity=8)
    smallest = 0.05 * ink.dpi
    scale = POINTS_PER_INCH / ink.dpi
    boxes, n_dirt = [], 0
    owner = groups[tuple(_first_pixels(ink, blobs))]
    for group in range(1, n):
        members = ink.stats[blobs[owner == group]]
        if not len(members):
            continue
        box = union(Box(x, y, x + w, y + h) for x, y, w, h, _ in members.tolist())
        if max(box.width, box.height) >= smallest:
            boxes.append(box.scaled(scale))
        else:
            n_dirt += len(members)
    return tuple(sorted(boxes, key=lambda b: (round(b.y0), b.x0))), n_dirt


def _first_pixels(
    ink: Ink, blobs: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Row and column of one pixel of each blob: the first of its topmost row."""
    rows, cols = [], []
    for blob in blobs.tolist():
        x, y, w = ink.stats[blob, :3]
        rows.append(y)
        cols.append(x + int(np.argmax(ink.labels[y, x : x + w] == blob)))
    return np.array(rows, np.intp), np.array(cols, np.intp)
