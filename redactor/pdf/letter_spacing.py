"""Words whose letters stand apart: "P A T I E N T", set so by character spacing or one by one.

MuPDF puts a blank of its own wherever glyphs stand far apart, and each letter is then a word that
says nothing. Such blanks go where single glyphs follow each other at an even pace; where the pace
breaks, a word ends. Blanks that the document itself has stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from statistics import median
from typing import Any

Char = dict[str, Any]
"""A character of MuPDF's rawdict (`c`, `origin`, `bbox`, `synthetic`), with its font's `size`."""

_FEWEST = 4  # glyphs in a row: fewer may be initials, or the columns of a table
_FARTHEST = 2.0  # of the font size, from origin to origin
_WORD_GAP = 1.6  # of the usual gap: where both are surpassed a word ends
_WORD_PACE = 1.25  # of the usual distance from origin to origin


@dataclass(frozen=True, slots=True)
class _Step:
    """From one lone glyph to the next: the blank between, and points from edge and from origin."""

    blank: int
    gap: float
    pace: float


def without_spacing(chars: Sequence[Char], along: tuple[float, float]) -> Sequence[Char]:
    """The characters of a line without the blanks that only stand for its letter spacing.

    `along` is the direction of the line, of length 1.
    """
    runs = list(_runs(chars))
    if not any(len(run) >= _FEWEST for run in runs):
        return chars
    size = median(char["size"] for char in chars)
    steps = [_step(chars, a, b, along) for run in runs for a, b in pairwise(run)]
    gap = _WORD_GAP * median(step.gap for step in steps)
    pace = _WORD_PACE * median(step.pace for step in steps)
    inside = {
        step.blank
        for step in steps
        if step.pace <= _FARTHEST * size and (step.gap <= gap or step.pace <= pace)
    }
    return [char for index, char in enumerate(chars) if index not in inside]


def _runs(chars: Sequence[Char]) -> Iterator[list[int]]:
    """Glyphs between which there is one blank each, which is MuPDF's own."""
    run: list[int] = []
    for index, char in enumerate(chars):
        if char["c"].isspace():
            continue
        alone = _is_blank(chars, index - 1) and _is_blank(chars, index + 1)
        alone = alone and not _leads(chars, index)
        follows = bool(run) and run[-1] == index - 2 and chars[index - 1].get("synthetic", False)
        if run and not (alone and follows):
            yield run
            run = []
        if alone:
            run.append(index)
    if run:
        yield run


def _is_blank(chars: Sequence[Char], index: int) -> bool:
    """Whether there is a blank at an index; beyond the ends there is nothing else."""
    return not 0 <= index < len(chars) or chars[index]["c"].isspace()


def _leads(chars: Sequence[Char], index: int) -> bool:
    """Whether a mark stands in a row of its like, as the dots between a title and its page."""
    mark = chars[index]["c"]
    beside = (*chars[max(index - 2, 0) : index], *chars[index + 1 : index + 3])
    return not mark.isalnum() and any(char["c"] == mark for char in beside)


def _step(chars: Sequence[Char], first: int, second: int, along: tuple[float, float]) -> _Step:
    pace = dist(chars[first]["origin"], chars[second]["origin"])
    x0, y0, x1, y1 = chars[first]["bbox"]
    # For text askew that is more than the glyph's advance, and the same share for each.
    advance = abs(along[0]) * (x1 - x0) + abs(along[1]) * (y1 - y0)
    return _Step(first + 1, max(pace - advance, 0.0), pace)
