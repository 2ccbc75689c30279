"""Values of more than one line, and of more than one column."""

from __future__ import annotations

import pytest

from tests.unit.detect.forms.drawn import values

LINES: dict[str, tuple[str, str, list[str]]] = {
    "hang under their start": (
        "Name    John Smith\n        London",
        "Name",
        ["John Smith\nLondon"],
    ),
    "are set in under the label": (
        "Remarks of all:  The boxes were\n    too large to store",
        "Remarks of all",
        ["The boxes were\ntoo large to store"],
    ),
    "but not far under it": (
        "Remarks of all:  The boxes were\n\n    too large to store",
        "Remarks of all",
        ["The boxes were"],
    ),
    "nor where the label begins": (
        "Remarks of all:  The boxes were\nToo large to store",
        "Remarks of all",
        ["The boxes were"],
    ),
    "go on at the left where one fills the page": (
        "Remarks:  The boxes were brought to the stores in the evening and they were still\n"
        "too large to store",
        "Remarks",
        [
            "The boxes were brought to the stores in the evening and they were still\n"
            "too large to store"
        ],
    ),
    "but not where that is a row of cells": (
        "Client:  Roe and Sons of the old town of Boston     Study of the papers     1419A\n"
        "Director John Smith",
        "Client",
        ["Roe and Sons of the old town of Boston Study of the papers 1419A"],
    ),
    "nor where a label has a value there": (
        "Name    John Smith\nBorn    London\nCity    York",
        "Name",
        ["John Smith"],
    ),
    "yet where a word only begins there": (
        "Remarks:  The boxes were brought to the stores in the evening and they were still\n"
        "too bad.  Large ones are there",
        "Remarks",
        [
            "The boxes were brought to the stores in the evening and they were still\n"
            "too bad. Large ones are there"
        ],
    ),
    "nor under a line that is full, too": (
        "Name            The boxes were brought to the stores in the evening and are still\n"
        "Place held      Boston",
        "Name",
        ["The boxes were brought to the stores in the evening and are still"],
    ),
}


@pytest.mark.parametrize(("drawing", "label", "found"), LINES.values(), ids=LINES)
def test_lines_of_a_value(drawing: str, label: str, found: list[str]) -> None:
    assert values(drawing, label) == found


COLUMNS: dict[str, tuple[str, list[str]]] = {
    "names in twos": (
        "To:  Mr. Flinn            Mr. Hudson\n"
        "     Mr. Gast             Dr. Schultz\n"
        "                          Dr. Jones",
        ["Mr. Flinn\nMr. Gast", "Mr. Hudson\nDr. Schultz\nDr. Jones"],
    ),
    "in threes under the label": (
        "To:\n"
        "     Mr. Flinn            Mr. Hudson             Ms. Ryan\n"
        "     Mr. Gast             Dr. Schultz            Ms. Harrow",
        ["Mr. Flinn\nMr. Gast", "Mr. Hudson\nDr. Schultz", "Ms. Ryan\nMs. Harrow"],
    ),
    "one that is set in": (
        "To:  Mr. Flinn            Mr. Hudson\n     Mr. Gast               Schultz",
        ["Mr. Flinn\nMr. Gast", "Mr. Hudson\nSchultz"],
    ),
    "what stands there on one line only is none": (
        "To:  Mr. Flinn            Boston office\n     Mr. Gast",
        ["Mr. Flinn\nMr. Gast"],
    ),
    "nor where the value has one line": (
        "To:  Mr. Flinn            Boston office\n                          opens at nine",
        ["Mr. Flinn"],
    ),
    "nor labels": (
        "To:  Mr. Flinn            Sent: today\n     Mr. Gast             Read: not yet",
        ["Mr. Flinn\nMr. Gast"],
    ),
}


@pytest.mark.parametrize(("drawing", "found"), COLUMNS.values(), ids=COLUMNS)
def test_columns_of_a_list(drawing: str, found: list[str]) -> None:
    assert values(drawing, "To") == found
