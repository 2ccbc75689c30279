"""The ink of a page: which pixels are ink, in which connected blobs, and whose they are.

All arrays are in pixels of the page image (`_px`), rows first, origin top-left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import cv2
import numpy as np
import numpy.typing as npt

from redactor.geometry import POINTS_PER_INCH, Box
from redactor.words import InkLedger

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

# Lengths in inches, so that they hold at every dpi.
_RULE_LENGTH = 0.5  # a straight run this long is a rule, not a stroke of a letter
_RULE_STEP = 0.12  # a slanted rule is drawn in steps; one shorter than this is not told apart
_RULE_THICKNESS = 0.06
_PICTURE_SIDE = 0.75  # a blob this large both ways is a picture or a frame, never a letter
_PICTURE_LENGTH = 4.0  # longer than any word or signature
_SPECK_SIDE = 0.025  # smaller than the dot of an i in 8-point type
_GAP = 0.08  # between letters of one place of unread ink
_SMALLEST = 0.05  # a place of unread ink
_FRINGE = 0.02  # ragged edge of a rule: ink that lies within this distance of it
_STUB_THICKNESS = 0.03
_STUB_HEIGHT = 0.35
_STUB_RATIO = 15  # a shorter stroke is a rule's too where it is so many times as long as wide:
_LEAST_STUB = 0.2  # the strokes of letters are thicker
BOX_SIDES = (0.09, 0.3)  # of a box to be ticked, the shortest and the longest
BOX_FRAME = 0.02  # the thickness of its frame
_FRAMED = 0.9  # share of each side that its frame must ink
_SOLID = 0.75  # share of a window that is inked from which it is a black square
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


def darkest(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """The darkest channel of an RGB image, (height, width): so that colored ink counts as ink."""
    red, green, blue = cv2.split(pixels)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def binarize(image: PageImage) -> Mask:
    """True where there is ink: darker than its neighborhood allows.

    Sauvola's local threshold (Sauvola & Pietikainen 2000) with k = 0.2 and R = 128, on the
    darkest channel so that colored ink counts; faint texture of the paper does not.
    """
    gray = darkest(image.pixels)
    window = max(3, round(_WINDOW * image.dpi)) | 1
    area, border = (window, window), cv2.BORDER_REPLICATE
    mean = cv2.boxFilter(gray, cv2.CV_32F, area, borderType=border)
    square = cv2.sqrBoxFilter(gray, cv2.CV_32F, area, borderType=border)
    deviation = cv2.sqrt(cv2.max(cv2.subtract(square, cv2.multiply(mean, mean)), 0))
    threshold = cv2.multiply(mean, cv2.addWeighted(deviation, 0.2 / 128, deviation, 0, 0.8))
    is_solid = (gray < 96) & (mean < 112)  # the inside of a dark area has no contrast of its own
    return np.asarray((gray < cv2.min(threshold, mean - 12)) | is_solid, dtype=np.bool_)


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


def without_rules(image: PageImage, ink: Ink) -> Pixels:
    """The pixels of a page with its rules painted over in the tone of the paper around them."""
    reach = round(_RULE_THICKNESS * image.dpi) | 1
    paper = cv2.dilate(image.pixels, np.ones((reach, reach), np.uint8))
    rules = cv2.dilate(ink.rules.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(rules[:, :, None] > 0, paper, image.pixels)


def find_ink(image: PageImage) -> Ink:
    """Binarizes the page, takes the rules out and labels the blobs that are left."""
    mask = binarize(image)
    rules = find_rules(mask, image.dpi)
    rest = (mask & ~rules).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    fringe = _fringe(labels, len(stats), rules, image.dpi)
    if fringe.any():
        rules |= fringe
        rest[fringe] = 0
        _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    return Ink(labels, stats, rules, image.dpi)


def _fringe(labels: npt.NDArray[np.int32], n_blobs: int, rules: Mask, dpi: int) -> Mask:
    """The pixels of blobs that lie wholly along rules: their ragged edges, not writing."""
    reach = 2 * round(_FRINGE * dpi) + 1
    near = cv2.dilate(rules.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    near_rules, written = near & (labels > 0), ~near & (labels > 0)
    along = np.bincount(labels[near_rules], minlength=n_blobs) > 0
    along[labels[written]] = False
    along[0] = False
    return np.asarray(along[labels], np.bool_)


class Owner(IntEnum):
    """Whose a blob of ink is."""

    PAPER = 0
    WORD = 1
    RULE = 2
    PICTURE = 3
    SPECK = 4
    UNREAD = 5
    MARK = 6


def owners(
    ink: Ink, word_boxes_px: Sequence[Box], mark_boxes_px: Sequence[Box] = ()
) -> npt.NDArray[np.uint8]:
    """The `Owner` of each blob. What no word, mark, rule, picture or speck explains is unread."""
    width, height = (ink.stats[:, column] for column in (2, 3))
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    is_large = (shorter >= _PICTURE_SIDE * ink.dpi) | (longer >= _PICTURE_LENGTH * ink.dpi)
    is_dirt = (longer < _SPECK_SIDE * ink.dpi) | _at_the_edge(ink)
    found = np.full(len(ink.stats), Owner.UNREAD, np.uint8)
    found[is_large] = Owner.PICTURE
    found[_is_straight(ink)] = Owner.RULE
    found[is_dirt] = Owner.SPECK
    found[_mostly_inside(ink, mark_boxes_px)] = Owner.MARK
    found[_mostly_inside(ink, word_boxes_px)] = Owner.WORD
    for blob in np.flatnonzero((found == Owner.UNREAD) & _is_square(ink)).tolist():
        x, y, w, h = ink.stats[blob, :4].tolist()
        if is_framed(ink.labels[y : y + h, x : x + w] == blob, ink.dpi):
            found[blob] = Owner.RULE
    found[0] = Owner.PAPER
    return found


def _mostly_inside(ink: Ink, boxes_px: Sequence[Box]) -> Mask:
    """Which blobs have at least half of their ink inside the boxes."""
    covered = np.zeros(ink.labels.shape, np.bool_)
    for box in boxes_px:
        covered[slices(box, covered.shape)] = True
    inside = np.bincount(ink.labels[covered], minlength=len(ink.stats))
    return np.asarray(inside * 2 >= ink.stats[:, 4], np.bool_)


def _is_square(ink: Ink) -> Mask:
    """Which blobs have the size and shape of a box to be ticked."""
    width, height = (ink.stats[:, column] for column in (2, 3))
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    least, most = (side * ink.dpi for side in BOX_SIDES)
    return np.asarray((shorter >= least) & (longer <= most) & (longer <= 1.34 * shorter), np.bool_)


def is_framed(window: Mask, dpi: int) -> bool:
    """Whether a straight frame runs along all four sides of a window that is not solid."""
    edge = max(2, round(BOX_FRAME * dpi))
    rows, columns = window, window.T
    bands = (rows[:edge], rows[-edge:], columns[:edge], columns[-edge:])
    turned = (window, window[:, ::-1], window[::-1], window[::-1, ::-1])
    has_frame = all(_is_run(band) for band in bands) and all(_has_corner(w) for w in turned)
    return has_frame and bool(window.mean() < _SOLID)


def _has_corner(window: Mask) -> bool:
    """Whether ink reaches the top-left corner: that of an O or a D does not."""
    return bool(window[0, :2].any() or window[:2, 0].any())


def _is_run(band: Mask) -> bool:
    """Whether two neighboring rows of a band are inked together nearly from end to end."""
    return bool((band[:-1] | band[1:]).mean(axis=1).max(initial=0) >= _FRAMED)


def take_stock(
    ink: Ink, word_boxes_px: Sequence[Box], mark_boxes_px: Sequence[Box] = ()
) -> InkLedger:
    """Books every blob to one owner; text-like blobs that no word box touches are unread.

    The boxes are those of all words and marks of the page, in pixels. Boxes in the result are in
    page space.
    """
    owner = owners(ink, word_boxes_px, mark_boxes_px)
    counts = np.bincount(owner, minlength=len(Owner))
    n_rules = cv2.connectedComponents(ink.rules.astype(np.uint8), connectivity=8)[0] - 1
    places, n_dirt = _places(ink, np.flatnonzero(owner == Owner.UNREAD))
    return InkLedger(
        word=int(counts[Owner.WORD]),
        rule=n_rules + int(counts[Owner.RULE]),
        picture=int(counts[Owner.PICTURE]),
        speck=int(counts[Owner.SPECK]) + n_dirt,
        mark=int(counts[Owner.MARK]),
        unread=places,
    )


def _is_straight(ink: Ink) -> Mask:
    """Which blobs are pieces of rules: level, upright or slanted, straight and thin.

    A slanted stroke is straight where its ink is no more than its diagonal drawn thinly.
    """
    width, height, area = (ink.stats[:, column] for column in (2, 3, 4))
    thin = _STUB_THICKNESS * ink.dpi
    diagonal = np.hypot(width, height)
    level = (height <= thin) & (width >= 3 * height)
    upright = (width <= thin) & (height >= np.minimum(_STUB_HEIGHT * ink.dpi, _STUB_RATIO * width))
    upright &= height >= _LEAST_STUB * ink.dpi
    slanted = (area <= thin * diagonal) & (diagonal >= _RULE_LENGTH * ink.dpi)
    return np.asarray(level | upright | slanted, np.bool_)


def _at_the_edge(ink: Ink) -> Mask:
    """Which blobs lie within the scanner's shadow along the edges of the page, not reaching in."""
    x, y, width, height = (ink.stats[:, column] for column in range(4))
    rows, columns = ink.labels.shape
    margin = _SHADOW * ink.dpi
    near = (x + width <= margin) | (x >= columns - margin)
    return np.asarray(near | (y + height <= margin) | (y >= rows - margin), np.bool_)


