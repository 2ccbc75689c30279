"""Given values and rule patterns: where they are found, and where not."""

import time

import pytest

from redactor.detect.terms import RulePatternDetector, TermDetector
from redactor.errors import BadPolicy


def found(term: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in TermDetector([term]).spans(text)]


@pytest.mark.parametrize(
    ("term", "text", "value"),
    [
        ("Rahman", "Mr. RAHMAN came", "RAHMAN"),
        ("Ann Lee", "it was ann \n  lee.", "ann \n  lee"),
        ("Ann  Lee", "Ann\u00a0Lee", "Ann\u00a0Lee"),
        ("Smith-Jones", "Smith\u2010Jones", "Smith\u2010Jones"),
        ("Smith\u2013Jones", "Smith-Jones", "Smith-Jones"),
        ("Smith-Jones", "Smith-\nJones", "Smith-\nJones"),
        ("Rahman", "Mr. Rah-\nman came", "Rah-\nman"),
        ("O'Brien", "O\u2019Brien's", "O\u2019Brien"),
        ("\u201cAce\u201d", 'he is "Ace" here', '"Ace"'),
        ("Jos\u00e9", "Jose\u0301!", "Jose\u0301"),
        ("Stra\u00dfe", "STRASSE", "STRASSE"),
        ("fish", "\ufb01sh", "\ufb01sh"),
        ("Rahman", "Rah\u00adman and", "Rah\u00adman"),
        ("Rahman", "R\u200bahman\u200b", "R\u200bahman"),
        ("Smith", "john_smith@x", "smith"),
        ("#12", "no#12,", "#12"),
        ("C++", "C++x", "C++"),
        ("12", "(12)", "12"),
        ("\uac00", "\u1100\u1161", "\u1100\u1161"),
        ("\u65e5\u672c", "\U0001f600 \u65e5\u672c", "\u65e5\u672c"),
    ],
)
def test_finds_a_term(term: str, text: str, value: str) -> None:
    assert found(term, text) == [value]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Ann", "Anna"),
        ("Ann", "Joann"),
        ("Ann", "Ann1"),
        ("12", "123"),
        ("Jose", "Jos\u00e9"),
        ("Ann Lee", "AnnLee"),
        ("AnnLee", "Ann Lee"),
        ("Ann Lee", "Ann, Lee"),
        ("#12", "#123"),
        ("Smith-Jones", "Smith Jones"),
        ("", "text"),
        (" \n", " \n "),
        ("\u00ad", "a\u00adb"),
    ],
)
def test_leaves_what_is_not_the_term(term: str, text: str) -> None:
    assert found(term, text) == []


def test_all_terms_are_found_where_they_overlap_and_the_longest_from_one_place() -> None:
    text = "Ann Lee Wong"
    spans = list(TermDetector(["Ann", "Ann Lee", "Lee Wong", "Bob"]).spans(text))
    assert [(s.start, s.end) for s in spans] == [(0, 7), (4, 12)]
    assert {(s.label, s.score, s.detector) for s in spans} == {("TERM", 1.0, "terms")}


def test_a_hundred_thousand_terms_stay_usable() -> None:
    detector = TermDetector([f"Name{n} Family{n % 977}" for n in range(100_000)])
    text = "the patient said that Name5 came with Name71234 Family890 today. " * 1_000
    begin = time.process_time()
    assert len(list(detector.spans(text))) == 1_000
    assert time.process_time() - begin < 10


def rule(pattern: str, text: str, context: tuple[str, ...] = ()) -> list[str]:
    detector = RulePatternDetector("docket", pattern, "CASE_NUMBER", context)
    return [text[span.start : span.end] for span in detector.spans(text)]


DOCKET = r"\d{2}-[A-Z]{2}-\d{5}"


@pytest.mark.parametrize(
    ("pattern", "text", "context", "value"),
    [
        (DOCKET, "24-CV-01234", (), "24-CV-01234"),
        (DOCKET, "\u00e9\U0001f600 24-CV-01234", (), "24-CV-01234"),
        (DOCKET, "24\u2011CV\u201101234", (), "24\u2011CV\u201101234"),
        (DOCKET, "Case No. 24-CV-01234", ("case", "docket"), "24-CV-01234"),
        (DOCKET, "DOCKET\n24-CV-01234", ("case", "docket"), "24-CV-01234"),
        (DOCKET, "docket  number 24-CV-01234", ("docket number",), "24-CV-01234"),
        (r"a b", "a\u00a0b", (), "a\u00a0b"),
        (r"\u00e9+", "caf\u00e9\u00e9", (), "\u00e9\u00e9"),
        (r"(?i)pt-(\d+)", "PT-12", (), "PT-12"),
        (r"\d+", "\ud800 12", (), "12"),
    ],
)
def test_finds_a_rule_pattern(
    pattern: str, text: str, context: tuple[str, ...], value: str
) -> None:
    assert rule(pattern.replace(r"\u00e9", "\u00e9"), text, context) == [value]


@pytest.mark.parametrize(
    ("pattern", "text", "context"),
    [
        (DOCKET, "24-CV-1234", ()),
        (DOCKET, "24-CV-01234", ("case",)),
        (DOCKET, "cases 24-CV-01234", ("case",)),
        (DOCKET, "24-CV-01234 case", ("case",)),
        (DOCKET, "case" + " x" * 30 + " 24-CV-01234", ("case",)),
        (r"\d*", "none here", ()),
        (r"a b", "a\nb", ()),
    ],
)
def test_leaves_what_is_not_the_rules(pattern: str, text: str, context: tuple[str, ...]) -> None:
    assert rule(pattern, text, context) == []


def test_a_rule_span_says_which_rule() -> None:
    (span,) = RulePatternDetector("docket", r"\d+", "CASE_NUMBER").spans("a 12")
    assert (span.label, span.score, span.detector) == ("CASE_NUMBER", 0.9, "rule:docket")


@pytest.mark.parametrize("pattern", ["(", r"(?=a)b", r"(a)\1", "[z-a]", "a{2000}", "\ud800"])
def test_a_bad_pattern_names_its_rule(pattern: str) -> None:
    with pytest.raises(BadPolicy, match="rule docket"):
        RulePatternDetector("docket", pattern, "X")
