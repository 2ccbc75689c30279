"""The made-up roster that is measured with is one that can be read, and the same each time."""

from __future__ import annotations

from benchmarks.known_people import people, roster
from redactor.detect.people.roster import parse_roster


def test_the_roster_is_of_the_people_asked_for() -> None:
    read = parse_roster(roster(50, seed=1), "roster.csv").people
    names = [(name.given, name.family) for person in read for name in person.names]
    assert names == people(50, seed=1)
    assert names != people(50, seed=2)
    assert all(len(person.identifiers) == 4 and len(person.births) >= 1 for person in read)
