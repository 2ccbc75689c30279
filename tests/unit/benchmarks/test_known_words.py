"""How recall at a rate of false alarms is counted."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.known_words import recall_at, words


@pytest.mark.parametrize(
    ("rate", "recall"),
    [
        (0.0, 0.25),  # above the best false one, 0.8
        (0.5, 0.5),  # one alarm on two lines: above 0.6, not level with it
        (1.0, 1.0),
    ],
)
def test_recall_at_a_rate_of_false_alarms(rate: float, recall: float) -> None:
    scores = np.array([[0.9, 0.7, 0.8, 0.4], [0.6, 0.5, 0.6, 0.3]])
    truth = np.array([[True, True, False, False], [True, True, False, False]])
    assert recall_at(rate, scores, truth) == recall


def test_words_are_runs_of_letters_in_any_case() -> None:
    assert words('"Labour\'s" M.P.s, 1958') == {"labour", "s", "m", "p"}
