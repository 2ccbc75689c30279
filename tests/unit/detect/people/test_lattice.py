"""What a search in posteriors finds, as spans of the page's text; and what it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from redactor.detect import known
from redactor.detect.known import KnownDetector
from redactor.detect.page_text import findings_of, page_text
from redactor.detect.patterns import PatternDetector
from redactor.detect.people import lattice as known_lattice
from redactor.detect.people.lattice import Seeker, find_known
from redactor.detect.people.roster import parse_roster
from redactor.detect.spans import Span
from redactor.detect.terms import TermDetector
from redactor.geometry import Box
from redactor.words import Hit, Lattice, Line, LineKind, Origin, Page, Word

LATTICE = Lattice(np.ones((1, 1), np.float32), ())


def page(*lines: str, lattice: Lattice | None = LATTICE) -> Page:
    return Page(
        1,
        600,
        800,
        tuple(
            Line(
                tuple(
                    Word(text, Box(50 * x, 20 * y, 50 * x + 40, 20 * y + 10), 0.4, Origin.PRINT)
                    for x, text in enumerate(line.split())
                ),
                LineKind.HANDWRITING,
                lattice,
            )
            for y, line in enumerate(lines)
        ),
    )


class Found:
    """A search that says what it was made to say, and keeps what it was asked for."""

    def __init__(self, *hits: Hit) -> None:
        self.hits = hits
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, page: Page, texts: Sequence[str]) -> Iterator[Hit]:
        self.asked.append(tuple(texts))
        return (hit for hit in self.hits if hit.text in texts)


def test_a_hit_is_a_finding_over_the_whole_words() -> None:
    source = page_text(page("see", "met Ann Kowalozyk at"))
    search = Found(Hit("Kowalczyk", 1, 2, 3, 0.5), Hit("Ann Kowalczyk", 1, 1, 3, 1.0))
    terms = TermDetector(["Kowalczyk", "Ann Kowalczyk", "Ann"])
    spans = find_known(source, [], [PatternDetector(), terms], search)
    assert [source.text[s.start : s.end] for s in spans] == ["Kowalozyk", "Ann Kowalozyk"]
    assert [(s.label, s.score, s.detector) for s in spans] == [
        ("TERM", 0.57, "terms (lattice)"),
        ("TERM", 0.75, "terms (lattice)"),
    ]
    assert search.asked == [("Kowalczyk", "Ann Kowalczyk")]
    (finding, _) = findings_of(source, spans)
    assert (finding.boxes, finding.confidence) == ((Box(100, 20, 140, 30),), 0.4)


def test_what_the_text_says_is_not_told_again() -> None:
    source = page_text(page("met kowalczyk Kowalozyk Mowalczyk"))
    hits = [Hit("Kowalczyk", 0, at, at + 1, 0.9) for at in (1, 2, 3)]
    found = [Span(14, 23, "TERM", 1.0, "terms"), Span(24, 33, "PERSON", 1.0, "entities")]
    spans = find_known(source, found, [TermDetector(["Kowalczyk"])], Found(*hits))
    assert [source.text[s.start : s.end] for s in spans] == ["Mowalczyk"]


def test_a_page_without_posteriors_is_not_searched() -> None:
    search = Found()
    source = page_text(page("met Ann", lattice=None))
    assert find_known(source, [], [TermDetector(["Kowalczyk"])], search) == ()
    assert search.asked == []


def test_who_seeks() -> None:
    assert isinstance(TermDetector(["x"]), Seeker)
    assert isinstance(KnownDetector(parse_roster(b"Ann Lee", "r")), Seeker)
    assert not isinstance(PatternDetector(), Seeker)


ROSTER = b"""first,last,dob,ssn,aka
Katarzyna,Kowalczyk,1961-04-05,123-45-6789,Kasia
Will,Li,,,
"""


def test_parts_that_tell_are_sought_alone_and_others_in_full_names() -> None:
    texts = KnownDetector(parse_roster(ROSTER, "r.csv")).sought("").texts
    assert {"Katarzyna", "Kowalczyk", "Kasia", "Will Li", "Li, Will"} <= set(texts)
    assert {"123-45-6789", "4/5/1961", "04/05/61", "April 5, 1961", "1961-04-05"} <= set(texts)
    assert not {"Will", "Li", "Katarzyna Kowalczyk"} & set(texts)


def test_of_many_people_the_values_of_those_on_the_page_are_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known, "_FEW", 1)
    detector = KnownDetector(parse_roster(ROSTER, "r.csv"))
    assert "123-45-6789" not in detector.sought("Will Li").texts
    assert "123-45-6789" in detector.sought("seen: Kowalczyk").texts
    assert "Katarzyna" in detector.sought("Will Li").texts


def test_of_too_many_people_only_those_on_the_page_are_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known, "MAX_TEXTS", 3)
    monkeypatch.setattr(known, "_FEW", 0)
    detector = KnownDetector(parse_roster(ROSTER, "r.csv"))
    assert detector.sought("nobody").texts == ()
    assert detector.sought("Will Li").texts == ("Will Li", "Li, Will")


def test_terms_beyond_the_cap_are_sought_in_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert known_lattice.MAX_TEXTS == 10_000
    assert len(TermDetector([f"name{n}" for n in range(10_000)]).sought("").texts) == 10_000
    assert TermDetector([f"name{n}" for n in range(10_001)]).sought("").texts == ()
