"""Keeps what leads around a document, less what tells of what was removed from it.

Decided when the document is planned: its texts pass the detectors, the known and the propagated
names as the pages do, and under the same rules, but wherever a rule looks: a text without a place
may speak of any. Carried out when it is applied, where what a person had removed counts, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redactor.decide import decide
from redactor.detect.apart import as_page, find_apart, spellings
from redactor.detect.data_subject import subject_findings
from redactor.detect.detectors import Detector, subject_detector
from redactor.detect.page_text import page_text
from redactor.detect.spans import TextDetector
from redactor.detect.terms import TermDetector
from redactor.findings import Action, Finding, Redaction
from redactor.navigation import Keeping, Link, Navigation, PageLabels
from redactor.pdf.intake import Source
from redactor.pdf.read_navigation import read_navigation
from redactor.policy.model import Policy, Rule
from redactor.verify.spellings import bytes_pattern, loose_pattern, searchable
from redactor.words import Page

REDACTED = "[redacted]"
"""Takes the place of a bookmark's title: that something was there is no secret, as on a page."""

_SHORTEST = 3  # characters of a removed text with a letter: shorter ones are in any text


def keeping(
    source: Source,
    policy: Policy,
    pages: Sequence[Page],
    found: Sequence[Finding],
    detectors: Sequence[TextDetector],
    on_pages: Sequence[Detector],
) -> Keeping:
    """What the policy keeps, and which of the document's texts do not pass.

    `found` are the findings on the pages.
    """
    wanted = policy.document
    made = Keeping(wanted.keep, wanted.title or "", wanted.language or "")
    if not made.keep:
        return made
    texts = read_navigation(source.data, source.frames, frozenset(made.keep))[0].texts
    forms = [(place, form) for place, text in enumerate(texts) for form in spellings(text)]
    lines = [as_page(number, form) for number, (_, form) in enumerate(forms, start=1)]
    apart = find_apart(lines, pages, found, detectors, on_pages)
    refused = {forms[number - 1][0] for number in _refused(apart, lines, policy)}
    return replace(made, refused=tuple(sorted(refused)))


def _refused(found: Sequence[Finding], lines: Sequence[Page], policy: Policy) -> set[int]:
    """The numbers of the lines of which the policy redacts anything or leaves it to a person."""
    subject = subject_detector(policy)
    own = subject_findings(found, list(map(page_text, lines)), subject) if subject else frozenset()
    rules = tuple(_anywhere(policy.rules))
    spelled = policy.model_copy(update={"rules": rules, "never": _spelled(policy.never)})
    decisions = decide(found, spelled, own)
    return {d.finding.page for d in decisions if d.action is not Action.KEEP}


def _anywhere(rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules without their places; those that keep something in one place keep it there only."""
    for rule in rules:
        is_placed = rule.pages or rule.region or rule.origin
        if not rule.area and not (is_placed and rule.action is Action.KEEP):
            everywhere = dict.fromkeys(("pages", "region", "origin"))
            yield rule.model_copy(update={**everywhere, "unless": _spelled(rule.unless)})


def _spelled(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts that stay, in the forms in which `find_apart` finds them."""
    return tuple(form for text in texts for form in spellings(text))


def carried_out(
    source: Source, kept: Keeping, removed: Sequence[str], redactions: Sequence[Redaction]
) -> tuple[Navigation, Counter[str]]:
    """What leads around the output, and counts of what was kept out of it.

    `removed` are the texts that are gone from the pages, `redactions` the boxes on them.
    """
    found, counts = read_navigation(source.data, source.frames, frozenset(kept.keep))
    telling = _Telling(removed)
    texts = found.texts
    refused = {texts[place] for place in kept.refused if place < len(texts)}
    refused |= {text for text in texts if telling.tells(text)}

    def passes(text: str, what: str) -> bool:
        counts[what] += text in refused
        return text not in refused

    def shown(title: str) -> str:
        return title if passes(title, "bookmarks_redacted") else REDACTED

    title = found.title if passes(found.title, "title_redacted") else ""
    set_title = kept.title if not telling.tells(kept.title) else ""
    counts["title_redacted"] += bool(kept.title) - bool(set_title)
    return (
        Navigation(
            title=title or set_title,
            language=kept.language or found.language,
            bookmarks=tuple(bookmark.titled(shown) for bookmark in found.bookmarks),
            links=tuple(_links(found.links, redactions, refused, counts)),
            labels=tuple(_label(label, refused, counts) for label in found.labels),
        ),
        +counts,
    )


def _links(
    links: Iterable[Link],
    redactions: Sequence[Redaction],
    refused: set[str],
    counts: Counter[str],
) -> Iterator[Link]:
    """The links that pass; one that lies under a box says of whom it was, and goes with it."""
    for link in links:
        boxes = (r.box for r in redactions if r.page == link.page)
        if link.leads_to in refused:
            counts["links_redacted"] += 1
        elif any(link.box.overlaps(box) for box in boxes):
            counts["links_under_boxes"] += 1
        else:
            yield link


def _label(label: PageLabels, refused: set[str], counts: Counter[str]) -> PageLabels:
    if label.prefix not in refused:
        return label
    counts["page_label_prefixes_redacted"] += 1
    return replace(label, prefix="")


class _Telling:
    """Whether a text holds one that was removed: in other letters, or as verify looks for it."""

    def __init__(self, removed: Sequence[str]) -> None:
        wanted = searchable(removed)
        short = (t for t in removed if len(t) >= _SHORTEST and any(map(str.isalpha, t)))
        self._terms = TermDetector(list(dict.fromkeys((*wanted, *short))))
        self._patterns = [p for p in (bytes_pattern(wanted), loose_pattern(wanted)) if p]

    def tells(self, text: str) -> bool:
        return any(
            any(True for _ in self._terms.spans(form))
            or any(pattern.search(form.encode("utf-8", "replace")) for pattern in self._patterns)
            for form in spellings(text)
        )
