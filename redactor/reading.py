"""Text layer + recognized words → one page of words in reading order.

The text layer knows its characters exactly, the recognizer sees what is really on the page. A
recognized word that the text layer explains is dropped; one that contradicts the text layer is
kept beside it, since a text layer can lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from rapidfuzz import fuzz

from redactor.geometry import Box, BoxIndex, union
from redactor.ink import Ink, Mask, PageImage, take_stock
from redactor.words import FormField, Line, Mark, Origin, Page, Word

_COVERED = 0.5  # share of a recognized word's area that the text layer must cover to explain it
_ALIKE = 50.0  # percent of likeness under which two readings contradict each other
_SAME = 80.0  # percent of likeness from which two readings are of one word
_SURE = 0.8  # confidence from which the recognizer may contradict the text layer
_NEARER = 0.8  # times the pitch of other rows, for a row of labels and a row of values to be a pair
_LABELED = 0.7  # share of a row's values that labels must stand over: an icon may be among them
_ALIGNED = 8.0  # points by which a value may begin left or right of its label
_LONG = 100.0  # points that a line must run to tell how a page is skewed ...
_SKEWED = 0.01  # ... and the slope from which it is
_ROW = 0.5  # share of the lower line's height by which lines of one row overlap


class _Words:
    """Words, to be looked up by place."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._index = BoxIndex([word.box for word in words])

    def under(self, box: Box) -> list[Word]:
        """The words that overlap `box`, in their own order."""
        return [self._words[index] for index in self._index.overlapping(box)]


MarkFinder = Callable[[PageImage, Ink, Sequence[Word]], tuple[Mark, ...]]


def no_marks(image: PageImage, ink: Ink, words: Sequence[Word]) -> tuple[Mark, ...]:
    """Where nobody looks for marks."""
    return ()


def merge(
    number: int,
    image: PageImage,
    ink: Ink,
    text_layer: Sequence[Line],
    recognized: Sequence[Line],
    find_marks: MarkFinder = no_marks,
    fields: tuple[FormField, ...] = (),
) -> Page:
    """One page from its text layer, its recognized lines and form fields, all in page space.

    A recognized word that contradicts the text layer carries the text layer's reading as its
    first alternative. `find_marks` names the marks that are no words.
    """
    scale = image.px_per_pt
    height, width = image.pixels.shape[0] / scale, image.pixels.shape[1] / scale
    seen = _Words([word for line in recognized for word in line.words])
    fitted = [_fitted(line, image, ink, seen) for line in text_layer]
    layer = _Words([word for line in fitted for word in line.words])
    lines = [*fitted, *_unexplained(recognized, layer)]
    ordered = tuple(reading_order(lines, ink.rules, image.dpi))
    words = tuple(word for line in ordered for word in line.words)
    marks = find_marks(image, ink, words)
    boxes_px = [[image.to_px(part.box) for part in parts] for parts in (words, marks)]
    return Page(number, width, height, ordered, take_stock(ink, *boxes_px), marks, fields)


def contradictions(page: Page) -> tuple[Word, ...]:
    """The recognized words of a page that its text layer gives another reading of.

    Those are the ones that stand where the text layer has words, and were not explained by them.
    """
    layer = _Words([word for word in page.words if word.origin is Origin.TEXT_LAYER])
    return tuple(
        word
        for word in page.words
        if word.origin is not Origin.TEXT_LAYER
        and _share_covered(word.box, layer.under(word.box)) >= _COVERED
    )


def _fitted(line: Line, image: PageImage, ink: Ink, seen: _Words) -> Line:
    """The line with its word boxes fitted to the ink.

    Above and below they are cut down to the ink inside them. Where the recognizer saw the same
    word there, all of its ink belongs to it: the text layer of a scan is often a little off.
    """
    fitted = (_with_ink(_fit(word, image, ink), seen) for word in line.words)
    return replace(line, words=tuple(fitted))


def _with_ink(word: Word, seen: _Words) -> Word:
    """The word's box grown, by less than half its height, to the ink of its recognized twin."""
    reach = 0.4 * word.box.height
    room = word.box.padded(reach)
    for other in seen.under(word.box):
        common = word.box.intersection(other.box)
        if common and common.area > 0.4 * other.box.area and _same(word.text, other.text):
            return replace(word, box=union([word.box, other.box.intersection(room) or word.box]))
    return word


def _same(a: str, b: str) -> bool:
    return fuzz.ratio(a.casefold(), b.casefold()) >= _SAME


