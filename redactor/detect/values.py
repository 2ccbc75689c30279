"""From a printed label to its values: right of it, below it, or in its row or column of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redactor.detect.layout import Kind, Run, Token
from redactor.detect.printed import WIDE, Place, Printed
from redactor.geometry import Box, union

Value = tuple[tuple[Token, ...], ...]
"""The tokens of one value, line by line."""

# All in heights of a line.
_UNDER = 2.2  # from a label to the value below it
_PITCH = 1.4  # from one line of a value to the next
_COLUMN_GAP = 4.0  # blank that parts cells of a row
_HANG = 1.5  # how far lines of one value may begin from each other
_ROW_PITCH = 2.5  # from one row of a table to the next

_FULL = 0.85  # share of the page's text width that a line fills which goes on below
_MOST_LINES = 12
_MOST_CELLS = 200


class Values:
    """Finds the values of the labels of one page."""

    def __init__(self, printed: Printed) -> None:
        self._printed = printed
        self._layout = printed.layout
        boxes = [run.box for run in self._layout.runs]
        self._margin = max((box.x1 for box in boxes), default=0.0)

    def of(self, place: Place) -> Iterator[Value]:
        """The values of a label, none where its field is empty."""
        cells = self._to_the_right(place)
        below = self._first_below(place) if self._may_be_over(place, cells) else []
        if below:
            yield from self._under(place, below)
        elif cells:
            first, *others = cells
            yield self._continued(place, (first,))
            for other in others:
                yield (other,)

    def _to_the_right(self, place: Place) -> list[tuple[Token, ...]]:
        """The cells right of a label up to the next label."""
        cells: list[tuple[Token, ...]] = []
        run: Run | None = place.run
        at, stops = place.end, not place.has_colon or place.end >= len(place.run.tokens)
        edge = place.run.tokens[place.end - 1].box.x1
        while run is not None:
            taken, is_stopped = self._until_label(run, at, stops)
            if taken and cells and taken[0].box.x0 - edge <= _COLUMN_GAP * place.height:
                cells[-1] = (*cells[-1], *taken)
            elif taken:
                cells.append(taken)
            edge = max((token.box.x1 for token in taken), default=edge)
            run, at, stops = self._layout.right_of(run), 0, True
            if is_stopped or run is None or self._printed.is_label(run):
                break
        return cells

    def _until_label(self, run: Run, at: int, stops: bool) -> tuple[tuple[Token, ...], bool]:
        """A run's words of value from a token on, and whether a label ended them.

        Without `stops` the first token is value whatever it says.
        """
        taken = []
        for number in range(at, len(run.tokens)):
            token = run.tokens[number]
            if (stops or number > at) and self._printed.begins(run, number):
                return tuple(taken), True
            if token.is_value and (token.key or token.kind is Kind.UNREAD or taken):
                taken.append(token)
        return tuple(taken), False

    def _may_be_over(self, place: Place, cells: Sequence[Sequence[Token]]) -> bool:
        """Whether the label may stand over its value: nothing is on its right, or other labels."""
        if not cells:
            return True
        return False

    def _first_below(self, place: Place) -> list[Run]:
        """The runs of the line under a label that may be its value."""
        box, height = place.box, place.height
        after = self._after(place)
        right = max(box.x1, after - height) if after is not None else max(self._margin, box.x1)
        area = Box(box.x0 - _HANG * height, box.y0, max(right, box.x1), box.y1)
        runs = [r for r in self._layout.below(area, _UNDER * height) if r.box.x0 >= area.x0]
        if not runs or self._printed.is_label(runs[0]):
            return []
        left = self._layout.left_of(runs[0])
        if left is not None and left.box.x1 > box.x0 - _HANG * height:
            return []
        return runs

    def _after(self, place: Place) -> float | None:
        """Where the next thing on the label's line begins."""
        if place.end < len(place.run.tokens):
            return place.run.tokens[place.end].box.x0
        run = self._layout.right_of(place.run)
        return run.box.x0 if run else None

    def _under(self, place: Place, runs: Sequence[Run]) -> Iterator[Value]:
        """The value that begins on the line under a label, and the cells under it in a table."""
        first = self._line(runs)
        if not first:
            return
        yield self._continued(place, (first,))

    def _line(self, runs: Sequence[Run]) -> tuple[Token, ...]:
        """The tokens of value of runs on one line, up to a label or a column gap."""
        taken: list[Token] = []
        for run in runs:
            if taken and run.box.x0 - taken[-1].box.x1 > _COLUMN_GAP * run.height:
                break
            tokens, is_stopped = self._until_label(run, 0, True)
            taken.extend(tokens)
            if is_stopped:
                break
        return tuple(taken)

    def _continued(self, place: Place, value: Value) -> Value:
        """A value with the lines that it goes on in."""
        start = value[0][0].box
        while len(value) < _MOST_LINES:
            last = union(token.box for token in value[-1])
            runs = self._next_line(place, start, last)
            line = self._line(runs) if runs else ()
            if not line:
                break
            value = (*value, line)
        return value

    def _next_line(self, place: Place, start: Box, last: Box) -> list[Run]:
        height = place.height
        left = min(place.box.x0, start.x0) - _HANG * height
        area = Box(left, last.y0, max(last.x1, left), last.y1)
        runs = [r for r in self._layout.below(area, _PITCH * height) if r.box.x0 >= left]
        if not runs or self._printed.is_label(runs[0]):
            return []
        before = self._layout.left_of(runs[0])
        if before is not None and before.box.x1 > place.box.x0:
            return []
        is_hanging = abs(runs[0].box.x0 - start.x0) <= _HANG * height
        is_full = last.x1 >= _FULL * self._margin
        return runs if is_hanging or is_full else []
