"""Forms that were scanned askew: turned so that their lines run level."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.fields import FieldDetector, FieldRule
from redactor.detect.forms.layout import Token
from redactor.detect.forms.level import leveled
from redactor.detect.forms.tokens import page_tokens
from redactor.geometry import Box
from redactor.words import Line, LineKind, Origin, Page, Word

_FORM = """\
Name of the patient who is treated here        John Smith of Long Island City
Name of the nearest relative of the patient    Mary Roe of Staten Island City"""


def _page(slope: float, rows: str = _FORM) -> Page:
    """Text in its place on a page that is turned by `slope`, down to the right where positive."""
    lines = []
    for row, text in enumerate(rows.split("\n")):
        at, words = 0, []
        for said in text.split():
            at = text.index(said, at)
            x, y = 6.0 * at + 3 * len(said), 12.0 * row + 300
            x, y = x - slope * y + 60, y + slope * x
            words.append(Word(said, Box(x - 3 * len(said), y - 5, x + 3 * len(said), y + 5), 0.9,
                              Origin.PRINT))  # fmt: skip
            at += len(said)
        lines.append(Line(tuple(words), LineKind.PRINT))
    return Page(1, 612, 792, tuple(lines))


def _steepest(tokens: list[Token]) -> float:
    """How far the words of each row are apart up and down, in points, at most."""
    half = len(tokens) // 2
    rows = tokens[:half], tokens[half:]
    return max(
        max(t.box.y0 for t in row) - min(t.box.y0 for t in row) for row in rows
    )  # fmt: skip


@pytest.mark.parametrize("slope", [-0.03, -0.01, 0.004, 0.02, 0.04])
def test_lines_run_level(slope: float) -> None:
    tokens = list(page_tokens(_page(slope)))
    assert _steepest(tokens) > 1
    assert _steepest(leveled(tokens)) < 0.5


@pytest.mark.parametrize("slope", [0.0, 0.001, 0.3])
def test_level_lines_stay_where_they_are_and_so_do_those_that_no_scanner_made(slope: float) -> None:
    tokens = list(page_tokens(_page(slope)))
    assert leveled(tokens) == tokens


def test_short_lines_tell_nothing() -> None:
    tokens = list(page_tokens(_page(0.03, "Age 4\nSex F")))
    assert leveled(tokens) == tokens


@given(st.floats(-0.05, 0.05))
def test_covers_stay_and_boxes_keep_their_size(slope: float) -> None:
    tokens = list(page_tokens(_page(slope)))
    for before, after in zip(tokens, leveled(tokens), strict=True):
        assert after.cover == before.cover
        assert math.isclose(after.box.width, before.box.width, abs_tol=1e-6)
        assert math.isclose(after.box.height, before.box.height, abs_tol=1e-6)


@pytest.mark.parametrize("slope", [-0.04, 0.0, 0.04])
def test_values_are_found_on_the_line_of_their_labels(slope: float) -> None:
    label = "Name of the patient who is treated here"
    page = _page(slope)
    (found,) = FieldDetector([FieldRule("r", (label,), "PERSON")]).find(page)
    assert found.text == "John Smith of Long Island City"
    words = [word for word in page.words if word.text in ("John", "Smith")]
    assert all(word.box.covered_by(found.boxes[0]) == 1 for word in words)
