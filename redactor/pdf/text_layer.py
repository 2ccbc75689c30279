"""The words that a PDF says are on its pages, with the exact bounds of their glyphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pymupdf

from redactor.geometry import Box, PageFrame, union
from redactor.pdf.intake import Source, drawable
from redactor.words import Line, LineKind, Origin, Word

# Whitespace parts words; ligatures come apart so that each letter has a box of its own.
# Codes without Unicode come as U+FFFD: never as their numbers, which would read as garbage.
# What is drawn is read, not what ActualText says is drawn: that could hide a name from us.
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
_UNKNOWN = "\ufffd"
ASCENT = 0.78  # of the font size: how far letters reach above the baseline
DESCENT = 0.23  # and below
X_HEIGHT = 0.25  # of the font size: half the height of an x, above the baseline


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a text layer, in page space.

    `middle` lies in the ink of nearly every glyph: half an x-height above the baseline. `up` is
    True where the text runs level on the displayed page, left to right.
    """

    char: str = field(repr=False)
    box: Box
    middle: tuple[float, float]
    up: bool


def glyph_lines(page: pymupdf.Page, frame: PageFrame) -> Iterator[tuple[Glyph, ...]]:
    """The glyphs of each line of a MuPDF page, in content order, whitespace included."""
    turn = turned(frame)
    turn_only = pymupdf.Matrix(turn.a, turn.b, turn.c, turn.d, 0, 0)
    for block in page.get_text("rawdict", flags=FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            direction = pymupdf.Point(line["dir"]) * turn_only
            yield tuple(
                _glyph(char, span["size"], line["dir"], direction, turn)
                for span in line["spans"]
                for char in span["chars"]
            )


def turned(frame: PageFrame) -> pymupdf.Matrix:
    """From MuPDF's text space, which is the page before /Rotate, to page space.

    Page.rotation_matrix knows nothing of UserUnit.
    """
    flat = PageFrame(frame.crop, 0, frame.user_unit)
    ox, oy = frame.point_to_page(*flat.point_to_user(0, 0))
    ax, ay = frame.point_to_page(*flat.point_to_user(1, 0))
    bx, by = frame.point_to_page(*flat.point_to_user(0, 1))
    return pymupdf.Matrix(ax - ox, ay - oy, bx - ox, by - oy, ox, oy)


def _glyph(
    char: dict[str, Any],
    size: float,
    along: tuple[float, float],
    displayed: pymupdf.Point,
    turn: pymupdf.Matrix,
) -> Glyph:
    ox, oy = char["origin"]
    x0, y0, x1, y1 = (_trimmed(pymupdf.Rect(char["bbox"]), ox, oy, size, along) * turn).normalize()
    half = (char["bbox"][2] - char["bbox"][0]) / 2, (char["bbox"][3] - char["bbox"][1]) / 2
    advance = abs(along[0]) * half[0] + abs(along[1]) * half[1]
    rise = X_HEIGHT * size
    middle = pymupdf.Point(
        ox + along[0] * advance + along[1] * rise, oy + along[1] * advance - along[0] * rise
    )
    middle *= turn
    return Glyph(char["c"], Box(x0, y0, x1, y1), (middle.x, middle.y), displayed.x > 0.99)


def _trimmed(
    box: pymupdf.Rect, ox: float, oy: float, size: float, along: tuple[float, float]
) -> pymupdf.Rect:
    """A glyph's box between the heights that letters reach, for text along an axis of the page.

    MuPDF's boxes are as tall as the font declares, and overlap the lines above and below.
    """
    up, down = ASCENT * size, DESCENT * size
    dx, dy = (round(v) for v in along)
    if abs(along[0] - dx) + abs(along[1] - dy) > 0.01:
        return box
    heights = {
        (1, 0): pymupdf.Rect(box.x0, oy - up, box.x1, oy + down),
        (-1, 0): pymupdf.Rect(box.x0, oy - down, box.x1, oy + up),
        (0, 1): pymupdf.Rect(ox - down, box.y0, ox + up, box.y1),
        (0, -1): pymupdf.Rect(ox - up, box.y0, ox + down, box.y1),
    }
    trimmed = heights.get((dx, dy), box) & box
    return box if trimmed.is_empty else trimmed


def read_text_layer(source: Source, number: int) -> tuple[Line, ...]:
    """The lines of page `number` (from 1) in page space, in the order of the content.

    Text whose characters have no Unicode value is left to the recognizer.
    """
    with (
        drawable(f"page {number}"),
        pymupdf.open(stream=source.data, filetype="pdf") as document,
    ):
        found = (
            tuple(_word(part) for part in split_at_blanks(glyphs) if _is_readable(part))
            for glyphs in glyph_lines(document[number - 1], source.frames[number - 1])
        )
        return tuple(Line(words, LineKind.PRINT) for words in found if words)


def split_at_blanks(glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    """Runs of glyphs that are not blank."""
    start = None
    for index, glyph in enumerate(glyphs):
        if glyph.char.isspace() or not glyph.char:
            if start is not None:
                yield tuple(glyphs[start:index])
            start = None
        elif start is None:
            start = index
    if start is not None:
        yield tuple(glyphs[start:])


def _is_readable(glyphs: Sequence[Glyph]) -> bool:
    return sum(g.char == _UNKNOWN or not g.char.isprintable() for g in glyphs) * 2 < len(glyphs)


def _word(glyphs: Sequence[Glyph]) -> Word:
    text = "".join(glyph.char for glyph in glyphs)
    box = union(glyph.box for glyph in glyphs)
    return Word(text, box, 1.0, Origin.TEXT_LAYER, edges=_edges(glyphs, len(text)))


def _edges(glyphs: Sequence[Glyph], length: int) -> tuple[float, ...]:
    """Where each glyph begins and the last one ends; empty unless they follow each other level."""
    starts = [glyph.box.x0 for glyph in glyphs]
    level = all(g.up for g in glyphs) and all(a <= b for a, b in pairwise(starts))
    return (*starts, glyphs[-1].box.x1) if level and len(glyphs) == length else ()
