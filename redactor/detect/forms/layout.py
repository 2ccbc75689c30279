"""How the words of a form stand to each other: runs of words, what is right of them, and below.

A run is what a person reads in one go: words on one line, parted by no more than a blank. Lines are
followed from word to word, so that a skewed page or an uneven hand does not break them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from statistics import median

from redactor.geometry import Box, union

_ROWS, _COLUMNS = 16.0, 64.0  # a cell of the grid, in points
_CROWDED = 64  # entries of one cell: no print is so dense; more would only cost time
_END = 14400.0  # the longest side of a page of a PDF, in points
_BLANK = 1.0  # heights of the line by which words of one run are parted at most
_ON_LINE = 0.45  # share of the lower one's height by which words of one line overlap
_LEVEL = (0.6, 0.25)  # how far their middles may be apart, in heights of the lower and the higher


class Kind(Enum):
    """What a token of a form is."""

    TEXT = auto()
    COLON = auto()
    LEADER = auto()  # dots or a line to write on
    TICK = auto()  # a box to be ticked, or a tick
    BAR = auto()  # a rule between columns that was read as a character
    UNREAD = auto()  # ink that nobody could read, or a signature


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a form, or a part of one where a colon or a leader ends in it.

    `box` says where it stands, `cover` (page space, like `box`) what must go with it. `key` is what
    labels are compared by; `start` and `end` are the characters in the word `word` that it takes,
    which is -1 where there is none.
    """

    text: str = field(repr=False)
    key: str = field(repr=False)
    box: Box
    cover: Box
    kind: Kind
    is_hand: bool = False
    confidence: float = 1.0
    word: int = -1
    start: int = 0
    end: int = 0

    @property
    def ends_label(self) -> bool:
        """Whether it ends in a colon; that of a time of day or a ratio does not count."""
        return self.kind is Kind.COLON or (
            self.text.endswith((":", "：")) and not self.text[:-1].isdigit()
        )

    @property
    def is_value(self) -> bool:
        """Whether it can be (part of) a value at all."""
        return self.kind in (Kind.TEXT, Kind.UNREAD)


@dataclass(frozen=True)
class Run:
    """Tokens that are read in one go, from the left. `number` counts the runs of a page."""

    number: int
    tokens: tuple[Token, ...]

    @cached_property
    def box(self) -> Box:
        return union(token.box for token in self.tokens)

    @cached_property
    def height(self) -> float:
        """The usual height of its words, in points."""
        heights = [t.box.height for t in self.tokens if t.kind is Kind.TEXT and t.key]
        return median(heights) if heights else self.box.height


class _Grid:
    """Boxes by where they lie: what is near is found without a look at all of them."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._cells: dict[tuple[int, int], list[int]] = {}
        for number, box in enumerate(boxes):
            for place in _cells(box):
                cell = self._cells.setdefault(place, [])
                if len(cell) < _CROWDED:
                    cell.append(number)

    def within(self, area: Box) -> set[int]:
        """The boxes that share a cell with `area`."""
        return {number for place in _cells(area) for number in self._cells.get(place, ())}


def _cells(box: Box) -> list[tuple[int, int]]:
    rows = range(int(box.y0 // _ROWS), int(min(box.y1, _END) // _ROWS) + 1)
    columns = range(int(box.x0 // _COLUMNS), int(min(box.x1, _END) // _COLUMNS) + 1)
    return [(row, column) for row in rows for column in columns]


class Layout:
    """The runs of a page and how they stand to each other.

    `height` is that of its usual words, `right` where the rightmost of them ends.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.right = max((token.box.x1 for token in tokens), default=0.0)
        self.height = _usual_height(tokens)
        grid = _Grid([token.box for token in tokens])
        following = _neighbors(tokens, grid)
        chains, next_run = _chains(tokens, following, self.height)
        self.runs = tuple(
            Run(number, tuple(tokens[at] for at in chain)) for number, chain in enumerate(chains)
        )
        self._right = {n: self.runs[m] for n, m in next_run.items()}
        self._left = {m: self.runs[n] for n, m in next_run.items()}
        self._grid = _Grid([run.box for run in self.runs])

    def right_of(self, run: Run) -> Run | None:
        """The next run on the same line."""
        return self._right.get(run.number)

    def left_of(self, run: Run) -> Run | None:
        """The run before it on the same line."""
        return self._left.get(run.number)

    def row_from(self, run: Run) -> list[Run]:
        """A run and all that follow on its line."""
        row = [run]
        while (after := self.right_of(row[-1])) is not None:
            row.append(after)
        return row

    def row(self, run: Run) -> list[Run]:
        """All runs on the line of one, from the left."""
        while (before := self.left_of(run)) is not None:
            run = before
        return self.row_from(run)

    def below(
        self, box: Box, reach: float, counts: Callable[[Run], bool] = lambda _: True
    ) -> list[Run]:
        """The runs of the first line under `box` that are partly in its columns, from the left.

        They begin within `reach` points under it. Only those that `counts` is true for.
        """
        middle = box.center[1]
        area = Box(box.x0, middle, box.x1, max(box.y1 + reach, middle))
        found = [
            run
            for run in self._within(area)
            if run.box.center[1] > box.y1 - 0.1 * box.height
            and run.box.y0 >= middle
            and counts(run)
        ]
        if not found:
            return []
        first = min(found, key=lambda run: run.box.center[1])
        row = [run for run in found if run.box.y0 < first.box.center[1]]
        return sorted(row, key=lambda run: run.box.x0)

    def above(self, box: Box, reach: float) -> list[Run]:
        """The runs over `box` that are partly in its columns, and end within `reach` points."""
        middle = box.center[1]
        area = Box(box.x0, min(box.y0 - reach, middle), box.x1, middle)
        return [run for run in self._within(area) if run.box.y1 <= middle]

    def beside(self, box: Box, reach: float) -> list[Run]:
        """The runs that begin within `reach` points right of `box` and share some of its height."""
        area = Box(box.x1, box.y0, box.x1 + reach, box.y1)
        found = [run for run in self._within(area) if run.box.x0 >= box.center[0]]
        return sorted(found, key=lambda run: run.box.x0)

    def _within(self, area: Box) -> list[Run]:
        """The runs that share some of an area, by number."""
        near = (self.runs[number] for number in sorted(self._grid.within(area)))
        return [
            run
            for run in near
            if run.box.x0 < area.x1
            and run.box.x1 > area.x0
            and run.box.y0 <= area.y1
            and run.box.y1 >= area.y0
        ]


