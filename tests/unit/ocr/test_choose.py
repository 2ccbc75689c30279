"""Pixels against prior: what may be changed, what never is, what remains of other readings."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from redactor.ocr.choose import SETTINGS, Chosen, choose, likelihoods, with_other_view
from redactor.words import Lattice
from tests.lattices import ALPHABET, one_hot


def doubtful(text: str, instead: str, share: float) -> Lattice:
    """A sure reading of `text`, with `share` for the letters of `instead` that differ."""
    lattice = one_hot(text, 0.999)
    for number, (char, other) in enumerate(zip(text, instead, strict=True)):
        if char != other:
            row = lattice.posteriors[2 * number]
            row[ALPHABET.index(char) + 1] = 0.999 - share
            row[ALPHABET.index(other) + 1] = share
    return lattice


def texts(words: tuple[Chosen, ...]) -> list[str]:
    return [word.text for word in words]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("of tbe house", "of the house"), ("(Tbe) house,", "(The) house,"), ("bouse", "house")],
)
def test_the_prior_decides_between_readings_that_look_alike(seen: str, meant: str) -> None:
    words = choose(doubtful(seen, meant, 0.3), with_prior=True)
    assert texts(words) == meant.split()
    for word, before in zip(words, seen.split(), strict=True):
        assert (word.conceded > 0) == (word.text != before)
        assert word.alternatives[:1] == ((before,) if word.text != before else ())
    assert texts(choose(doubtful(seen, meant, 0.3), with_prior=False)) == seen.split()


@pytest.mark.parametrize(
    ("seen", "instead", "meant"),
    [
        ("prime minister", "prine minister", "prime minister"),
        ("old house of", "eld heuse of", "old house of"),
        ("he said to bim", "he said to him", "he said to him"),
    ],
)
def test_words_beside_it_say_what_a_word_is(seen: str, instead: str, meant: str) -> None:
    assert texts(choose(doubtful(seen, instead, 0.4), with_prior=True)) == meant.split()


def test_a_label_and_its_value_are_two_words_with_steps_of_their_own() -> None:
    (label, value) = choose(doubtful("Name:tbe", "Name:the", 0.3), with_prior=True)
    assert (label.text, value.text) == ("Name:", "the")
    assert label.chars[-1].end <= value.chars[0].start
    assert value.alternatives[0] == "tbe"


def test_the_word_before_and_the_word_after_decide_between_two_words() -> None:
    """ "form" and "from" are both listed, and nearly as likely in these pixels."""
    for line, meant in (
        ("letter form the", "letter from the"),
        ("in the form of", "in the form of"),
    ):
        other = line.replace("form", "from") if "form" in line else line
        words = choose(doubtful(line, other, 0.45), with_prior=True)
        assert texts(words) == meant.split()


def test_no_word_beside_it_makes_a_word_of_what_the_pixels_rule_out() -> None:
    assert texts(choose(one_hot("prime monister", 0.9999999), with_prior=True))[1] == "monister"
    (first, second) = choose(doubtful("pr1me minister", "prime minister", 0.45), with_prior=True)
    assert (first.text, second.text) == ("pr1me", "minister")  # digits are the pixels' alone


@pytest.mark.parametrize(
    ("seen", "common"),
    [("TBE", "THE"), ("tb3", "th3"), ("1a", "la"), ("12-10", "12-l0"), ("--", "a-")],
)
def test_digits_capitals_and_marks_are_left_to_the_pixels(seen: str, common: str) -> None:
    (word,) = choose(doubtful(seen, common, 0.4), with_prior=True)
    assert word.text == seen
    assert word.conceded == 0
    assert common in word.alternatives


@pytest.mark.parametrize(
    ("said", "sure", "other", "other_sure", "text", "alternative"),
    [
        ("on 03114", 0.7, "on 03/14", 0.9, "03/14", "03114"),
        ("on 03114", 0.9, "on 03/14", 0.7, "03114", "03/14"),  # the less sure reading
        ("on house", 0.7, "on hause", 0.9, "house", "hause"),  # no numbers: the line was chosen
        ("on IO", 0.7, "on 10", 0.9, "IO", "10"),
    ],
)
def test_what_another_view_says_is_an_alternative(
    said: str, sure: float, other: str, other_sure: float, text: str, alternative: str
) -> None:
    lattice, second = one_hot(said, sure), one_hot(other, other_sure)
    wide = Lattice(np.repeat(second.posteriors, 2, axis=0), second.alphabet)
    for view in (second, wide):
        first, word = with_other_view(choose(lattice, with_prior=False), lattice, view)
        assert first.text == "on"
        assert "on" not in first.alternatives
        assert (word.text, word.alternatives[0]) == (text, alternative)
        assert 0 <= word.chars[0].start < word.chars[-1].end <= len(lattice.posteriors)


def test_a_reading_that_the_prior_overruled_comes_before_that_of_another_view() -> None:
    lattice = doubtful("tbe house", "the house", 0.3)
    words = choose(lattice, with_prior=True)
    first, second = with_other_view(words, lattice, one_hot("tke hous", 0.9))
    assert (first.text, first.alternatives[:2]) == ("the", ("tbe", "tke"))
    assert second.alternatives == ("hous",)


def test_what_the_pixels_do_not_support_is_not_read() -> None:
    (word,) = choose(one_hot("tbe", 0.999), with_prior=True)
    assert word.text == "tbe"
    assert word.conceded == 0


def test_the_prior_never_goes_beyond_its_margin() -> None:
    for share in (1e-6, 1e-4, 1e-2, 0.1, 0.3):
        for word in choose(doubtful("tbe bouse", "the house", share), with_prior=True):
            assert 0 <= word.conceded <= SETTINGS.margin
            assert 0 < word.share <= 1
            assert word.support <= 0


def test_a_changed_word_keeps_the_steps_of_its_place() -> None:
    lattice = doubtful("of tbe house", "of the house", 0.3)
    _, word, after = choose(lattice, with_prior=True)
    assert [(char.char, char.start) for char in word.chars] == [("t", 6), ("h", 8), ("e", 10)]
    assert after.chars[0].start == 14


def test_a_line_of_nothing_has_no_words() -> None:
    assert choose(one_hot("  "), with_prior=True) == ()


def test_likelihoods_are_sums_over_all_paths() -> None:
    rng = np.random.default_rng(3)
    rows = rng.dirichlet(np.ones(4), 5).astype(np.float32)
    lattice = Lattice(rows, ("a", "b", "c"))
    wanted = ["a", "aa", "ab", "abc", "aba", "cc", "abcab", "aaa", "aaaa"]
    sums = dict.fromkeys(wanted, 0.0)
    for path in product(range(4), repeat=5):
        held = [k for n, k in enumerate(path) if k and (n == 0 or path[n - 1] != k)]
        text = "".join("abc"[k - 1] for k in held)
        if text in sums:
            sums[text] += math.prod(float(rows[n, k]) for n, k in enumerate(path))
    got = likelihoods(lattice, wanted, 0, 5)
    assert got[:-1] == pytest.approx([math.log(sums[text]) for text in wanted[:-1]], rel=1e-5)
    assert got[-1] == -1e9  # four like letters need seven steps


def test_likelihoods_of_long_words_do_not_vanish() -> None:
    text = "abcdefghijklmnopqrstuvwxyz" * 8
    (value,) = likelihoods(one_hot(text, 0.01), [text], 0, 2 * len(text))
    assert -1e5 < value < -500
