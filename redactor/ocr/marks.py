"""Finds marks that are no words: signatures, stamps, check marks, barcodes and QR codes.

Barcodes are decoded by zxing-cpp. The rest are told by their shape and by what stands around
them; their confidence is how much of that fits, not a probability that was measured.
All lengths are in inches, so that they hold at every dpi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from redactor.geometry import Box, union
from redactor.ink import (
    BOX_SIDES,
    Ink,
    Mask,
    Owner,
    PageImage,
    Pixels,
    clusters,
    is_framed,
    owners,
    slices,
)
from redactor.words import Mark, MarkLabel, Origin, Word

_INSET = 0.035  # from the outside of a box to what is safely inside its frame
_TICK_INKED = 0.04  # share of a box's inside that a tick inks
_TICK_SPAN = 0.4  # share of the inside that it spans, both ways

_STAMP_SIDES = (0.4, 3.0)
_STAMP_COLOR = 60  # levels between the channels of a pixel from which it is colored
_STAMP_INKED = (0.08, 0.6)  # share of its box: more is a picture
_ROUND = 0.05  # how far a ring's hull may be from an ellipse, as a share of its box
_RING_INKED = 0.45  # a ring is mostly paper inside

_SIGNATURE_WIDTH = (0.6, 4.0)
_SIGNATURE_HEIGHT = (0.15, 1.5)
_SIGNATURE_INKED = 0.35  # share of its box: more is print or a picture
_STROKE_WIDTH = 0.35  # a signature has a stroke at least this wide without a break
_STROKE_GAP = 0.12  # between strokes of one signature
_WELL_READ = 0.7  # confidence from which print explains its ink
_NEAR = 0.5  # how far a signature may be from its rule or its label
_SIGNED = re.compile(r"(?i)^(signatures?|signed|sign|signer|/s/|s/|x)[:._]*$")

_SHORTEST_CODE = 4  # characters; shorter ones are found in any pattern of lines


def find_marks(image: PageImage, ink: Ink, words: Sequence[Word]) -> tuple[Mark, ...]:
    """The marks of a page, boxes in page space, from the top. `words` are all that was read."""
    codes = list(_barcodes(image))
    found = [*codes, *_check_marks(image, ink, words)]
    stamps = [s for s in _stamps(image, ink) if not _under_any(s, codes)]
    found += stamps
    found += [s for s in _signatures(image, ink, words) if not _under_any(s, found)]
    return tuple(sorted(found, key=lambda mark: (mark.box.y0, mark.box.x0, mark.label)))


def _under_any(mark: Mark, others: Sequence[Mark]) -> bool:
    return any(mark.box.covered_by(o.box) > 0.5 or o.box.covered_by(mark.box) > 0.5 for o in others)


# ---------------------------------------------------------------------------- barcodes


def _barcodes(image: PageImage) -> Iterator[Mark]:
    red, green, blue = cv2.split(image.pixels)
    gray = np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)
    for code in zxingcpp.read_barcodes(gray, text_mode=zxingcpp.TextMode.Plain):
        text = " ".join(code.text.split())
        if len(text) < _SHORTEST_CODE:
            continue
        corner = code.position
        points = (corner.top_left, corner.top_right, corner.bottom_right, corner.bottom_left)
        xs, ys = [p.x for p in points], [p.y for p in points]
        box = Box(min(xs), min(ys), max(xs) + 1, max(ys) + 1)
        is_square = "QR" in str(code.format).upper()
        label = MarkLabel.QR_CODE if is_square else MarkLabel.BARCODE
        yield Mark(label, image.to_page(_whole_code(box, image, gray)), 1.0, text)


def _whole_code(box: Box, image: PageImage, gray: Pixels) -> Box:
    """The decoder's box, which may be one scan line high, grown to the bars that it crosses."""
    rows = slices(box, gray.shape)[1]
    dark = gray[:, rows] < 128
    inked = dark.mean(axis=1)
    level = 0.5 * float(inked[slices(box, gray.shape)[0]].mean())
    y0, y1 = int(box.y0), min(int(box.y1), len(inked))
    while y0 > 0 and inked[y0 - 1] > level:
        y0 -= 1
    while y1 < len(inked) and inked[y1] > level:
        y1 += 1
    return Box(box.x0, y0, box.x1, max(y0, y1)).padded(0.02 * image.dpi)


# ---------------------------------------------------------------------------- check marks


