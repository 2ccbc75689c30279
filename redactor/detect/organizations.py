"""Names that say themselves that they are an organization's: "Cascade Ridge Trust", "Acme LLC".

The entity model has seen few organizations and takes such names for a person's. The words that
end them are few and well known; none of them is a surname that is at all common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redactor.detect.drugs import are_drugs
from redactor.detect.spans import Span

# Words such as "Insurance" or "Department" are not among them: on forms they are the label that
# follows a person's name, and calling that an organization would leave the person in.
ORGANIZATION = "ORGANIZATION"
_DETECTOR = "organizations"
_DESIGNATED_SCORE = 0.8
_LEGAL = "Inc|Incorporated|LLC|L\\.L\\.C|LLP|PLLC|PLC|Ltd|Corp|Corporation|GmbH"
_OTHER = (
    "Trust|Society|Association|Foundation|Federation|Properties|Holdings|Industries|Enterprises"
    "|Technologies"
)
_WORDS = rf"(?:{_LEGAL}|{_OTHER}|{_OTHER.upper()})"
_ENDS = re.compile(rf"(?:^|[\s,]){_WORDS}\.?$")
_FOLLOWS = re.compile(
    # "Cascade Ridge| Pension Trust", and over a line end only with a legal form:
    # "Harbor Point|\nProperties, LLC" (on pleading paper with the line's number between)
    rf"(?: [A-Z][\w&'’-]*){{0,2}},? {_WORDS}\b(?! ?:)"
    rf"|(?: |\n(?:\d{{1,2}}\n)?)(?:[A-Z][\w&'’-]*,? ){{0,2}}(?:{_LEGAL})\b"
)
# "**LogiSource Inc.**": what stands before a legal form is its name, seen by the model or not.
_NAMED = re.compile(
    r"(?<![\w&'’-])(?:[A-Z][\w&'’-]*(?:,? | of | and | & )){0,3}[A-Z][\w&'’-]*,? "
    rf"(?:{_LEGAL})(?![\w-])(?! ?:)"
)
_DOSE = re.compile(
    r"[^\W\d_][\w-]*(?: [A-Z]{2,3})? [0-9]+(?:[.,][0-9]+)? ?"
    r"(?i:mg|mcg|µg|g|ml|units?|iu|mmol|meq)\b"
)
SHORT_FORM = re.compile(r" ?\( ?[\"“']?([A-Z][A-Za-z&.]*[A-Z])[\"”']? ?\)")


def settle(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of a text; those of persons that bear a designator become organizations.

    The short form that follows an organization's name in brackets is one too; what a dose follows
    is a drug and no organization, and drugs by name are nobody.
    """
    for span in spans:
        if span.label == ORGANIZATION and _DOSE.match(text, span.start):
            continue
        if are_drugs(text[span.start : span.end]):
            continue
        if span.label == "PERSON" and (end := _designated(text, span)):
            span = replace(span, end=end, label=ORGANIZATION)
        yield span
        if span.label == ORGANIZATION and (short := SHORT_FORM.match(text, span.end)):
            yield replace(span, start=short.start(1), end=short.end(1))


def designated(text: str) -> Iterator[Span]:
    """Names before a legal form."""
    for match in _NAMED.finditer(text):
        yield Span(*match.span(), ORGANIZATION, _DESIGNATED_SCORE, _DETECTOR)


def inside_organization(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether `text[start:end]` is part of a longer name that bears a designator."""
    return any(
        span.label == ORGANIZATION
        and span.start <= start
        and end <= span.end
        and end - start < span.end - span.start
        and _ENDS.search(text[span.start : span.end])
        for span in spans
    )


def _designated(text: str, span: Span) -> int:
    """Where the organization's name ends; 0 where the span is none."""
    if _ENDS.search(text[span.start : span.end]):
        return span.end
    follows = _FOLLOWS.match(text, span.end)
    return follows.end() if follows else 0
