"""The other readings of a page: what it says where its words are read by their alternatives.

A rare surname that a recognizer's word list turned into a common word, or the text layer's reading
of a word that the pixels contradict, is then seen by the detectors too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle

from rapidfuzz import fuzz

from redactor.detect.page_text import PageText, page_text
from redactor.detect.spans import Span
from redactor.findings import OTHER_READING
from redactor.words import Page, Word

_SURE = 0.9  # confidence from which misreadings of a word are no longer tried
_ALIKE = 50.0  # percent of likeness under which two readings contradict each other
# Which alternative is read of the words that have some, by turns; 0 is the word as it is. Of two
# neighbors each is so also seen beside the other's best reading.
_TURNS = ((1, 1), (2, 2), (1, 0), (0, 1))


def other_readings(page: Page) -> tuple[PageText, ...]:
    """The texts of a page under its words' alternatives, which are tried as `_TURNS` says.

    None for a page without words that are open; never more than there are turns.
    """
    seen = {page_text(page).text}
    texts = []
    for turns in _TURNS:
        other = page_text(_reread(page, cycle(turns)))
        if other.text not in seen:
            seen.add(other.text)
            texts.append(other)
    return tuple(texts)


def is_open(word: Word) -> bool:
    """Whether a word's alternatives are to be tried: it is in doubt, or they contradict it.

    The likeliest misreadings of a word that was read surely are no words, and look like names.
    """
    return any(word.alternatives) and (
        word.confidence < _SURE or fuzz.ratio(word.text, word.alternatives[0]) < _ALIKE
    )


def _reread(page: Page, turns: Iterator[int]) -> Page:
    lines = []
    for line in page.lines:
        words = (_read_as(w, next(turns)) if is_open(w) else w for w in line.words)
        lines.append(replace(line, words=tuple(words)))
    return replace(page, lines=tuple(lines))


def _read_as(word: Word, rank: int) -> Word:
    """The word by an alternative. It is at most as likely as the best reading leaves it.

    Where it has as many letters their edges are kept, else a finding takes the whole word.
    """
    text = word.alternatives[rank - 1] if 0 < rank <= len(word.alternatives) else ""
    if not text:
        return word
    edges = word.edges if len(text) == len(word.text) else ()
    return replace(word, text=text, confidence=1 - word.confidence, alternatives=(), edges=edges)


class Told:
    """What has been found on the words of one page, whatever they are read as."""

    def __init__(self) -> None:
        self._told: list[tuple[range, str, float]] = []

    def add(self, source: PageText, spans: Iterable[Span]) -> None:
        """Notes the words that each span takes all letters and digits of."""
        for span in spans:
            words = source.numbers_in(span.start, span.end)
            if words:
                before = source.text[source.pieces[words[0]].start : span.start]
                after = source.text[span.end : source.pieces[words[-1]].end]
                whole = words[_has_letters(before) : len(words) - _has_letters(after)]
                self._told.append((whole, span.label, span.score))

    def news(self, source: PageText, spans: Iterable[Span]) -> Iterator[Span]:
        """The spans that say what was not said yet, marked as from another reading."""
        for span in spans:
            words = source.numbers_in(span.start, span.end)
            if not any(
                words[0] in whole and words[-1] in whole and label == span.label
                for whole, label, score in self._told
                if words and score >= span.score
            ):
                yield replace(span, detector=span.detector + OTHER_READING)


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)
