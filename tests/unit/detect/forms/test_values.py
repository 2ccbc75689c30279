"""Cells of a row and of a column, and what stands a little off the line of its label."""

from __future__ import annotations

import pytest

from redactor.geometry import Box
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.unit.detect.forms.drawn import values

CELLS: dict[str, tuple[str, str, list[str]]] = {
    "a number in brackets goes with the name before it": (
        "Called by   John Smith          (312) 467-6500",
        "Called by",
        ["John Smith (312) 467-6500"],
    ),
    "a word does not": ("Called by   John Smith          Boston", "Called by", ["John Smith"]),
    "a column goes on over empty rows": (
        "No.    Solution    Result\n\n1         5          1/6\n\n\n\n2         10         0/6",
        "Solution",
        ["5", "10"],
    ),
    "but not over many": (
        "No.    Solution    Result\n\n1         5          1/6\n" + "\n" * 6 + "2         10    0/6",
        "Solution",
        ["5"],
    ),
    "nor to what has other columns": (
        "No.    Solution    Result\n\n1         5          1/6\n\n\n\n2        10          4          9"
        "           8",
        "Solution",
        ["5"],
    ),
    "nor to a line of one cell": (
        "No.    Solution    Result\n\n1         5          1/6\n\n\n\n          See the notes",
        "Solution",
        ["5"],
    ),
    "what is under the next head is not nearer": (
        "No.       Solution              Dosage\n"
        "                          (per kg of the weight)\n"
        "1         5                     1800",
        "Solution",
        ["5"],
    ),
}


@pytest.mark.parametrize(("drawing", "label", "found"), CELLS.values(), ids=CELLS)
def test_cells(drawing: str, label: str, found: list[str]) -> None:
    assert values(drawing, label) == found


def _page(*words: tuple[str, float, float]) -> Page:
    """Words of 10 points by where they begin and their tops; a line at the foot is the width."""
    placed = (*words, ("The foot of this page is as wide as pages are", 0.0, 700.0))
    lines = [
        Line((Word(text, Box(x, y, x + 6 * len(text), y + 10), 0.9, Origin.PRINT),), LineKind.PRINT)
        for text, x, y in placed
    ]
    return Page(1, 612, 792, tuple(lines))


@pytest.mark.parametrize(("top", "found"), [(100, True), (93, True), (107, True), (85, False)])
def test_what_was_typed_a_little_off_the_line_is_the_value(top: float, found: bool) -> None:
    assert values(_page(("Number", 100, 100), ("B1014", 150, top)), "Number") == ["B1014"] * found


def test_what_is_off_the_line_and_far_away_is_not() -> None:
    assert values(_page(("Number", 100, 100), ("B1014", 150 + 40, 93)), "Number") == []


def test_what_is_off_the_line_and_has_a_label_of_its_own_is_not() -> None:
    placed = _page(("Number", 100, 100), ("Page:", 140, 93), ("12", 175, 93))
    assert values(placed, "Number") == []


@pytest.mark.parametrize(("turned", "found"), [(True, []), (False, ["93455715"])])
def test_what_runs_up_the_page_is_no_value(turned: bool, found: list[str]) -> None:
    box = Box(150, 80, 160, 128) if turned else Box(150, 100, 198, 110)
    label = Word("Number", Box(100, 100, 136, 110), 0.9, Origin.PRINT)
    side = Word("93455715", box, 0.9, Origin.PRINT)
    lines = tuple(Line((word,), LineKind.PRINT) for word in (label, side))
    assert values(Page(1, 612, 792, lines), "Number") == found
