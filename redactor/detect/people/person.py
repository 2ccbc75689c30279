"""Known people: the data of a roster."""

from __future__ import annotations

from dataclasses import dataclass, field

from redactor.detect.people.columns import Role
from redactor.detect.people.days import Day
from redactor.detect.people.names import Name


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """A value that names one person: a number, a telephone, an e-mail or a street address."""

    role: Role
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """What a roster says of somebody.

    `names` has other full names too (a maiden name, an alias of several words), `nicknames` stand
    in for the given name. `births` are days of birth: several where the order of day and month
    is not clear.
    """

    names: tuple[Name, ...] = ()
    nicknames: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    births: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of one or more files, in order."""

    people: tuple[Person, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.people)
