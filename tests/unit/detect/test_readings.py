"""What the detectors see where words have other readings, and how that merges."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from redactor.decide import decide
from redactor.detect.detectors import detect, text_detectors
from redactor.detect.patterns import PatternDetector
from redactor.detect.readings import other_readings
from redactor.detect.spans import Span
from redactor.detect.terms import RulePatternDetector, TermDetector
from redactor.findings import Action
from redactor.geometry import Box
from redactor.policy.load import load
from redactor.words import Line, LineKind, Origin, Page, Word


def page(*words: str, number: int = 1) -> Page:
    """A page of one line; `best/second/third` is a word with alternatives."""
    made = []
    for at, written in enumerate(words):
        best, *others = written.split("/")
        x = 100.0 * at
        edges = tuple(x + 10 * i for i in range(len(best) + 1))
        box = Box(x, 0, edges[-1], 10)
        made.append(Word(best, box, 0.8, Origin.HANDWRITING, tuple(others), edges))
    return Page(number, 900, 100, (Line(tuple(made), LineKind.HANDWRITING),))


def found(*pages: Page, terms: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f.text, f.detector) for f in detect(pages, [TermDetector(terms)])]


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (("Mr", "Ann"), []),
        (("Mr", "Cow/Kowal"), ["Mr Kowal"]),
        (("Mr", "Cow/Cow"), []),
        (("Mr", "Cow/"), []),
        (("a/A", "b/B/8"), ["A B", "a 8", "A b", "a B"]),
        (("a/A", "x", "b/B", "c/C"), ["A x B C", "A x b C", "a x B c"]),
    ],
)
def test_the_readings_that_are_tried(words: tuple[str, ...], texts: list[str]) -> None:
    assert [reading.text for reading in other_readings(page(*words))] == texts


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # a prior changed a rare surname to common words; as read, nothing is left of it
        (("Cowards/Kowalczyk", "came"), [("Kowalczyk", "terms (other reading)")]),
        (("Kowalczyk/Cowards", "came"), [("Kowalczyk", "terms")]),
        (("Kowalczyk/KOWALCZYK", "came"), [("Kowalczyk", "terms")]),
        (("Kowalczyks/Cowards", "came"), []),
        (("Cowards", "came"), []),
        (("Cowards/Kowalczyks", "came"), []),
        (("Kowalczyk", "Cow/Kowalczyk"), [("Kowalczyk", "terms"),
                                          ("Kowalczyk", "terms (other reading)")]),
        (("Dan/Jan", "Nowak"), [("Jan Nowak", "terms (other reading)")]),
        (("Dan/Jan", "Novak/Nowak"), [("Jan Nowak", "terms (other reading)")]),
        (("Jan/Dan", "Novak/Nowak"), [("Jan Nowak", "terms (other reading)")]),
        (("Dan/Jan", "Nowak/Novak"), [("Jan Nowak", "terms (other reading)")]),
        (("Dan/Don/Jan", "Nowak"), [("Jan Nowak", "terms (other reading)")]),
        (("Dan/Jan", "saw", "Nowak"), []),
    ],
)  # fmt: skip
def test_names_are_found_in_either_reading(
    words: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert found(page(*words), terms=("Kowalczyk", "Jan Nowak")) == expected


@pytest.mark.parametrize(
    ("best", "other", "confidence", "tried"),
    [
        ("Kowalczuk", "Kowalczyk", 0.89, True),
        ("Kowalczuk", "Kowalczyk", 0.9, False),  # 'this' has 'thio' among its misreadings
        ("Cowards", "Kowalczyk", 0.99, True),  # the text layer says so
        ("Kowalczyk", "", 0.1, False),
    ],
)
def test_alternatives_are_tried_of_words_in_doubt_or_contradicted(
    best: str, other: str, confidence: float, tried: bool
) -> None:
    word = Word(best, Box(0, 0, 1, 1), confidence, Origin.HANDWRITING, (other,))
    given = Page(1, 9, 9, (Line((word,), LineKind.HANDWRITING),))
    assert bool(other_readings(given)) == tried


def test_the_finding_stands_on_the_words_and_is_as_sure_as_they_leave_it() -> None:
    (one,) = detect([page("Mr", "Cowards/Kowalczyk")], [TermDetector(["Kowalczyk"])])
    assert one.boxes == (Box(100, 0, 170, 10),)
    assert one.confidence == pytest.approx(0.2)
    assert one.id == "p1-f1"


def test_letters_are_cut_out_only_where_their_number_agrees() -> None:
    (same,) = detect([page("Ian,/Jan,")], [TermDetector(["Jan"])])
    assert same.boxes == (Box(0, 0, 30, 10),)
    (longer,) = detect([page("Ia,/Jan,")], [TermDetector(["Jan"])])
    assert longer.boxes == (Box(0, 0, 30, 10),)  # all of "Ia,"


def test_a_number_that_was_repaired_wrongly_is_found() -> None:
    detectors = [PatternDetector()]
    (as_read,) = detect([page("SSN", "123-45-6789/l23-4S-67")], detectors)
    assert as_read.detector == "patterns"
    (other,) = detect([page("SSN", "tease-us/123-45-6789")], detectors)
    assert (other.label, other.detector) == ("US_SSN", "patterns (other reading)")
    assert not detect([page("SSN", "tease-us/l23-4S-67")], detectors)


def test_a_better_score_is_said_again() -> None:
    class Either:
        name = "either"

        def spans(self, text: str) -> Iterable[Span]:
            yield Span(0, 3, "PERSON", 0.9 if text[:3] == "Ann" else 0.3, self.name)

    scores = [f.score for f in detect([page("and/Ann")], [Either()])]
    assert scores == [0.3, 0.9]
    assert [f.score for f in detect([page("Ann/and")], [Either()])] == [0.9]


def test_what_one_reading_tells_is_looked_for_in_all() -> None:
    detector = RulePatternDetector("r", "patient Kowalczyk", "PERSON")
    pages = [page("patient", "Cowards/Kowalczyk"), page("Kowalczyk", "Kowalski", number=2)]
    texts = [(f.page, f.text) for f in detect(pages, [detector])]
    assert texts == [(1, "patient Kowalczyk"), (2, "Kowalczyk")]


def test_a_rule_decides_on_what_its_pattern_finds_in_another_reading(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "redactor_policy: 1\nname: p\nrules:\n"
        "  - {id: docket, pattern: '\\d{2}-CV-\\d{5}', as: CASE_NUMBER, code: d}\n",
        encoding="utf-8",
    )
    policy = load(str(path))
    findings = detect([page("Z4-CU-12345/24-CV-12345")], text_detectors(policy))
    (decision,) = [d for d in decide(findings, policy) if d.finding.label == "CASE_NUMBER"]
    assert (decision.action, decision.rule) == (Action.REDACT, "docket")
    assert decision.reason == "uncertain: read with confidence 0.20"


def test_a_page_without_alternatives_is_scanned_once() -> None:
    class Counting:
        name = "counting"
        calls = 0

        def spans(self, text: str) -> Iterable[Span]:
            self.calls += 1
            return ()

    counting = Counting()
    detect([page("a", "b")], [counting])
    assert counting.calls == 1
    detect([page(*["a/b/c/d"] * 9)], [counting])
    assert counting.calls == 1 + 5
