"""Reads rosters: who is known, and what is known of them.

A roster is a list (one name a line; blank lines and lines that begin with # are skipped) or a table
(CSV with a header; comma, semicolon or tab). Which one it is, the first line tells: a table names a
column that holds names. UTF-8, with or without a byte order mark. Every column is used or refused,
none is dropped silently; one whose name begins with "ignore" is left out.

No error ever quotes a value: a roster holds the very data that is to be removed.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redactor.detect.folding import ascii_view
from redactor.detect.people.columns import Column, Role, column_of
from redactor.detect.people.days import Day, days_of
from redactor.detect.people.names import Name, parsed
from redactor.detect.people.person import Identifier, Person, Roster
from redactor.errors import BadRoster, FileAccessError, ResourceLimit

MAX_BYTES: Final = 64 << 20
MAX_PEOPLE: Final = 200_000
MAX_COLUMNS: Final = 64
MAX_VALUE: Final = 500
"""Caps: on a file, the people in all, a table's columns, and the characters of one value."""

_LEAST = 4  # letters and digits of an identifier; a shorter one stands everywhere
_SSN_DIGITS = 9
_CUT_SSN = 7  # digits of a number whose first zeros a spreadsheet dropped
_EMPTY = frozenset({"", "-", "--", "na", "n/a", "none", "null", "nil", "unknown", "tbd", "?"})


