"""How the benchmark of boxes counts."""

from __future__ import annotations

import pytest

from benchmarks.reading_boxes import Target, boxes_of, iou, is_met, with_runs
from redactor.geometry import Box

WORD = Box(10, 10, 50, 20)


@pytest.mark.parametrize(
    ("other", "expected"),
    [(WORD, 1.0), (Box(10, 10, 30, 20), 0.5), (Box(60, 10, 70, 20), 0.0)],
)
def test_iou(other: Box, expected: float) -> None:
    assert iou(WORD, other) == iou(other, WORD) == expected


@pytest.mark.parametrize(
    ("left", "right", "gap", "is_run"),
    [("12/", "5", 2, True), ("12", "/5", 2, True), ("ab", "cd", 2, False), ("12/", "5", 9, False)],
)
def test_punctuation_joins_labels(left: str, right: str, gap: float, is_run: bool) -> None:
    other = Box(WORD.x1 + gap, 10, WORD.x1 + gap + 40, 20)
    first, _ = with_runs([(left, WORD), (right, other)])
    assert is_met(first, [WORD])
    assert is_met(first, [Box(10, 10, other.x1, 20)]) == is_run
    assert not is_met(Target(WORD), [Box(10, 10, 99, 20)])


def test_a_word_read_as_two_has_two_boxes() -> None:
    halves = [Box(10, 10, 28, 20), Box(30, 10, 50, 20)]
    assert boxes_of(WORD, [*halves, Box(60, 10, 90, 20)]) == halves
    assert boxes_of(WORD, [Box(0, 10, 200, 20)]) == [Box(0, 10, 200, 20)]
