"""Finds all that a roster says of people wherever it stands in a text.

Names are found in the forms that documents write them in and with the errors that recognition
makes (`people.name_index`), identifiers and dates of birth in any notation (`people.value_index`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from redactor.detect.folding import ascii_view
from redactor.detect.people.lattice import MAX_TEXTS, SHORTEST, Sought
from redactor.detect.people.name_index import NameIndex
from redactor.detect.people.name_words import words_in
from redactor.detect.people.person import Person, Roster
from redactor.detect.people.texts import names_of, values_of
from redactor.detect.people.value_index import ValueIndex
from redactor.detect.spans import Span
from redactor.detect.terms import encodable, views

KNOWN = "known"
_FEW = 50  # people, up to which the values of all are looked for in posteriors
_ANYBODY = 50  # people, from which a name says nothing of who it is
_BUDGET = 1e-3  # of all words, for parts of names that stand alone


@dataclass(frozen=True, slots=True, order=True)
class KnownSpan:
    """A span, and whom it may be (numbers in the roster): in memory only."""

    span: Span
    people: tuple[int, ...] = field(repr=False)


class KnownDetector:
    """Finds the people of a roster; see `NameIndex` for `budget`.

    `name` is the detector of what it finds: "rule:" and the id of a policy's rule, or "known".
    """

    def __init__(
        self, roster: Roster, label: str = "PERSON", name: str = KNOWN, budget: float = _BUDGET
    ) -> None:
        self.name = name
        self.label = label
        self._people = roster.people
        self._names = NameIndex(roster.people, budget)
        self._values = ValueIndex(roster.people)

    def spans(self, text: str) -> Iterable[Span]:
        """The known people's data in `text`, by place; of spans inside each other the longest."""
        return [known.span for known in self.known_spans(text)]

    def known_spans(self, text: str) -> tuple[KnownSpan, ...]:
        """The same, each with whom it may be."""
        given = encodable(text)
        names = list(self._in_names(given))
        view = ascii_view(given)
        values = list(self._values.hits(view))
        here = {person for hit in names for person in hit[3]}
        here.update(person for hit in values if not hit.is_loose for person in hit.people)
        best: dict[tuple[int, int], KnownSpan] = {}
        for hit in values:
            people = tuple(here.intersection(hit.people)) if hit.is_loose else hit.people
            if people:
                names.append((*view.original(hit.start, hit.end), hit.score, people))
        for start, end, score, people in names:
            found = best.get((start, end))
            both = tuple(sorted({*people, *(found.people if found else ())}))
            score = round(max(score, found.span.score if found else 0.0), 2)
            best[start, end] = KnownSpan(Span(start, end, self.label, score, self.name), both)
        return tuple(_outermost(sorted(best.values(), key=lambda k: (k.span.start, -k.span.end))))

    def sought(self, text: str) -> Sought:
        """What to look for in the posteriors of a page that was read as `text`.

        The names of all people, if these are not too many (`MAX_TEXTS`), else of those of whom the
        text has something; the identifiers and days of birth of these alone, or of few people.
        """
        known = (k.people for k in self.known_spans(text) if len(k.people) < _ANYBODY)
        here = [self._people[number] for number in sorted({n for people in known for n in people})]
        names = self._all_names or self._names_of(here)
        valued = self._people if len(self._people) <= _FEW else here
        values = (value for person in valued for value in values_of(person))
        return Sought(tuple(dict.fromkeys((*names, *values))), self.label, self.name)

    @cached_property
    def _all_names(self) -> tuple[str, ...]:
        """The names of all people; none where these are too many."""
        names = self._names_of(self._people)
        return names if len(names) <= MAX_TEXTS else ()

    def _names_of(self, people: Iterable[Person]) -> tuple[str, ...]:
        names = (name for person in people for name in names_of(person, self._tells))
        return tuple(dict.fromkeys(names))

    def _tells(self, part: str) -> bool:
        return len(part) >= SHORTEST and self._names.tells(part)

    def _in_names(self, text: str) -> Iterator[tuple[int, int, float, tuple[int, ...]]]:
        for view in views(text):
            words = words_in(view, text)
            for hit in self._names.hits(words):
                yield *words.place(hit.first, hit.last), hit.score, hit.people


def _outermost(spans: Iterable[KnownSpan]) -> Iterator[KnownSpan]:
    """The spans, outer ones first, that no other one holds which scores as much."""
    kept: list[KnownSpan] = []
    for known in spans:
        kept = [other for other in kept if other.span.end > known.span.start]
        if not any(
            other.span.end >= known.span.end and other.span.score >= known.span.score
            for other in kept
        ):
            kept.append(known)
            yield known
