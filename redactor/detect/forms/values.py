"""From a printed label to its values: right of it, below it, or in its row or column of a table.

What stands right of a label on its line is its value, up to the next label or a gap between
columns. Where nothing does, or what does looks like a label over a value of its own, the value is
sought under the label. Which of the two it is, is told by looks: a row of labels has no digits
and no handwriting and is written alike, and the row under it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from itertools import pairwise

from redactor.detect.forms.layout import Run, Token
from redactor.detect.forms.printed import Place, Printed, content_start
from redactor.geometry import Box, union

Value = tuple[tuple[Token, ...], ...]
"""The tokens of one value, line by line."""

# All in heights of the label's line.
_UNDER = 2.5  # from a label to the value below it
_PITCH = 1.4  # from one line of a value to the next
_CELL_GAP = 1.5  # blank wider than any between words of one line
_COLUMN_GAP = 4.0  # blank that parts cells of a row
_ALIGNED = 1.5  # how far lines of one value, or labels of one list, may begin from each other
_ROW_PITCH = 2.5  # from one row of a table to the next
_FAR = 6.0  # over empty rows of a table
_REGULAR = 1.5  # times the distance from a header to the first row that others have
_LISTED = 1.3  # times the distance to a label above, from which a line below is in the same list

_UNEVEN = 0.15  # by which lines of one list are unevenly apart

_STROKES = frozenset(["-", "–", "—", ".", ",", ";", "'", "’", "*"])  # begin no value
_INNER = ("(", ")", ",")  # begin no cell of their own
_FULL = 0.85  # share of the page's text width that a line fills which goes on below
_MOST_LINES = 12
_MOST_CELLS = 200


class Values:
    """Finds the values of the labels of one page."""

    def __init__(self, printed: Printed) -> None:
        self._printed = printed
        self._layout = printed.layout
        self._margin = max((run.box.x1 for run in self._layout.runs), default=0.0)

    def of(self, place: Place) -> Iterator[Value]:
        """The values of a label, none where its field is empty."""
        cells = self._to_the_right(place)
        below = self._first_below(place)
        if not cells and not below and (lifted := self._lifted(place)) is not None:
            cells = [words] if (words := self._line([lifted])) else []
        if below and (not cells or self._is_header(place, below)):
            yield from self._column(place, below)
        elif cells:
            value = self._continued(place, cells[0])
            yield value
            yield from ((cell,) for cell in cells[1:])
            if len(value) > 1 and len(cells) == 1:
                yield from self._columns_beside(place, place.run, value)

    def _columns_beside(self, place: Place, first: Run, value: Value) -> Iterator[Value]:
        """The further columns of a list that begins on the line of a run, right of its value.

        So are names written in twos or threes on each line.
        """
        edge, second = value[0][-1].box.x1, value[1][-1].box
        run: Run | None = first
        while (run := self._layout.right_of(run)) is not None and not self._printed.is_label(run):
            if run.box.x0 < edge:
                continue
            lines = [run, *self._hanging(run, _PITCH * self._unit(place))]
            if len(lines) < 2 or not lines[1].box.y0 <= second.center[1] <= lines[1].box.y1:
                return
            column = tuple(self._line(list(self._from(line))) for line in lines)
            yield column
            edge = column[0][-1].box.x1

    def _hanging(self, first: Run, reach: float) -> Iterator[Run]:
        """The runs in the column under a run, line by line, up to a label."""
        last = first.box
        for _ in range(_MOST_LINES):
            below = self._layout.below(Box(first.box.x0, last.y0, first.box.x1, last.y1), reach)
            lines = [r for r in below if _is_in_column(r.box, first.box, self._layout.height)]
            if not lines or self._printed.is_label(lines[0]):
                return
            last = lines[0].box
            yield lines[0]

    def _from(self, run: Run | None) -> Iterator[Run]:
        """A run and all that follow on its line."""
        while run is not None:
            yield run
            run = self._layout.right_of(run)

    def _unit(self, place: Place) -> float:
        """The height of a line near a label: small print goes with values of the usual size."""
        return max(place.height, self._layout.height)

    def _to_the_right(self, place: Place) -> list[tuple[Token, ...]]:
        """The cells right of a label up to the next label; of the first line if not of the last."""
        cells = self._cells(place.run, place.end, place)
        if not cells and place.first is not place.run:
            cells = self._cells(place.first, len(place.first.tokens), place)
        return cells

    def _lifted(self, place: Place) -> Run | None:
        """What was typed a little above or below the line of a label, with none of its own."""
        if place.end < len(place.run.tokens):
            return None
        for run in self._layout.beside(place.box, _COLUMN_GAP * self._unit(place)):
            if self._layout.left_of(run) is None:
                return None if self._printed.is_label(run) else run
        return None

    def _cells(self, first: Run, end: int, place: Place) -> list[tuple[Token, ...]]:
        cells: list[tuple[Token, ...]] = []
        run: Run | None = first
        at, may_stop = end, not place.has_colon or end >= len(first.tokens)
        edge = 0.0
        while run is not None:
            taken, is_stopped = self._until_label(run, at, may_stop)
            if taken and cells and self._is_same_cell(place, edge, taken):
                cells[-1] = (*cells[-1], *taken)
            elif taken and (not cells or (_is_figure(taken) and _is_figure(cells[-1]))):
                cells.append(taken)
            elif taken:
                break
            edge = max((token.box.x1 for token in taken), default=edge)
            run, at, may_stop = self._layout.right_of(run), 0, True
            if is_stopped or run is None or self._printed.is_label(run):
                break
        return cells

    def _is_same_cell(self, place: Place, edge: float, taken: Sequence[Token]) -> bool:
        """Whether words go on with the cell that ends at `edge`: close to it, or in brackets."""
        gap = taken[0].box.x0 - edge
        return gap <= _COLUMN_GAP * self._unit(place) or taken[0].text.startswith(_INNER)

    def _until_label(self, run: Run, at: int, may_stop: bool) -> tuple[tuple[Token, ...], bool]:
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

    def _first_below(self, place: Place) -> list[Run]:
        """The runs of the line under a label that may be its value."""
        box, unit = place.box, self._unit(place)
        before, after = self._layout.left_of(place.first), self._after(place)
        floor = before.box.x1 if before is not None else box.x0 - _ALIGNED * unit
        right = max(self._margin if after is None else after - unit, box.x1)
        left = box.x0 - _ALIGNED * unit
        area = Box(left, box.y0, right, box.y1)
        runs = [
            run
            for run in self._layout.below(area, _UNDER * unit, self._of_column(place))
            if run.box.x0 >= left
            or (run.box.x0 >= floor and run.box.x1 > box.x0)
            or abs(run.box.center[0] - box.center[0]) <= unit
        ]
        if not runs or self._printed.is_label(runs[0]) or self._is_list(place, runs[0]):
            return []
        beside = self._layout.left_of(runs[0])
        return [] if beside is not None and beside.box.x1 > box.x0 else runs

    def _of_column(self, place: Place) -> Callable[[Run], bool]:
        """Tells of runs under a label whether they are not rather under what stands beside it."""
        beside = self._layout.left_of(place.first), self._layout.right_of(place.run)
        heads = [run.box for run in beside if run is not None]

        def is_own(run: Run) -> bool:
            own = _common(run.box, place.box)
            return not any(_common(run.box, head) > own for head in heads)

        return is_own

    def _after(self, place: Place) -> float | None:
        """Where the next thing on the label's line begins."""
        if place.end < len(place.run.tokens):
            return place.run.tokens[place.end].box.x0
        run = self._layout.right_of(place.run)
        return run.box.x0 if run else None

    def _is_list(self, place: Place, below: Run) -> bool:
        """Whether a label and what is under it are lines of one list: no label over its value.

        They begin at one place, look alike, and what is above or further down is as near.
        """
        box, unit = place.box, self._unit(place)
        if _is_numbered(place.first) and _is_numbered(below):
            return True
        label = place.run.tokens[place.start : place.end]
        if place.has_colon or abs(below.box.x0 - box.x0) > unit or _is_data(below.tokens):
            return False
        if _is_capital(below.tokens) != _is_capital(label):
            return False
        if self._is_row_of_labels(place, below):
            return False
        if self._layout.right_of(below) is not None and self._after(place) is None:
            return True
        gap = below.box.y0 - box.y1
        slack = _LISTED * max(gap, 0.0) + _UNEVEN * unit
        above = self._layout.above(place.first.box, _UNDER * unit)
        if any(
            abs(run.box.x0 - box.x0) <= unit and place.first.box.y0 - run.box.y1 <= slack
            for run in above
        ):
            return True
        return any(
            abs(run.box.x0 - box.x0) <= unit
            and run.box.y0 - below.box.y1 > gap / _LISTED - _UNEVEN * unit
            for run in self._layout.below(below.box, slack)
        )

    def _is_row_of_labels(self, place: Place, below: Run) -> bool:
        """Whether there are other labels beside a label, and none beside what is under it."""
        return any(
            beside is not None
            and under is not None
            and self._printed.is_label(beside)
            and not self._printed.is_label(under)
            for beside, under in (
                (self._layout.left_of(place.first), self._layout.left_of(below)),
                (self._layout.right_of(place.run), self._layout.right_of(below)),
            )
        )

    def _is_header(self, place: Place, below: Sequence[Run]) -> bool:
        """Whether a label with something on its right stands over its value all the same."""
        if place.has_colon or place.end < len(place.run.tokens):
            return False
        beside, under = self._layout.right_of(place.run), below[0]
        if beside is None or _is_data(beside.tokens):
            return False
        if under.box.x0 > place.box.x1 or under.box.x1 < place.box.x0:
            return False
        label = place.run.tokens[place.start : place.end]
        if _is_data(under.tokens) and _is_capital(beside.tokens) == _is_capital(label):
            return True
        return self._is_over_columns(place, beside, under)

    def _is_over_columns(self, place: Place, beside: Run, under: Run) -> bool:
        """Whether a label and what is beside it each have a cell of their own under them.

        So have two rows of a list of labels and values. A table has three columns, or one whose
        head is not written like what is under it.
        """
        cells = {
            cell.number: (head, cell)
            for head in self._row(place.run)
            if not _is_data(head.tokens) and (cell := self._cell_under(head, under)) is not None
        }
        heads = [head for head, _ in cells.values()]
        if place.run not in heads or beside not in heads or self._is_under_both(place, beside):
            return False
        return len(cells) > 2 or all(_is_unlike(head, cell) for head, cell in cells.values())

    def _is_under_both(self, place: Place, beside: Run) -> bool:
        """Whether one thing stands over a label and another over what is beside it.

        The heads of a table are its top row, and those of a list of pairs are not.
        """
        over_label, over_beside = self._aligned_above(place.first), self._aligned_above(beside)
        return bool(over_label and over_beside) and over_label != over_beside

    def _aligned_above(self, run: Run) -> set[int]:
        """The numbers of the runs that are close over one in its column."""
        height = self._layout.height
        return {
            over.number
            for over in self._layout.above(run.box, _UNDER * height)
            if _is_aligned(run.box, over.box, _ALIGNED * height)
        }

    def _row(self, run: Run) -> list[Run]:
        """All runs on the line of one, from the left."""
        while (before := self._layout.left_of(run)) is not None:
            run = before
        return list(self._from(run))

    def _cell_under(self, head: Run, under: Run) -> Run | None:
        """What stands in the column of a head on the line of `under`."""
        for run in self._layout.below(head.box, _UNDER * self._layout.height):
            on_line = run.box.y0 <= under.box.center[1] <= run.box.y1
            if on_line and _is_aligned(head.box, run.box, _ALIGNED * self._layout.height):
                return run
        return None

    def _column(self, place: Place, runs: Sequence[Run]) -> Iterator[Value]:
        """The value that begins on the line under a label, or the cells under it in a table."""
        first = self._line(runs)
        if first:
            rows = self._rows(place, runs) if self._in_row(place.run) else []
            if rows:
                yield from ((cell,) for row in (runs, *rows) if (cell := self._line(row)))
            else:
                value = self._continued(place, first)
                yield value
                if len(value) > 1 and not self._in_row(place.run):
                    yield from self._columns_beside(place, runs[0], value)

    def _in_row(self, run: Run) -> bool:
        """Whether something else is on the line of a run."""
        neighbors = self._layout.left_of(run), self._layout.right_of(run)
        return any(other is not None for other in neighbors)

    def _rows(self, place: Place, first: Sequence[Run]) -> list[list[Run]]:
        """The rows of a table under the first one, as far as they are in a label's column."""
        unit = self._unit(place)
        before, after = self._layout.left_of(place.first), self._after(place)
        left = before.box.x1 if before is not None else place.box.x0 - _ALIGNED * unit
        right = max(self._margin if after is None else after, place.box.x1)
        of_column = self._of_column(place)

        def is_own(run: Run) -> bool:
            return run.box.x0 >= left and of_column(run)

        rows: list[list[Run]] = []
        last = union(run.box for run in first)
        left = min(left, last.x0)
        reach = min(_ROW_PITCH * unit, max(_REGULAR * (last.y0 - place.box.y1), unit))
        while len(rows) < _MOST_CELLS:
            area = Box(left, last.y0, max(right, last.x1), last.y1)
            runs = self._layout.below(area, reach, is_own)
            if not runs:
                runs = self._layout.below(area, _FAR * unit, is_own)
                if not runs or not self._is_same_table(first[0], runs[0]):
                    break
            if not self._in_row(runs[0]) or self._printed.is_label(runs[0]):
                break
            rows.append(runs)
            last = union(run.box for run in runs)
        return rows

    def _is_same_table(self, first: Run, run: Run) -> bool:
        """Whether a row has three cells or more, all in columns of the row of another run."""
        columns, cells = self._row(first), self._row(run)
        return len(cells) > 2 and all(
            any(_common(cell.box, column.box) for column in columns) for cell in cells
        )

    def _line(self, runs: Sequence[Run]) -> tuple[Token, ...]:
        """The tokens of value of runs on one line, up to a label or a column gap."""
        taken: list[Token] = []
        for run in runs:
            if taken and run.box.x0 - taken[-1].box.x1 > _COLUMN_GAP * self._layout.height:
                break
            tokens, is_stopped = self._until_label(run, 0, True)
            taken.extend(tokens)
            if is_stopped:
                break
        return tuple(taken)

    def _is_pair(self, run: Run, start: Box) -> bool:
        """Whether a run is a label beside a value of its own, under a value that begins there."""
        beside = self._layout.right_of(run)
        slack = self._layout.height
        return (
            beside is not None
            and run.box.x0 < start.x0 - slack
            and abs(beside.box.x0 - start.x0) <= slack
            and beside.box.x0 - run.box.x1 > _CELL_GAP * slack
        )

    def _continued(self, place: Place, first: tuple[Token, ...]) -> Value:
        """A value with the lines that it goes on in."""
        value: Value = (first,)
        start = first[0].box
        while len(value) < _MOST_LINES:
            last = union(token.box for token in value[-1])
            is_prose = last.x1 >= _FULL * self._margin and not _has_gap(value[-1], _CELL_GAP * self._unit(place))
            line = self._line(self._next_line(place, start, last, is_prose))
            if not line:
                break
            value = (*value, line)
        return value

    def _next_line(self, place: Place, start: Box, last: Box, is_full: bool) -> list[Run]:
        """The runs of the line under a value's last one that go on with it, if any do.

        Lines that hang under the value's start stand close; a line that fills the page's width
        goes on at the left, and on a ruled form a row of writing further down.
        """
        unit = self._unit(place)
        left = min(place.box.x0, start.x0) - _ALIGNED * unit
        area = Box(left, last.y0, max(last.x1, left), last.y1)
        reach = (_ROW_PITCH if is_full else _PITCH) * unit
        runs = [r for r in self._layout.below(area, reach) if r.box.x0 >= left]
        if not runs or self._printed.is_label(runs[0]):
            return []
        if _is_numbered(place.first) and _is_numbered(runs[0]):
            return []
        if self._is_pair(runs[0], start):
            return []
        before = self._layout.left_of(runs[0])
        if before is not None and before.box.x1 > place.box.x0:
            return []
        x0 = runs[0].box.x0
        hangs = abs(x0 - start.x0) <= _ALIGNED * unit and runs[0].box.y0 - last.y1 <= _PITCH * unit
        indented = x0 > place.box.x0 + _ALIGNED * unit and runs[0].box.y0 - last.y1 <= .7 * unit
        return runs if hangs or indented or (is_full and x0 <= start.x0) else []


