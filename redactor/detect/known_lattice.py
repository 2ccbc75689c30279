"""Known texts in what was recognized: found where the best reading is wrong.

The search itself is the recognizer's (`redactor.ocr.known`) and handed in, since only it knows what
posteriors are. What it finds becomes spans of the page's text, over the words that it was read as.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from redactor.detect.page_text import PageText
from redactor.detect.spans import Span
from redactor.findings import IN_LATTICE
from redactor.words import Hit, Page

Search = Callable[[Page, Sequence[str]], Iterable[Hit]]
"""Texts that may stand on a page though they were not read there."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Texts to look for in posteriors, and what they are when found."""

    texts: tuple[str, ...] = field(repr=False)
    label: str
    detector: str


def lattice_spans(
    source: PageText, sought: Sought, search: Search, found: Sequence[Span]
) -> Iterator[Span]:
    """The places of a page where the sought texts may stand, but those that are `found` already.

    A span takes the whole words that its text was read as; its detector ends in `IN_LATTICE`.
    """
    if not sought.texts or all(line.lattice is None for line in source.page.lines):
        return
    numbers = _numbers(source)
    for hit in search(source.page, sought.texts):
        first, last = numbers[hit.line, hit.first], numbers[hit.line, hit.last - 1]
        start, end = source.pieces[first].start, source.pieces[last].end
        if not any(s.start < end and start < s.end and s.label == sought.label for s in found):
            yield Span(start, end, sought.label, score_of(hit), sought.detector + IN_LATTICE)


def score_of(hit: Hit) -> float:
    return hit.score


def _numbers(source: PageText) -> dict[tuple[int, int], int]:
    """The number, among the words of a page's text, of each word of each line."""
    numbers: dict[tuple[int, int], int] = {}
    for number, piece in enumerate(source.pieces):
        numbers[piece.line, number - numbers.get((piece.line, 0), number)] = number
    return numbers
