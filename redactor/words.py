"""What is read from a page: words in lines, in reading order.

Document text never appears in a repr: these objects may be logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from redactor.geometry import Box, union


class Origin(StrEnum):
    """Where a word was read."""

    TEXT_LAYER = "text_layer"
    PRINT = "print"
    HANDWRITING = "handwriting"


class LineKind(StrEnum):
    """How a line was written."""

    PRINT = "print"
    HANDWRITING = "handwriting"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text without surrounding blanks, and the box of its ink in page space.

    `confidence` is the probability (0-1) that `text` is what stands there; `alternatives` are
    other readings, best first. `edges` are the len(text) + 1 x-coordinates between its glyphs
    where they are known (level lines), else empty.
    """

    text: str = field(repr=False)
    box: Box
    confidence: float
    origin: Origin
    alternatives: tuple[str, ...] = field(default=(), repr=False)
    edges: tuple[float, ...] = field(default=(), repr=False)


def part_of(word: Word, start: int, end: int) -> Box:
    """The box of `word.text[start:end]`; all of the word's where its edges are not known."""
    box, edges = word.box, word.edges
    if not edges:
        return box
    left, right = edges[start], edges[end]
    return Box(min(left, right), box.y0, max(left, right), box.y1)


@dataclass(frozen=True, slots=True)
class Lattice:
    """The CTC posteriors that a recognized line was read from. In memory only, never saved.

    `posteriors` is (steps, classes) float32, each row summing to 1; class 0 is the CTC blank and
    class k is `alphabet[k - 1]`.
    """

    posteriors: npt.NDArray[np.float32] = field(repr=False)
    alphabet: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that may stand in a line though it was read as something else.

    `line` numbers a page's lines from 0, and the words [first, last) of that line are what the
    text was read as. `score` (0-1) is its likelihood against the best reading, a character.
    """

    text: str = field(repr=False)
    line: int
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, left to right, at least one."""

    words: tuple[Word, ...]
    kind: LineKind
    lattice: Lattice | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return union(word.box for word in self.words)

    @property
    def confidence(self) -> float:
        """The least of its words': a line is as sure as its weakest word."""
        return min(word.confidence for word in self.words)


class MarkLabel(StrEnum):
    """What a mark that is no word can be: the label of the finding that it becomes."""

    SIGNATURE = "SIGNATURE"
    STAMP = "STAMP"
    CHECKMARK = "CHECKMARK"
    BARCODE = "BARCODE"
    QR_CODE = "QR_CODE"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that is no word, its box in page space, and how sure (0-1) it is one.

    `text` is what a barcode says: document text like any other.
    """

    label: MarkLabel
    box: Box
    confidence: float
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class InkLedger:
    """Who owns the ink of a page: counts of connected blobs by owner, and what nobody could read.

    `unread` are the boxes, in page space, of text-like ink that no word explains.
    """

    word: int = 0
    rule: int = 0
    picture: int = 0
    speck: int = 0
    unread: tuple[Box, ...] = ()
    mark: int = 0


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of an interactive form: its qualified name, what it says when pointed at, its box.

    Both texts are the document's. The box is in page space; its value are the words that lie in it.
    """

    name: str = field(repr=False)
    tooltip: str = field(repr=False)
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `number` counts from 1; `width`, `height` in points as displayed."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    ink: InkLedger = InkLedger()
    marks: tuple[Mark, ...] = ()
    fields: tuple[FormField, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)
