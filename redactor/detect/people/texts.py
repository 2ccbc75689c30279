"""How known people's data may be written, as texts to look for in posteriors."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Iterator

from redactor.detect.people.days import Day
from redactor.detect.people.person import Person


def names_of(person: Person, tells: Callable[[str], bool]) -> Iterator[str]:
    """The parts of a person's names that tell who it is, else the full names that they are in."""
    for name in person.names:
        parts = [part for part in (name.given, name.family, *person.nicknames) if part]
        yield from filter(tells, parts)
        if name.given and name.family and not (tells(name.given) and tells(name.family)):
            yield f"{name.given} {name.family}"
            yield f"{name.family}, {name.given}"


def values_of(person: Person) -> Iterator[str]:
    """A person's identifiers as the roster has them, and the days of birth in common notations."""
    for identifier in person.identifiers:
        yield identifier.value
    for day in person.births:
        yield from _dates(day)


def _dates(day: Day) -> Iterator[str]:
    year, month, date = day
    for years in (f"{year}", f"{year % 100:02}"):
        yield f"{month}/{date}/{years}"
        yield f"{month:02}/{date:02}/{years}"
        yield f"{month}-{date}-{years}"
    yield f"{year}-{month:02}-{date:02}"
    yield f"{month_name[month]} {date}, {year}"