def _fit(word: Word, image: PageImage, ink: Ink) -> Word:
    box = image.to_px(word.box)
    x0, x1 = max(0, round(box.x0)), max(0, round(box.x1))
    y0, y1 = max(0, round(box.y0)), max(0, round(box.y1))
    rows = np.flatnonzero((ink.labels[y0:y1, x0:x1] > 0).any(axis=1))
    if not len(rows):
        return word
    top, bottom = y0 + int(rows[0]), y0 + int(rows[-1]) + 1
    fitted = image.to_page(Box(box.x0, max(top, box.y0), box.x1, max(top, min(bottom, box.y1))))
    return replace(word, box=fitted)


def _unexplained(recognized: Iterable[Line], layer: _Words) -> Iterator[Line]:
    """The recognized lines less the words that the text layer explains."""
    for line in recognized:
        words = tuple(w for word in line.words for w in _judged(word, layer))
        if words:
            yield replace(line, words=words)


def _judged(word: Word, layer: _Words) -> Iterator[Word]:
    """The word itself, or with the reading that it contradicts; nothing when it is explained."""
    under = layer.under(word.box)
    if _share_covered(word.box, under) < _COVERED:
        yield word
        return
    text = " ".join(other.text for other in under)
    alike = fuzz.partial_ratio(word.text.casefold(), text.casefold())
    if alike < _ALIKE and word.confidence >= _SURE and len(word.text) > 2:
        yield replace(word, alternatives=(text, *word.alternatives))


def _share_covered(box: Box, others: Sequence[Word]) -> float:
    """The share of the box's width that words which are on its line cover."""
    spans = sorted(
        (max(box.x0, o.box.x0), min(box.x1, o.box.x1))
        for o in others
        if (common := box.intersection(o.box))
        and common.height >= 0.4 * min(box.height, o.box.height)
    )
    covered, end = 0.0, box.x0
    for x0, x1 in spans:
        covered += max(0.0, x1 - max(x0, end))
        end = max(end, x1)
    return covered / box.width if box.width else 1.0


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that are read together, and their common box; `is_cell` where rules close them in."""

    lines: tuple[Line, ...]
    box: Box
    is_cell: bool = False


def reading_order(lines: Sequence[Line], rules: Mask, dpi: int) -> Iterator[Line]:
    """Lines as a person reads them: what stands in one ruled cell together, columns of prose one
    after the other, the rest row by row.

    `rules` is the mask of ruled lines in pixels at `dpi`. Lines of a skewed page are put in order
    where they would stand on a level one.
    """
    slope = _slope(lines)
    groups: dict[int, list[_Unit]] = {}
    loose: list[_Unit] = []
    for line, cell in zip(lines, _cells(lines, rules, dpi), strict=True):
        unit = _Unit((line,), union(_leveled(word.box, slope) for word in line.words))
        (groups.setdefault(cell, []) if cell else loose).append(unit)
    cells = [
        _Unit(tuple(_flat(_ordered(group))), union(unit.box for unit in group), True)
        for group in groups.values()
    ]
    yield from _flat(_ordered([*loose, *cells]))


def _slope(lines: Sequence[Line]) -> float:
    """How far the lines of a page fall for each point that they run to the right."""
    falls = []
    for line in lines:
        (x0, y0), (x1, y1) = line.words[0].box.center, line.words[-1].box.center
        if x1 - x0 > max(_LONG, 3 * abs(y1 - y0)):
            falls.append((y1 - y0) / (x1 - x0))
    slope = median(falls) if falls else 0.0
    return slope if abs(slope) > _SKEWED else 0.0


def _leveled(box: Box, slope: float) -> Box:
    """Where a box stands once the page is level."""
    x, y = box.center
    dx, dy = slope * y, -slope * x
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def _flat(units: Iterable[_Unit]) -> Iterator[Line]:
    for unit in units:
        yield from unit.lines


def _cells(lines: Sequence[Line], rules: Mask, dpi: int) -> list[int]:
    """The ruled cell (0: none) that the middle of each line lies in.

    A cell is a connected piece of paper that rules close off from the margin.
    """
    shrink = max(1, dpi // 50)
    closed = cv2.dilate(rules.astype(np.uint8), np.ones((shrink + 2, shrink + 2), np.uint8))
    paper = 1 - closed[::shrink, ::shrink]
    paper[0] = paper[-1] = paper[:, 0] = paper[:, -1] = 1  # the margin is one piece
    _, labels = cv2.connectedComponents(np.ascontiguousarray(paper), connectivity=4)
    outside = int(labels[0, 0])
    found = []
    for line in lines:
        x, y = line.box.center
        row = min(int(y * dpi / 72 / shrink), labels.shape[0] - 1)
        column = min(int(x * dpi / 72 / shrink), labels.shape[1] - 1)
        label = int(labels[max(row, 0), max(column, 0)])
        found.append(0 if label == outside else label)
    return found


def _ordered(units: Sequence[_Unit]) -> list[_Unit]:
    """Columns of prose one after the other, bands of the page and rows from the top."""
    if len(units) < 2:
        return list(units)
    columns = _columns(units)
    if len(columns) > 1:
        return [unit for column in columns for unit in _ordered(column)]
    bands = _bands(units)
    if len(bands) > 1 and any(len(_columns(band)) > 1 for band in bands):
        return [unit for band in bands for unit in _ordered(band)]
    return [unit for row in _labels_over_values(_rows(units)) for unit in row]


def _labels_over_values(rows: Sequence[list[_Unit]]) -> Iterator[list[_Unit]]:
    """Rows, but where a row of labels stands over a row of values, label and value together.

    That is so where values begin under labels, and the two rows are nearer to each other than to
    the rows around them (in a table all rows are equally far apart).
    """
    index = 0
    while index < len(rows):
        if _are_labels_and_values(rows, index):
            yield _zipped(rows[index], rows[index + 1])
            index += 2
        else:
            yield rows[index]
            index += 1


def _are_labels_and_values(rows: Sequence[list[_Unit]], index: int) -> bool:
    if index + 1 >= len(rows) or len(rows[index]) < 2:
        return False
    if _any_cell(rows[index]) and _any_cell(rows[index + 1]):
        return False  # a cell holds both its label and its value
    pitch = _pitch(rows[index], rows[index + 1])
    others = [float("inf")]
    if index and len(rows[index - 1]) > 1:  # else a heading: it may stand close
        others.append(_pitch(rows[index - 1], rows[index]))
    if index + 2 < len(rows):
        others.append(_pitch(rows[index + 1], rows[index + 2]))
    is_near = pitch < _NEARER * min(others)
    labeled = [value for value in rows[index + 1] if _label_of(value, rows[index])]
    return is_near and len(labeled) >= _LABELED * len(rows[index + 1])


def _any_cell(row: Sequence[_Unit]) -> bool:
    return any(unit.is_cell for unit in row)


def _pitch(upper: Sequence[_Unit], lower: Sequence[_Unit]) -> float:
    """How far one row stands below another, top to top."""
    return min(u.box.y0 for u in lower) - min(u.box.y0 for u in upper)


def _label_of(value: _Unit, labels: Sequence[_Unit]) -> _Unit | None:
    return next((u for u in labels if abs(u.box.x0 - value.box.x0) <= _ALIGNED), None)


def _zipped(labels: Sequence[_Unit], values: Sequence[_Unit]) -> list[_Unit]:
    """Each label with its values; what stands under no label comes last."""
    pairs = [
        unit
        for label in labels
        for unit in (label, *(v for v in values if _label_of(v, labels) is label))
    ]
    return [*pairs, *(v for v in values if not _label_of(v, labels))]


def _columns(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Units parted by gutters, where the parts look like prose: lines that fill their column."""
    parts = _parted(sorted(units, key=lambda u: u.box.x0), lambda b: (b.x0, b.x1), gap=8.0)
    return parts if len(parts) > 1 and all(map(_is_prose, parts)) else [list(units)]