def _usual_height(tokens: Sequence[Token]) -> float:
    return median([token.box.height for token in tokens if token.key] or [_ROWS])


def _neighbors(tokens: Sequence[Token], grid: _Grid) -> dict[int, int]:
    """For each token the next one on its line, where it is the nearest to that one, too."""
    right = max((token.box.x1 for token in tokens), default=0.0)
    before: dict[int, tuple[float, int]] = {}
    for number, token in enumerate(tokens):
        nearest = _next_on_line(number, tokens, grid, right)
        if nearest is not None:
            away = _away(token.box, tokens[nearest].box)
            if nearest not in before or away < before[nearest][0]:
                before[nearest] = away, number
    return {number: after for after, (_, number) in before.items()}


def _next_on_line(number: int, tokens: Sequence[Token], grid: _Grid, end: float) -> int | None:
    box = tokens[number].box
    middle = (box.x0 + box.x1) / 2
    y0, y1 = box.y0 + 0.25 * box.height, box.y1 - 0.25 * box.height
    left = middle
    while left <= end:
        right = (left // _COLUMNS + 1) * _COLUMNS
        near = [
            (_away(box, tokens[other].box), other)
            for other in grid.within(Box(left, y0, max(left, right - 0.01), y1))
            if other != number
            and tokens[other].box.x0 > middle
            and left <= tokens[other].box.x0 < right
            and _on_one_line(box, tokens[other].box)
        ]
        if near:
            return min(near)[1]
        left = right
    return None


def _away(a: Box, b: Box) -> float:
    """How far apart words of one line are; a step up or down counts double."""
    return abs(b.x0 - a.x1) + 2 * abs(b.center[1] - a.center[1])


def _on_one_line(a: Box, b: Box) -> bool:
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    if common < 0:
        return False
    lower, higher = sorted((a.height, b.height))
    apart = abs(a.center[1] - b.center[1])
    return common >= _ON_LINE * lower and apart <= _LEVEL[0] * lower + _LEVEL[1] * higher


def _chains(
    tokens: Sequence[Token], following: dict[int, int], usual: float
) -> tuple[list[list[int]], dict[int, int]]:
    """The tokens of each run, and for each run the number of the next on its line."""
    has_before = set(following.values())
    chains: list[list[int]] = []
    next_run: dict[int, int] = {}
    for first in range(len(tokens)):
        if first in has_before:
            continue
        chains.append([first])
        at = first
        while (after := following.get(at)) is not None:
            if _is_parted(tokens[at], tokens[after], usual):
                next_run[len(chains) - 1] = len(chains)
                chains.append([after])
            else:
                chains[-1].append(after)
            at = after
    return chains, next_run


def _is_parted(a: Token, b: Token, usual: float) -> bool:
    if Kind.BAR in (a.kind, b.kind):
        return True
    height = min(max(a.box.height, b.box.height, 0.7 * usual), 1.6 * usual)
    return b.box.x0 - a.box.x1 > _BLANK * height
