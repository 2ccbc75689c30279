"""The words that a PDF says are on its pages, with the exact bounds of their glyphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot

import pymupdf

from redactor.geometry import Box, PageFrame, union
from redactor.pdf.intake import Source, drawable
from redactor.pdf.letter_spacing import Char, without_spacing
from redactor.words import Line, LineKind, Origin, Word

# Whitespace parts words; ligatures come apart so that each letter has a box of its own.
# Codes without Unicode come as U+FFFD: never as their numbers, which would read as garbage.
# What is drawn is read, not what ActualText says is drawn: that could hide a name from us.
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
_UNKNOWN = "\ufffd"
ASCENT = 0.78  # of the font size: how far letters reach above the baseline
DESCENT = 0.23  # and below
_LEAN = 0.05  # of the font size: by which bounds lie below the baseline of mirrored text only
X_HEIGHT = 0.25  # of the font size: half the height of an x, above the baseline

Corners = tuple[float, float, float, float]


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


def glyph_lines(
    page: pymupdf.Page, frame: PageFrame, near: Sequence[Box] | None = None
) -> Iterator[tuple[Glyph, ...]]:
    """The glyphs of each line of a MuPDF page, in content order, whitespace included.

    With `near` (page space) only those that one of these boxes may touch.
    """
    turn = turned(frame)
    places = None if near is None else [_through(~turn, *box.as_tuple()) for box in near]
    for block in page.get_text("rawdict", flags=FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            beside = None if places is None else _reached(places, line["bbox"], 0.0)
            if beside == []:
                continue
            (dx, dy) = line["dir"]
            is_up = turn.a * dx + turn.c * dy > 0.99 * hypot(turn.a, turn.b)
            chars = [
                {**char, "size": span["size"]} for span in line["spans"] for char in span["chars"]
            ]
            yield tuple(
                _glyph(char, line["dir"], is_up, turn)
                for char in without_spacing(chars, line["dir"])
                if beside is None or _reached(beside, char["bbox"], char["size"])
            )


def _reached(places: Sequence[Box], bounds: Corners, margin: float) -> list[Box]:
    """Which of the places, all in MuPDF's text space, some bounds reach into, grown by a margin."""
    x0, y0 = bounds[0] - margin, bounds[1] - margin
    x1, y1 = bounds[2] + margin, bounds[3] + margin
    return [p for p in places if x0 < p.x1 and p.x0 < x1 and y0 < p.y1 and p.y0 < y1]


def turned(frame: PageFrame) -> pymupdf.Matrix:
    """From MuPDF's text space, which is the page before /Rotate, to page space.

    Page.rotation_matrix knows nothing of UserUnit.
    """
    flat = PageFrame(frame.crop, 0, frame.user_unit)
    ox, oy = frame.point_to_page(*flat.point_to_user(0, 0))
    ax, ay = frame.point_to_page(*flat.point_to_user(1, 0))
    bx, by = frame.point_to_page(*flat.point_to_user(0, 1))
    return pymupdf.Matrix(ax - ox, ay - oy, bx - ox, by - oy, ox, oy)


def _glyph(char: Char, along: tuple[float, float], is_up: bool, turn: pymupdf.Matrix) -> Glyph:
    (ox, oy), size = char["origin"], char["size"]
    box = char["bbox"]
    half = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    advance = abs(along[0]) * half[0] + abs(along[1]) * half[1]
    rise = X_HEIGHT * size
    up = upward(box, (ox, oy), along, size)
    x, y = ox + along[0] * advance + up[0] * rise, oy + along[1] * advance + up[1] * rise
    middle = turn.a * x + turn.c * y + turn.e, turn.b * x + turn.d * y + turn.f
    return Glyph(char["c"], _through(turn, *_trimmed(box, ox, oy, size, up)), middle, is_up)


def upward(
    bounds: Corners, origin: tuple[float, float], along: tuple[float, float], size: float
) -> tuple[float, float]:
    """Where a glyph reaches up to from its baseline, as a direction in MuPDF's text space.

    MuPDF says in which direction a line goes, not whether it is mirrored: most of a glyph's
    bounds lies above its baseline.
    """
    x, y = (bounds[0] + bounds[2]) / 2 - origin[0], (bounds[1] + bounds[3]) / 2 - origin[1]
    up = along[1], -along[0]
    return up if x * up[0] + y * up[1] > -_LEAN * size else (-up[0], -up[1])


def _through(turn: pymupdf.Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    """A rectangle of MuPDF's text space in page space. The matrix turns by quarters."""
    ax, ay = turn.a * x0 + turn.c * y0 + turn.e, turn.b * x0 + turn.d * y0 + turn.f
    bx, by = turn.a * x1 + turn.c * y1 + turn.e, turn.b * x1 + turn.d * y1 + turn.f
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _trimmed(
    box: Corners, ox: float, oy: float, size: float, upward: tuple[float, float]
) -> Corners:
    """A glyph's box between the heights that letters reach, for text along an axis of the page.

    MuPDF's boxes are as tall as the font declares, and overlap the lines above and below.
    """
    x0, y0, x1, y1 = box
    up, down = ASCENT * size, DESCENT * size
    dx, dy = (round(v) for v in upward)
    if abs(upward[0] - dx) + abs(upward[1] - dy) > 0.01:
        return box
    heights = {
        (0, -1): (x0, max(y0, oy - up), x1, min(y1, oy + down)),
        (0, 1): (x0, max(y0, oy - down), x1, min(y1, oy + up)),
        (1, 0): (max(x0, ox - down), y0, min(x1, ox + up), y1),
        (-1, 0): (max(x0, ox - up), y0, min(x1, ox + down), y1),
    }
    trimmed = heights.get((dx, dy), box)
    return trimmed if trimmed[0] < trimmed[2] and trimmed[1] < trimmed[3] else box


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
