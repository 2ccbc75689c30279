"""How well what is found covers what is to be found, counted in words.

A word is a run of letters and digits. It is masked where every character of it lies under a span,
of whatever kind. A gold span is missed where one of its words is not masked; a document leaks where
one of its gold spans is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

_WORD = re.compile(r"[^\W_]+")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Labeled:
    """A text, the places in it that must be found, and the places that may be."""

    text: str
    gold: tuple[Place, ...]
    allowed: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over texts; `documents` are those that have something to be found."""

    documents: int = 0
    leaking: int = 0
    spans: int = 0
    missed: int = 0
    other_words: int = 0
    other_masked: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def leak(self) -> float:
        """The share of documents that leak."""
        return self.leaking / max(1, self.documents)

    @property
    def recall(self) -> float:
        """The share of gold spans that are masked whole."""
        return 1 - self.missed / max(1, self.spans)

    @property
    def over(self) -> float:
        """The share of the words outside gold and allowed places that are masked."""
        return self.other_masked / max(1, self.other_words)


def tally(document: Labeled, found: Iterable[Place]) -> Tally:
    """The counts of one text."""
    words = [match.span() for match in _WORD.finditer(document.text)]
    masked = _inside(words, found, whole=True)
    of_gold = [_inside(words, [span], whole=False) for span in document.gold]
    missed = sum(not own <= masked for own in of_gold)
    known = set().union(*of_gold, _inside(words, document.allowed, whole=False))
    others = set(words) - known
    has_gold = bool(document.gold)
    return Tally(
        documents=int(has_gold),
        leaking=int(missed > 0),
        spans=len(document.gold),
        missed=missed,
        other_words=len(others),
        other_masked=len(others & masked),
    )


def _inside(words: Sequence[Place], places: Iterable[Place], whole: bool) -> set[Place]:
    """The words that lie in one or several places together; not `whole`: that touch one."""
    merged = _merged(places)
    if whole:
        return {w for w in words if any(s <= w[0] and w[1] <= e for s, e in merged)}
    return {w for w in words if any(s < w[1] and w[0] < e for s, e in merged)}


def _merged(places: Iterable[Place]) -> list[Place]:
    """Places in order, those that overlap or touch as one."""
    merged: list[Place] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
