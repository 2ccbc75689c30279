"""The pattern language: what it takes, and what it refuses by name and place."""

from __future__ import annotations

import re
import string

import pytest

from redactor.ocr.automaton import Automaton, compile_pattern

ALPHABET = string.ascii_letters + string.digits + string.punctuation + " "


def matches(automaton: Automaton, text: str) -> bool:
    """Whether the automaton takes the whole text."""
    states: frozenset[int] = frozenset()
    for number, char in enumerate(text):
        reachable = (
            automaton.first
            if number == 0
            else frozenset().union(*(automaton.follow[state] for state in states))
        )
        states = frozenset(state for state in reachable if char in automaton.sets[state])
    return bool(states & automaton.last)


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"\d{3}-\d{2}-\d{4}", ["123-45-6789", "123-45-678", "123-456789", "l23-45-6789"]),
        (r"\(?\d{3}\)?[ .-]\d{3}-?\d{4}", ["(212) 555-1234", "212.5551234", "2125551234"]),
        (r"[A-C][^x-z]\.?", ["Ab.", "Ax", "Db", "A."]),
        (r"(ab|a|){1,2}c+", ["c", "abac", "aabc", "ababab", "abcc"]),
        (r"a{2,}b*", ["a", "aa", "aaab", "ab"]),
        (r"(?:\w\s)?\D\W", ["a b!", "1!", "b!", "b1"]),
        (r"[]\-a]x{0,1}", ["]", "-x", "ax", "xx", "b"]),
        (r"a{0}b", ["b", "ab"]),
        (r"(a?b?)+c", ["c", "ababc", "bac", "ca"]),
    ],
)
def test_takes_what_re_takes(pattern: str, texts: list[str]) -> None:
    automaton = compile_pattern(pattern, ALPHABET)
    expected = [re.fullmatch(pattern, text) is not None for text in texts]
    assert [matches(automaton, text) for text in texts] == expected


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("^a", r"character 1: the anchor \^"),
        ("a$", r"character 2: the anchor \$"),
        (r"a\b", r"character 2: \\b"),
        (r"(a)\1", r"character 4: \\1"),
        ("a(?=b)", r"character 2: the group \(\?="),
        ("(?i)a", r"character 1: the group \(\?i"),
        ("a+?", r"character 2: \? after a repeat"),
        ("a**", r"character 2: \* after a repeat"),
        ("*a", r"character 1: \* has nothing to repeat"),
        ("a{3,1}", r"character 2: the repeat \{3,1\}"),
        ("a{999}", r"character 2: the repeat \{999\}"),
        ("a{x}", r"character 2: \{ begins no"),
        ("a{2", r"character 2: \{ begins no"),
        ("[z-a]", r"character 2: the range z-a"),
        (r"[\d-z]", r"character 2: the range \\d-z"),
        ("[[:alpha:]]", r"character 2: the class \[:"),
        ("[a", r"character 1: \[ is never closed"),
        ("b(a", r"character 2: \( is never closed"),
        ("a)", r"character 2: \) closes no group"),
        ("a\\", r"character 2: \\ is not supported"),
        (r"\pL", r"character 1: \\p"),
        ("a*", "empty text"),
        ("", "empty text"),
        ("(a{200}){2}", "too long"),
    ],
)
def test_refuses_by_name_and_place(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        compile_pattern(pattern, ALPHABET)
    assert "\n" not in str(caught.value)