def _check_marks(image: PageImage, ink: Ink, words: Sequence[Word]) -> Iterator[Mark]:
    """Small boxes with ink in them that is no printed word."""
    print_px = [image.to_px(w.box) for w in words if _is_read_print(w) and not _is_cross(w.text)]
    mask = (ink.labels > 0) | ink.rules
    for box in small_boxes(mask, ink.dpi):
        frame = max(2, round(_INSET * ink.dpi))
        inner = Box(box.x0 + frame, box.y0 + frame, box.x1 - frame, box.y1 - frame)
        inside = mask[slices(inner, mask.shape)]
        if _is_tick(inside) and not any(_explains(p, box) for p in print_px):
            spread = inside.any(axis=0).mean() + inside.any(axis=1).mean()
            mark = image.to_page(box)
            yield Mark(MarkLabel.CHECKMARK, mark, round(0.5 + 0.25 * float(spread), 2))


def _explains(word: Box, box: Box) -> bool:
    """Whether a box is a table cell around a printed word, or a letter of one."""
    return word.covered_by(box) > 0.5 or box.covered_by(word.padded(2)) > 0.8


def _is_cross(text: str) -> bool:
    return text.casefold() in {"x", "v", "✓", "✔", "☑", "☒", "☐", "□", "%", "&", "&x"}


def _is_read_print(word: Word) -> bool:
    return word.origin is not Origin.HANDWRITING and word.confidence >= _WELL_READ


def _is_tick(inside: Mask) -> bool:
    if not inside.size or inside.mean() < _TICK_INKED:
        return False
    return bool(min(inside.any(axis=0).mean(), inside.any(axis=1).mean()) >= _TICK_SPAN)


