"""Looks for known texts in the posteriors of a page's lines: names that were read as other words.

How sure a place must be depends on how many texts are looked for, and on how many false alarms a
handwritten line may have; the table was measured (benchmarks/known_people.py, IAM's train pages).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from redactor.ocr.ground import Char, best_path, split_words
from redactor.ocr.search import Match, contested, find_texts
from redactor.words import Hit, Lattice, Page, Word

ALARMS_PER_LINE = 0.3
LEAST = 0.05  # score under which a place is as good as none
_OVERLAP = 3  # a match takes each word that it shares a third of the shorter one with
ALARMS = (0.1, 0.3, 1.0)
TEXTS = (10, 100, 1000, 10_000)
_MIN_SCORES = (  # a row for each number of texts, a column for each rate
    (0.05, 0.05, 0.05),
    (0.112, 0.063, 0.05),
    (0.298, 0.184, 0.092),
    (0.535, 0.337, 0.194),
)


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
    rows = [np.interp(np.log(alarms_per_line), np.log(ALARMS), row) for row in _MIN_SCORES]
    return float(np.interp(np.log(max(texts, 1)), np.log(TEXTS), rows))


def search(page: Page, texts: Sequence[str], least: float) -> Iterator[Hit]:
    """The places on a page where one of `texts` scores at least `least`, line by line."""
    for lattice, words in _lines(page):
        matches = contested(find_texts(lattice, texts, LEAST))
        sure = [match for match in matches if match.score >= least]
        if sure:
            found = places(lattice, [word for _, _, word in words])
            for match in sure:
                yield from _hits(match, words, found)


_Words = list[tuple[int, int, Word]]
"""The words of what was read as one line, each with its line on the page and its number there."""

_Steps = tuple[int, int]


def _lines(page: Page) -> Iterator[tuple[Lattice, _Words]]:
    """Parts of one line that were written in different ways share its posteriors."""
    together: dict[int, tuple[Lattice, _Words]] = {}
    for number, line in enumerate(page.lines):
        if line.lattice is not None:
            _, words = together.setdefault(id(line.lattice), (line.lattice, []))
            words.extend((number, at, word) for at, word in enumerate(line.words))
    yield from together.values()


def places(lattice: Lattice, words: Sequence[Word]) -> tuple[_Steps, ...]:
    """The steps [start, end) that each word of a line was read at.

    They are those of the words of the best path; some of these may be gone, which the text layer
    explained, and so the words are matched in order, each with the one most like it. None where
    there are more words than the best path has.
    """
    path = split_words(best_path(lattice))
    if len(words) > len(path):
        return ()
    costs = np.array([[_unlike(word, part) for part in path] for word in words])
    least = np.zeros((len(words) + 1, len(path) + 1))
    least[1:, 0] = np.inf
    for word in range(len(words)):
        for part in range(len(path)):
            taken = least[word, part] + costs[word, part]
            least[word + 1, part + 1] = min(taken, least[word + 1, part])
    found: list[_Steps] = []
    part = len(path)
    for word in range(len(words), 0, -1):
        while least[word, part - 1] == least[word, part]:
            part -= 1
        part -= 1
        found.append((path[part][0].start, path[part][-1].end))
    return tuple(reversed(found))


def _unlike(word: Word, chars: Sequence[Char]) -> float:
    """How far (0-1) a word, as read or else, is from what the best path spells."""
    text = "".join(char.char for char in chars)
    return min(Levenshtein.normalized_distance(text, t) for t in (word.text, *word.alternatives))


def _hits(match: Match, words: _Words, found: Sequence[_Steps]) -> Iterator[Hit]:
    """A match as the words that it overlaps, on each line; all words where none has a place."""
    taken: dict[int, list[int]] = {}
    for index, (line, number, _) in enumerate(words):
        if not found or _overlaps(match, found[index]):
            taken.setdefault(line, []).append(number)
    for line, numbers in taken.items():
        yield Hit(match.text, line, min(numbers), max(numbers) + 1, match.score)


def _overlaps(match: Match, place: _Steps) -> bool:
    start, end = place
    shared = min(match.end, end) - max(match.start, start)
    return shared * _OVERLAP >= min(match.end - match.start, end - start)
