"""Words that few edits, or a slip of recognition, lead to: found among very many at once.

A letter changed, lost or added changes the set of a word's letters by two at most, so the words
whose letters differ by more are ruled out by one pass of bit counts, and only the rest compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

SLIP = 0.5  # the cost of letters that look alike, however many; an edit costs 1
_ONE_EDIT, _TWO_EDITS = 4, 9  # letters from which a word may have so many
_SLIP = 3  # letters from which a word may have letters that look alike
_ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("li", "h"), ("ri", "n"))
_TWINS = str.maketrans("1i|0568", "lllosgb")
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Near:
    """The number of a listed word, and the cost of the way to it: 0 is the word itself."""

    number: int
    cost: float


class NearWords:
    """A list of words, lower case without accents, to look others up in."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        self._masks = _masks(self._words)
        self._lengths = np.array([len(word) for word in self._words], np.int16)
        self._shapes: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            if len(word) >= _SLIP:
                self._shapes.setdefault(_shape(word), []).append(number)
        self._seen: dict[str, tuple[Near, ...]] = {}

    def near(self, word: str) -> tuple[Near, ...]:
        """The listed words that `word` may be misread from, but not itself."""
        if len(word) < _SLIP:
            return ()
        if word not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[word] = self._found(word)
        return self._seen[word]

    def _found(self, word: str) -> tuple[Near, ...]:
        costs = dict.fromkeys(self._shapes.get(_shape(word), ()), SLIP)
        edits = allowed_edits(len(word))
        if edits:
            apart = np.bitwise_count(self._masks ^ _masks([word])[0])
            far = np.abs(self._lengths - len(word))
            for number in np.flatnonzero((apart <= 2 * edits) & (far <= edits)).tolist():
                listed = self._words[number]
                limit = min(edits, allowed_edits(len(listed)))
                distance = OSA.distance(word, listed, score_cutoff=limit)
                if distance <= limit:
                    costs[number] = min(costs.get(number, limit), distance)
        return tuple(Near(n, c) for n, c in sorted(costs.items()) if self._words[n] != word)


def allowed_edits(length: int) -> int:
    """How many letters of a word may be changed, lost, added or have changed places."""
    return (length >= _ONE_EDIT) + (length >= _TWO_EDITS)


def _shape(word: str) -> str:
    """The word with one letter for all that look alike."""
    for pair, single in _ALIKE:
        word = word.replace(pair, single)
    return word.translate(_TWINS)


def _masks(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Which letters each word has: a bit for each, others share what bits are left."""
    masks = np.zeros(len(words), np.uint32)
    for number, word in enumerate(words):
        bits = 0
        for char in set(word):
            bits |= 1 << (ord(char) - 97 if "a" <= char <= "z" else 26 + ord(char) % 6)
        masks[number] = bits
    return masks
