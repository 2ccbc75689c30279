"""What an English text is likely to say: a prior on words, to be weighed against the pixels.

A list of words with their counts from open text (`training/lexicon`); a word that is not on it is
judged by its letters, with a character model fitted to the list (interpolated 5-grams; Witten &
Bell 1991, "The zero-frequency problem"), so that an inflection or a surname is unlikely, not
impossible. Beside it a list of pairs of words that often follow each other. Nothing here sees the
image: see `choose` for how far the prior may go.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from redactor.ocr.models import LEXICON, PAIRS, read_verified

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_ORDER = 5  # letters of the character model, the predicted one included
_LETTERS = "abcdefghijklmnopqrstuvwxyz'"
_START, _END = "^$"
_CODES = {char: code for code, char in enumerate(_START + _END + _LETTERS)}
_OTHER = len(_CODES)
_BASE = _OTHER + 1
_UNUSUAL = -1.0  # what a pair of listed words gains that is on no list of pairs
_UNKNOWN = 0.02  # of all words in running text are not on the list
_COMMON = 0.15  # edits that a word may be further away for each e-fold in its count


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the list in order, and the natural logs of their counts."""

    words: tuple[str, ...] = field(repr=False)
    log_counts: FloatArray = field(repr=False)
    index: dict[str, int] = field(repr=False)
    log_total: float

    def __contains__(self, word: str) -> bool:
        return word.lower() in self.index


@cache
def lexicon() -> Lexicon:
    """The list in the package. Raises MissingDependency where it is missing or changed."""
    rows = [row.split() for row in read_verified(LEXICON).decode("ascii").splitlines()]
    words = tuple(word for word, _ in rows)
    counts = np.array([int(count) for _, count in rows], np.float64)
    index = {word: number for number, word in enumerate(words)}
    return Lexicon(words, np.log(counts), index, math.log(counts.sum()))


@lru_cache(maxsize=65536)
def log_prior(word: str) -> float:
    """The natural log of the probability that a word of running text is this one."""
    listed = lexicon()
    number = listed.index.get(word.lower())
    if number is None:
        return math.log(_UNKNOWN) + _letters().log_probability(word.lower())
    return math.log(1 - _UNKNOWN) + float(listed.log_counts[number]) - listed.log_total


def neighbors(words: Sequence[str], most: int) -> tuple[tuple[str, ...], ...]:
    """For each word, at most `most` listed ones that few edits lead to, common ones first.

    No more than half of a word's letters may change, two in a short one.
    """
    listed = lexicon()
    queries = [word.lower() for word in words]
    if not queries:
        return ()
    far = [max(2, math.ceil(len(query) / 2)) for query in queries]
    edits = process.cdist(
        queries,
        listed.words,
        scorer=Levenshtein.distance,
        score_cutoff=max(far),
        dtype=np.uint8,
    )
    found = []
    for row, reach in zip(edits, far, strict=True):
        near = np.flatnonzero(row <= reach)
        order = np.argsort(row[near] - _COMMON * listed.log_counts[near], kind="stable")[:most]
        found.append(tuple(listed.words[number] for number in near[order].tolist()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Numbers of pairs (first * words + second) in order, and what each gains."""

    keys: IntArray = field(repr=False)
    gains: FloatArray = field(repr=False)


@cache
def _pairs() -> _Pairs:
    """The pairs in the package. Raises MissingDependency where they are missing or changed."""
    with np.load(io.BytesIO(read_verified(PAIRS)), allow_pickle=False) as stored:
        first, second = (stored[name].astype(np.int64) for name in ("first", "second"))
        gains = stored["gains"].astype(np.float64)
    return _Pairs(first * len(lexicon().words) + second, gains)


def pair_gains(firsts: Sequence[str], seconds: Sequence[str]) -> FloatArray:
    """How much likelier each of `seconds` is after each of `firsts` than anywhere.

    (firsts, seconds), in natural logs (pointwise mutual information: Church & Hanks 1990, "Word
    association norms, mutual information, and lexicography").
    A pair that is not listed loses a little; a word that is not listed neither gains nor loses.
    """
    index = lexicon().index
    first, second = (
        np.array([index.get(word.lower(), -1) for word in words], np.int64)
        for words in (firsts, seconds)
    )
    listed = _pairs()
    gains = _looked_up(
        listed.keys, listed.gains, first[:, None] * len(index) + second, missing=_UNUSUAL
    )
    return np.where((first[:, None] >= 0) & (second >= 0), gains, 0.0)


@dataclass(frozen=True, slots=True)
class _Level:
    """The n-grams of one length as numbers in order, their weights, and what follows each history.

    A history is an n-gram without its last letter; `totals` and `kinds` are the weight and the
    number of different letters seen after it.
    """

    grams: IntArray = field(repr=False)
    weights: FloatArray = field(repr=False)
    histories: IntArray = field(repr=False)
    totals: FloatArray = field(repr=False)
    kinds: FloatArray = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Letters:
    """The character model."""

    levels: tuple[_Level, ...] = field(repr=False)

    def log_probability(self, word: str) -> float:
        """Of the letters of a word and its end; what is no letter counts as rare as any."""
        grams = _grams([word])
        probability = np.full(grams.shape[1], 1 / _BASE)
        for level, keys in zip(self.levels, grams, strict=True):
            weight = _looked_up(level.grams, level.weights, keys)
            total = _looked_up(level.histories, level.totals, keys // _BASE)
            kinds = _looked_up(level.histories, level.kinds, keys // _BASE)
            smoothed = (weight + kinds * probability) / np.maximum(total + kinds, 1e-9)
            probability = np.where(total > 0, smoothed, probability)
        return float(np.log(probability).sum())


@cache
def _letters() -> _Letters:
    """The character model of the list: a word counts with 1 + the log of its count."""
    listed = lexicon()
    weights = np.repeat(1 + listed.log_counts, [len(word) + 1 for word in listed.words])
    return _Letters(tuple(_level(keys, weights) for keys in _grams(listed.words)))


def _level(keys: IntArray, weights: FloatArray) -> _Level:
    grams, place = np.unique(keys, return_inverse=True)
    histories, of_gram = np.unique(grams // _BASE, return_inverse=True)
    summed = np.bincount(place, weights).astype(np.float64)
    return _Level(
        grams,
        summed,
        histories,
        np.bincount(of_gram, summed).astype(np.float64),
        np.bincount(of_gram).astype(np.float64),
    )


def _grams(words: Sequence[str]) -> IntArray:
    """(order, letters and ends): the n-grams, as numbers, that end at each letter and word end."""
    text = "".join(_START * (_ORDER - 1) + word + _END for word in words)
    codes = np.array([_CODES.get(char, _OTHER) for char in text], np.int64)
    rows = [codes[_ORDER - 1 :]]
    for n in range(1, _ORDER):
        rows.append(rows[-1] + codes[_ORDER - 1 - n : len(codes) - n] * _BASE**n)
    return np.array(rows)[:, codes[_ORDER - 1 :] != _CODES[_START]]


def _looked_up(
    keys: IntArray, values: FloatArray, wanted: IntArray, missing: float = 0.0
) -> FloatArray:
    """The value of each wanted key, `missing` where there is none. `keys` are in order."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], missing)
