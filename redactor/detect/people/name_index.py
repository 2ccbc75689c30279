"""Finds the names of known people among the words of a text.

Names are looked up by their parts, so that the time does not depend on how many people are known:
a given name beside a family name of the same person is that person, in either order, with or
without middle names, in initials too. What a part may say alone depends on how common it is and on
how many people are known, see `NameIndex`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from redactor.detect.people.commonness import by_chance, rare_enough, shares
from redactor.detect.people.name_words import Words
from redactor.detect.people.names import PARTICLES, Name, spellings, words_of
from redactor.detect.people.near import NearWords
from redactor.detect.people.person import Person

FULL, INITIALS, TITLED, NEARBY, SOLO, ALONE = 0.98, 0.85, 0.8, 0.75, 0.8, 0.6
_OTHER_MIDDLE = 0.6  # John B. Smith, who is known as John Andrew Smith
_PER_COST = 0.12  # of a score, for each edit
_MOST_COST = 2.0  # of a full name's parts together
_MISREAD_ALONE = 0.1  # what a part alone loses that is not spelled right
_FEW = 1000  # people, up to which a part alone may be misspelled
_SURELY_MISREAD = 5  # letters from which a word that is no other one may be misread
_SHORTEST = 3  # letters of a part that stands for somebody alone
_BETWEEN = 2  # words that may stand between a given and a family name
_AROUND = 5  # words within which two parts of a name support each other
_MANY = 1 << 24
_HALVES = re.compile(r"[\s\-]+")


@dataclass(frozen=True, slots=True)
class NameHit:
    """The words [first, last) are somebody of `people` (numbers in the roster)."""

    first: int
    last: int
    score: float
    people: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """The words [first, last) are part `number` of names, at the cost of some edits.

    One that is `weak`, a word of its own or a short one, counts only beside a part that is right.
    """

    first: int
    last: int
    number: int
    cost: float
    weak: bool = False


class NameIndex:
    """The names of many people, to be looked up.

    A part of a name that stands alone counts if it is rare enough: all such parts together make up
    at most `budget` (0-1) of the words of any text. Of few people nearly all names do, of a
    hundred thousand only those that hardly anybody has.
    """

    def __init__(self, people: Sequence[Person], budget: float) -> None:
        self._parts: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        self._families: dict[int, list[int]] = defaultdict(list)
        self._givens: dict[int, list[int]] = defaultdict(list)
        self._pairs: dict[int, list[int]] = defaultdict(list)
        self._initials: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._middles: dict[int, set[str]] = {}
        self._solo: set[int] = set()
        self._is_few = len(people) <= _FEW
        for number, person in enumerate(people):
            self._add(number, person)
        self._near = NearWords(tuple(self._parts))
        candidates = {**self._families, **self._givens}
        spelled = {n: text for text, n in self._parts.items() if n in candidates}
        self._alone = rare_enough(spelled, budget)

    def _add(self, number: int, person: Person) -> None:
        for name in person.names:
            self._add_name(number, name, person.nicknames)
        middles = {word for name in person.names for word in words_of(name.middle)}
        if middles:
            self._middles[number] = middles.union(*map(words_of, person.nicknames))

    def _add_name(self, number: int, name: Name, nicknames: Iterable[str]) -> None:
        givens = {part for text in (name.given, *nicknames) for part in self._numbers(text)}
        families = self._numbers(name.family)
        whole = families[: len(spellings(name.family))]
        for family in whole:
            self._families[family].append(number)
        for given in givens:
            self._givens[given].append(number)
        if not (givens and families):
            self._solo.update(givens, whole)
        letters = {text[0] for text in words_of(name.given)[:1]}
        for family in families:
            for given in givens:
                self._pairs[family * _MANY + given].append(number)
            for letter in letters:
                self._initials[family, letter].append(number)

    def _numbers(self, text: str) -> list[int]:
        """The parts that a text is found by: all its words, and of a double name each half."""
        halves = [half for half in _HALVES.split(text) if half]
        texts = [text, *(half for half in halves if half.lower() not in PARTICLES)]
        spelled = [words for part in texts for words in spellings(part) if words]
        return [self._number(words) for words in dict.fromkeys(spelled)]

    def _number(self, words: tuple[str, ...]) -> int:
        joined = "".join(words)
        if len(words) > 1:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 1))
        return self._parts.setdefault(joined, len(self._parts))

    def tells(self, text: str) -> bool:
        """Whether a part of a name, as written, says alone who it is."""
        return self._parts.get("".join(words_of(text)), -1) in self._alone

    def hits(self, words: Words) -> list[NameHit]:
        """Who stands where; hits may overlap where several people share words."""
        parts = [part for first in range(len(words.texts)) for part in self._parts_at(words, first)]
        beginning: dict[int, list[_Part]] = defaultdict(list)
        ending: dict[int, list[_Part]] = defaultdict(list)
        for part in parts:
            beginning[part.first].append(part)
            ending[part.last].append(part)
        found: list[NameHit] = []
        for part in parts:
            found.extend(self._full(words, part, beginning, ending))
        covered = {at for hit in found for at in range(hit.first, hit.last)}
        for part in parts:
            if not covered.issuperset(range(part.first, part.last)):
                found.extend(self._single(words, part, beginning))
        return found

    def _parts_at(self, words: Words, first: int) -> Iterator[_Part]:
        text = words.texts[first]
        is_known = False
        for last in range(first + 1, words.tight_until(first, self._longest.get(text, 1)) + 1):
            number = self._parts.get("".join(words.texts[first:last]))
            if number is not None:
                is_known = True
                yield _Part(first, last, number, 0.0)
        if not is_known and words.capital[first]:
            weak = text in shares() or len(text) < _SURELY_MISREAD
            for near in self._near.near(text):
                yield _Part(first, first + 1, near.number, near.cost, weak)

    def _full(
        self,
        words: Words,
        family: _Part,
        beginning: dict[int, list[_Part]],
        ending: dict[int, list[_Part]],
    ) -> Iterator[NameHit]:
        """The full names that a family name belongs to, else those that are cut to initials."""
        found = False
        for between in range(_BETWEEN + 1):
            first = family.first - between
            if between and not words.may_be_middle(first):
                break
            for given in ending.get(first, ()):
                if words.joined(given.last - 1, family.first):
                    hits = self._pair(words, given, family, range(first, family.first))
                    for hit in hits:
                        found = True
                        yield hit
        for given in beginning.get(words.after_comma(family.last), ()):
            middle = words.middles_after(given.last)
            for hit in self._pair(words, given, family, middle):
                found = True
                yield hit
        if not found:
            yield from self._initialed(words, family)

    def _pair(self, words: Words, given: _Part, family: _Part, middle: range) -> Iterator[NameHit]:
        people = self._pairs.get(family.number * _MANY + given.number)
        cost = given.cost + family.cost
        if not people or cost > _MOST_COST or not self._meant(words, given, family):
            return
        if (given.weak and family.cost) or (family.weak and given.cost):
            return
        first, last = min(given.first, family.first), max(given.last, family.last)
        score, last = FULL, max(last, *(at + 1 for at in middle), last)
        written = {words.texts[at] for at in middle}
        if written and not any(self._fits(written, person) for person in people):
            score = _OTHER_MIDDLE
        yield NameHit(first, words.compound_end(last), score - _PER_COST * cost, tuple(people))

    def _fits(self, written: set[str], person: int) -> bool:
        """Whether the middle names that are written may be a person's: as words or initials."""
        known = self._middles.get(person)
        return known is None or all(
            any(name.startswith(text) or text.startswith(name) for name in known)
            for text in written
        )

    def _meant(self, words: Words, given: _Part, family: _Part) -> bool:
        """Whether two words are a name: they begin with capitals or do not meet by chance."""
        capital = words.capital[given.first] and words.capital[family.first]
        return capital or self._is_unlikely(words, given, family)

    def _is_unlikely(self, words: Words, *parts: _Part) -> bool:
        return not by_chance(words.texts[part.first] for part in parts)

    def _initialed(self, words: Words, family: _Part) -> Iterator[NameHit]:
        """J. Smith, J. A. Smith, Smith J., Smith, J.A."""
        if not words.capital[family.first] or family.cost > 1 or family.weak:
            return
        for first, last in words.initials_beside(family.first, family.last):
            letter = words.texts[first][0]
            people = self._initials.get((family.number, letter))
            if people:
                start, end = min(first, family.first), max(last, family.last)
                score = INITIALS - _PER_COST * family.cost
                yield NameHit(start, words.compound_end(end), score, tuple(people))

    def _single(
        self, words: Words, part: _Part, beginning: dict[int, list[_Part]]
    ) -> Iterator[NameHit]:
        """A part that stands alone: after a title, near another part of the name, or rare."""
        people = self._families.get(part.number, []) or self._givens.get(part.number, [])
        if not people or part.weak or not words.stands_alone(part.first, part.last):
            return
        if part.number in self._families and words.has_title(part.first) and part.cost <= 1:
            yield NameHit(part.first, part.last, TITLED - _PER_COST * part.cost, tuple(people))
        elif near := self._supported(words, part, beginning):
            yield NameHit(part.first, part.last, NEARBY, near)
        elif part.number in self._solo and not part.cost:
            yield NameHit(part.first, part.last, SOLO, tuple(people))
        elif self._tells(words, part):
            score = ALONE - (_MISREAD_ALONE if part.cost else 0.0)
            yield NameHit(part.first, part.last, score, tuple(people))

    def _tells(self, words: Words, part: _Part) -> bool:
        if part.number not in self._alone or (part.cost and not self._is_few) or part.cost > 1:
            return False
        text = "".join(words.texts[part.first : part.last])
        return len(text) >= _SHORTEST and text not in words.common

    def _supported(
        self, words: Words, part: _Part, beginning: dict[int, list[_Part]]
    ) -> tuple[int, ...]:
        """The people whose other part stands a few words away."""
        around = range(part.first - _AROUND, part.last + _AROUND)
        found: set[int] = set()
        for other in (other for at in around for other in beginning.get(at, ())):
            if other.cost or part.cost or not words.stands_alone(other.first, other.last):
                continue
            if not self._is_unlikely(words, part, other):
                continue
            for family, given in ((part, other), (other, part)):
                found.update(self._pairs.get(family.number * _MANY + given.number, ()))
        return tuple(sorted(found))
