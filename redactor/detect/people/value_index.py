"""Finds the identifiers and dates of birth of known people, however they are written.

An identifier is its letters and digits, whatever stands between them: 123-45-6789, 123 45 6789 and
123456789 are one. Digits that were read as letters (O for 0, l for 1) still count where most of
the value is digits. Text is looked up piece by piece in one table, so that the time does not
depend on how many identifiers there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import phonenumbers

from redactor.detect.dates import DATES, births
from redactor.detect.folding import Folded, ascii_view
from redactor.detect.people.columns import Role
from redactor.detect.people.days import Day, days_of, short
from redactor.detect.people.person import Person
from redactor.detect.scan import WEAK, Pattern, compiled, number_edges, scan

EXACT, SHORT, MISREAD, SHORT_YEAR = 0.98, 0.75, 0.8, 0.75

_PIECE = re.compile(r"[A-Za-z0-9]+")
_EXTENSION = re.compile(r"\s*(?:ext|x)\.?[ #:]*\d{1,6}\s*$", re.IGNORECASE)
_TWINS = str.maketrans("oilszb", "011528")
_MANY_BIRTHS = 300  # birthdays are so many that one day in a hundred of a lifetime is one
_GAP = 4  # characters that may stand between two pieces of a value
_PIECES = 16  # of one value
_LONGEST = 96  # letters and digits that are compared
_LONG = 7  # letters and digits from which a value stands for itself
_DIGITS = 0.6  # share of a value that must be digits where others were misread
_BEGINNINGS = (4, 8)  # letters of a value by which most texts are ruled out
_DATES = (*DATES, Pattern("DATE_TIME", compiled(r"\b\d{8}\b"), WEAK))
_STREET = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "lane": "ln",
    "drive": "dr", "court": "ct", "place": "pl", "square": "sq", "highway": "hwy",
    "parkway": "pkwy", "terrace": "ter", "circle": "cir", "apartment": "apt", "suite": "ste",
    "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueHit:
    """`text[start:end]` of the ASCII view is somebody of `people` (numbers in the roster).

    One that `is_loose` is a date like any other: it counts where something else names the person.
    """

    start: int
    end: int
    score: float
    people: tuple[int, ...] = field(repr=False)
    is_loose: bool = False


class ValueIndex:
    """The identifiers and days of birth of many people, to be looked up."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._values: dict[str, list[tuple[str, int]]] = {}
        self._beginnings: dict[int, set[str]] = {size: set() for size in _BEGINNINGS}
        self._births: dict[Day, list[int]] = defaultdict(list)
        self._are_many = sum(bool(person.births) for person in people) > _MANY_BIRTHS
        for number, person in enumerate(people):
            for identifier in person.identifiers:
                for key in _keys(identifier.role, identifier.value):
                    self._add(key, number)
            for day in person.births:
                self._births[day].append(number)
                self._births[short(day)].append(number)

    def _add(self, key: str, number: int) -> None:
        same = key.translate(_TWINS)[:_LONGEST]
        if not same:
            return
        entries = self._values.setdefault(same, [])
        if (key, number) not in entries[-2:]:
            entries.append((key, number))
        for size, beginnings in self._beginnings.items():
            beginnings.add(same[:size])

    def hits(self, view: Folded) -> Iterator[ValueHit]:
        """Whose values stand where in an ASCII view."""
        pieces = [(m.group().lower(), *m.span()) for m in _PIECE.finditer(view.text)]
        for first in range(len(pieces)):
            yield from self._values_at(view.text, pieces, first)
        if self._births:
            yield from self._days(view.text)

    def _values_at(
        self, text: str, pieces: Sequence[tuple[str, int, int]], first: int
    ) -> Iterator[ValueHit]:
        joined, start = "", pieces[first][1]
        longest = None
        for at in range(first, min(first + _PIECES, len(pieces))):
            word, begin, end = pieces[at]
            if at > first and not _may_join(text[pieces[at - 1][2] : begin]):
                break
            joined += _STREET.get(word, word)
            same = joined.translate(_TWINS)
            if len(same) > _LONGEST or not self._may_begin(same):
                break
            longest = self._value(text, joined, same, (start, end)) or longest
        if longest:
            yield longest

    def _may_begin(self, same: str) -> bool:
        return all(
            len(same) < size or same[:size] in beginnings
            for size, beginnings in self._beginnings.items()
        )

    def _value(self, text: str, joined: str, same: str, place: tuple[int, int]) -> ValueHit | None:
        entries = self._values.get(same)
        if not entries:
            return None
        is_short = len(same) < _LONG
        if is_short and not number_edges(text, *place):
            return None
        exact = tuple(number for key, number in entries if key[:_LONGEST] == joined)
        if exact:
            return ValueHit(*place, SHORT if is_short else EXACT, exact)
        digits = sum(char.isdigit() for char in joined)
        people = tuple(number for key, number in entries if _is_number(key))
        if is_short or digits < _DIGITS * len(joined) or not people:
            return None
        return ValueHit(*place, MISREAD, people)

    def _days(self, text: str) -> Iterator[ValueHit]:
        data = text.encode("ascii", "replace")
        dates = [span for pattern in _DATES for span in scan(pattern, text, data, "")]
        for span in births(text, dates):
            is_loose = self._are_many and span.label != "DATE_OF_BIRTH"
            for day in days_of(text[span.start : span.end]):
                people = self._births.get(day)
                if people:
                    score = EXACT if day[0] > 99 else SHORT_YEAR
                    yield ValueHit(span.start, span.end, score, tuple(people), is_loose)


def _may_join(gap: str) -> bool:
    return len(gap) <= _GAP and "\n\n" not in gap


def _is_number(key: str) -> bool:
    return sum(char.isdigit() for char in key) >= _DIGITS * len(key)


def _keys(role: Role, value: str) -> Iterator[str]:
    """The letters and digits that a value is looked up by, in each of its forms."""
    if role is Role.PHONE:
        yield from _phone_keys(_EXTENSION.sub("", value))
    elif role is Role.ADDRESS:
        yield _key(value)
        street, comma, _ = value.partition(",")
        if comma and any(char.isdigit() for char in street) and len(_key(street)) >= _LONG:
            yield _key(street)
    else:
        yield _key(value)


def _key(value: str) -> str:
    pieces = (piece.lower() for piece in _PIECE.findall(_in_ascii(value)))
    return "".join(_STREET.get(piece, piece) for piece in pieces)


def _in_ascii(value: str) -> str:
    return value if value.isascii() else ascii_view(value).text


def _phone_keys(value: str) -> Iterator[str]:
    """With and without the country's code; a number of ten digits is one of North America."""
    digits = _key(value)
    if value.startswith("+") and not digits.startswith("1"):
        try:
            number = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException:
            yield digits
            return
        yield digits
        yield f"0{number.national_number}"
        return
    local = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    yield local
    if len(local) == 10:
        yield f"1{local}"