def _is_prose(units: Sequence[_Unit]) -> bool:
    width = union(unit.box for unit in units).width
    return len(units) >= 4 and width > 120 and median(u.box.width for u in units) > 0.6 * width


def _bands(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Units parted where blank paper runs across the page."""
    return _parted(sorted(units, key=lambda u: u.box.y0), lambda b: (b.y0, b.y1), gap=10.0)


def _parted(
    units: Sequence[_Unit], span: Callable[[Box], tuple[float, float]], gap: float
) -> list[list[_Unit]]:
    """Sorted units, cut wherever at least `gap` points lie between them along one axis."""
    parts: list[list[_Unit]] = []
    end = float("-inf")
    for unit in units:
        start, stop = span(unit.box)
        if not parts or start - end >= gap:
            parts.append([])
        parts[-1].append(unit)
        end = max(end, stop)
    return parts


def _rows(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Rows from the top, each from the left. A unit joins a row that it overlaps by half."""
    rows: list[list[_Unit]] = []
    for unit in sorted(units, key=lambda u: (u.box.y0, u.box.x0)):
        if rows and _on_row(unit, rows[-1]):
            rows[-1].append(unit)
        else:
            rows.append([unit])
    return [sorted(row, key=lambda u: u.box.x0) for row in rows]


def _on_row(unit: _Unit, row: Sequence[_Unit]) -> bool:
    first = row[0].box
    common = min(unit.box.y1, first.y1) - max(unit.box.y0, first.y0)
    return common >= _ROW * min(unit.box.height, first.height)
