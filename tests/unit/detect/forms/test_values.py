"""Cells of a row and of a column, and what stands a little off the line of its label."""

from __future__ import annotations

import pytest

from redactor.geometry import Box
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.unit.detect.forms.drawn import placed, values

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
        "No.    Solution    Result\n\n1         5          1/6\n"
        + "\n" * 6
        + "2         10    0/6",
        "Solution",
        ["5"],
    ),
    "nor to what has other columns": (
        "No.    Solution    Result\n\n1         5          1/6\n\n\n\n"
        "2        10          4          9           8",
        "Solution",
        ["5"],
    ),
    "nor to a line of two cells": (
        "No.    Solution    Result\n\n1         5          1/6\n\n\n\n          See       notes",
        "Solution",
        ["5"],
    ),
    "cells begin left of a head in their middle": (
        "         Name                          Cost      Unit\n"
        "Roe Research of Boston                 70        4\n\n\n\n"
        "Facts of Long Island                   80        5",
        "Name",
        ["Roe Research of Boston", "Facts of Long Island"],
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


@pytest.mark.parametrize(("top", "found"), [(100, True), (93, True), (107, True), (85, False)])
def test_what_was_typed_a_little_off_the_line_is_the_value(top: float, found: bool) -> None:
    assert values(placed(("Number", 100, 100), ("B1014", 150, top)), "Number") == ["B1014"] * found


def test_what_is_off_the_line_and_far_away_is_not() -> None:
    assert values(placed(("Number", 100, 100), ("B1014", 150 + 40, 93)), "Number") == []


def test_what_is_off_the_line_and_has_a_label_of_its_own_is_not() -> None:
    page = placed(("Number", 100, 100), ("Page:", 140, 93), ("12", 175, 93))
    assert values(page, "Number") == []


def test_what_is_off_the_line_and_a_label_itself_is_not() -> None:
    assert values(placed(("Number", 100, 100), ("Amount", 150, 93)), "Number") == []


def test_what_is_off_the_line_goes_with_what_is_left_of_it_there() -> None:
    page = placed(("Number", 100, 100), ("Lot", 40, 92.5), ("B1014", 150, 92.5))
    assert values(page, "Number") == []


@pytest.mark.parametrize(("turned", "found"), [(True, []), (False, ["93455715"])])
def test_what_runs_up_the_page_is_no_value(turned: bool, found: list[str]) -> None:
    box = Box(150, 80, 160, 128) if turned else Box(150, 100, 198, 110)
    label = Word("Number", Box(100, 100, 136, 110), 0.9, Origin.PRINT)
    side = Word("93455715", box, 0.9, Origin.PRINT)
    lines = tuple(Line((word,), LineKind.PRINT) for word in (label, side))
    assert values(Page(1, 612, 792, lines), "Number") == found
