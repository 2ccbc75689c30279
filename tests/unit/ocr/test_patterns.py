"""Patterns in posteriors: like `re` where they are sure, the likeliest text where they are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.ocr.patterns import find_pattern
from redactor.words import Lattice
from tests.lattices import ALPHABET, one_hot

PATTERNS = [
    r"\d{3}-\d{2}-\d{4}",
    r"\d{2}/\d{2}/\d{4}",
    r"\(?\d{3}\)?[ -]?\d{3}-\d{4}",
    r"[A-Z]{2}\d{2,8}",
    r"\d+",
    r"a1?-?b",
]
SURE = 0.99


def spans(text: str, pattern: str) -> list[tuple[int, int, str]]:
    alone = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")
    return [(2 * m.start(), 2 * m.end() - 1, m.group()) for m in alone.finditer(text)]


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(PATTERNS),
    st.lists(
        st.one_of(
            st.sampled_from(["123-45-6789", "01/02/1999", "(212) 555-1234", "AB1122", "a-b", "11"]),
            st.text("AB01-/ ab", min_size=1, max_size=5),
        ),
        max_size=4,
    ),
    st.sampled_from([" ", ", ", "", "x"]),
)
def test_agrees_with_re_where_the_text_is_sure(pattern: str, parts: list[str], join: str) -> None:
    text = join.join(parts)
    found = find_pattern(one_hot(text), pattern, SURE)
    assert sorted((m.start, m.end, m.text) for m in found) == spans(text, pattern)


@given(st.text("a1 -", max_size=8), st.sampled_from(["a", "1-", "a+1", "[a1]{2}"]))
def test_finds_inside_words_when_asked(text: str, pattern: str) -> None:
    found = find_pattern(one_hot(text), pattern, SURE, whole_words=False)
    assert bool(found) == (re.search(pattern, text) is not None)
    assert all(re.fullmatch(pattern, match.text) for match in found)


@pytest.mark.parametrize("letters", ["l23-45-6789", "123-4S-6789", "123-45-67B9"])
def test_reads_a_digit_that_the_best_path_took_for_a_letter(letters: str) -> None:
    lattice = one_hot(f"SSN {letters}", sure=0.9)
    step = 2 * (4 + next(i for i, char in enumerate(letters) if char.isalpha()))
    digit = {"l": "1", "S": "5", "B": "8"}[next(c for c in letters if c.isalpha())]
    lattice.posteriors[step, ALPHABET.index(digit) + 1] = 0.3
    (match,) = find_pattern(lattice, r"\d{3}-\d{2}-\d{4}")
    assert (match.text, match.start, match.end) == ("123-45-6789".replace("67B9", "6789"), 8, 29)
    assert 0.85 < match.score < 1


def test_the_same_digit_twice_needs_a_blank_between() -> None:
    held = one_hot("1").posteriors[[0, 0]]
    assert find_pattern(Lattice(held, ALPHABET), r"\d\d", SURE) == ()
    assert [m.text for m in find_pattern(one_hot("11"), r"\d\d", SURE)] == ["11"]


@pytest.mark.parametrize(("row", "text"), [(0, "71"), (1, "17")])
def test_one_digit_held_is_read_as_two_only_where_they_differ(row: int, text: str) -> None:
    held = one_hot("1", sure=0.8).posteriors[[0, 0]]
    held[row, ALPHABET.index("7") + 1] = 0.1
    (match,) = find_pattern(Lattice(held, ALPHABET), r"[1-9]{2}")
    assert (match.text, match.start, match.end) == (text, 0, 2)
    assert match.score == pytest.approx((0.1 / 0.8) ** 0.5)


def test_finds_nothing_where_there_is_nothing() -> None:
    assert find_pattern(one_hot(""), r"\d") == ()
    assert find_pattern(one_hot("abc"), "ж") == ()
    assert find_pattern(one_hot("no number here"), r"\d{3}-\d{2}-\d{4}") == ()
