"""Whether a label stands over its value: as the head of a column, or not, as a line of a list."""

from __future__ import annotations

from redactor.detect.forms.layout import Layout, Run
from redactor.detect.forms.lines import ALIGNED
from redactor.detect.forms.looks import is_aligned, is_capital, is_data, is_unlike
from redactor.detect.forms.phrases import is_numbered
from redactor.detect.forms.printed import Place, Printed

# All in heights of a line.
UNDER = 2.5  # from a label to the value below it
_LISTED = 1.3  # times the distance to a label above, from which a line below is in the same list
_UNEVEN = 0.15  # by which lines of one list are unevenly apart

_FEW = 2  # columns that pairs of a label and a value have, too


def is_header(layout: Layout, place: Place, under: Run) -> bool:
    """Whether a label with something on its right stands over its value, `under`, all the same."""
    if place.has_colon or place.end < len(place.run.tokens):
        return False
    beside = layout.right_of(place.run)
    if beside is None or is_data(beside.tokens):
        return False
    if under.box.x0 > place.box.x1 or under.box.x1 < place.box.x0:
        return False
    if is_data(under.tokens) and is_capital(beside.tokens) == is_capital(place.tokens):
        return True
    return _is_over_columns(layout, place, beside, under)


def _is_over_columns(layout: Layout, place: Place, beside: Run, under: Run) -> bool:
    """Whether a label and what is beside it each have a cell of their own under them.

    So have two rows of a list of labels and values. A table has three columns, or one whose head
    is not written like what is under it.
    """
    cells = {
        cell.number: (head, cell)
        for head in layout.row(place.run)
        if not is_data(head.tokens) and (cell := _cell_under(layout, head, under)) is not None
    }
    heads = [head for head, _ in cells.values()]
    if place.run not in heads or beside not in heads or _is_under_both(layout, place, beside):
        return False
    return len(cells) > _FEW or all(is_unlike(head, cell) for head, cell in cells.values())


def _is_under_both(layout: Layout, place: Place, beside: Run) -> bool:
    """Whether one thing stands over a label and another over what is beside it.

    The heads of a table are its top row, and those of a list of pairs are not.
    """
    over_label, over_beside = (_aligned_above(layout, run) for run in (place.first, beside))
    return bool(over_label and over_beside) and over_label != over_beside


def _aligned_above(layout: Layout, run: Run) -> set[int]:
    """The numbers of the runs that are close over one in its column."""
    return {
        over.number
        for over in layout.above(run.box, UNDER * layout.height)
        if is_aligned(run.box, over.box, ALIGNED * layout.height)
    }


def _cell_under(layout: Layout, head: Run, under: Run) -> Run | None:
    """What stands in the column of a head on the line of `under`."""
    for run in layout.below(head.box, UNDER * layout.height):
        on_line = run.box.y0 <= under.box.center[1] <= run.box.y1
        if on_line and is_aligned(head.box, run.box, ALIGNED * layout.height):
            return run
    return None


def is_list(printed: Printed, place: Place, below: Run) -> bool:
    """Whether a label and what is under it are lines of one list: no label over its value.

    They begin at one place, look alike, and what is above or further down is as near.
    """
    if is_numbered(place.first) and is_numbered(below):
        return True
    begins_there = abs(below.box.x0 - place.box.x0) <= printed.unit(place)
    if place.has_colon or not begins_there or is_data(below.tokens):
        return False
    if is_capital(below.tokens) != is_capital(place.tokens):
        return False
    if _is_row_of_labels(printed, place, below):
        return False
    is_last = place.end == len(place.run.tokens) and printed.layout.right_of(place.run) is None
    if is_last and printed.layout.right_of(below) is not None:
        return True
    return _is_even(printed, place, below)


def _is_even(printed: Printed, place: Place, below: Run) -> bool:
    """Whether another line that begins there is as near as the label and what is under it."""
    layout, unit = printed.layout, printed.unit(place)
    gap = below.box.y0 - place.box.y1
    slack = _LISTED * max(gap, 0.0) + _UNEVEN * unit
    above = any(
        abs(run.box.x0 - place.box.x0) <= unit and place.first.box.y0 - run.box.y1 <= slack
        for run in layout.above(place.first.box, UNDER * unit)
    )
    return above or any(
        abs(run.box.x0 - place.box.x0) <= unit
        and run.box.y0 - below.box.y1 > gap / _LISTED - _UNEVEN * unit
        for run in layout.below(below.box, slack)
    )


def _is_row_of_labels(printed: Printed, place: Place, below: Run) -> bool:
    """Whether there are other labels beside a label, and none beside what is under it."""
    layout = printed.layout
    return any(
        beside is not None
        and under is not None
        and printed.is_label(beside)
        and not printed.is_label(under)
        for beside, under in (
            (layout.left_of(place.first), layout.left_of(below)),
            (layout.right_of(place.run), layout.right_of(below)),
        )
    )
