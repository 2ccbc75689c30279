"""Grounds recognized words in the ink: from CTC steps to the exact extent of what was written.

The posteriors say where along a line each character was seen, to a step of 8 pixels; the ink says
where words really part. Words are cut at the widest gap of the ink between the last character of
one and the first of the next (at its thinnest place where they touch), and a word's box is the
extent of the ink it then owns. Nothing is divided in proportion to letter counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from redactor.geometry import Box, union
from redactor.ink import Ink
from redactor.ocr.locate import Region
from redactor.words import Lattice

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.intp]

_TALL = 1.6  # a blob this many line heights tall belongs to several lines
_REACH = 1.0  # line heights from a line's outer steps in which loose ink is still its own
_LEVEL = 0.999  # cosine of the slope up to which a letter's place is a place in x
_BLANK = 0.3  # line heights of blank paper that part a line from a mark beside it


@dataclass(frozen=True, slots=True)
class Char:
    """A character of the best path: the CTC steps [start, end) it was seen in, its probability."""

    char: str = field(repr=False)
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Grounded:
    """A word of a line with the extent of its ink, in pixels of the page image."""

    text: str = field(repr=False)
    box_px: Box
    probability: float
    edges_px: tuple[float, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class LineInk:
    """The ink pixels inside a region: blob, place on the page (x, y) and along the line (u, v)."""

    blob: IntArray = field(repr=False)
    x: IntArray = field(repr=False)
    y: IntArray = field(repr=False)
    u: FloatArray = field(repr=False)
    v: FloatArray = field(repr=False)


def best_path(lattice: Lattice) -> tuple[Char, ...]:
    """The likeliest class of each step, repeats and blanks collapsed (Graves et al. 2006)."""
    classes = lattice.posteriors.argmax(axis=1)
    values = lattice.posteriors.max(axis=1)
    cuts = np.flatnonzero(np.diff(classes)) + 1
    runs = pairwise([0, *cuts.tolist(), len(classes)])
    return tuple(
        Char(lattice.alphabet[classes[a] - 1], a, b, float(values[a:b].max()))
        for a, b in runs
        if b > a and classes[a] != 0
    )


def certainty(chars: Sequence[Char]) -> float:
    """The mean probability (0-1) of characters; 0 where there are none."""
    return sum(char.probability for char in chars) / len(chars) if chars else 0.0


def split_words(chars: Sequence[Char]) -> tuple[tuple[Char, ...], ...]:
    """The characters of each word, parted at blanks, and where a label's colon has none after it.

    Forms print "Name:" close to what is filled in; as one word, no part of it is a name.
    """
    words: list[list[Char]] = [[]]
    for char in chars:
        if char.char == " ":
            words.append([])
            continue
        if char.char.isalpha() and _is_label(words[-1]):
            words.append([])
        words[-1].append(char)
    return tuple(tuple(word) for word in words if word)


def _is_label(word: Sequence[Char]) -> bool:
    return len(word) > 2 and word[-1].char == ":" and word[-2].char.isalpha()


def ink_of_line(ink: Ink, region: Region) -> LineInk:
    """The ink pixels inside a region."""
    height, width = ink.labels.shape
    x0, y0 = np.maximum(np.floor(region.corners.min(axis=0)).astype(int), 0)
    x1, y1 = np.ceil(region.corners.max(axis=0)).astype(int) + 1
    window = ink.labels[y0 : min(y1, height), x0 : min(x1, width)]
    rows, cols = np.nonzero(window)
    matrix = region.to_line()
    x, y = cols + x0, rows + y0
    u = matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]
    v = matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]
    inside = (u >= 0) & (u <= region.width) & (v >= 0) & (v <= region.height)
    return LineInk(
        window[rows, cols][inside].astype(np.intp),
        x[inside],
        y[inside],
        u[inside].astype(np.float32),
        v[inside].astype(np.float32),
    )


def assign_blobs(ink: Ink, regions: Sequence[Region], inks: Sequence[LineInk]) -> IntArray:
    """Which region owns each blob whole: its index, -1 for none, -2 for shared by pixels.

    A blob is whole to the region that holds most of its pixels, unless it is so tall that it must
    be letters of two lines that touch.
    """
    n_blobs = len(ink.stats)
    most = np.zeros(n_blobs, np.intp)
    owner = np.full(n_blobs, -1, np.intp)
    tall = np.zeros(n_blobs, np.bool_)
    for index, (region, line) in enumerate(zip(regions, inks, strict=True)):
        inside = np.bincount(line.blob, minlength=n_blobs)
        better = inside > most
        owner[better], most[better] = index, inside[better]
        tall |= (inside > 0) & (ink.stats[:, 3] > _TALL * region.height)
    shared = (owner >= 0) & (tall | (most * 2 <= ink.stats[:, 4]))
    owner[shared] = -2
    return owner


def ground(
    ink: Ink,
    region: Region,
    line: LineInk,
    owner: IntArray,
    index: int,
    words: Sequence[Sequence[Char]],
    n_steps: int,
) -> tuple[Grounded, ...]:
    """The words of region number `index`, left to right, each with the extent of its ink.

    `words` are the characters of each word, in the `n_steps` steps of the region's lattice.
    """
    if not words:
        return ()
    per_step = region.width / n_steps
    line = _owned(line, owner, index)
    columns = _columns(line, region)
    cuts = _cuts(words, per_step, columns, region.height)
    boxes = _extents(ink, line, cuts, whole=owner == index)
    return tuple(
        Grounded(
            "".join(c.char for c in word),
            boxes[k] or _step_box(region, word, per_step),
            min(c.probability for c in word),
            _edges(word, per_step, columns, region, boxes[k]),
        )
        for k, word in enumerate(words)
    )


def ground_places(
    ink: Ink,
    region: Region,
    line: LineInk,
    owner: IntArray,
    index: int,
    places: Sequence[tuple[float, float]],
) -> list[Box | None]:
    """The extents of the ink of words in region number `index` whose places are known.

    `places` are where each begins and ends along the line (u, pixels); between them the line is cut
    where its ink is thinnest. None for a word without ink.
    """
    mine = _owned(line, owner, index)
    columns = _columns(mine, region)
    reach = _BLANK * region.height
    inner = [
        _gap(columns, min(a[1], b[0]) - reach, max(a[1], b[0]) + reach) for a, b in pairwise(places)
    ]
    cuts = np.array([0, *inner, region.width + 1], np.float32)
    return _extents(ink, mine, cuts, whole=owner == index)


def _owned(line: LineInk, owner: IntArray, index: int) -> LineInk:
    """The ink of a line without that of blobs which are whole to other lines."""
    mine = (owner[line.blob] == index) | (owner[line.blob] == -2)
    return LineInk(*(part[mine] for part in (line.blob, line.x, line.y, line.u, line.v)))


def _columns(line: LineInk, region: Region) -> IntArray:
    """How many pixels of ink there are at each position along the line."""
    return np.bincount(np.maximum(line.u, 0).astype(np.intp), minlength=int(region.width) + 2)


def _cuts(
    words: Sequence[Sequence[Char]], per_step: float, columns: IntArray, height: float
) -> FloatArray:
    """Positions along the line (u, pixels) that bound the words: one more than there are words.

    `columns` counts the ink pixels at each position.
    """
    first, last = words[0][0].start * per_step, words[-1][-1].end * per_step
    inner = [
        _gap(columns, (a[-1].start + 0.5) * per_step, (b[0].end - 0.5) * per_step)
        for a, b in pairwise(words)
    ]
    left = _edge(columns[::-1], len(columns) - 1 - first - per_step, height)
    right = _edge(columns, last - per_step, height)
    return np.array([len(columns) - left, *inner, right], np.float32)


def _edges(
    word: Sequence[Char], per_step: float, columns: IntArray, region: Region, box: Box | None
) -> tuple[float, ...]:
    """Where each letter of a word begins and the last one ends, in x; on level lines only."""
    along = (region.corners[1] - region.corners[0]) / max(region.width, 1)
    if box is None or along[0] < _LEVEL:
        return ()
    cuts = [
        _gap(columns, (a.start + 0.5) * per_step, (b.end - 0.5) * per_step)
        for a, b in pairwise(word)
    ]
    origin = float(region.corners[0, 0] + region.corners[3, 0]) / 2  # a slanted line's: half-way up
    inner = [origin + float(along[0] * cut) for cut in cuts]
    edges = [box.x0, *(min(max(x, box.x0), box.x1) for x in inner), box.x1]
    return tuple(edges) if edges == sorted(edges) else ()


def _edge(columns: IntArray, start: float, height: float) -> float:
    """Where the ink that goes on from `start` ends: before a blank of `_BLANK` line heights."""
    blank, reach = max(1, round(_BLANK * height)), round(_REACH * height)
    begin = min(max(int(start), 0), len(columns) - 1)
    run = 0
    for position in range(begin, min(begin + reach, len(columns))):
        run = run + 1 if columns[position] == 0 else 0
        if run == blank:
            return position - blank + 1.0
    return float(min(begin + reach, len(columns)))


def _gap(columns: IntArray, left: float, right: float) -> float:
    """The middle of the widest run of the least-inked columns between two positions."""
    a, b = int(max(left, 0)), int(min(right, len(columns) - 1)) + 1
    if b - a < 2:
        return (left + right) / 2
    window = columns[a:b]
    level = window.min()
    thin = np.concatenate(([0], (window == level).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(thin))
    starts, ends = edges[::2], edges[1::2]
    widest = int(np.argmax(ends - starts))
    return float(a + (starts[widest] + ends[widest]) / 2)


def _extents(
    ink: Ink, line: LineInk, cuts: FloatArray, whole: npt.NDArray[np.bool_]
) -> list[Box | None]:
    """The extent of each word's ink: its pixels, and all of a blob that is whole and its alone.

    A blob with a part in each of several words is cut between them; a sliver (under a
    tenth of the largest part) across a cut is an overhanging stroke and stays with its letter.
    """
    n_words = len(cuts) - 1
    word = np.searchsorted(cuts, line.u, side="right") - 1
    on_line = (word >= 0) & (word < n_words)
    parts: list[list[Box]] = [[] for _ in range(n_words)]
    for blob, members in _grouped(line.blob[on_line]):
        share = np.bincount(word[on_line][members], minlength=n_words)
        owners = np.flatnonzero(share * 10 > share.max())
        if whole[blob] and len(owners) == 1:
            x, y, w, h = ink.stats[blob, :4].tolist()
            parts[int(owners[0])].append(Box(x, y, x + w, y + h))
            continue
        for k in owners.tolist():
            chosen = members[word[on_line][members] == k]
            parts[k].append(_pixel_box(line.x[on_line][chosen], line.y[on_line][chosen]))
    return [union(boxes) if boxes else None for boxes in parts]


def _grouped(keys: IntArray) -> Iterator[tuple[int, IntArray]]:
    """Each distinct key with the positions where it stands."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    for a, b in pairwise([*starts.tolist(), len(keys)]):
        if b > a:
            yield int(ordered[a]), order[a:b]


def _pixel_box(x: IntArray, y: IntArray) -> Box:
    return Box(float(x.min()), float(y.min()), float(x.max() + 1), float(y.max() + 1))


def _step_box(region: Region, word: Sequence[Char], per_step: float) -> Box:
    """Where the posteriors saw a word whose ink is too faint to be found: as high as the line."""
    across = (region.corners[1] - region.corners[0]) / max(region.width, 1)
    down = region.corners[3] - region.corners[0]
    ends = [region.corners[0] + across * step * per_step for step in (word[0].start, word[-1].end)]
    points = np.array([corner + side for corner in ends for side in (0 * down, down)])
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Box(x0, y0, x1, y1)
