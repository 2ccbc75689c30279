"""Setting printed text on a page, and reading back exactly where each word's ink lies.

All positions are points in page space: origin top-left, x right, y down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf
from PIL import ImageFont

from sample_docs.truth import Box, Token, TruthBook

FONT_FOLDER = Path(__file__).parent / "fonts"
_EXTRACT = (
    pymupdf.TEXT_ACCURATE_BBOXES
    | pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_PRESERVE_LIGATURES
)
# How the fonts in use are called inside a PDF.
_BASE14 = {
    "Courier": "cour",
    "Helvetica": "helv",
    "Helvetica-Bold": "hebo",
    "Times-Bold": "tibo",
    "Times-Italic": "tiit",
    "Times-Roman": "tiro",
    "ZapfDingbats": "zadb",
}
_FILES = {
    "PublicSansThin-Bold": "public-sans-700",
    "PublicSansThin-Regular": "public-sans-400",
}
Color = tuple[float, float, float]
BLACK: Color = (0.0, 0.0, 0.0)
GRAY: Color = (0.35, 0.35, 0.35)
WHITE: Color = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Style:
    """A font (a base-14 short name, or a file stem under ``fonts/``), its size, its color."""

    font: str
    size: float
    color: Color = BLACK

    @property
    def file(self) -> Path | None:
        """The font file, or None for one of the base 14."""
        path = FONT_FOLDER / f"{self.font}.ttf"
        return path if path.exists() else None

    def length(self, text: str) -> float:
        """Width of ``text`` in points."""
        return float(_font(self.font, self.file).text_length(text, fontsize=self.size))


@cache
def _font(name: str, file: Path | None) -> pymupdf.Font:
    return pymupdf.Font(fontfile=str(file)) if file else pymupdf.Font(name)


@dataclass
class Sheet:
    """One page being set; ``commit`` writes its words into the truth."""

    page: pymupdf.Page
    book: TruthBook
    number: int
    kind: str = "text_layer"
    _drawn: list[Token] = field(default_factory=list)

    def text(self, x: float, y: float, markup: str, style: Style, align: str = "left") -> float:
        """Set one line with its baseline at ``y``; gives the x where it ends."""
        return self._line(x, y, self.book.tokens(markup), style, align)

    def paragraph(
        self, x: float, y: float, width: float, markup: str, style: Style, *, leading: float
    ) -> float:
        """Set a ragged-right paragraph, first baseline ``y``; gives the next baseline."""
        for line in _wrapped(self.book.tokens(markup), style, width):
            self._line(x, y, line, style, "left")
            y += leading
        return y

    def lines(self, x: float, y: float, rows: Sequence[str], style: Style, leading: float) -> float:
        """Set lines below one another; gives the next baseline."""
        for row in rows:
            self.text(x, y, row, style)
            y += leading
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        """Draw a straight line."""
        self.page.draw_line((x0, y0), (x1, y1), width=width)

    def frame(self, box: Box, width: float = 0.7, fill: Color | None = None) -> None:
        """Draw a rectangle, or with zero ``width`` only fill one."""
        color = BLACK if width else None
        self.page.draw_rect(pymupdf.Rect(*box), color=color, fill=fill, width=width)

    def _line(self, x: float, y: float, tokens: Sequence[Token], style: Style, align: str) -> float:
        text = " ".join(token.text for token in tokens)
        length = style.length(text)
        left = x - {"left": 0.0, "center": length / 2, "right": length}[align]
        name = style.font.replace("-", "")
        if style.file:
            self.page.insert_font(fontname=name, fontfile=str(style.file))
        self.page.insert_text((left, y), text, fontname=name, fontsize=style.size,
                              color=style.color)  # fmt: skip
        self._drawn.extend(tokens)
        return left + length

    def commit(self, place: Callable[[Box], Box] = lambda box: box) -> None:
        """Read the words' ink back and list them; ``place`` moves each glyph's box (skew)."""
        for token, boxes in matched(self._drawn, glyphs(self.page)):
            self.book.add(self.number, self.kind, token, union([place(box) for box in boxes]))
        self._drawn.clear()


def glyphs(page: pymupdf.Page, within: pymupdf.Rect | None = None) -> list[tuple[str, Box]]:
    """List the page's non-blank characters in drawing order with their ink boxes."""
    found = list[tuple[str, Box]]()
    for block in page.get_text("rawdict", flags=_EXTRACT)["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                found += [
                    (char["c"], _ink_box(char, span["font"], span["size"]))
                    for char in span["chars"]
                    if not char["c"].isspace() and _inside(char["bbox"], within)
                ]
    return found


def _ink_box(char: dict[str, Any], font: str, size: float) -> Box:
    """Narrow an upright glyph's box, which is as wide as its advance, to its ink."""
    left, right = _ink_sides(font, char["c"])
    _, y0, _, y1 = char["bbox"]
    x = char["origin"][0]
    return (x + left * size, y0, x + right * size, y1)


@cache
def _ink_sides(font: str, char: str) -> tuple[float, float]:
    """Give a glyph's leftmost and rightmost ink, in ems from its origin."""
    if font in _BASE14:
        box = _font(_BASE14[font], None).glyph_bbox(ord(char))
        return box.x0, box.x1
    face = ImageFont.truetype(FONT_FOLDER / f"{_FILES[font]}.ttf", 1000)
    # The font's own box of a character reaches over its whole advance; its picture does not.
    mask, offset = face.getmask2(char, mode="L", anchor="ls")
    left, _, right, _ = mask.getbbox()
    return (offset[0] + left) / 1000, (offset[0] + right) / 1000


def _inside(box: Box, within: pymupdf.Rect | None) -> bool:
    if within is None:
        return True
    middle = pymupdf.Point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return bool(within.contains(middle))


def matched(
    tokens: Sequence[Token], chars: Sequence[tuple[str, Box]]
) -> Iterator[tuple[Token, list[Box]]]:
    """Pair each token with the boxes of the listed part's glyphs."""
    at = 0
    for token in tokens:
        piece = chars[at : at + len(token.text)]
        if "".join(char for char, _ in piece) != token.text:
            raise ValueError(f"page text does not follow the source at {token.text!r}")
        yield token, [box for _, box in piece[token.start : token.end]]
        at += len(token.text)
    if at != len(chars):
        raise ValueError(f"page holds text beyond its source: {chars[at : at + 20]}")


def union(boxes: Sequence[Box]) -> Box:
    """Give the smallest box around all of ``boxes``."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _wrapped(tokens: Sequence[Token], style: Style, width: float) -> Iterator[list[Token]]:
    line = list[Token]()
    for token in tokens:
        if line and style.length(" ".join(t.text for t in [*line, token])) > width:
            yield line
            line = []
        line.append(token)
    if line:
        yield line
