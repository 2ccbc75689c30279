"""What counts as masked, missed and too much."""

from __future__ import annotations

import pytest

from benchmarks.finding_scores import Labeled, Place, Tally, tally

TEXT = "Ann O'Neil saw Bo-Li today"  # words: Ann O Neil saw Bo Li today


@pytest.mark.parametrize(
    ("gold", "allowed", "found", "expected"),
    [
        ([(0, 10)], [], [(0, 10)], Tally(1, 0, 1, 0, 4, 0)),
        ([(0, 10)], [], [(0, 9)], Tally(1, 1, 1, 1, 4, 0)),  # a letter is left
        ([(0, 10)], [], [(0, 3), (4, 10)], Tally(1, 0, 1, 0, 4, 0)),  # the blank may stay
        ([(0, 10)], [], [(0, 6), (6, 10)], Tally(1, 0, 1, 0, 4, 0)),  # two that touch are one
        ([(0, 10), (15, 20)], [], [(0, 10)], Tally(1, 1, 2, 1, 2, 0)),
        ([], [], [(11, 14)], Tally(0, 0, 0, 0, 7, 1)),
        ([(0, 10)], [(15, 20)], [(0, 20)], Tally(1, 0, 1, 0, 2, 1)),  # "saw" is too much
        ([(0, 10)], [], [], Tally(1, 1, 1, 1, 4, 0)),
    ],
)
def test_counts(
    gold: list[Place], allowed: list[Place], found: list[Place], expected: Tally
) -> None:
    assert tally(Labeled(TEXT, tuple(gold), tuple(allowed)), found) == expected


def test_rates_of_a_sum() -> None:
    total = Tally(1, 1, 4, 1, 10, 2) + Tally(3, 0, 4, 1, 10, 0)
    assert (total.leak, total.recall, total.over) == (0.25, 0.75, 0.1)


def test_rates_of_nothing() -> None:
    assert (Tally().leak, Tally().recall, Tally().over) == (0, 1, 0)
