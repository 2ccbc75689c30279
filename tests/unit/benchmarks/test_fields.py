"""What counts as a value found, a foreign word and an empty field with a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.datasets import LabelField, LabelForm, LabelPage, LabelWord
from benchmarks.fields import Counts, as_labeled, counted, measure, merged
from redactor.geometry import Box


@pytest.mark.parametrize(
    ("shares", "answers", "expected"),
    [
        ([1.0, 1.0, 0.0], {0, 1}, Counts(labels=1, found=1, taken=2)),
        ([1.0, 0.9, 0.0], {0, 1}, Counts(labels=1, found=1, taken=2)),
        ([1.0, 0.89, 0.0], {0, 1}, Counts(labels=1, found=0, taken=2)),  # a part shows
        ([1.0, 0.49, 0.0], {0, 1}, Counts(labels=1, found=0, taken=1)),
        ([1.0, 0.0, 0.5], {0}, Counts(labels=1, found=1, taken=2, foreign=1)),
        ([1.0, 0.0, 0.49], {0}, Counts(labels=1, found=1, taken=1)),
        ([0.0, 0.0, 1.0], {0}, Counts(labels=1, found=0, taken=1, foreign=1)),
        ([0.0, 0.0, 0.0], {0}, Counts(labels=1)),
        ([0.0, 0.0, 0.0], set(), Counts(empty=1)),
        ([0.0, 0.5, 1.0], set(), Counts(empty=1, empty_taken=1)),
    ],
)
def test_counts_of_a_label(shares: list[float], answers: set[int], expected: Counts) -> None:
    assert counted(shares, frozenset(answers)) == expected


def test_figures_are_shares_of_their_kind() -> None:
    total = Counts(4, 3, 10, 2, 5, 1) + Counts(4, 3, 10, 3, 5, 0)
    assert total.row() == ("6 of 8 (75.0%)", "5 of 20 (25.0%)", "1 of 10 (10.0%)")


def test_figures_of_nothing() -> None:
    assert Counts().row() == ("0 of 0 (0.0%)",) * 3


_WORDS = ("Name:", "John", "Smith", "Date:", "Sex:", "F")


def _form(*fields: LabelField) -> LabelForm:
    """Words on two lines, the second of which begins with the sex."""
    places = [(0, 0), (36, 0), (66, 0), (300, 0), (0, 40), (36, 40)]
    words = tuple(
        LabelWord(text, Box(x, y, x + 6 * len(text) - 2, y + 10))
        for text, (x, y) in zip(_WORDS, places, strict=True)
    )
    return LabelForm(LabelPage("form", Path("none"), "train", 100, (), words), fields)


def test_labels_alike_are_one_with_the_answers_of_all_places() -> None:
    fields = (LabelField("Name:", (1,)), LabelField("Sex", (5,)), LabelField("NAME", (2,)))
    assert merged(_form(*fields)) == [
        ("Name:", frozenset({1, 2})),
        ("Sex", frozenset({5})),
    ]


def test_a_form_is_measured_label_by_label() -> None:
    form = _form(
        LabelField("Name:", (1, 2)),  # found
        LabelField("Sex:", (2,)),  # found is another word
        LabelField("Date:", ()),  # empty, and stays so
    )
    assert measure([form, form], as_labeled) == Counts(
        labels=4, found=2, taken=6, foreign=2, empty=2
    )