def small_boxes(mask: Mask, dpi: int) -> tuple[Box, ...]:
    """The frames of boxes to be ticked, in pixels: all four sides inked, about square.

    A tick that sticks out of its box, or a rule that touches it, is taken off by keeping only
    straight level and upright runs.
    """
    least, most = (round(side * dpi) for side in BOX_SIDES)
    grid = mask.astype(np.uint8)
    length = round(0.9 * least) | 1
    level = cv2.morphologyEx(grid, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(grid, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(level | upright, connectivity=8)
    width, height = stats[:, 2], stats[:, 3]
    square = (np.minimum(width, height) >= least) & (np.maximum(width, height) <= most)
    square &= np.maximum(width, height) <= 1.34 * np.minimum(width, height)
    chosen = [k for k in np.flatnonzero(square).tolist() if k]
    boxes = [Box(x, y, x + w, y + h) for x, y, w, h, _ in stats[chosen].tolist()]
    runs = (level | upright) > 0
    return tuple(box for box in boxes if is_framed(runs[slices(box, mask.shape)], dpi))


# ---------------------------------------------------------------------------- stamps


def _stamps(image: PageImage, ink: Ink) -> Iterator[Mark]:
    """Rings with ink inside them, and dense colored ink of a stamp's size, framed."""
    for box in _rings(ink):
        inside = ink.labels[slices(_inner(box), ink.labels.shape)]
        if (inside > 0).mean() >= _STAMP_INKED[0] / 2:
            share = _colored(image, box)
            yield Mark(MarkLabel.STAMP, image.to_page(box), 0.85 if share > 0.5 else 0.6)
    yield from _colored_frames(image, ink)


def _inner(box: Box) -> Box:
    return box.padded(-0.2 * box.width, -0.2 * box.height)


def _rings(ink: Ink) -> Iterator[Box]:
    for x, y, w, h, area in ink.stats[_stamp_sized(ink)].tolist():
        blob = int(np.flatnonzero((ink.stats == (x, y, w, h, area)).all(axis=1))[0])
        window = (ink.labels[y : y + h, x : x + w] == blob).astype(np.uint8)
        points = cv2.findNonZero(window)
        hull = cv2.contourArea(cv2.convexHull(points)) / (w * h)
        middle = window[h // 4 : h - h // 4, w // 4 : w - w // 4]
        is_round = abs(hull - np.pi / 4) <= _ROUND and 0.6 <= w / h <= 1.67
        if is_round and area <= _RING_INKED * w * h and middle.mean() <= _RING_INKED:
            yield Box(x, y, x + w, y + h)


def _stamp_sized(ink: Ink) -> npt.NDArray[np.intp]:
    least, most = (side * ink.dpi for side in _STAMP_SIDES)
    sides = ink.stats[1:, 2:4]
    return np.flatnonzero((sides >= least).all(axis=1) & (sides <= most).all(axis=1)) + 1


def _color(image: PageImage) -> npt.NDArray[np.uint8]:
    red, green, blue = cv2.split(image.pixels)
    high, low = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray((cv2.subtract(high, low) > _STAMP_COLOR).astype(np.uint8))


def _colored(image: PageImage, box: Box) -> float:
    """The share of a box's ink that is colored."""
    rows, columns = slices(box, image.pixels.shape[:2])
    part = PageImage(image.pixels[rows, columns], image.dpi)
    dark = part.pixels.min(axis=2) < 200
    return float((_color(part)[dark] > 0).mean()) if dark.any() else 0.0


def _colored_frames(image: PageImage, ink: Ink) -> Iterator[Mark]:
    """Colored ink of a stamp's size with a colored frame around words: only frames hold both."""
    color = _color(image)
    if not color.any():
        return
    reach = np.ones((round(0.08 * ink.dpi) | 1,) * 2, np.uint8)
    n, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(color, reach))
    least, most = (side * ink.dpi for side in _STAMP_SIDES)
    for k in range(1, n):
        x, y, w, h, _ = stats[k].tolist()
        if not (least <= min(w, h) and max(w, h) <= most):
            continue
        window = color[y : y + h, x : x + w]
        if _STAMP_INKED[0] <= window.mean() <= _STAMP_INKED[1] and _is_surrounded(window):
            yield Mark(MarkLabel.STAMP, image.to_page(Box(x, y, x + w, y + h)), 0.8)


def _is_surrounded(window: npt.NDArray[np.uint8]) -> bool:
    """Whether one connected outline holds other ink inside: a frame, however it is turned."""
    contours, tree = cv2.findContours(window, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return False
    sizes = [cv2.contourArea(contour) for contour in contours]
    for index, size in enumerate(sizes):
        children = [k for k, row in enumerate(tree[0]) if row[3] == index]
        is_hole = tree[0][index][3] >= 0
        if is_hole and size >= 0.3 * window.size and len(children) >= 3:
            return True
    return False


# ---------------------------------------------------------------------------- signatures


def _signatures(image: PageImage, ink: Ink, words: Sequence[Word]) -> Iterator[Mark]:
    """Wide sparse strokes that no print explains, over a rule or beside a word such as "signed"."""
    printed = [image.to_px(w.box) for w in words if _is_read_print(w)]
    hands = [image.to_px(w.box) for w in words if w.origin is Origin.HANDWRITING]
    labels = [image.to_px(w.box) for w in words if _SIGNED.match(w.text)]
    owner = owners(ink, printed)
    loose = np.isin(owner, (Owner.UNREAD, Owner.PICTURE))
    for box, widest in _strokes(ink, loose):
        hulls = [hand for hand in hands if hand.covered_by(box) > 0.3]
        whole = union([box, *hulls])
        if not _is_signature_shaped(ink, whole, widest):
            continue
        on_rule = _is_over_rule(ink, whole)
        is_labeled = any(_is_near(whole, label, ink.dpi) for label in labels)
        if on_rule or is_labeled:
            # Cursive that nobody could read stands on the rules of forms everywhere.
            score = 0.9 if on_rule and is_labeled else 0.7 if is_labeled else 0.3
            yield Mark(MarkLabel.SIGNATURE, image.to_page(whole), score)


def _strokes(ink: Ink, chosen: Mask) -> Iterator[tuple[Box, float]]:
    """Clusters of the chosen blobs, with the width of their widest blob."""
    for members in clusters(ink, np.flatnonzero(chosen), _STROKE_GAP):
        x, y, w, h = ink.stats[members, :4].T
        corners = (x.min(), y.min(), (x + w).max(), (y + h).max())
        yield Box(*map(float, corners)), float(w.max())


def _is_signature_shaped(ink: Ink, box: Box, widest: float) -> bool:
    width, height = box.width / ink.dpi, box.height / ink.dpi
    sizes = _SIGNATURE_WIDTH[0] <= width <= _SIGNATURE_WIDTH[1]
    sizes &= _SIGNATURE_HEIGHT[0] <= height <= _SIGNATURE_HEIGHT[1] and width > 1.2 * height
    inked = float((ink.labels[slices(box, ink.labels.shape)] > 0).mean())
    return bool(sizes and widest >= _STROKE_WIDTH * ink.dpi and inked <= _SIGNATURE_INKED)


def _is_over_rule(ink: Ink, box: Box) -> bool:
    """Whether a ruled line runs below the box, or through its lower half, for most of its width."""
    below = Box(box.x0, box.center[1], box.x1, box.y1 + 0.3 * _NEAR * ink.dpi)
    window = ink.rules[slices(below, ink.rules.shape)]
    return bool(window.size and window.any(axis=0).mean() >= 0.7)


def _is_near(box: Box, label: Box, dpi: int) -> bool:
    """Whether a label stands below, above or left of the box."""
    return box.padded(2 * _NEAR * dpi, _NEAR * dpi).overlaps(label)
