"""Known texts in what was recognized: found where the best reading is wrong.

The search itself is the recognizer's (`redactor.ocr.known`) and handed in, since only it knows what
posteriors are. What it finds becomes spans of the page's text, over the words that it was read as.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from redactor.detect.page_text import PageText
from redactor.detect.people.names import words_of
from redactor.detect.spans import Span
from redactor.findings import IN_LATTICE
from redactor.words import Hit, Page

Search = Callable[[Page, Sequence[str]], Iterable[Hit]]
"""Texts that may stand on a page though they were not read there."""

SHORTEST: Final = 4  # characters; a shorter text may be read into anything
MAX_TEXTS: Final = 10_000
"""Cap on the texts that are looked for in every line: so many take an eighth of a second each."""

_WEAKEST, _STRONGEST = 0.4, 0.75  # scores of spans: a weaker one would be no candidate at all


@dataclass(frozen=True, slots=True)
class Sought:
    """Texts to look for in posteriors, and what they are when found."""

    texts: tuple[str, ...] = field(repr=False)
    label: str
    detector: str


@runtime_checkable
class Seeker(Protocol):
    """A detector that knows texts to look for; `text` is what was read on the page."""

    def sought(self, text: str) -> Sought: ...


def find_known(
    source: PageText, found: Sequence[Span], detectors: Iterable[object], search: Search
) -> tuple[Span, ...]:
    """What the detectors that are seekers know and was not `found` in the text of a page.

    A span takes the whole words that its text was read as; its detector ends in `IN_LATTICE`.
    """
    if all(line.lattice is None for line in source.page.lines):
        return ()
    return tuple(
        span
        for detector in detectors
        if isinstance(detector, Seeker)
        for span in _spans(source, found, detector.sought(source.text), search)
    )


def _spans(
    source: PageText, found: Sequence[Span], sought: Sought, search: Search
) -> Iterator[Span]:
    texts = [text for text in sought.texts if len(text) >= SHORTEST]
    numbers = _numbers(source)
    same = [span for span in found if span.label == sought.label]
    for hit in search(source.page, texts) if texts else ():
        first, last = numbers[hit.line, hit.first], numbers[hit.line, hit.last - 1]
        start, end = source.pieces[first].start, source.pieces[last].end
        is_told = any(span.start < end and start < span.end for span in same)
        # What was read as it is spelled the detector of text has judged, with all that is around.
        if not is_told and words_of(source.text[start:end]) != words_of(hit.text):
            score = round(_WEAKEST + (_STRONGEST - _WEAKEST) * hit.score, 2)
            yield Span(start, end, sought.label, score, sought.detector + IN_LATTICE)


def _numbers(source: PageText) -> dict[tuple[int, int], int]:
    """The number, among the words of a page's text, of each word of each line."""
    numbers: dict[tuple[int, int], int] = {}
    for number, piece in enumerate(source.pieces):
        numbers[piece.line, number - numbers.get((piece.line, 0), number)] = number
    return numbers
