"""Partial redaction: which part of a finding stays where a rule keeps its last four or its year.

Offsets are characters of the finding's text. What is not a letter or digit goes only between
characters that go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redactor.findings import Finding
from redactor.geometry import Box, union
from redactor.policy.model import Keep

Part = tuple[int, int]

_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+")


def leaving(text: str, keep: Keep) -> tuple[Part, ...]:
    """The parts of a text that go, in order; none where all of it may stay.

    All of it goes where what may stay is not there (no year of four digits), where it begins as
    one of the exceptions, and where it is so short that "the last four" would be the whole.
    """
    marks = [at for at, char in enumerate(text) if char.isalnum()]
    stays = _staying(text, marks, keep)
    going = [at for at in marks if at not in stays]
    if not stays:
        return ((0, len(text)),) if text else ()
    return tuple(_runs(going, stays))


def _staying(text: str, marks: list[int], keep: Keep) -> frozenset[int]:
    """The letters and digits that stay."""
    if keep.year:
        return frozenset(at for year in _YEAR.finditer(text) for at in range(*year.span()))
    if keep.initials:
        return frozenset(word.start() for word in _WORD.finditer(text))
    count = keep.last or keep.first or 0
    if len(marks) <= count:
        return frozenset()
    if keep.last:
        return frozenset(marks[-count:])
    first = marks[:count]
    beginning = "".join(text[at] for at in first).casefold()
    excepted = beginning in {text.casefold() for text in keep.exceptions}
    return frozenset() if excepted else frozenset(first)


def _runs(going: Iterable[int], stays: frozenset[int]) -> Iterator[Part]:
    """Characters that go as ranges, parted where one between them stays."""
    start = end = -1
    for at in going:
        if start < 0:
            start = at
        elif any(between in stays for between in range(end, at)):
            yield start, end
            start = at
        end = at + 1
    if start >= 0:
        yield start, end


def narrowed(finding: Finding, keep: Keep) -> Finding | None:
    """The finding with the boxes of what goes, one a line and part; None where nothing goes.

    Where the glyphs' edges are not known a word goes whole. Its text is that of the first part
    that goes to the last.
    """
    parts = leaving(finding.text, keep)
    if not parts:
        return None
    if len(finding.places) != len(finding.text):
        return finding
    boxes = tuple(box for part in parts for box in _boxes(finding, part))
    start, end = parts[0][0], parts[-1][1]
    return replace(
        finding, text=finding.text[start:end], boxes=boxes, places=finding.places[start:end]
    )


def _boxes(finding: Finding, part: Part) -> Iterator[Box]:
    """One box for each line on which a part stands."""
    lines: dict[int, list[Box]] = {}
    for place in finding.places[slice(*part)]:
        middle = place.center[1]
        near = min(
            range(len(finding.boxes)), key=lambda n: abs(finding.boxes[n].center[1] - middle)
        )
        lines.setdefault(near, []).append(place)
    for places in lines.values():
        yield union(places)


def described(keep: Keep) -> str:
    """What stays, in words."""
    if keep.year:
        return "the year"
    if keep.initials:
        return "the initials"
    return f"the last {keep.last}" if keep.last else f"the first {keep.first}"
