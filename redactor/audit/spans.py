"""The glyphs of a page with how each is painted, and the words that they make.

MuPDF's text trace gives spans; a Glyph is only made of those that are looked at closely, since
that is most of the time an audit would take. Boxes are in text space (see scene.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from redactor.geometry import Box, union
from redactor.pdf.text_layer import ASCENT, DESCENT

Mask = npt.NDArray[np.bool_]
Span = dict[str, Any]

_INVISIBLE = 3  # text rendering mode: neither filled nor stroked (ISO 32000-2, 9.3.6)
_GAP = 0.25  # of the size: a wider gap parts words
_RISE = 0.66  # of the size: between that and the baseline lies most ink of nearly every letter ...
_INSET = 0.12  # ... and this share of the width from either side
_PALE = 0.7  # of 1
_FAR = 1e6  # points: beyond any page
_BETWEEN = 2.0  # sizes: words further apart are not one finding


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as painted.

    `order` is its place among all that the page paints; `color` is RGB, 0-1; `has_ink` says
    whether it changes the page; `is_painted` whether it is meant to.
    """

    char: str = field(repr=False)
    box: Box
    size: float
    order: int
    color: tuple[float, float, float]
    is_painted: bool
    has_ink: bool

    @property
    def counts(self) -> bool:
        """Letters and figures: rules, dots and leaders are no text to hide."""
        return self.char.isalnum()


Word = tuple[Glyph, ...]


def inked(spans: Sequence[Span], ink: Mask, scale: float) -> list[Mask]:
    """For each span, which of its characters change a pixel where their ink should be."""
    if not spans:
        return []
    cores = _cores(spans).clip(-_FAR, _FAR) * scale
    rows, columns = ink.shape
    total = cv2.integral(ink.view(np.uint8))
    # Rounded inward, but never to nothing: a small letter still has its pixel.
    x0, y0 = np.ceil(cores[:, 0]).astype(int), np.ceil(cores[:, 1]).astype(int)
    x1 = np.maximum(np.floor(cores[:, 2]).astype(int), x0 + 1).clip(0, columns)
    y1 = np.maximum(np.floor(cores[:, 3]).astype(int), y0 + 1).clip(0, rows)
    x0, y0 = x0.clip(0, columns), y0.clip(0, rows)
    counts = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
    ends = np.cumsum([len(span["chars"]) for span in spans])
    return np.split(counts > 0, ends[:-1])


def _cores(spans: Sequence[Span]) -> npt.NDArray[np.float64]:
    """Boxes (n, 4) that lie in the ink of the characters of all spans, and in no neighbor's."""
    lengths = [len(span["chars"]) for span in spans]
    chars = [char for span in spans for char in span["chars"]]
    boxes = np.array([char[3] for char in chars], np.float64).reshape(-1, 4)
    bases = np.array([char[2][1] for char in chars], np.float64)
    dx, dy = (boxes[:, 2] - boxes[:, 0]) * _INSET, (boxes[:, 3] - boxes[:, 1]) * _INSET
    level = np.repeat([_is_level(span) for span in spans], lengths)
    rise = np.repeat([_RISE * span["size"] for span in spans], lengths)
    top = np.where(level, bases - rise, boxes[:, 1] + dy)
    base = np.where(level, bases, boxes[:, 3] - dy)
    return np.stack([boxes[:, 0] + dx, top, boxes[:, 2] - dx, base], axis=1)


def is_painted(span: Span) -> bool:
    """Whether a span's text is meant to be seen."""
    return bool(span["type"] != _INVISIBLE and span["opacity"] > 0)


def is_dark(span: Span) -> bool:
    """Whether a span's text stands out from white paper."""
    return max(_rgb(span["color"])) < _PALE or min(_rgb(span["color"])) < _PALE / 2


def hides(span: Span, has_ink: Mask) -> bool:
    """Whether a letter or figure of a span changes no pixel."""
    if has_ink.all():
        return False
    return any(char_of(span["chars"][i][0]).isalnum() for i in np.flatnonzero(~has_ink))


def glyphs_of(span: Span, has_ink: Iterable[np.bool_], first: int) -> Iterator[Glyph]:
    """The glyphs of a span; sequence numbers count from `first`."""
    level, size, order = _is_level(span), span["size"], span["seqno"] + first
    color, painted = _rgb(span["color"]), is_painted(span)
    for (code, _, (_, y), (x0, y0, x1, y1)), inky in zip(span["chars"], has_ink, strict=True):
        if x0 <= x1 and y0 <= y1:
            top, bottom = (y - ASCENT * size, y + DESCENT * size) if level else (y0, y1)
            box = Box(x0, top, x1, bottom)
            yield Glyph(char_of(code), box, size, order, color, painted, bool(inky))


def char_of(code: int) -> str:
    """A character by its code; U+FFFD where it has none."""
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _is_level(span: Span) -> bool:
    return bool(span["dir"][0] > 0.999)


def _rgb(color: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = color if len(color) == 3 else (color[0] if color else 0.0,) * 3
    return red, green, blue


def words_of(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """The words, in the order of painting."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word and (glyph.char.isspace() or not _goes_on(word[-1], glyph)):
            yield tuple(word)
            word = []
        if not glyph.char.isspace():
            word.append(glyph)
    if word:
        yield tuple(word)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph follows another in a word: on its line, and close by."""
    return before.box.padded(_GAP * max(before.size, glyph.size), 0).overlaps(glyph.box)


def box_of(words: Iterable[Word]) -> Box:
    """Around all words."""
    return union(glyph.box for word in words for glyph in word)


def text_of(words: Iterable[Word]) -> str:
    """The words, a blank between."""
    return " ".join("".join(glyph.char for glyph in word) for word in words)


def runs(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Words that follow each other on a line, together."""
    start = 0
    for index, (word, following) in enumerate(pairwise(words), start=1):
        near = box_of([word]).padded(_BETWEEN * word[-1].size, 0)
        if not near.overlaps(box_of([following])):
            yield tuple(words[start:index])
            start = index
    if words:
        yield tuple(words[start:])
