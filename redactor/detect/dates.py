"""Dates, and dates of birth: the same dates after words that say so.

Numeric dates are read as month-day-year, day-month-year and year-month-day (ISO 8601) and must
exist in a calendar, where February 29 may be in any year: a mistyped birthday is still to be
redacted. A month alone is no date; a day and month without a year are a likely one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redactor.detect.context import Context
from redactor.detect.scan import (
    FORMAT,
    LABELED,
    LIKELY,
    NEVER,
    WEAK,
    Pattern,
    compiled,
    is_list,
    number_edges,
    whole,
    word_edges,
)
from redactor.detect.spans import Span

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR, _LAST_YEAR = 1800, 2199

_DATED_WORDS = r"date|dated|dates|dos|seen|admitted|discharged|visit|appointment|appt|expires|exp"
_BIRTH_WORDS = (
    r"d\.? ?[o0]\.? ?bs?|born|date\s+of\s+birth|birth\s*-?date|birth\s*-?day|date\s+born"
    r"|birth|b-?date"
)
_DATED = Context(_DATED_WORDS)
_BIRTH = Context(_BIRTH_WORDS)
_BORN_OR_DATED = Context(f"{_DATED_WORDS}|{_BIRTH_WORDS}")

_YEAR = r"(?:1[89]\d\d|2[01]\d\d)"
_JOIN = r" ?[-/.][ \n]?"
_CLOCK = r"(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{0,2}[ \n]{1,2})?"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"[0-3]?\d(?: ?(?:st|nd|rd|th))?"
_DAY_RANGE = rf"{_DAY}(?: ?(?:-|to|and|&|through) ?{_DAY})?"
_DAY_WORD = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
    r"|twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[- ]first)"
)


def _capitalized(months: str) -> str:
    """The month names as they begin a word: `April`, `APRIL`, not `april`."""
    names = months.removeprefix("(?:").removesuffix(")").split("|")
    titled = [name[0].upper() + f"(?i:{name[1:]})" for name in names]
    return "(?:" + "|".join(titled) + ")"


def _numbers(text: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in text).split()


def day_exists(month: int, day: int) -> bool:
    """Whether some year has that day."""
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]


def _is_numeric_date(text: str) -> bool:
    """One separator, used twice, between numbers that are a day of a calendar."""
    first, second, third = _numbers(text)[:3]
    marks = [char for char in text[: _end_of_day(text)] if char in "-/."]
    if len(set(marks)) != 1:
        return False
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
        return _FIRST_YEAR <= year <= _LAST_YEAR and day_exists(month, day)
    if len(third) == 4 and not _FIRST_YEAR <= int(third) <= _LAST_YEAR:
        return False
    if len(third) == 2 and marks[0] == "." and len(first) + len(second) < 4:
        return False  # 1.2.30 is a version or a section
    return day_exists(int(first), int(second)) or day_exists(int(second), int(first))


def _end_of_day(text: str) -> int:
    """Where the clock time begins in an ISO 8601 date and time."""
    clock = text.find(":")
    return len(text) if clock < 0 else clock


def _is_compact_date(text: str) -> bool:
    """Eight digits, MMDDYYYY, DDMMYYYY or YYYYMMDD."""
    if _FIRST_YEAR <= int(text[4:]) <= _LAST_YEAR:
        month, day = int(text[:2]), int(text[2:4])
        return day_exists(month, day) or day_exists(day, month)
    return _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR and day_exists(int(text[4:6]), int(text[6:]))


def _is_written_date(text: str) -> bool:
    """A month that has such a day."""
    letters = "".join(char if char.isalpha() else " " for char in text.lower()).split()
    month = next(MONTHS.index(w[:3]) + 1 for w in reversed(letters) if w[:3] in MONTHS)
    days = [int(number) for number in _numbers(text) if len(number) <= 2]
    return all(day_exists(month, day) for day in days[:1])


def _is_month_and_day(text: str) -> bool:
    first, second = _numbers(text)
    return day_exists(int(first), int(second))


_CAPITAL_MONTH = _capitalized(_MONTH)

_DATES = (
    Pattern(
        "DATE_TIME",
        compiled(rf"\b\d{{1,2}}{_JOIN}\d{{1,2}}{_JOIN}{_YEAR}\b"),
        FORMAT,
        in_context=FORMAT,
        context=_BORN_OR_DATED,
        fit=whole(_is_numeric_date),
        repair=True,
    ),
    Pattern(
        "DATE_TIME",
        compiled(rf"\b{_YEAR}{_JOIN}\d{{1,2}}{_JOIN}\d{{1,2}}{_CLOCK}\b"),
        FORMAT,
        in_context=FORMAT,
        context=_BORN_OR_DATED,
        fit=whole(_is_numeric_date),
        repair=True,
    ),
    Pattern(
        "DATE_TIME",
        compiled(rf"\b\d{{1,2}}{_JOIN}\d{{1,2}}{_JOIN}\d\d\b"),
        LIKELY,
        in_context=FORMAT,
        context=_BORN_OR_DATED,
        fit=whole(_is_numeric_date),
        repair=True,
    ),
    Pattern(  # April 15, 2026; Wed. Apr . 15 - 17 , 2026; April 15 '26
        "DATE_TIME",
        compiled(
            rf"\b{_WEEKDAY}{_MONTH} ?\.?[- \n]{{0,2}}{_DAY_RANGE}[ ,.\n]{{0,2}}[- ,\n]"
            rf"(?:of )?(?:{_YEAR}|'\d\d)\b",
            case=False,
        ),
        FORMAT,
        fit=whole(_is_written_date),
    ),
    Pattern(  # 15 April 2026; the 3rd day of March, 2024; 15-APR-26; 15APR2026
        "DATE_TIME",
        compiled(
            rf"\b{_WEEKDAY}(?:{_DAY_RANGE}|{_DAY_WORD})[- \n]{{0,2}}(?:day )?(?:of )?"
            rf"{_MONTH}\.?[- ,\n]{{0,3}}(?:{_YEAR}|'?\d\d)\b",
            case=False,
        ),
        FORMAT,
        fit=whole(_is_written_date),
        edges=word_edges,
    ),
    Pattern(  # April 2026; Apr. of 2026
        "DATE_TIME",
        compiled(rf"\b{_MONTH}\.?,?(?:[ \n]{{1,2}}(?:of )?|-){_YEAR}\b", case=False),
        FORMAT,
        fit=whole(_is_written_date),
    ),
    Pattern(  # Sept 5; Monday, May 4th
        "DATE_TIME",
        compiled(rf"\b(?i:{_WEEKDAY}){_CAPITAL_MONTH}\.?[ \n]{{1,2}}{_DAY_RANGE}\b"),
        LIKELY,
        fit=whole(_is_written_date),
    ),
    Pattern(  # 5 Sept; the third of March
        "DATE_TIME",
        compiled(
            rf"\b(?i:{_WEEKDAY})(?i:{_DAY_RANGE}|{_DAY_WORD})[- \n]{{1,2}}"
            rf"(?:day )?(?:of )?{_CAPITAL_MONTH}\b"
        ),
        LIKELY,
        fit=whole(_is_written_date),
    ),
)

_LOOSE_DATES = (
    Pattern(  # 04/2026
        "DATE_TIME",
        compiled(rf"\b(?:0?[1-9]|1[0-2]) ?/ ?{_YEAR}\b"),
        WEAK,
        in_context=LIKELY,
        context=_DATED,
    ),
    Pattern(  # seen 4/15
        "DATE_TIME",
        compiled(r"\b\d{1,2} ?/ ?\d{1,2}\b"),
        NEVER,
        in_context=WEAK,
        context=_DATED,
        fit=whole(_is_month_and_day),
    ),
)

_COMPACT_BIRTH = Pattern(
    "DATE_OF_BIRTH",
    compiled(r"\b\d{8}\b"),
    NEVER,
    in_context=LABELED,
    context=_BIRTH,
    fit=whole(_is_compact_date),
    edges=number_edges,
)

DATES: tuple[Pattern, ...] = (*_DATES, *_LOOSE_DATES, _COMPACT_BIRTH)


def births(text: str, spans: Iterable[Span]) -> list[Span]:
    """`spans` of a text, the dates after words of birth as DATE_OF_BIRTH.

    The words count for the next date only, and for those listed with it.
    """
    found: list[Span] = []
    end, named = 0, False
    for span in sorted(spans):
        if span.label == "DATE_TIME":
            listed = named and is_list(text, end, span.start)
            inside = span.start < end
            named = (named if inside else listed) or _BIRTH.near(text, span.start, end)
            end = max(end, span.end)
            if named:
                span = replace(span, label="DATE_OF_BIRTH", score=max(span.score, LABELED))
        found.append(span)
    return found
