"""Texts that stand on no page are looked through as pages are, with what the pages told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from redactor.detect.apart import as_page, find_apart, spellings
from redactor.detect.areas import AreaDetector
from redactor.detect.detectors import Detector
from redactor.detect.fields import FieldDetector, FieldRule
from redactor.detect.patterns import PatternDetector
from redactor.detect.spans import Span
from redactor.detect.terms import TermDetector
from redactor.findings import Finding
from redactor.geometry import Box
from redactor.policy.model import Rule
from redactor.words import Page

DETECTORS = (PatternDetector(), TermDetector(["Zebulon Corp"]))
PAGE = as_page(1, "John Smith and Anna Young came. Those who are young will come")
PERSON = Finding("p1-f1", 1, "PERSON", "John Smith", (Box(0, 0, 9, 9),), 0.9, "names")
YOUNG = Finding("p1-f3", 1, "PERSON", "Anna Young", (Box(0, 0, 9, 9),), 0.9, "names")
NUMBER = Finding("p1-f2", 1, "US_PASSPORT", "AB-1234-77", (Box(0, 0, 9, 9),), 0.9, "names")


class Names:
    """Knows Mary Keller by her full name."""

    name = "names"

    def spans(self, text: str) -> Iterator[Span]:
        if (at := text.find("Mary Keller")) >= 0:
            yield Span(at, at + len("Mary Keller"), "PERSON", 0.9, self.name)


def found(text: str, *on_pages: Detector) -> set[tuple[str, str]]:
    lines = [as_page(number, form) for number, form in enumerate(spellings(text), start=1)]
    apart = find_apart(lines, [PAGE], [PERSON, NUMBER, YOUNG], DETECTORS, on_pages)
    assert len({f.id for f in apart}) == len(apart)
    assert all(f.boxes for f in apart)
    return {(f.label, f.text) for f in apart}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what detectors see by itself
        ("SSN 219-09-9999", ("US_SSN", "219-09-9999")),
        ("mailto:mary@example.org", ("EMAIL_ADDRESS", "mary@example.org")),
        ("Letter of zebulon corp", ("TERM", "zebulon corp")),
        # what the pages told
        ("Statement of John Smith", ("PERSON", "John Smith")),
        ("Statement of Smith", ("PERSON", "Smith")),
        ("Statement of Anna Young", ("PERSON", "Anna Young")),
        ("smith deposition", ("PERSON", "smith")),
        ("https://a.org/john%20smith/file", ("PERSON", "john smith")),
        ("https://a.org/?to=b%3Fwho%3Djohn%2520smith", ("PERSON", "john smith")),
        ("https://a.org/smith_john.pdf", ("PERSON", "smith_john")),
        ("https://a.org/jsmith.html", ("PERSON", "jsmith")),
        ("https://a.org/?who=John+Smith&b=1", ("PERSON", "John Smith")),
        ("File AB-1234-77", ("US_PASSPORT", "AB-1234-77")),
    ],
)
def test_what_is_found(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Statement of the blacksmith",
        "Smithsonian report",
        "https://a.org/blacksmith/annex",
        "what young people say",  # a word that this document has in lower case
        "File AB-1234-78",
        "Annex 12",
        "100%",
        "50%zz off",
    ],
)
def test_near_misses(text: str) -> None:
    assert {label for label, _ in found(text)} <= {"URL"}


def test_what_one_text_tells_is_known_in_the_others() -> None:
    lines = [as_page(1, "Name: Mary Keller"), as_page(2, "Report of M. Keller")]
    rule = FieldRule("names", ("Name",), "PERSON")
    assert {f.text for f in find_apart(lines, [], [], DETECTORS, [FieldDetector([rule])])} == {
        "Mary Keller"
    }

    told = find_apart(lines, [], [], [Names()])
    assert {(f.page, f.text) for f in told} == {(1, "Mary Keller"), (2, "M. Keller")}


def test_what_looks_at_places_looks_here_too_but_for_areas() -> None:
    class PlugIn:
        def find(self, page: Page) -> Iterator[Finding]:
            yield Finding("", page.number, "MINE", page.lines[0].text, (Box(0, 0, 1, 1),), 1, "x")

    area = Rule.model_validate({"id": "a", "area": "all", "as": "COVER", "pages": "1"})
    fields = FieldDetector([FieldRule("n", ("Patient",), "PERSON")])
    assert found("Patient: Ana Roe", PlugIn(), AreaDetector([area]), fields) == {
        ("MINE", "Patient: Ana Roe"),
        ("MINE", "Patient Ana Roe"),
        ("PERSON", "Ana Roe"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain title", ("plain title",)),
        ("a%20b", ("a%20b", "a b")),
        ("a%2520b", ("a%2520b", "a%20b", "a b")),
        ("a_b-c", ("a_b-c", "a b c")),
        ("%ff/x", ("%ff/x", "\ufffd/x", "\ufffd x")),
        ("---", ("---",)),
    ],
)
def test_spellings(text: str, expected: tuple[str, ...]) -> None:
    assert spellings(text) == expected
