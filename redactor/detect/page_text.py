"""The text of a page, built once, with the way back from its characters to the words.

Words are joined by a blank and lines by a line feed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from redactor.detect.spans import Span
from redactor.findings import Finding
from redactor.geometry import Box, union
from redactor.words import Page, Word, part_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as it stands in a page's text: `text[start : start + len(word.text)]`."""

    start: int
    line: int
    word: Word

    @property
    def end(self) -> int:
        return self.start + len(self.word.text)


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text and its words in order. `line` numbers index `page.lines`."""

    page: Page
    text: str = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)

    def numbers_in(self, start: int, end: int) -> range:
        """The numbers, from 0, of the words with a character in `text[start:end]`."""
        first = bisect_right(self.pieces, start, key=lambda p: p.end)
        return range(first, max(first, bisect_left(self.pieces, end, key=lambda p: p.start)))

    def pieces_in(self, start: int, end: int) -> tuple[Piece, ...]:
        """The words with a character in `text[start:end]`."""
        numbers = self.numbers_in(start, end)
        return self.pieces[numbers.start : numbers.stop]


def page_text(page: Page) -> PageText:
    """Builds the text of a page."""
    pieces, parts, position = [], [], 0
    for number, line in enumerate(page.lines):
        for word in line.words:
            pieces.append(Piece(position, number, word))
            position += len(word.text) + 1
        parts.append(line.text)
    return PageText(page, "\n".join(parts), tuple(pieces))


def findings_of(source: PageText, spans: Iterable[Span]) -> Iterator[Finding]:
    """Spans of a page's text as findings, their boxes in page space; `id` is left empty.

    A span that takes part of a word takes just those glyphs where their edges are known, and the
    whole word where not: too much is better than a letter too few.
    """
    for span in spans:
        pieces = source.pieces_in(span.start, span.end)
        if not pieces:
            continue
        yield Finding(
            id="",
            page=source.page.number,
            label=span.label,
            text=source.text[span.start : span.end],
            boxes=tuple(
                union(_part(piece, span.start, span.end) for piece in group)
                for _, group in groupby(pieces, key=lambda piece: piece.line)
            ),
            score=span.score,
            detector=span.detector,
            confidence=min(piece.word.confidence for piece in pieces),
            origins=frozenset(piece.word.origin for piece in pieces),
            places=tuple(_places(pieces, span)),
        )


def _places(pieces: Sequence[Piece], span: Span) -> Iterator[Box]:
    """A box for each character of a span; a blank between words has that of the word before it."""
    for piece, following in zip_longest(pieces, pieces[1:]):
        end = min(span.end, following.start) if following else min(span.end, piece.end)
        for at in range(max(span.start, piece.start), end):
            last = min(at, piece.end - 1)
            yield _part(piece, last, last + 1)


def _part(piece: Piece, start: int, end: int) -> Box:
    """The box of the part of a word that stands in `text[start:end]`."""
    return part_of(piece.word, max(start - piece.start, 0), min(end, piece.end) - piece.start)
