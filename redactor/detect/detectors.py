"""Runs detectors over pages and gives every finding its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from typing import Protocol

from redactor.detect.areas import AreaDetector
from redactor.detect.entities import EntityDetector
from redactor.detect.fields import FieldDetector, FieldRule
from redactor.detect.known import KnownDetector
from redactor.detect.marks import mark_findings
from redactor.detect.page_text import PageText, findings_of, page_text
from redactor.detect.patterns import PatternDetector
from redactor.detect.people.lattice import Search, find_known
from redactor.detect.people.person import Roster
from redactor.detect.people.roster import parse_roster
from redactor.detect.propagate import KnownText, known_texts
from redactor.detect.readings import Told, other_readings
from redactor.detect.spans import Span, TextDetector
from redactor.detect.terms import RulePatternDetector, TermDetector
from redactor.findings import ELSEWHERE, RULE_DETECTOR, Finding
from redactor.policy.model import ALWAYS, UNREAD_INK, Policy
from redactor.policy.model import Roster as RosterFile
from redactor.words import Hit, Page

_Scanned = tuple[PageText, tuple[Span, ...]]
"""A page's text and its spans; of each page first as it was read, then by its other readings."""


class Detector(Protocol):
    """Words to findings: the plug-in of the entry point group `redactor.detectors`."""

    def find(self, page: Page) -> Iterable[Finding]: ...


def text_detectors(policy: Policy, terms: Sequence[str] = ()) -> tuple[TextDetector, ...]:
    """What a policy and the `--term` values ask for. Raises MissingDependency, BadPolicy."""
    rules = (
        RulePatternDetector(rule.id, rule.pattern, rule.as_label, rule.context)
        for rule in policy.rules
        if rule.pattern is not None and rule.as_label is not None
    )
    given = (TermDetector(terms),) if terms else ()
    always = (TermDetector(policy.always, ALWAYS),) if policy.always else ()
    models = (EntityDetector(name) for name in policy.settings.ner_models)
    people = (
        KnownDetector(_roster(rule.known), rule.labels[0], f"{RULE_DETECTOR}{rule.id}")
        for rule in policy.rules
        if rule.known
    )
    return (PatternDetector(), *models, *rules, *people, *given, *always)


def field_detectors(policy: Policy) -> tuple[FieldDetector, ...]:
    """What finds the values of a policy's fields: on pages by their places, in text by columns."""
    rules = [FieldRule(r.id, r.fields, r.labels[0]) for r in policy.rules if r.fields]
    return (FieldDetector(rules),) if rules else ()


def _roster(file: RosterFile) -> Roster:
    return parse_roster(file.read(), str(file.path))


def subject_detector(policy: Policy) -> KnownDetector | None:
    """What tells the data of the person whose request it is. Raises BadRoster."""
    return KnownDetector(_roster(policy.subject)) if policy.subject else None


def page_detectors(policy: Policy) -> tuple[Detector, ...]:
    """What a policy asks to be looked for on pages rather than in text, and installed plug-ins."""
    plugins = (point.load()() for point in entry_points(group="redactor.detectors"))
    return (AreaDetector(policy.rules), *field_detectors(policy), *plugins)


def no_search(page: Page, texts: Sequence[str]) -> Iterable[Hit]:
    """Finds nothing: for pages whose lines have no posteriors."""
    return ()


def find_spans(text: str, detectors: Iterable[TextDetector]) -> tuple[Span, ...]:
    """All spans of a text in order; of equal ones by several detectors one, see `best_spans`."""
    return best_spans(span for detector in detectors for span in detector.spans(text))


def find_in_text(text: str, detectors: Iterable[TextDetector]) -> tuple[Span, ...]:
    """All spans of a text that is a whole document: what is found once is known in all of it."""
    own = find_spans(text, detectors)
    known = KnownText(known_texts([(text, own)]))
    return best_spans((*own, *known.spans(text, own)))


def best_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, of those alike in place and label the best scored.

    What a rule's own pattern found stands before what is built in: the rule then decides on it.
    """
    best: dict[tuple[int, int, str], Span] = {}
    for span in spans:
        key = (span.start, span.end, span.label)
        if key not in best or _claim(span) > _claim(best[key]):
            best[key] = span
    return tuple(sorted(best.values()))


def _claim(span: Span) -> tuple[bool, float]:
    made_by_rule = span.detector.startswith(RULE_DETECTOR) and ELSEWHERE not in span.detector
    return made_by_rule, span.score


def detect(
    pages: Sequence[Page],
    detectors: Sequence[TextDetector],
    on_pages: Sequence[Detector] = (),
    search: Search = no_search,
    tick: Callable[[], None] = lambda: None,
) -> tuple[Finding, ...]:
    """Every finding on every page, numbered in order: "p3-f12" is the twelfth on page 3.

    A page whose words have alternatives is searched under these too; what only they show has a
    detector that ends in `OTHER_READING`. What is found once as a person or an identifier is
    looked for on all pages, but for what an area holds. `search` looks for known texts in what
    lines may say besides their readings. `tick` is called after each page.
    """
    scanned = []
    for page in pages:
        first, *others = (page_text(page), *other_readings(page))
        own = find_spans(first.text, detectors)
        own = best_spans((*own, *find_known(first, own, detectors, search)))
        scanned.append([(first, own), *((t, find_spans(t.text, detectors)) for t in others)])
        tick()
    by_place = [[(d, finding) for d in on_pages for finding in d.find(page)] for page in pages]
    telling = (f for some in by_place for d, f in some if not isinstance(d, AreaDetector))
    known = KnownText(known_texts((*_sources(scanned), *_values(telling))))
    found: list[Finding] = []
    for page, readings, placed in zip(pages, scanned, by_place, strict=True):
        on_page = [
            *_found(readings, known),
            *_unread(page),
            *mark_findings(page, lambda text: find_spans(text, detectors)),
            *(finding for _, finding in placed),
        ]
        found.extend(_numbered(page.number, on_page))
    return tuple(found)


def _values(findings: Iterable[Finding]) -> Iterator[tuple[str, Sequence[Span]]]:
    """What was found by its place, such as the values of fields, each a text of its own."""
    for f in findings:
        yield f.text, (Span(0, len(f.text), f.label, f.score, f.detector),) if f.text else ()


def _sources(scanned: Iterable[Sequence[_Scanned]]) -> Iterator[tuple[str, Sequence[Span]]]:
    """What is to be known everywhere: whole texts as read, and alone what other readings show."""
    for (source, spans), *others in scanned:
        yield source.text, spans
        for other, shown in others:
            for span in shown:
                value = other.text[span.start : span.end]
                yield value, (replace(span, start=0, end=len(value)),)


def _found(readings: Iterable[_Scanned], known: KnownText) -> Iterator[Finding]:
    """The findings of one page, and from its other readings what is new in them."""
    told = Told()
    for number, (source, own) in enumerate(readings):
        spans = best_spans((*own, *known.spans(source.text, own)))
        yield from findings_of(source, told.news(source, spans) if number else spans)
        told.add(source, spans)


def _unread(page: Page) -> Iterator[Finding]:
    """Ink that looks like text and that nobody could read: the policy decides on it too."""
    for box in page.ink.unread:
        yield Finding("", page.number, UNREAD_INK, "", (box,), 1.0, "ink", 0.0)


def _numbered(number: int, findings: Sequence[Finding]) -> Iterator[Finding]:
    for index, finding in enumerate(findings, start=1):
        yield replace(finding, id=f"p{number}-f{index}")
