"""Labels over their values, and lists of labels and values that look nearly the same."""

from __future__ import annotations

import pytest

from tests.unit.detect.forms.drawn import placed, values

# What is found for "Name", and for "Born".
HEADS: dict[str, tuple[str, list[str], list[str]]] = {
    "two heads": ("Name            Born\nJohn Smith      1961", ["John Smith"], ["1961"]),
    "over words": ("Name            Born\nJohn Smith      London", ["John Smith"], ["London"]),
    "over rows": (
        "Name            Born\nJohn Smith      4 May\nMary Roe        6 June",
        ["John Smith", "Mary Roe"],
        ["4 May", "6 June"],
    ),
    "in capitals": ("NAME            BORN\nJohn Smith      London", ["John Smith"], ["London"]),
    "three heads": (
        "Name            Origin      Member\nJohn Smith      London      yes",
        ["John Smith"],
        [],
    ),
    "two labels with their values": (
        "Name            John Smith\nBorn            London",
        ["John Smith"],
        ["London"],
    ),
    "a date beside the second": (
        "Name            John Smith\nBorn            1961",
        ["John Smith"],
        ["1961"],
    ),
    "under a third": (
        "Given           Mary\nName            Roe\nBorn            1961",
        ["Roe"],
        ["1961"],
    ),
    "narrow ones": ("Name        Born\nJohn Smith  London", ["John Smith"], ["London"]),
    "in three columns of a list": (
        "Given           Mary            Ward\n"
        "Name            Roe             South\n"
        "  Town          Boston          North",
        ["Roe"],
        [],
    ),
    "with a colon": ("Name:           John Smith\nBorn:           1961", ["John Smith"], ["1961"]),
}


@pytest.mark.parametrize(("drawing", "name", "born"), HEADS.values(), ids=HEADS)
def test_heads(drawing: str, name: list[str], born: list[str]) -> None:
    assert values(drawing, "Name") == name
    assert values(drawing, "Born") == born


def test_lines_of_a_list_may_be_unevenly_apart() -> None:
    rows = placed(("Height", 100, 100), ("Weight", 100, 112.5), ("Volume", 100, 123.5))
    assert values(rows, "Weight") == []


def test_a_label_may_be_nearer_to_its_value_than_to_the_line_above() -> None:
    rows = placed(("Height", 100, 100), ("Weight", 100, 122.5), ("Heavy", 100, 133.5))
    assert values(rows, "Weight") == ["Heavy"]
