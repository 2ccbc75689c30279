"""The prior on words: listed ones by their counts, others by their letters."""

from __future__ import annotations

import math

import pytest

from redactor.ocr.lexicon import lexicon, log_prior, neighbors, pair_gains


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
    far, near = neighbors(["qqqqqqqq", "the"], 3)
    assert far == ()
    assert len(near) == 3
    assert neighbors([], 3) == ()


@pytest.mark.parametrize(
    ("first", "second", "least", "most"),
    [
        ("prime", "minister", 4, 12),
        ("Prime", "MINISTER", 4, 12),
        ("minister", "prime", -1, -1),  # no such pair
        ("prime", "xqzjv", 0, 0),  # no such word
        ("xqzjv", "minister", 0, 0),
        ("", "", 0, 0),
    ],
)
def test_what_a_pair_gains(first: str, second: str, least: float, most: float) -> None:
    ((gain,),) = pair_gains([first], [second]).tolist()
    assert least <= gain <= most


def test_every_pair_of_two_lists_has_its_gain() -> None:
    firsts, seconds = ["prime", "house"], ["minister", "of", "number"]
    table = pair_gains(firsts, seconds)
    assert table.shape == (2, 3)
    for row, first in zip(table.tolist(), firsts, strict=True):
        assert row == [pair_gains([first], [second])[0, 0] for second in seconds]
    assert pair_gains([], seconds).shape == (0, 3)
