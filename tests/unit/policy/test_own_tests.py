"""A policy's tests, held against what was decided: whole words, everywhere, with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.findings import Action
from redactor.policy.model import PolicyTest
from redactor.policy.tests import Passage, Touch, failures, places


def touch(start: int, end: int, action: Action = Action.REDACT, reason: str = "why") -> Touch:
    return Touch(start, end, "PERSON", "ner", 0.9, action, "names", reason)


def passage(text: str, *touches: Touch) -> Passage:
    gone = {at for t in touches if t.action is Action.REDACT for at in range(t.start, t.end)}
    return Passage(text, frozenset(gone), touches)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Smith and Smithson", "Smith", [(0, 5)]),
        ("Smithson", "Smith", [(0, 5)]),  # a part, where it stands nowhere else
        ("Smithson, Blacksmith", "smith", [(15, 20)]),
        ("card 4012888888881881", "1881", [(17, 21)]),
        ("1881 4012888888881881", "1881", [(0, 4)]),
        ("John\n  Smith", "John Smith", [(0, 12)]),
        ("John Smith", " John\tSmith ", [(0, 10)]),
        ("a (202) 555 b", "(202) 555", [(2, 11)]),
        ("x(202)", "(202)", [(1, 6)]),  # a mark at the edge: any letter may stand before it
        ("SSN: 1", "SSN:", [(0, 4)]),
        ("éa é", "é", [(3, 4)]),
        ("aaa", "aa", [(0, 2), (1, 3)]),
        ("john", "John", []),
        ("", "a", []),
        ("a", " ", []),
        (" \n a", "a", [(3, 4)]),
    ],
)
def test_where_a_word_stands(text: str, word: str, expected: list[tuple[int, int]]) -> None:
    assert [(p.start, p.end) for p in places(word, [passage(text)])] == expected


@given(st.text("ab \n.", max_size=12), st.text("ab .", max_size=3))
def test_places_read_as_the_word_does(text: str, word: str) -> None:
    for place in places(word, [passage(text)]):
        assert text[place.start : place.end].split() == word.split()


JOHN = "John met John"
NOT_REDACTED = {
    "all redacted": (passage(JOHN, touch(0, 4), touch(9, 13)), ""),
    "one of two": (
        passage(JOHN, touch(0, 4)),
        '"John" was kept: no detector found anything here',
    ),
    "kept by a rule": (
        passage(JOHN, touch(0, 4), touch(9, 13, Action.KEEP, "no rule names PERSON")),
        '"John" was kept: no rule names PERSON',
    ),
    "in part": (passage(JOHN, touch(0, 3), touch(9, 13)), '"John" was redacted only in part'),
    "in two parts": (passage(JOHN, touch(0, 2), touch(2, 4), touch(9, 13)), ""),
    "to a person": (
        passage(JOHN, touch(0, 4, Action.REVIEW, "uncertain"), touch(9, 13)),
        '"John" was left to a person: uncertain',
    ),
    "missing": (passage("Jane"), '"John" does not stand there'),
}


@pytest.mark.parametrize(("found", "expected"), NOT_REDACTED.values(), ids=list(NOT_REDACTED))
def test_what_ought_to_be_redacted(found: Passage, expected: str) -> None:
    test = PolicyTest(text="x", redact=("John",))
    assert "".join(map(str, failures(test, [found]))) == expected


NOT_KEPT = {
    "untouched": (passage(JOHN), ""),
    "kept by a rule": (passage(JOHN, touch(0, 4, Action.KEEP)), ""),
    "beside it": (passage(JOHN, touch(4, 9)), ""),
    "redacted once": (passage(JOHN, touch(9, 13)), '"John" was redacted: why'),
    "in part": (passage(JOHN, touch(12, 13)), '"John" was redacted in part: why'),
    "to a person": (
        passage(JOHN, touch(0, 4, Action.REVIEW, "uncertain")),
        '"John" was left to a person: uncertain',
    ),
    "missing": (passage("Jane"), '"John" does not stand there'),
}


@pytest.mark.parametrize(("found", "expected"), NOT_KEPT.values(), ids=list(NOT_KEPT))
def test_what_ought_to_be_kept(found: Passage, expected: str) -> None:
    test = PolicyTest(text="x", keep=("John",))
    assert "".join(map(str, failures(test, [found]))) == expected


def test_blanks_need_not_be_covered() -> None:
    found = passage("John  Smith", touch(0, 4), touch(6, 11))
    assert not failures(PolicyTest(text="x", redact=("John Smith",)), [found])


def test_a_word_may_stand_on_any_page_but_counts_on_all() -> None:
    pages = [passage("nothing"), passage("John", touch(0, 4)), passage("John")]
    test = PolicyTest(text="x", redact=("John",))
    assert not failures(test, pages[:2])
    (failure,) = failures(test, pages)
    assert failure.at == ("redact", 0)


def test_no_more_than_a_part_of_a_finding_may_be_gone() -> None:
    found = Passage("SSN 212-09-7694", frozenset(range(4, 10)), (touch(4, 15),))
    assert not failures(PolicyTest(text="x", redact=("212-09",), keep=("7694", "SSN")), [found])


def test_nothing_of_a_passage_is_in_its_repr() -> None:
    assert "Zebulon" not in repr(passage("Zebulon", touch(0, 7)))
