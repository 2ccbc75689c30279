"""Looks for known texts in the posteriors of a page's lines: names that were read as other words.

How sure a place must be depends on how many texts are looked for, and on how many false alarms a
handwritten line may have; the table was measured (benchmarks/known_people.py, IAM's train pages).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from redactor.ocr.lattice import Place, places
from redactor.ocr.search import Match, contested, find_texts
from redactor.words import Hit, Lattice, Page, Word

ALARMS_PER_LINE = 0.3
LEAST = 0.05  # score under which a place is as good as none
_OVERLAP = 3  # a match takes each word that it shares a third of the shorter one with
_ALARMS = (0.1, 0.3, 1.0)
_TEXTS = (10, 100, 1000, 10_000)
_MIN_SCORES = ((0.2, 0.2, 0.2), (0.2, 0.2, 0.2), (0.2, 0.2, 0.2), (0.2, 0.2, 0.2))


@dataclass(frozen=True, slots=True)
class LatticeSearch:
    """Searches pages with at most so many false alarms a handwritten line, on average."""

    alarms_per_line: float = ALARMS_PER_LINE

    def __call__(self, page: Page, texts: Sequence[str]) -> Iterator[Hit]:
        """The texts that may stand on the page; lines from a text layer have no posteriors."""
        return search(page, texts, min_score(len(texts), self.alarms_per_line))


def min_score(texts: int, alarms_per_line: float) -> float:
    """The score from which so many texts raise so many false alarms a line.

    Between the values of the table by the logarithms of both; beyond its edges as at the edge.
    """
    rows = [np.interp(np.log(alarms_per_line), np.log(_ALARMS), row) for row in _MIN_SCORES]
    return float(np.interp(np.log(max(texts, 1)), np.log(_TEXTS), rows))


def search(page: Page, texts: Sequence[str], least: float) -> Iterator[Hit]:
    """The places on a page where one of `texts` scores at least `least`, line by line."""
    for lattice, words in _lines(page):
        matches = contested(find_texts(lattice, texts, LEAST))
        sure = [match for match in matches if match.score >= least]
        if sure:
            found = places(lattice, [word.text for _, _, word in words])
            for match in sure:
                yield from _hits(match, words, found)


_Words = list[tuple[int, int, Word]]
"""The words of what was read as one line, each with its line on the page and its number there."""


def _lines(page: Page) -> Iterator[tuple[Lattice, _Words]]:
    """Parts of one line that were written in different ways share its posteriors."""
    together: dict[int, tuple[Lattice, _Words]] = {}
    for number, line in enumerate(page.lines):
        if line.lattice is not None:
            _, words = together.setdefault(id(line.lattice), (line.lattice, []))
            words.extend((number, at, word) for at, word in enumerate(line.words))
    yield from together.values()


def _hits(match: Match, words: _Words, found: Sequence[Place]) -> Iterator[Hit]:
    """A match as the words that it overlaps, on each line; all words where none has a place."""
    taken: dict[int, list[int]] = {}
    for index, (line, number, _) in enumerate(words):
        if not found or _overlaps(match, found[index]):
            taken.setdefault(line, []).append(number)
    for line, numbers in taken.items():
        yield Hit(match.text, line, min(numbers), max(numbers) + 1, match.score)


def _overlaps(match: Match, place: Place) -> bool:
    start, end = place.chars[0].start, place.chars[-1].end
    shared = min(match.end, end) - max(match.start, start)
    return shared * _OVERLAP >= min(match.end - match.start, end - start)
