"""Forms drawn as text: a character six points wide and a line twelve high.

`<John>` is written by hand, `[John]` is ink that nobody could read.
"""

from __future__ import annotations

import re

from redactor.detect.fields import FieldDetector, FieldRule
from redactor.geometry import Box
from redactor.words import (
    FormField,
    InkLedger,
    Line,
    LineKind,
    Mark,
    Origin,
    Page,
    Word,
)

WIDE = "\n" * 9 + "The last line of this page is as wide as any, and far from what is above it."
"""A foot that makes a page as wide as pages are: no short line fills it."""


def page(drawing: str, fields: tuple[FormField, ...] = (), marks: tuple[Mark, ...] = ()) -> Page:
    """A drawing as a page of print."""
    lines, unread = [], []
    for row, text in enumerate(drawing.split("\n")):
        words = []
        for match in re.finditer(r"\S+", text):
            box = Box(6 * match.start(), 12 * row, 6 * match.end(), 12 * row + 10)
            said = match.group()
            if said.startswith("[") and said.endswith("]"):
                unread.append(box)
                continue
            origin = Origin.HANDWRITING if said.startswith("<") else Origin.PRINT
            said = said.strip("<>") or said
            cuts = tuple(box.x0 + box.width * n / len(said) for n in range(len(said) + 1))
            words.append(Word(said, box, 0.9, origin, edges=cuts))
        if words:
            lines.append(Line(tuple(words), LineKind.PRINT))
    return Page(1, 612, 792, tuple(lines), InkLedger(unread=tuple(unread)), marks, fields)


def placed(*words: tuple[str, float, float]) -> Page:
    """Words of 10 points by where they begin and their tops; a line at the foot is the width."""
    all_words = (*words, ("The foot of this page is as wide as pages are", 0.0, 700.0))
    lines = [
        Line((Word(text, Box(x, y, x + 6 * len(text), y + 10), 0.9, Origin.PRINT),), LineKind.PRINT)
        for text, x, y in all_words
    ]
    return Page(1, 612, 792, tuple(lines))


def values(drawn: Page | str, *labels: str) -> list[str]:
    """What is found for some labels on a page, or on a drawing of one with a wide foot."""
    found = FieldDetector([FieldRule("r", labels, "PERSON")]).find(
        page(drawn + WIDE) if isinstance(drawn, str) else drawn
    )
    return [finding.text for finding in found]
