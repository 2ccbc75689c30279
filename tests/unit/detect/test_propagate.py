"""What was found once is found everywhere."""

from __future__ import annotations

import pytest

from redactor.detect.propagate import Known, KnownText, known_texts
from redactor.detect.spans import Span


def learned(text: str, value: str, label: str = "PERSON", score: float = 0.9) -> list[Known]:
    start = text.index(value)
    span = Span(start, start + len(value), label, score, "d")
    return list(known_texts([(text, [span])]))


def found(known: list[Known], text: str) -> list[str]:
    return [text[span.start : span.end] for span in KnownText(known).spans(text, ())]


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("Ann Smith", "Ann Smith met Smith and Ann.", ["Ann Smith", "Smith", "Ann"]),
        ("Ann Smith", "ANN SMITH", ["ANN", "SMITH"]),
        ("ANN SMITH", "Ann Smith", ["Ann", "Smith"]),
        ("Ann Smith", "Ann\nSmith", ["Ann\nSmith"]),
        ("Ann Smith", "Ann  Smith", ["Ann  Smith"]),
        ("Ann Smith", "Anna Smithson Smith's", ["Smith"]),  # whole words only
        ("Ann Smith", "ann smith", []),
        ("Li Smith", "Li Smith, Li", ["Li Smith"]),  # two letters are no name
        ("Smith", "Smith SMITH", ["Smith"]),  # one word: as it is
        ("Jean-Luc Roy", "Jean-Luc", ["Jean-Luc"]),
    ],
)
def test_names(value: str, text: str, expected: list[str]) -> None:
    assert found(learned(value, value), text) == expected


@pytest.mark.parametrize("name", ["O'Brien", "Jean-Luc"])
def test_names_of_two_parts_in_capitals(name: str) -> None:
    value = f"MARY {name.upper()}"
    assert found(learned(value, value), name) == [name]


def test_a_common_word_is_no_name() -> None:
    known = learned("Will Smith will come", "Will Smith")
    assert found(known, "Will you see Smith? Will Smith!") == ["Smith", "Will Smith"]


def test_identifiers_are_carried_whole() -> None:
    known = learned("SSN 536-22-8726", "536-22-8726", "US_SSN")
    assert found(known, "536-22-8726, 536-22-87261 1536-22-8726 8726") == ["536-22-8726"]


@pytest.mark.parametrize("label", ["DATE_TIME", "LOCATION", "ORGANIZATION", "AGE"])
def test_what_names_nobody_is_not_carried(label: str) -> None:
    assert learned("Springfield", "Springfield", label) == []


@pytest.mark.parametrize(("score", "carried"), [(0.49, 0), (0.5, 1)])
def test_weak_findings_are_not_carried(score: float, carried: int) -> None:
    assert len(learned("Smith", "Smith", score=score)) == carried


def test_scores_are_capped_and_named() -> None:
    (span,) = KnownText(learned("Smith", "Smith", score=0.99)).spans("a Smith", ())
    assert (span.score, span.label, span.detector) == (0.75, "PERSON", "propagation")


def test_the_longest_wins_and_marks_are_plain() -> None:
    known = [Known("a.b", "EMAIL_ADDRESS", 0.7), Known("a.b c", "PERSON", 0.7)]
    assert found(known, "a.b c axb a.b") == ["a.b c", "a.b"]


def test_a_part_of_a_name_is_left_alone_in_an_organization() -> None:
    text = "Smith at Smith Trust"
    start = text.index("Smith T")
    inside = [Span(start, len(text), "ORGANIZATION", 0.5, "d")]
    known = KnownText(learned("Ann Smith", "Ann Smith"))
    assert [span.start for span in known.spans(text, inside)] == [0]


def test_nothing_known_finds_nothing() -> None:
    assert found([], "Ann Smith") == []


def test_repr_holds_no_text() -> None:
    assert "Smith" not in repr(learned("Smith", "Smith"))
