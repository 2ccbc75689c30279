"""Findings that overlap on one line share a box, with all reasons kept.

Boxes are one where they share letters: two words side by side, or lines one above the other, whose
boxes only touch stay apart. What a rule keeps of a word is never swallowed: a shared box takes no
letter that none of its page's findings takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redactor.findings import Decision
from redactor.geometry import Box, BoxIndex, union
from redactor.words import Word, part_of

_INSIDE = 0.98  # share of a box from which it lies in another; edges are rounded
_SAME_LINE = 0.5  # share of the taller box's height that both have
_LETTER = 0.2  # of the taller box's height: italics reach less far into the word beside them
_NARROW = 0.5  # share of the narrower box's width from which that one is meant, however narrow
_MOST = 0.6  # share of a letter under a box from which it goes (as burning has it) ...
_CUT = 0.1  # ... and how much more of a letter that stays a shared box may take


@dataclass(frozen=True, slots=True)
class Merged:
    """A box, in page space, and all decisions that it carries out, the strongest first.

    Strongest is the best scored; of equal ones the largest, then the first.
    """

    box: Box
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One box of a finding, and the decision on it."""

    box: Box
    decision: Decision


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts, by their numbers, that are one, and their extent."""

    box: Box
    parts: tuple[int, ...]


def merge(decisions: Sequence[Decision], words: Sequence[Word], pad: float) -> tuple[Merged, ...]:
    """The boxes of the decisions on one page, those that overlap as one, in order.

    The boxes are not grown yet by `pad`, with which they will be burned.
    """
    parts = [_Part(box, decision) for decision in decisions for box in decision.finding.boxes]
    letters = _Letters(words, [part.box.padded(pad) for part in parts])
    by_place = BoxIndex()
    groups: dict[int, _Group] = {}  # by their numbers in the index, which keeps those that are gone
    for number, part in enumerate(parts):
        group = _Group(part.box, (number,))
        while (near := _partner(group, by_place, groups, letters, pad)) is not None:
            other = groups.pop(near)
            group = _Group(union((other.box, group.box)), (*other.parts, *group.parts))
        groups[by_place.add(group.box)] = group
    ordered = sorted(groups.values(), key=lambda group: min(group.parts))
    return tuple(_merged(group.box, [parts[number] for number in group.parts]) for group in ordered)


def _partner(
    group: _Group,
    by_place: BoxIndex,
    groups: Mapping[int, _Group],
    letters: _Letters,
    pad: float,
) -> int | None:
    """The number of the first group that may be one with another."""
    for number in by_place.overlapping(group.box):
        if number in groups and overlap(group.box, groups[number].box):
            both = union((group.box, groups[number].box))
            if both in (group.box, groups[number].box) or not letters.are_lost(both.padded(pad)):
                return number
    return None


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share letters of one line, or one lies in the other."""
    width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    if width <= 0 or height <= 0:
        return False
    if max(a.covered_by(b), b.covered_by(a)) >= _INSIDE:
        return True
    tallest = max(a.height, b.height)
    shared = min(_LETTER * tallest, _NARROW * min(a.width, b.width))
    return height >= _SAME_LINE * tallest and width > shared


def _merged(box: Box, parts: Sequence[_Part]) -> Merged:
    ordered = sorted(parts, key=lambda p: (-p.decision.finding.score, -p.box.area))
    return Merged(box, tuple({p.decision.finding.id: p.decision for p in ordered}.values()))


class _Letters:
    """The letters of a page, and the boxes that take some of them."""

    def __init__(self, words: Sequence[Word], taken: Sequence[Box]) -> None:
        self._words = words
        self._by_place = BoxIndex([word.box for word in words])
        self._taken = taken
        self._taken_by_place = BoxIndex(taken)

    def are_lost(self, box: Box) -> bool:
        """Whether a box takes or cuts letters that none of those boxes takes."""
        return any(
            self._is_lost(part_of(self._words[number], at, at + 1), box)
            for number in self._by_place.overlapping(box)
            for at in range(len(self._words[number].text))
        )

    def _is_lost(self, letter: Box, box: Box) -> bool:
        under = [self._taken[number] for number in self._taken_by_place.overlapping(letter)]
        if any(_takes(other, letter) for other in under):
            return False
        before = max((letter.covered_by(other) for other in under), default=0.0)
        return _takes(box, letter) or letter.covered_by(box) > before + _CUT


def _takes(box: Box, letter: Box) -> bool:
    return box.contains(*letter.center) or letter.covered_by(box) > _MOST
