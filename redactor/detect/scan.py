"""One pattern over one text: the row of the pattern tables, and the loop that they all share.

Scores are a fixed scheme, not a measurement:

| score | when |
|---|---|
| `CHECKED` .98 | format and checksum hold |
| `LABELED` .95 | exact format, and words before it that name it |
| `NAMED` .90 | any number-like value directly after words that name it |
| `FORMAT` .85 | a format that little else has |
| `LIKELY` .60 | a format that other things have too, or a loose value with context near |
| `MISPRINTED` .45 | words directly before it that name it, but its check fails |
| `WEAK` .40 | a format that many things have |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from redactor.detect.context import Context
from redactor.detect.spans import Span

CHECKED, LABELED, NAMED, FORMAT, LIKELY, WEAK = 0.98, 0.95, 0.90, 0.85, 0.60, 0.40
MISPRINTED, NEVER = 0.45, 0.0

Fit = Callable[[str], int]  # how many characters of a candidate are the value; 0: none
Edges = Callable[[str, int, int], bool]  # whether text[start:end] stands on its own

_JOINERS = "-./"
_LIST = re2.compile(r"[\s,;/&]*(?:and|or|to)?[\s,;/&]*")
_LIST_LENGTH = 12


def anything(candidate: str) -> int:
    """The fit of a format that needs no check."""
    return len(candidate)


def digits(text: str) -> int:
    """How many digits there are in a text."""
    return sum(char.isdigit() for char in text)


def whole(check: Callable[[str], bool]) -> Fit:
    """The fit that takes all of a candidate or nothing."""
    return lambda candidate: len(candidate) if check(candidate) else 0


def word_edges(text: str, start: int, end: int) -> bool:
    """No letter, digit or underscore directly outside."""
    before, after = text[start - 1 : start], text[end : end + 1]
    longer_left = _in_word(before) and _in_word(text[start])
    return not (longer_left or (_in_word(after) and _in_word(text[end - 1])))


def no_edges(text: str, start: int, end: int) -> bool:
    """For what its own pattern delimits."""
    return True


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def number_edges(text: str, start: int, end: int) -> bool:
    """Not a part of a longer number, an amount of money or a percentage.

    A dash, dot or slash and another digit outside make the value a part of something longer when
    the value has such a separator inside, or none at all: `04/15/2026-04/20/2026` is two dates,
    `123-45-6789-01` and `123456789-01` are no Social Security numbers.
    """
    if not word_edges(text, start, end) or text[start - 1 : start] == "$":
        return False
    if text[end : end + 1] == "%":
        return False
    inside = text[start:end]
    joiners = _JOINERS if inside.isdigit() else [mark for mark in _JOINERS if mark in inside]
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    longer_left = len(before) == 2 and before[1] in joiners and before[0].isdigit()
    longer_right = len(after) == 2 and after[0] in joiners and after[1].isdigit()
    return not (longer_left or longer_right)


def lone_number_edges(text: str, start: int, end: int) -> bool:
    """Like `number_edges`, and no other number one blank away: not in a row of a table."""
    return number_edges(text, start, end) and not is_beside_number(text, start, end)


def is_beside_number(text: str, start: int, end: int) -> bool:
    """Whether a blank or a line's end and a digit stand directly before or after."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[1:].isspace() and before[0].isdigit()) or (
        after[:1].isspace() and after[1:].isdigit()
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a kind of value looks like.

    `regex` matches ASCII bytes; its first group, or all of it, is the candidate. `score` holds
    without context, `in_context` with it; `NEVER` is no finding. `unless` are words directly before
    a value that say that it is something else; context outdoes them. `repair` is for what is so
    exact, by its check or its form and context, that it may be looked for among misread digits.
    """

    label: str
    regex: Any
    score: float
    in_context: float = NEVER
    context: Context | None = None
    unless: Context | None = None
    fit: Fit = anything
    edges: Edges = number_edges
    repair: bool = False

    def score_at(self, text: str, start: int, floor: int, listed: bool) -> tuple[float, bool]:
        """The score of a value at `start`, and whether context gave it.

        `floor` is where the value before it ended, whose context is used up unless both are
        `listed` under it.
        """
        if self.context and (listed or self.context.near(text, start, floor)):
            return self.in_context, True
        if self.unless and self.unless.directly_before(text, start):
            return NEVER, False
        return self.score, False


def compiled(pattern: str, case: bool = True) -> Any:
    """An RE2 expression over ASCII bytes.

    A repeat without a limit is only for patterns whose candidates are never refused, see `scan`.
    """
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = case
    return re2.compile(pattern.encode("ascii"), options)


def scan(pattern: Pattern, text: str, data: bytes, detector: str) -> Iterator[Span]:
    """The spans of one pattern in `text`, which is ASCII and the same as `data`.

    After a candidate that is refused the search goes on one character further, so the time is
    linear as long as the length of a match is bounded.
    """
    group = 1 if pattern.regex.groups else 0
    at = floor = 0
    named = False
    while match := pattern.regex.search(data, at):
        start, end = match.span(group)
        at = match.start() + 1
        listed = named and is_list(text, floor, start)
        score, in_context = pattern.score_at(text, start, floor, listed)
        if score == NEVER:
            continue
        end = start + pattern.fit(text[start:end])
        if start < end and pattern.edges(text, start, end):
            yield Span(start, end, pattern.label, score, detector)
            at = floor = end
            named = in_context


def is_list(text: str, start: int, end: int) -> bool:
    """Whether between two values stands nothing but a comma, a blank, `and`."""
    return end - start <= _LIST_LENGTH and _LIST.fullmatch(text[start:end]) is not None
