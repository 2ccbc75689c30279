"""Given texts in posteriors: like a search in the text where they are sure."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.ocr.search import contested, find_texts
from tests.lattices import ALPHABET, one_hot

SURE = 0.99


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["ann", "Ann", "anna", "an", "lee", "#1", "-", "é"]), max_size=5),
    st.sampled_from([" ", "", "-", ", "]),
    st.lists(st.sampled_from(["ann", "anna", "ann lee", "lee", "E", "#1", "1"]), unique=True),
)
def test_agrees_with_a_search_for_whole_words(
    parts: list[str], join: str, queries: list[str]
) -> None:
    text = join.join(parts)
    plain = text.replace("é", "e").casefold()
    expected = set()
    for query in queries:
        before = r"(?<![^\W_])" if query[0].isalnum() else ""
        pattern = rf"{before}{re.escape(query.casefold())}(?![^\W_])"
        expected |= {(query, 2 * m.start(), 2 * m.end() - 1) for m in re.finditer(pattern, plain)}
    found = find_texts(one_hot(text), queries, SURE)
    assert {(m.text, m.start, m.end) for m in found} == expected


@given(st.text("ab ", max_size=8), st.text("ab", min_size=1, max_size=3))
def test_agrees_with_a_search_for_substrings_when_asked(text: str, query: str) -> None:
    found = find_texts(one_hot(text), [query], SURE, whole_words=False)
    assert bool(found) == (query in text)
    assert all(text[m.start // 2 : (m.end + 1) // 2] == query for m in found)


@pytest.mark.parametrize(
    ("text", "query", "exact", "found"),
    [
        ("Mr. KOWALCZYK", "Kowalczyk", False, True),
        ("Mr. KOWALCZYK", "Kowalczyk", True, False),
        ("Mr. Kowalczyk", "Kowalczyk", True, True),
        ("Kowalczyks", "Kowalczyk", False, False),
        ("Kowalczyk's", "Kowalczyk", False, True),
        ("Rene", "René", False, True),
        ("Rene", "René", True, False),
        ("O'Brien", "O’Brien", False, True),
        ("Jean  Luc", "Jean Luc", False, False),
        ("Jean Luc", "Jean\n Luc", False, True),
        ("Иван", "Иван", False, False),
        ("Ann", " ", False, False),
    ],
)
def test_what_counts_as_the_same(text: str, query: str, exact: bool, found: bool) -> None:
    lattice = one_hot("".join(char if char in ALPHABET else "#" for char in text))
    assert bool(find_texts(lattice, [query], SURE, exact=exact)) == found


def test_a_text_that_was_misread_is_still_found_and_scores_less() -> None:
    lattice = one_hot("see Kowalozyk at", sure=0.9)
    lattice.posteriors[2 * 9, ALPHABET.index("c") + 1] = 0.2
    (match,) = find_texts(lattice, ["Kowalczyk", "Nowak", "Walczak"])
    assert (match.text, match.start, match.end) == ("Kowalczyk", 8, 25)
    assert 0.8 < match.score < 1


def test_every_place_is_told_and_none_twice() -> None:
    found = find_texts(one_hot("Ann and Ann"), ["Ann"])
    assert sorted((m.start, m.end) for m in found) == [(0, 5), (16, 21)]


def test_a_text_that_another_fits_better_is_scored_less() -> None:
    lattice = one_hot("the world was", sure=0.9)
    lattice.posteriors[2 * 7, 0] = 0.2  # the l of "world" could be missing
    found = find_texts(lattice, ["word", "world", "the"])
    before = {m.text: m.score for m in found}
    after = {m.text: m.score for m in contested(found)}
    assert before.keys() == after.keys() == {"word", "world", "the"}
    assert before["word"] > 0.4
    assert after["word"] == pytest.approx(before["word"] ** 2, rel=1e-3)
    assert (after["world"], after["the"]) == pytest.approx((before["world"], before["the"]))
    assert contested([]) == ()


def test_a_roster_of_any_length_is_searched() -> None:
    names = [f"{number:05}" for number in range(5000)]
    found = find_texts(one_hot("04999 to 00000"), [*names, "to"], SURE)
    assert [match.text for match in found] == ["00000", "04999", "to"]


def test_the_time_hardly_grows_with_a_roster() -> None:
    names = [f"{first}{last}" for first in "ABCDEFGHIJ" for last in map(str, range(1000, 1100))]
    lattice = one_hot("Name: A1000 and J1099, a line of some eighty characters, as on any page")
    find_texts(lattice, names)
    started = time.process_time()
    found = find_texts(lattice, names, SURE)
    assert time.process_time() - started < 0.4  # ten times what it takes
    assert {m.text for m in found} == {"A1000", "J1099"}
