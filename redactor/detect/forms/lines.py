"""From the first line of a value to all of it: lines that hang, are indented, or are filled.

A line goes on with a value where it begins under it, is set in under the label and close, or where
the line before it filled the page. A row of a label and a value of its own does not, nor do lines
that begin with a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redactor.detect.forms.layout import Run, Token
from redactor.detect.forms.looks import has_gap, is_in_column
from redactor.detect.forms.phrases import is_numbered
from redactor.detect.forms.printed import Place, Printed
from redactor.geometry import Box, union

Value = tuple[tuple[Token, ...], ...]
"""The tokens of one value, line by line."""

# All in heights of the label's line.
_PITCH = 1.4  # from one line of a value to the next
_CLOSE = 0.7  # from one line to one that is set in
_WRITTEN = 2.5  # from one row of writing on a ruled form to the next
_CELL_GAP = 1.5  # blank wider than any between words of one line
COLUMN_GAP = 4.0  # blank that parts cells of a row
ALIGNED = 1.5  # how far lines of one value, or labels of one list, may begin from each other

_STROKES = frozenset(["-", "–", "—", ".", ",", ";", "'", "’", "*"])  # begin no value
_FULL = 0.85  # share of the page's text width that a line fills which goes on below
_MOST_LINES = 12


class Lines:
    """Follows the values of the labels of one page from line to line."""

    def __init__(self, printed: Printed) -> None:
        self._printed = printed
        self._layout = printed.layout

    def until_label(self, run: Run, at: int, may_stop: bool) -> tuple[tuple[Token, ...], bool]:
        """A run's words of value from a token on, and whether a label ended them.

        Unless it `may_stop` there, the first token is value whatever it says.
        """
        taken: list[Token] = []
        for number in range(at, len(run.tokens)):
            token = run.tokens[number]
            if (may_stop or number > at) and self._printed.begins(run, number):
                return tuple(taken), True
            if token.is_value and (taken or token.text not in _STROKES):
                taken.append(token)
        return tuple(taken), False

    def line(self, runs: Sequence[Run]) -> tuple[Token, ...]:
        """The tokens of value of runs on one line, up to a label or a column gap."""
        taken: list[Token] = []
        for run in runs:
            if taken and run.box.x0 - taken[-1].box.x1 > COLUMN_GAP * self._layout.height:
                break
            tokens, is_stopped = self.until_label(run, 0, True)
            taken.extend(tokens)
            if is_stopped:
                break
        return tuple(taken)

    def continued(self, place: Place, first: tuple[Token, ...]) -> Value:
        """A value with the lines that it goes on in."""
        value: Value = (first,)
        while len(value) < _MOST_LINES and (line := self.line(self._next_line(place, value))):
            value = (*value, line)
        return value

    def _next_line(self, place: Place, value: Value) -> list[Run]:
        """The runs of the line under a value's last one that go on with it, if any do.

        Lines that hang under the value's start stand close; a line that fills the page's width
        goes on at the left, and on a ruled form a row of writing further down.
        """
        unit, start = self._printed.unit(place), value[0][0].box
        last = union(token.box for token in value[-1])
        left = min(place.box.x0, start.x0) - ALIGNED * unit
        is_full = self._is_full(value[-1], unit)
        area = Box(left, last.y0, max(last.x1, left), last.y1)
        reach = (_WRITTEN if is_full else _PITCH) * unit
        runs = [r for r in self._layout.below(area, reach) if r.box.x0 >= left]
        if not runs or self._is_of_another(place, start, runs[0]):
            return []
        x0, gap = runs[0].box.x0, runs[0].box.y0 - last.y1
        hangs = abs(x0 - start.x0) <= ALIGNED * unit and gap <= _PITCH * unit
        is_set_in = x0 > place.box.x0 + ALIGNED * unit and gap <= _CLOSE * unit
        return runs if hangs or is_set_in or (is_full and x0 <= start.x0) else []

    def _is_full(self, line: Sequence[Token], unit: float) -> bool:
        """Whether a line is prose up to the right edge: a row of cells ends there, too."""
        is_wide = max(token.box.x1 for token in line) >= _FULL * self._layout.right
        return is_wide and not has_gap(line, _CELL_GAP * unit)

    def _is_of_another(self, place: Place, start: Box, run: Run) -> bool:
        """Whether a line that begins with a run is that of another label, or of another item."""
        if self._printed.is_label(run) or (is_numbered(place.first) and is_numbered(run)):
            return True
        before = self._layout.left_of(run)
        return self._is_pair(run, start) or (before is not None and before.box.x1 > place.box.x0)

    def _is_pair(self, run: Run, start: Box) -> bool:
        """Whether a run is a label beside a value of its own, under a value that begins there."""
        beside, slack = self._layout.right_of(run), self._layout.height
        return (
            beside is not None
            and run.box.x0 < start.x0 - slack
            and abs(beside.box.x0 - start.x0) <= slack
            and beside.box.x0 - run.box.x1 > _CELL_GAP * slack
        )

    def beside(self, place: Place, first: Run, value: Value) -> Iterator[Value]:
        """The further columns of a list that begins on the line of a run, right of its value.

        So are names written in twos or threes on each line.
        """
        if len(value) == 1:
            return
        edge, second = value[0][-1].box.x1, value[1][-1].box
        for run in self._layout.row_from(first)[1:]:
            if self._printed.is_label(run):
                return
            if run.box.x0 < edge:
                continue
            lines = [run, *self._hanging(run, _PITCH * self._printed.unit(place))]
            if len(lines) == 1 or not lines[1].box.y0 <= second.center[1] <= lines[1].box.y1:
                return
            column = [self.line(self._layout.row_from(line)) for line in lines]
            if all(column):
                yield tuple(column)
                edge = column[0][-1].box.x1

    def _hanging(self, first: Run, reach: float) -> Iterator[Run]:
        """The runs in the column under a run, line by line, up to a label."""
        last = first.box
        for _ in range(_MOST_LINES):
            below = self._layout.below(Box(first.box.x0, last.y0, first.box.x1, last.y1), reach)
            lines = [r for r in below if is_in_column(r.box, first.box, self._layout.height)]
            if not lines or self._printed.is_label(lines[0]):
                return
            last = lines[0].box
            yield lines[0]
