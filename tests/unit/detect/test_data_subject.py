"""Which findings are the data subject's own, and which only seem to be."""

from __future__ import annotations

import pytest

from redactor.detect.data_subject import subject_findings
from redactor.detect.known import KnownDetector
from redactor.detect.page_text import findings_of, page_text
from redactor.detect.people.roster import parse_roster
from redactor.detect.spans import Span
from redactor.findings import Finding
from redactor.geometry import Box
from redactor.words import Line, LineKind, Origin, Page, Word

ANN = KnownDetector(parse_roster(b"name,ssn,dob\nAnn Lee,123-45-6789,1961-04-15\n", "r"))


def page(*lines: str) -> Page:
    built = []
    for row, line in enumerate(lines):
        words = [
            Word(text, Box(50 * at, 20 * row, 50 * at + 40, 20 * row + 10), 1, Origin.TEXT_LAYER)
            for at, text in enumerate(line.split())
        ]
        built.append(Line(tuple(words), LineKind.PRINT))
    return Page(1, 600, 800, tuple(built))


def found(text: str, value: str) -> tuple[Finding, frozenset[str]]:
    source = page_text(page(*text.split("\n")))
    start = source.text.index(value)
    span = Span(start, start + len(value), "PERSON", 0.9, "entities")
    (finding,) = findings_of(source, [span])
    return finding, subject_findings([finding], [source], ANN)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("saw Ann Lee today", "Ann Lee"),
        ("saw Ann Lee today", "Ann"),
        ("saw Ann\nLee today", "Ann\nLee"),
        ("Lee, Ann", "Lee, Ann"),
        ("Ms. Lee came", "Lee"),
        ("SSN 123-45-6789", "123-45-6789"),
        ("born April 15, 1961", "April 15, 1961"),
    ],
)
def test_the_subjects_own_findings(text: str, value: str) -> None:
    finding, own = found(text, value)
    assert own == {finding.id}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("saw Bob Lee today", "Bob Lee"),
        ("saw Bob and Ann Lee today", "Bob and Ann Lee"),
        ("saw Ann Lee and\nBob", "Ann Lee and\nBob"),
        ("Ann Lee's son Bob", "son Bob"),
        ("SSN 123-45-6788", "123-45-6788"),
        ("born April 16, 1961", "April 16, 1961"),
        ("An Lei", "An Lei"),
    ],
)
def test_what_is_not_or_only_partly_the_subjects(text: str, value: str) -> None:
    _, own = found(text, value)
    assert own == frozenset()


def test_a_name_that_is_only_like_the_subjects_is_not_kept() -> None:
    subject = KnownDetector(parse_roster(b"Katarzyna Kowalczyk", "r"))
    source = page_text(page("saw Kowalozyk and Kowalczyk"))
    boxes = [word.box for word in source.page.lines[0].words]
    found = [
        Finding(str(at), 1, "PERSON", "x", (box,), 1.0, "entities") for at, box in enumerate(boxes)
    ]
    assert subject_findings(found, [source], subject) == {"3"}


def test_what_has_no_text_is_nobodys_and_other_pages_do_not_count() -> None:
    source = page_text(page("Ann Lee"))
    box = source.page.lines[0].words[0].box
    ink = Finding("p1-f1", 1, "UNREAD_INK", "", (box,), 1.0, "ink")
    elsewhere = Finding("p2-f1", 2, "PERSON", "Ann", (box,), 1.0, "entities")
    here = Finding("p1-f2", 1, "PERSON", "Ann", (box,), 1.0, "entities")
    assert subject_findings([ink, elsewhere, here], [source], ANN) == {"p1-f2"}