def _is_numbered(run: Run) -> bool:
    """Whether a run begins with a bullet or a number of a list."""
    return content_start(run) > 0


def _has_gap(tokens: Sequence[Token], most: float) -> bool:
    """Whether more than a blank parts some words of a line."""
    return any(b.box.x0 - a.box.x1 > most for a, b in pairwise(tokens))


def _common(a: Box, b: Box) -> float:
    """How far boxes lie over each other across the page, in points; 0 where they do not."""
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0))


def _is_aligned(a: Box, b: Box, slack: float) -> bool:
    """Whether boxes begin, end or have their middles at one place across the page."""
    ends = (a.x0 - b.x0, a.x1 - b.x1, a.center[0] - b.center[0])
    return min(map(abs, ends)) <= slack


def _is_in_column(box: Box, first: Box, slack: float) -> bool:
    """Whether a line begins where the first one of a column does, or lies within it."""
    starts_there = abs(box.x0 - first.x0) <= slack
    return starts_there or (box.x0 >= first.x0 and box.x1 <= first.x1 + slack)


def _is_unlike(a: Run, b: Run) -> bool:
    """Whether one of two is in capitals or has digits, and the other not."""
    return _is_capital(a.tokens) != _is_capital(b.tokens) or _is_data(a.tokens) != _is_data(
        b.tokens
    )


def _is_data(tokens: Sequence[Token]) -> bool:
    """Whether words look filled in: handwritten, unread or with digits."""
    return any(t.is_hand or any(char.isdigit() for char in t.text) for t in tokens)


def _is_figure(tokens: Sequence[Token]) -> bool:
    """Whether a cell is a number, a mark or handwriting: a row of such is one row of a table."""
    text = "".join(token.text for token in tokens)
    letters = sum(char.isalpha() for char in text)
    return letters <= 2 or tokens[0].is_hand or letters < sum(char.isdigit() for char in text)


def _is_capital(tokens: Sequence[Token]) -> bool:
    """Whether words are in capitals throughout."""
    return all(token.text == token.text.upper() for token in tokens)
