"""The prior on words: listed ones by their counts, others by their letters."""

from __future__ import annotations

import math

import pytest

from redactor.ocr.lexicon import lexicon, log_prior, neighbors


def test_the_list_is_in_order_and_in_lower_case() -> None:
    words = lexicon().words
    assert list(words) == sorted(set(words))
    assert all(word == word.lower() for word in words)
    assert math.exp(lexicon().log_counts.max()) > 1000


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        ("the", "thee"),
        ("The", "Tbe"),
        ("patient", "patlent"),
        ("redactors", "xqzjvwkqq"),
        ("doll's", "doll-s"),
        ("rhodesia", "rh0desia"),
    ],
)
def test_the_likelier_word(likelier: str, than: str) -> None:
    assert log_prior(likelier) > log_prior(than)


def test_no_word_is_impossible_and_all_together_are_not_more_than_one() -> None:
    assert all(-200 < log_prior(word) < 0 for word in ("", "a", "é", "^$", "x" * 30))
    assert sum(math.exp(log_prior(word)) for word in lexicon().words) < 1


@pytest.mark.parametrize(
    ("word", "first"),
    [("tbe", "the"), ("BROUGBT", "brought"), ("parlitment", "parliament"), ("house", "house")],
)
def test_the_nearest_word_comes_first(word: str, first: str) -> None:
    ((nearest, *others),) = neighbors([word], 12)
    assert nearest == first
    assert len(others) <= 11


def test_what_is_too_far_is_no_neighbor() -> None:
    far, near = neighbors(["zzzzzzzz", "the"], 3)
    assert far == ()
    assert len(near) == 3
    assert neighbors([], 3) == ()
