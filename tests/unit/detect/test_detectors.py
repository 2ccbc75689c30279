"""All detectors over all pages: best of equal spans, ids in order, what is known everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from redactor.detect import detectors
from redactor.detect.detectors import detect, find_spans, page_detectors, text_detectors
from redactor.detect.spans import Span
from redactor.findings import Finding
from redactor.geometry import Box
from redactor.policy.load import load
from redactor.policy.model import UNREAD_INK
from redactor.words import InkLedger, Line, LineKind, Origin, Page, Word


class Fixed:
    """Calls every stand of a text what it is told to."""

    def __init__(self, name: str, value: str, label: str, score: float) -> None:
        self.name, self._value, self._label, self._score = name, value, label, score

    def spans(self, text: str) -> Iterable[Span]:
        start = text.find(self._value)
        if start >= 0:
            end = start + len(self._value)
            yield Span(start, end, self._label, self._score, self.name)


def page(number: int, *lines: str, unread: tuple[Box, ...] = ()) -> Page:
    made = []
    for row, text in enumerate(lines):
        words = tuple(
            Word(part, Box(50.0 * i, 20.0 * row, 50.0 * i + 40, 20.0 * row + 10), 0.9, Origin.PRINT)
            for i, part in enumerate(text.split())
        )
        made.append(Line(words, LineKind.PRINT))
    return Page(number, 600, 800, tuple(made), InkLedger(unread=unread))


def test_of_equal_spans_the_best_scored_counts() -> None:
    weak, strong = Fixed("a", "Ann", "PERSON", 0.4), Fixed("b", "Ann", "PERSON", 0.8)
    for order in ([weak, strong], [strong, weak]):
        assert [(s.detector, s.score) for s in find_spans("x Ann", order)] == [("b", 0.8)]


def test_other_labels_and_other_places_stay_and_are_in_order() -> None:
    found = find_spans(
        "x Ann Roy",
        [
            Fixed("a", "Roy", "PERSON", 0.8),
            Fixed("b", "Ann Roy", "PERSON", 0.8),
            Fixed("c", "Ann", "LOCATION", 0.8),
        ],
    )
    assert [(s.start, s.end, s.label) for s in found] == [
        (2, 5, "LOCATION"),
        (2, 9, "PERSON"),
        (6, 9, "PERSON"),
    ]


def test_ids_count_on_each_page_and_names_are_carried() -> None:
    pages = [page(3, "patient Ann Roy"), page(7, "no one", "then Roy and Ann Roy")]
    found = detect(pages, [Fixed("a", "patient Ann Roy", "PERSON", 0.8)])
    assert [(f.id, f.text, f.detector) for f in found] == [
        ("p3-f1", "patient Ann Roy", "a"),
        ("p7-f1", "Roy", "propagation"),
        ("p7-f2", "Ann", "propagation"),
        ("p7-f3", "Roy", "propagation"),
    ]
    assert {f.page for f in found if f.id.startswith("p7")} == {7}


FORM = """redactor_policy: 1
name: p
rules:
  - {id: form, fields: [Patient], as: PERSON, code: f}
  - {id: stamp, area: all, region: [0, 0, 600, 15], as: PERSON, code: s}
"""


@pytest.mark.parametrize(
    ("line", "carried"),
    [
        ("Patient: Zora Quuxley", ["Zora", "Z. Quuxley"]),
        ("Patient: None", []),
    ],
)
def test_what_a_field_says_is_known_everywhere(
    line: str, carried: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(FORM.replace("  - {id: stamp", "#"), encoding="utf-8")
    on_pages = page_detectors(load(str(path)))
    pages = [page(1, line), page(2, "then Zora spoke", "None came", "to Z. Quuxley")]
    found = [f for f in detect(pages, [], on_pages) if f.page == 2]
    assert [f.text for f in found] == carried
    assert {f.detector for f in found} <= {"rule:form (elsewhere)"}


def test_what_an_area_holds_is_not_known_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(FORM, encoding="utf-8")
    on_pages = page_detectors(load(str(path)))
    pages = [page(1, "Zora Quuxley"), page(2, "", "Zora Quuxley")]
    words = {(f.page, f.text, f.detector) for f in detect(pages, [], on_pages) if f.text}
    assert words == {(1, "Zora Quuxley", "rule:stamp")}


def test_what_a_rule_found_itself_stands_before_what_it_found_elsewhere() -> None:
    own = Fixed("ner", "Ann Roy", "PERSON", 0.6)
    for detector, kept in [("rule:a", "rule:a"), ("rule:a (elsewhere)", "ner")]:
        other = Fixed(detector, "Ann Roy", "PERSON", 0.5)
        assert [s.detector for s in find_spans("Ann Roy", [own, other])] == [kept]


def test_unread_ink_is_a_finding() -> None:
    box = Box(1, 2, 3, 4)
    (found,) = detect([page(2, unread=(box,))], [])
    assert (found.label, found.text, found.boxes, found.id) == (UNREAD_INK, "", (box,), "p2-f1")
    assert found.confidence == 0


def test_progress_is_told_once_a_page() -> None:
    ticks: list[None] = []
    detect([page(1), page(2)], [], tick=lambda: ticks.append(None))
    assert len(ticks) == 2


def test_plug_ins_find_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plugin:
        def find(self, page: Page) -> Iterable[Finding]:
            yield Finding("x", page.number, "SEAL", "", (Box(0, 0, 1, 1),), 0.5, "plugin")

    point = SimpleNamespace(load=lambda: Plugin)
    monkeypatch.setattr(detectors, "entry_points", lambda group: [point])
    made = page_detectors(load("default"))
    assert [(f.id, f.label) for f in detect([page(1), page(2)], [], made)] == [
        ("p1-f1", "SEAL"),
        ("p2-f1", "SEAL"),
    ]


def test_a_policy_and_terms_make_the_detectors(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "redactor_policy: 1\nname: p\nrules:\n"
        "  - {id: docket, pattern: '\\d{2}-[A-Z]{2}-\\d{5}', as: CASE_NUMBER, code: d}\n",
        encoding="utf-8",
    )
    policy = load(str(path))
    made = text_detectors(policy, ["Larkspur"])
    found = find_spans("case 24-CV-12345 in LARKSPUR", made)
    assert {(s.label, s.detector) for s in found} >= {
        ("CASE_NUMBER", "rule:docket"),
        ("TERM", "terms"),
    }
    case = [s for s in found if s.label == "CASE_NUMBER"]
    assert [s.detector for s in case] == ["rule:docket"]  # not the built-in pattern's finding
    assert "terms" not in {d.name for d in text_detectors(policy)}
