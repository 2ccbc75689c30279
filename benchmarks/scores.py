"""How a reading is scored against labels: error rates, which word is which, calibration.

Texts are compared without case and by letters and digits only (`plain`): a comma more or less
changes no score, a blank does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from rapidfuzz.distance import Levenshtein

from redactor.geometry import Box, BoxIndex

_SAME_PLACE = 0.5  # share of the smaller box from which two boxes are of one word
_BINS = 10


class Placed(Protocol):
    """A text and where it stands: a word as read, or as labeled."""

    @property
    def text(self) -> str: ...

    @property
    def box(self) -> Box: ...


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits (insertions, deletions, substitutions) that it takes, and the length of the truth."""

    edits: int
    length: int

    @property
    def rate(self) -> float:
        """Edits a unit of truth; above 1 where more was invented than stands there."""
        return self.edits / self.length if self.length else float(self.edits > 0)


def total(errors: Iterable[Errors]) -> Errors:
    """The errors of several pages: long pages weigh more."""
    counts = list(errors)
    return Errors(sum(e.edits for e in counts), sum(e.length for e in counts))


def plain(text: str) -> str:
    """What is compared of a word: its letters and digits, without case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared; those without a letter or digit are dropped."""
    return tuple(token for word in text.split() if (token := plain(word)))


def character_errors(truth: str, reading: str) -> Errors:
    """Edits of characters, over all of a page: tokens with one blank between them."""
    expected, found = " ".join(tokens(truth)), " ".join(tokens(reading))
    return Errors(Levenshtein.distance(expected, found), len(expected))


def word_errors(truth: str, reading: str) -> Errors:
    """Edits of whole tokens, over all of a page."""
    expected, found = tokens(truth), tokens(reading)
    return Errors(Levenshtein.distance(expected, found), len(expected))


def same_place(boxes: Sequence[Box], others: Sequence[Box]) -> tuple[int | None, ...]:
    """For each box the number of the other one that it shares most area with.

    None where no other covers half of the smaller of the two. Several boxes may name the same
    other one: a word that was read in two pieces.
    """
    index = BoxIndex(others)
    return tuple(_partner(box, others, index) for box in boxes)


def _partner(box: Box, others: Sequence[Box], index: BoxIndex) -> int | None:
    best, most = None, 0.0
    for number in index.overlapping(box):
        common = box.intersection(others[number])
        smaller = min(box.area, others[number].area)
        if common and common.area > most and common.area >= _SAME_PLACE * smaller:
            best, most = number, common.area
    return best


@dataclass(frozen=True, slots=True)
class Match:
    """The number of a word that was read, and the numbers of the labels it stands for.

    It is `right` when its letters and digits are those of its labels. A word that joins several
    labels is right only where nothing but punctuation parts them: annotators and readers differ
    on whether "9/3/92" is one word, but nobody takes "of the" for one.
    """

    word: int
    labels: tuple[int, ...]
    right: bool


def match(words: Sequence[Placed], labels: Sequence[Placed]) -> tuple[Match, ...]:
    """Which labels each word stands for, by place; words that stand on no label are left out.

    A label belongs to the one word that it shares most area with, so that the pieces of a word
    that was read in two are both wrong. Only words and labels with a letter or digit are given.
    """
    boxes, places = [word.box for word in words], [label.box for label in labels]
    held: dict[int, list[int]] = {}
    for number, index in enumerate(same_place(places, boxes)):
        if index is not None:
            held.setdefault(index, []).append(number)
    on_label = same_place(boxes, places)
    return tuple(
        Match(index, tuple(held.get(index, ())), _is_right(word, held.get(index, ()), labels))
        for index, word in enumerate(words)
        if index in held or on_label[index] is not None
    )


def _is_right(word: Placed, held: Sequence[int], labels: Sequence[Placed]) -> bool:
    ordered = sorted((labels[number] for number in held), key=lambda label: label.box.x0)
    texts = [label.text for label in ordered]
    is_same = plain(word.text) == plain("".join(texts))
    return is_same and (len(texts) == 1 or _runs(word.text) == _runs(" ".join(texts)))


def _runs(text: str) -> list[str]:
    """The unbroken runs of letters and digits."""
    return re.findall(r"[^\W_]+", text.casefold())


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """The expected calibration error over ten bins of equal width (Naeini et al., AAAI 2015).

    The mean distance between what is promised and what is kept in a bin, weighed by its words;
    0.0 for no words.
    """
    promised, kept = np.asarray(confidence, float), np.asarray(right, float)
    bins = np.minimum((promised * _BINS).astype(int), _BINS - 1)
    gaps = (abs(float((promised - kept)[bins == k].sum())) for k in range(_BINS))
    return sum(gaps) / max(len(promised), 1)


def auroc(confidence: Sequence[float], right: Sequence[bool]) -> float | None:
    """The chance that a right word is surer than a wrong one (ties count half).

    The area under the ROC curve, as the Mann-Whitney statistic; None where all words are right or
    all are wrong.
    """
    scores, truth = np.asarray(confidence, float), np.asarray(right, bool)
    good, bad = np.sort(scores[truth]), scores[~truth]
    if not len(good) or not len(bad):
        return None
    above = len(good) - np.searchsorted(good, bad, side="right")
    level = np.searchsorted(good, bad, side="right") - np.searchsorted(good, bad, side="left")
    return float((above + level / 2).sum() / (len(good) * len(bad)))
