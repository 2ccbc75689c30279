"""Whatever the text: spans inside it, no exception, linear time."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.detect.patterns import PatternDetector, resolve
from redactor.detect.spans import Span, TextDetector
from redactor.detect.terms import RulePatternDetector, TermDetector

PATTERNS = PatternDetector()
TERMS = TermDetector(["Ann Lee", "Smith-Jones", "caf\u00e9", "#12", "1"])
RULE = RulePatternDetector("r", r"\w+", "X", ("id",))

PIECES = st.sampled_from(
    [
        *("SSN", "DOB", "born", "MRN:", "Account#", "call", "ext.", "id", "123-45-6789", "4111"),
        *("111111111111", "(414)", "555-0142", "April", "15,", "2026", "04/15/80", "a@b.co"),
        *("www.x.com", "DE89", "370400440532013000", "fe80::1", "10.0.0.1", "12", "Main", "St."),
        *("Madison,", "WI", "53703", "\u00e9", "\u200b", "\u0301", "\ud800", "\u2011", "\uff15"),
        *("\U0001f600", "\n", "-", ".", "/", "l", "O", "Ann", "Lee", "#12"),
        *(
            "DL",
            "TX",
            "A1234567",
            "plate",
            "ABC",
            "age",
            "92",
            "ninety-two",
            "years",
            "old",
            "Case",
        ),
        *("nos.", "12345/06", "LS1", "4AB", "40.7128,", "N", "74.0060", "W", "\u00b0", "geo:1,2"),
        *("sort", "code", "12-34-56", "Via", "Roma", "rue", "de", "IMEI", "S/N", "tel", "2l2-O9-"),
    ]
)
TEXTS = st.text() | st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES).map("".join)

NASTY = {
    "digits": "1234567890",
    "one letter": "A",
    "dashed ones": "1-",
    "card starts": "41 ",
    "cards": "4111 1111 ",
    "iban starts": "DE11 ",
    "dots": "a.b.",
    "at": "a@",
    "mails": "a@b.co ",
    "colons": ":",
    "schemes": "xhttp://",
    "capitals": "Aa ",
    "streets": "1 A St ",
    "dates": "1/1/",
    "months": "Jan 1-1 ",
    "plus": "+1 1 1 1 1 ",
    "phones": "call 555-0142 ",
    "labels": "MRN no. # 12 ",
    "numbers in context": "ssn 123456789 ",
    "brackets": "(",
    "line breaks": "\n",
    "marks": "e\u0301\u200b",
    "broken words": "ab-\n",
    "misread digits": "1O",
    "misread words": "O1 l ",
    "flats": "Flat 1, ",
    "streets abroad": "Via A ",
    "towns": "Aa, Aa, ",
    "ages": "ninety two ",
    "licenses": "TX DL 12345678 ",
    "dockets": "no. 1/22, ",
    "angles": "1\u00b01'1\" ",
    "plates": "tag AB1 ",
}


def check(spans: Iterable[Span], text: str) -> None:
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert 0 < span.score <= 1


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_spans_lie_within_any_text(text: str) -> None:
    check(PATTERNS.spans(text), text)
    check(TERMS.spans(text), text)
    check(RULE.spans(text), text)


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_term_is_found_in_itself(before: str, term: str) -> None:
    wanted = list(TermDetector([term]).spans(term))
    check(wanted, term)
    assert len(wanted) <= max(1, len(term))


@settings(deadline=None)
@given(TEXTS)
def test_resolve_is_stable_and_covers_all_that_was_found(text: str) -> None:
    spans = list(PATTERNS.spans(text))
    assert resolve(spans) == spans == sorted(spans)


def seconds(detector: TextDetector, text: str) -> float:
    begin = time.process_time()
    check(detector.spans(text), text)
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("detector", "kind"),
    [(PATTERNS, kind) for kind in NASTY]
    + [(TERMS, kind) for kind in ("one letter", "dots", "dashed ones", "marks", "broken words")],
)
def test_time_is_linear_in_the_text(detector: TextDetector, kind: str) -> None:
    unit = NASTY[kind]
    text = (unit * (200_000 // len(unit) + 1))[:200_000]
    tenth = text[: len(text) // 10]
    assert seconds(detector, text) < 1 + 30 * seconds(detector, tenth)