def read_roster(path: Path) -> Roster:
    """The roster in a file. Raises BadRoster, FileAccessError, ResourceLimit."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileAccessError(f"cannot read the roster {path}: {error.strerror}") from error
    return parse_roster(data, str(path))


def parse_roster(data: bytes, name: str) -> Roster:
    """The roster in the bytes of a file called `name`. Raises BadRoster, ResourceLimit."""
    if len(data) > MAX_BYTES:
        raise ResourceLimit(
            f"{name}: the roster is larger than {MAX_BYTES >> 20} MiB", "split it in several"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadRoster(f"{name}:{line}: not UTF-8", 'save it as "CSV UTF-8"') from error
    source = _Source(name)
    people: list[Person] = []
    for person in source.people(text):
        people.append(person)
        if len(people) > MAX_PEOPLE:
            raise ResourceLimit(
                f"{name}: the roster has more than {MAX_PEOPLE} people", "split it in several"
            )
    if not people:
        raise BadRoster(f"{name}: the roster names nobody", "one name a line, or CSV with a header")
    return Roster(tuple(people))


@dataclass(frozen=True, slots=True)
class _Source:
    """A file by its name, as errors tell it."""

    name: str

    def bad(self, line: int, what: str, hint: str = "") -> BadRoster:
        return BadRoster(f"{self.name}:{line}: {what}", hint)

    def people(self, text: str) -> Iterator[Person]:
        rows = text.splitlines(keepends=True)
        first = next((n for n, row in enumerate(rows) if not _is_skipped(row)), len(rows))
        header = _cells(rows[first]) if first < len(rows) else []
        columns = [column_of(cell) for cell in header]
        if not any(column and column.role.holds_names for column in columns):
            yield from self._listed(rows, self.name.lower().endswith((".csv", ".tsv")))
        elif len(columns) == 1:
            yield from self._listed(["\n"] * (first + 1) + rows[first + 1 :], False)
        else:
            yield from self._table(rows, first, self._named(columns, header, first + 1))

    def _listed(self, rows: Sequence[str], is_table: bool) -> Iterator[Person]:
        """One name a line. What must be a table, and has no header, is refused."""
        for number, row in enumerate(rows, start=1):
            if _is_skipped(row):
                continue
            if is_table and len(_cells(row)) > 1:
                raise self.bad(1, "no column that holds names", "begin with a header: name,dob,mrn")
            value = row.strip().strip('"')
            name = parsed(value)
            self._check(f"{name.given} {name.middle} {name.family}", number, "the line")
            yield Person(names=(name,))

    def _named(
        self, columns: Sequence[Column | None], header: Sequence[str], line: int
    ) -> tuple[Column, ...]:
        """The columns, each with a meaning; the header names some, so it is no data."""
        if len(columns) > MAX_COLUMNS:
            raise ResourceLimit(f"{self.name}:{line}: more than {MAX_COLUMNS} columns")
        for number, (column, cell) in enumerate(zip(columns, header, strict=True), start=1):
            if column is None:
                shown = f'"{cell.strip()[:40]}"' if cell.strip() else f"number {number}"
                raise self.bad(line, f"column {shown} has no name that says what it holds")
        return tuple(column for column in columns if column is not None)

    def _table(
        self, rows: Sequence[str], first: int, columns: Sequence[Column]
    ) -> Iterator[Person]:
        reader = csv.reader(
            io.StringIO("".join(rows[first:]), newline=""),
            delimiter=_delimiter(rows[first]),
            strict=True,
        )
        try:
            next(reader)
            line = first + reader.line_num + 1
            for cells in reader:
                yield from self._row(cells, columns, line)
                line = first + reader.line_num + 1
        except csv.Error as error:
            raise self.bad(
                first + reader.line_num, "not readable as CSV", "is a quotation mark missing?"
            ) from error

    def _row(self, cells: Sequence[str], columns: Sequence[Column], line: int) -> Iterator[Person]:
        values = [cell.strip() for cell in cells]
        if any(values[len(columns) :]):
            raise self.bad(line, f"{len(values)} cells, but {len(columns)} columns in the header")
        found = [
            (column, value)
            for column, value in zip(columns, values, strict=False)
            if column.role is not Role.IGNORED and value.lower() not in _EMPTY
        ]
        for column, value in found:
            if len(value) > MAX_VALUE:
                raise ResourceLimit(
                    f'{self.name}:{line}: column "{column.name}": more than {MAX_VALUE} characters'
                )
        if found:
            yield self._person(found, line)

    def _person(self, found: Sequence[tuple[Column, str]], line: int) -> Person:
        parts: dict[Role, list[str]] = defaultdict(list)
        identifiers: list[Identifier] = []
        births: list[Day] = []
        for column, value in found:
            where = f'column "{column.name}"'
            parts[column.role].append(value)
            if column.role.is_identifier:
                identifiers.extend(self._identifiers(column, value, line))
            elif column.role is Role.BIRTH:
                births.extend(self._births(value, line, where))
            elif column.role is Role.NAME:
                name = parsed(value)
                self._check(f"{name.given} {name.middle} {name.family}", line, where)
            elif column.role is not Role.EXTRA:
                self._check(value, line, where)
        return Person(
            tuple(_names(parts)),
            tuple(alias for alias in _aliases(parts) if len(alias.split()) == 1),
            tuple(identifiers),
            tuple(births),
        )

    def _check(self, name: str, line: int, where: str) -> None:
        """Refuses what cannot be a name."""
        if _is_identifying(name):
            hint = "numbers belong into columns of their own, under a header: name,dob,mrn"
            raise self.bad(line, f"{where} is no name: it has a digit or @", hint)
        if not any(char.isalpha() for char in name) or len(name) > MAX_VALUE:
            raise self.bad(line, f"{where} is no name", "it has no letter, or far too many")

    def _identifiers(self, column: Column, value: str, line: int) -> Iterator[Identifier]:
        advice = f'call it "ignore {column.name}" to leave it out'
        for part in (part.strip() for part in value.split("|")):
            if column.role is not Role.ADDRESS and not _is_identifying(part):
                what = f'column "{column.name}" is no name, and this no identifier: it has no digit'
                raise self.bad(line, what + (column.hint if column.is_guess else ""), advice)
            if sum(char.isalnum() for char in part) < _LEAST:
                what = f'column "{column.name}": fewer than {_LEAST} letters and digits'
                raise self.bad(line, f"{what} stand everywhere", advice)
            is_cut = column.role is Role.SSN and part.isdigit() and len(part) >= _CUT_SSN
            yield Identifier(column.role, part.zfill(_SSN_DIGITS) if is_cut else part)

    def _births(self, value: str, line: int, where: str) -> list[Day]:
        days = sorted(day for day in days_of(ascii_view(value).text) if day[0] > 99)
        if not days:
            raise self.bad(line, f"{where} is no date", "1961-04-15, with a year of four digits")
        return days


def _is_skipped(row: str) -> bool:
    return not row.strip() or row.lstrip().startswith("#")


def _is_identifying(value: str) -> bool:
    return "@" in value or any(char.isdigit() for char in value)


def _delimiter(header: str) -> str:
    """The one that parts the header into the most cells."""
    return max(",;\t", key=header.count)


def _cells(row: str) -> list[str]:
    """The cells of a header."""
    try:
        return next(csv.reader([row.rstrip("\r\n")], delimiter=_delimiter(row)), [])
    except csv.Error:
        return []


def _aliases(parts: dict[Role, list[str]]) -> Iterator[str]:
    for cell in parts[Role.ALIAS]:
        yield from filter(None, (alias.strip(" \"'") for alias in cell.split("|")))


def _names(parts: dict[Role, list[str]]) -> Iterator[Name]:
    """The full names of one row."""
    for full in parts[Role.NAME]:
        yield parsed(full)
    given, middle = " ".join(parts[Role.GIVEN]), " ".join(parts[Role.MIDDLE])
    for family in (*parts[Role.FAMILY], *parts[Role.FORMER]):
        yield Name(given, middle, family)
    if given and not parts[Role.FAMILY]:
        yield Name(given, middle)
    for alias in _aliases(parts):
        if len(alias.split()) > 1:
            yield parsed(alias)
