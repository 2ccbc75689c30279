"""Names that say themselves that they are an organization's: "Cascade Ridge Trust", "Acme LLC".

The entity model has seen few organizations and takes such names for a person's. The words that
end them are few and well known; none of them is a surname that is at all common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redactor.detect.spans import Span

_DESIGNATORS = (
    "Inc|Incorporated|LLC|L\\.L\\.C|LLP|LP|Ltd|Limited|Corp|Corporation|Company|GmbH|PLC|PLLC"
    "|Trust|Society|Association|Foundation|Institute|Federation|Coalition|Committee|Commission"
    "|University|College|Hospital|Clinic|Laboratory|Laboratories|Pharmacy|Ministry|Department"
    "|Agency|Authority|Administration|Bureau|Council|Airport|Partners|Properties|Holdings"
    "|Services|Systems|Technologies|Industries|Enterprises|Associates|Insurance|Mutual"
)
_ENDS = re.compile(rf"(?i)(?:^|[\s,])(?:{_DESIGNATORS})\.?$")
_FOLLOWS = re.compile(
    rf"(?: [A-Z][\w&'’-]*){{0,2}},? (?:{_DESIGNATORS}|{_DESIGNATORS.upper()})\b"
)


def settle(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of a text; those of persons that bear a designator become organizations."""
    for span in spans:
        if span.label == "PERSON" and (end := _designated(text, span)):
            yield replace(span, end=end, label="ORGANIZATION")
        else:
            yield span


def inside_organization(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether `text[start:end]` is part of a longer name that bears a designator."""
    return any(
        span.label == "ORGANIZATION"
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
