"""From a printed label to its values: right of it, below it, or in its row or column of a table.

What stands right of a label on its line is its value, up to the next label or a gap between
columns. Where nothing does, or what does looks like a label over a value of its own, the value is
sought under the label, and then a little above or below its line. Which of the two it is, is told
by looks: a row of labels has no digits and no handwriting and is written alike, and the row under
it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from redactor.detect.forms.heads import UNDER, is_header, is_list
from redactor.detect.forms.layout import Run, Token
from redactor.detect.forms.lines import ALIGNED, COLUMN_GAP, Lines, Value
from redactor.detect.forms.looks import common, is_figure
from redactor.detect.forms.printed import Place, Printed
from redactor.geometry import Box, union

# All in heights of the label's line.
_ROW_PITCH = 2.5  # from one row of a table to the next
_FAR = 6.0  # over empty rows of a table
_REGULAR = 1.5  # times the distance from a header to the first row that others have

_INNER = ("(", ")", ",")  # begin no cell of their own
_FEW = 2  # cells that a line has which is no row of a table, too
_MOST_CELLS = 200


class Values:
    """Finds the values of the labels of one page."""

    def __init__(self, printed: Printed) -> None:
        self._printed = printed
        self._layout = printed.layout
        self._lines = Lines(printed)

    def of(self, place: Place) -> Iterator[Value]:
        """The values of a label, none where its field is empty."""
        cells = self._to_the_right(place)
        below = self._first_below(place)
        if below and (not cells or is_header(self._layout, place, below[0])):
            yield from self._column(place, below)
        elif cells:
            value = self._lines.continued(place, cells[0])
            yield value
            yield from ((cell,) for cell in cells[1:])
            if len(cells) == 1:
                yield from self._lines.beside(place, place.run, value)
        elif first := self._lifted(place) or self._close(place):
            yield self._lines.continued(place, first)

    def _to_the_right(self, place: Place) -> list[tuple[Token, ...]]:
        """The cells right of a label up to the next label; of the first line if not of the last."""
        cells = self._cells(place.run, place.end, place)
        if not cells and place.first is not place.run:
            cells = self._cells(place.first, len(place.first.tokens), place)
        return cells

    def _cells(self, first: Run, end: int, place: Place) -> list[tuple[Token, ...]]:
        cells: list[tuple[Token, ...]] = []
        run: Run | None = first
        at, may_stop = end, not place.has_colon or end >= len(first.tokens)
        edge = 0.0
        while run is not None:
            taken, is_stopped = self._lines.until_label(run, at, may_stop)
            if taken and cells and self._is_same_cell(place, edge, taken):
                cells[-1] = (*cells[-1], *taken)
            elif taken and (not cells or (is_figure(taken) and is_figure(cells[-1]))):
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
        return gap <= COLUMN_GAP * self._printed.unit(place) or taken[0].text.startswith(_INNER)

    def _lifted(self, place: Place) -> tuple[Token, ...]:
        """What was typed a little above or below the line of a label, with none of its own."""
        if place.end < len(place.run.tokens):
            return ()
        for run in self._layout.beside(place.box, COLUMN_GAP * self._printed.unit(place)):
            if self._layout.left_of(run) is None:
                return () if self._printed.is_label(run) else self._lines.line([run])
        return ()

    def _close(self, place: Place) -> tuple[Token, ...]:
        """What stands close behind a label's colon, though it looks like a label: "Re: Fax No."."""
        run = self._layout.right_of(place.run)
        if not place.has_colon or run is None or place.end < len(place.run.tokens):
            return ()
        is_far = run.box.x0 - place.box.x1 > COLUMN_GAP * self._printed.unit(place)
        has_own = any(token.ends_label for token in run.tokens)
        if is_far or has_own or self._printed.is_asked(run):
            return ()
        return tuple(token for token in run.tokens if token.is_value)

    def _first_below(self, place: Place) -> list[Run]:
        """The runs of the line under a label that may be its value."""
        box, unit = place.box, self._printed.unit(place)
        before, after = self._layout.left_of(place.first), self._after(place)
        floor = before.box.x1 if before is not None else box.x0 - ALIGNED * unit
        right = max(self._layout.right if after is None else after - unit, box.x1)
        left = box.x0 - ALIGNED * unit
        area = Box(left, box.y0, right, box.y1)
        runs = [
            run
            for run in self._layout.below(area, UNDER * unit, self._of_column(place))
            if run.box.x0 >= left
            or (run.box.x0 >= floor and run.box.x1 > box.x0)
            or abs(run.box.center[0] - box.center[0]) <= unit
        ]
        if not runs or self._printed.is_label(runs[0]) or is_list(self._printed, place, runs[0]):
            return []
        beside = self._layout.left_of(runs[0])
        return [] if beside is not None and beside.box.x1 > box.x0 else runs

    def _of_column(self, place: Place) -> Callable[[Run], bool]:
        """Tells of runs under a label whether they are not rather under what stands beside it."""
        beside = self._layout.left_of(place.first), self._layout.right_of(place.run)
        heads = [run.box for run in beside if run is not None]

        def is_own(run: Run) -> bool:
            own = common(run.box, place.box)
            return not any(common(run.box, head) > own for head in heads)

        return is_own

    def _after(self, place: Place) -> float | None:
        """Where the next thing on the label's line begins."""
        if place.end < len(place.run.tokens):
            return place.run.tokens[place.end].box.x0
        run = self._layout.right_of(place.run)
        return run.box.x0 if run else None

    def _column(self, place: Place, runs: Sequence[Run]) -> Iterator[Value]:
        """The value that begins on the line under a label, or the cells under it in a table."""
        first = self._lines.line(runs)
        if not first:
            return
        in_row = len(self._layout.row(place.run)) > 1
        rows = self._rows(place, runs) if in_row else []
        if rows:
            yield from ((cell,) for row in (runs, *rows) if (cell := self._lines.line(row)))
            return
        value = self._lines.continued(place, first)
        yield value
        if not in_row:
            yield from self._lines.beside(place, runs[0], value)

    def _rows(self, place: Place, first: Sequence[Run]) -> list[list[Run]]:
        """The rows of a table under the first one, as far as they are in a label's column."""
        rows: list[list[Run]] = []
        unit, is_of_column = self._printed.unit(place), self._of_column(place)
        before, after = self._layout.left_of(place.first), self._after(place)
        last = union(run.box for run in first)
        left = before.box.x1 if before is not None else place.box.x0 - ALIGNED * unit
        left = min(left, last.x0)
        right = max(self._layout.right if after is None else after, place.box.x1)
        reach = min(_ROW_PITCH * unit, max(_REGULAR * (last.y0 - place.box.y1), unit))

        def is_own(run: Run) -> bool:
            return run.box.x0 >= left and is_of_column(run)

        while len(rows) < _MOST_CELLS:
            area = Box(left, last.y0, max(right, last.x1), last.y1)
            runs = self._layout.below(area, reach, is_own)
            if not runs:
                runs = self._layout.below(area, _FAR * unit, is_own)
                if not runs or not self._is_same_table(first[0], runs[0]):
                    break
            if len(self._layout.row(runs[0])) == 1 or self._printed.is_label(runs[0]):
                break
            rows.append(runs)
            last = union(run.box for run in runs)
        return rows

    def _is_same_table(self, first: Run, run: Run) -> bool:
        """Whether a row has three cells or more, all in columns of the row of another run."""
        columns, cells = self._layout.row(first), self._layout.row(run)
        return len(cells) > _FEW and all(
            any(common(cell.box, column.box) for column in columns) for cell in cells
        )