def slices(box_px: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The pixels of a box as row and column slices, clipped to the image."""
    x0, y0 = max(0, int(np.floor(box_px.x0))), max(0, int(np.floor(box_px.y0)))
    x1, y1 = min(shape[1], int(np.ceil(box_px.x1))), min(shape[0], int(np.ceil(box_px.y1)))
    return slice(y0, max(y0, y1)), slice(x0, max(x0, x1))


def _places(ink: Ink, blobs: npt.NDArray[np.intp]) -> tuple[tuple[Box, ...], int]:
    """Text-like blobs joined over gaps of a letter; one box (page space) a cluster.

    A cluster smaller than a letter of 5-point type is dirt: its blobs are only counted.
    """
    boxes, n_dirt = [], 0
    for members in clusters(ink, blobs, _GAP):
        box = _hull(ink, members)
        if max(box.width, box.height) >= _SMALLEST * ink.dpi:
            boxes.append(box.scaled(POINTS_PER_INCH / ink.dpi))
        else:
            n_dirt += len(members)
    return tuple(sorted(boxes, key=lambda b: (round(b.y0), b.x0))), n_dirt


def _hull(ink: Ink, blobs: npt.NDArray[np.intp]) -> Box:
    x, y, w, h = ink.stats[blobs, :4].T
    return Box(x.min(), y.min(), (x + w).max(), (y + h).max())


def clusters(ink: Ink, blobs: npt.NDArray[np.intp], gap: float) -> Iterator[npt.NDArray[np.intp]]:
    """The given blobs in groups, parted by `gap` inches along a line or a third of it across."""
    if not len(blobs):
        return
    chosen = np.zeros(len(ink.stats), np.uint8)
    chosen[blobs] = 1
    reach = max(1, round(gap * ink.dpi))
    joined = cv2.dilate(chosen[ink.labels], np.ones((max(1, reach // 3), reach), np.uint8))
    _, groups = cv2.connectedComponents(joined, connectivity=8)
    owner = groups[_first_pixels(ink, blobs)]
    order = np.argsort(owner, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(owner[order])) + 1):
        yield blobs[members]


def _first_pixels(
    ink: Ink, blobs: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Row and column of one pixel of each blob: the first of its topmost row."""
    x, y, w = (ink.stats[blobs, column].astype(np.intp) for column in range(3))
    columns = [
        left + int(np.argmax(ink.labels[top, left : left + wide] == blob))
        for blob, left, top, wide in zip(blobs, x, y, w, strict=True)
    ]
    return y, np.array(columns, np.intp)
