"""Which calendar days a written date may mean.

A date such as 04/05/1961 is April 5 to some and May 4 to others: both days are given. A year of
two digits stays one (61): it is the same day in every century.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redactor.detect.dates import MONTHS, day_exists

Day = tuple[int, int, int]
"""Year, month, day; a year under 100 is one of two digits."""

_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"[a-z]+")
_COMPACT = 8  # digits: 04151961, 15041961, 19610415
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


def days_of(text: str) -> frozenset[Day]:
    """The days that a text, which is one date in ASCII, may mean; none where it is no date."""
    numbers = _NUMBER.findall(text)
    words = _WORD.findall(text.lower())
    month = next((MONTHS.index(w[:3]) + 1 for w in reversed(words) if w[:3] in MONTHS), 0)
    if month:
        return frozenset(_with_month(numbers, month))
    if len(numbers) == 1 and len(numbers[0]) == _COMPACT:
        whole = numbers[0]
        splits = ([whole[:2], whole[2:4], whole[4:]], [whole[:4], whole[4:6], whole[6:]])
        return frozenset(day for split in splits for day in _of_numbers(split))
    return frozenset(_of_numbers(numbers[:3]))


def short(day: Day) -> Day:
    """The same day with a year of two digits."""
    return day[0] % 100, day[1], day[2]


def _with_month(numbers: list[str], month: int) -> Iterator[Day]:
    """A month by its name, one year, and one day or a range of days."""
    long = [number for number in numbers if len(number) == 4]
    year = long[0] if long else numbers[-1] if len(numbers) > 1 else ""
    days = [number for number in numbers if len(number) <= 2]
    if not long:
        days = days[:-1]
    for day in days if year else ():
        yield from _checked(year, month, int(day))


def _of_numbers(numbers: list[str]) -> Iterator[Day]:
    """Three numbers: the year stands first or last."""
    if len(numbers) != 3:
        return
    first, second, third = numbers
    if len(first) == 4:
        orders = {(first, second, third)}
    else:
        orders = {(third, first, second), (third, second, first)}
    for year, month, day in orders:
        if len(month) <= 2 and len(day) <= 2:
            yield from _checked(year, int(month), int(day))


def _checked(year: str, month: int, day: int) -> Iterator[Day]:
    is_year = len(year) == 2 or (len(year) == 4 and _FIRST_YEAR <= int(year) <= _LAST_YEAR)
    if is_year and day_exists(month, day):
        yield int(year), month, day
