"""Names of which the entity model saw a part: "Corey |Elizabeth Hendrix", "Ryan| Reynolds".

A word directly beside a name that is hardly ever written without a capital belongs to it, unless
it is a finding of its own, a drug, or greets or thanks the person that it stands before.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from redactor.detect import usage
from redactor.detect.drugs import are_drugs
from redactor.detect.spans import Span

_NAMES = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
# With a capital and a small letter: in text all in capitals nobody can tell where a name ends.
_WORD = r"[A-Z](?:['’](?=[A-Z]))?[^\W\d_]*[a-z][^\W\d_]*(?:-[^\W\d_]+)*"
_AFTER = re.compile(rf" ({_WORD})(?![\w@-]|['’](?!s\b)\w)")
_BEFORE = re.compile(rf"(?<![\w.'’@-])({_WORD}) $")
_GREETINGS = frozenset(
    ["hi", "hey", "hello", "hallo", "dear", "thanks", "thank", "thx", "bye", "cheers", "sorry"]
)
_REACH = 40  # characters before a name


def whole_names(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans of a text, those of names with what belongs to them on both sides."""
    found = tuple(spans)
    taken = frozenset(at for span in found for at in range(span.start, span.end))
    for span in found:
        if span.label in _NAMES:
            span = replace(span, start=_start(text, span, taken), end=_end(text, span, taken))
        yield span


def _start(text: str, span: Span, taken: Container[int]) -> int:
    start = span.start
    while before := _BEFORE.search(text, max(0, start - _REACH), start):
        if not _belongs(before, taken):
            break
        start = before.start(1)
    return start


def _end(text: str, span: Span, taken: Container[int]) -> int:
    end = span.end
    while after := _AFTER.match(text, end):
        if not _belongs(after, taken):
            break
        end = after.end()
    return end


def _belongs(beside: re.Match[str], taken: Container[int]) -> bool:
    start, end = beside.span(1)
    return (
        start not in taken
        and end - 1 not in taken
        and beside[1].lower() not in _GREETINGS
        and not are_drugs(beside[1])
        and usage.shipped().is_named_by(beside[1])
    )
