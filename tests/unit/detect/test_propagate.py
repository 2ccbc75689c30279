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
        ("Ann Smith", "ANN SMITH", ["ANN SMITH"]),
        ("ANN SMITH", "Ann Smith", ["Ann Smith"]),
        ("Ann Smith", "Ann\nSmith", ["Ann\nSmith"]),
        ("Ann Smith", "Ann  Smith", ["Ann  Smith"]),
        ("Ann Smith", "Anna Smithson Smith's", ["Smith"]),  # whole words only
        ("Ann Smith", "ann smith", ["ann smith"]),
        ("Ann Smith", "ann, smith; a smith", []),
        ("Li Smith", "Li Smith, Li", ["Li Smith"]),  # two letters are no name
        ("Smith", "Smith SMITH", ["Smith"]),  # one word: as it is
        ("Jean-Luc Roy", "Jean-Luc", ["Jean-Luc"]),
    ],
)
def test_names(value: str, text: str, expected: list[str]) -> None:
    assert found(learned(value, value), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J. Smith; J Smith; Smith, J.", ["J. Smith", "J Smith", "Smith, J."]),
        ("B. Smith", ["Smith"]),  # another
        ("SMITH, JOHN and Smith, John", ["SMITH, JOHN", "Smith, John"]),
        ("Smith, Peter", ["Smith"]),
        ("john smith's", ["john smith"]),
        ("John Smith’s", ["John Smith"]),
        ("the johns of smithfield", []),
        ("John\nSmith", ["John\nSmith"]),
        ("by John Smi-\nth", ["John", "John Smi-\nth"]),
        ("by John Smi- \n  th.", ["John", "John Smi- \n  th"]),
        ("Smith-\nJones", ["Smith"]),
        ("Smith-\nsonian", []),  # a longer word
        ("Smith - son", ["Smith"]),
        ("john.smith_report.pdf", ["john.smith"]),
        ("jsmith, JohnSmith", ["jsmith", "JohnSmith"]),
        ("johnsmithson, jsmithers", []),
        ("J.S. signed; initials: J. S.", ["J.S.", "J. S."]),
        ("J.S.\nDate", ["J.S."]),
        ("J.S.\nPlaintiff", ["J.S."]),  # a signature
        ("as J.S. The", ["J.S."]),  # the next sentence
        ("J.S. Holdings", []),  # an organization
        ("J.S. Bank", []),
        ("J.S. Bach", []),
        ("J.S.\nBach", []),
        ("J.S.B. and R.J.S. and P&J.S. and X-J.S.", []),  # a longer run
        ("JS", []),
        ("John Smith (JS) and JS", ["John Smith", "JS"]),
        ("the list (JS)", []),
        ("John Smith (SJ)", ["John Smith"]),
    ],
)
def test_a_person_in_other_forms(text: str, expected: list[str]) -> None:
    assert found(learned("John Smith", "John Smith"), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("john.smith@x.example", ["john.smith"]),
        ("jsmith42@x.example, j_smith+lists@x.example", ["jsmith42", "j_smith"]),
        ("johns@x.example", ["johns"]),
        ("smith@x.example", ["smith"]),
        ("john@smith.example", ["john"]),
        ("john@mail.smith.example", ["john"]),
        ("write to @johnsmith", ["johnsmith"]),
        ("john@x.example", []),  # of another John
        ("john@smithson.example", []),
        ("john.doe@x.example", []),
        ("john.doe@smith.example", []),
        ("s.john@x.example", []),
        ("smithson@x.example", []),
        ("info@john.example", []),
        ("x@johns", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert found(learned("John Smith", "John Smith"), text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Will Young", "The young will come; will young people? A Young Man", []),
        ("Will Young", "will Young come", []),  # "young" stands elsewhere in this document
        ("Will Young", "Will Young and W. Young", ["Will Young", "W. Young"]),
        ("Mark Brown", "Question mark, brown ink", []),
        ("Mark Brown", "mark Brown", ["Brown"]),
        ("Mark Brown", "brown@x.example, mark@x.example", []),
        ("Mark Brown", "mbrown@x.example", ["mbrown"]),
        ("Paul Miller", "at 5 P.M. and 6 PM (PM)", []),
        ("Ann Stock", "in Stock-\nholm", []),
    ],
)
def test_names_that_are_words(name: str, text: str, expected: list[str]) -> None:
    source = f"{name} met the young"
    known = learned(source, name)
    assert found(known, text) == expected


def test_a_name_in_lower_case_does_not_make_its_parts_common() -> None:
    known = learned("Ann Smith, ann smith, smith.ann@x.example", "Ann Smith")
    assert found(known, "Smith and Ann") == ["Smith", "Ann"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Mary O'Brien", "Mary O’Brien"),
        ("Mary O’Brien", "O'BRIEN, MARY"),
        ("Jean-Luc Roy", "Jean\u2010Luc Roy"),
        ("José García", "jose.garcia"),
    ],
)
def test_marks_and_accents(value: str, text: str) -> None:
    assert text in found(learned(value, value), text)


def test_places_are_those_of_the_text() -> None:
    text = "Ann Smi-\nth and \ud800 Smith\u00a0(AS)"
    spans = KnownText(learned("Ann Smith", "Ann Smith")).spans(text, ())
    assert [(s.start, s.end) for s in spans] == [(0, 3), (0, 11), (18, 23)]


def test_initials_are_less_sure() -> None:
    known = learned("John Smith", "John Smith")
    scores = {
        text: s.score for text in ("J.S.", "J. Smith") for s in KnownText(known).spans(text, ())
    }
    assert scores == {"J.S.": 0.5, "J. Smith": 0.75}


@pytest.mark.parametrize(
    ("label", "value", "carried"),
    [
        ("PERSON", "John Smith", True),
        ("PERSON", "None", False),
        ("PERSON", "Same As Above", False),
        ("MEMBER_ID", "AB-12345", True),
        ("EMAIL_ADDRESS", "j@x.example", True),
        ("MEMBER_ID", "1234", False),
        ("MEMBER_ID", "Room 12", False),
        ("STREET_ADDRESS", "see attached", False),
        ("NRP", "Zebulonian 12345", False),
    ],
)
def test_what_a_rule_found_is_carried_where_it_tells_somebody(
    label: str, value: str, carried: bool
) -> None:
    span = Span(0, len(value), label, 0.9, "rule:form (repaired)")
    spans = list(KnownText(known_texts([(value, [span])])).spans(value, ()))
    assert {s.detector for s in spans} == ({"rule:form (elsewhere)"} if carried else set())


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
