"""Text for reports in PDF: whatever it holds, it is shown as it is, and nothing in it is markup."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

REGULAR: Final = "Vera"
BOLD: Final = "VeraBd"
_WIDE: Final = "RedactorWide"
MOST: Final = 240
"""Characters of a text that are shown; there is room for no more, and the CSV has it whole."""

INK: Final = HexColor("#1f2933")
SOFT: Final = HexColor("#5b6773")
LINE: Final = HexColor("#cbd2d9")
SHADE: Final = HexColor("#f1f4f7")
GOOD: Final = HexColor("#0b6b3a")
DOUBT: Final = HexColor("#9a5b00")
BAD: Final = HexColor("#b3261e")
BAR: Final = HexColor("#2f6f9f")

Style = ParagraphStyle


def _style(name: str, size: float, font: str = REGULAR, **more: Any) -> ParagraphStyle:
    settings: dict[str, Any] = {"leading": size * 1.35, "textColor": INK, "alignment": TA_LEFT}
    return ParagraphStyle(name, fontName=font, fontSize=size, **(settings | more))


BODY: Final = _style("body", 8.5, spaceAfter=3)
SMALL: Final = _style("small", 7)
SOFT_SMALL: Final = _style("soft", 7, textColor=SOFT)
STRONG: Final = _style("strong", 7.5, BOLD)
NUMBER: Final = _style("number", 7, alignment=TA_RIGHT)
HEAD: Final = _style("head", 7, BOLD, textColor=SOFT)
NUMBER_HEAD: Final = _style("number-head", 7, BOLD, textColor=SOFT, alignment=TA_RIGHT)
TITLE: Final = _style("title", 20, BOLD, spaceAfter=2)
SUBTITLE: Final = _style("subtitle", 9, textColor=SOFT, spaceAfter=8)
SECTION: Final = _style("section", 13, BOLD, spaceBefore=12, spaceAfter=5)
PART: Final = _style("part", 9.5, BOLD, spaceBefore=8, spaceAfter=3)
CODE: Final = ParagraphStyle("code", fontName="Courier", fontSize=6.6, leading=9, textColor=INK)
UNCERTAIN: Final = _style("uncertain", 7, BOLD, textColor=DOUBT)


def prepare(wide_font: Callable[[], bytes]) -> None:
    """Makes the fonts known; `wide_font` gives one for the letters that the usual one lacks."""
    known = pdfmetrics.getRegisteredFontNames()
    for name in (REGULAR, BOLD):
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    if _WIDE not in known:
        pdfmetrics.registerFont(TTFont(_WIDE, io.BytesIO(wide_font())))


def paragraph(text: object, style: ParagraphStyle = BODY, most: int = MOST) -> Paragraph:
    """Plain text as a paragraph, cut where it is longer than `most` characters."""
    return Paragraph(markup(shortened(str(text), most), style.fontName), style)


def shortened(text: str, most: int) -> str:
    """A text, or its beginning with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def markup(text: str, font: str = REGULAR) -> str:
    """Plain text in reportlab's markup, letters that the font lacks in one that has them."""
    parts = []
    for wide, run in groupby(_shown(text, font), key=lambda pair: pair[1]):
        plain = escape("".join(char for char, _ in run))
        parts.append(f'<font name="{_WIDE}">{plain}</font>' if wide else plain)
    return "".join(parts)


def _shown(text: str, font: str) -> Iterator[tuple[str, bool]]:
    """The characters to draw, and whether each needs the wide font."""
    usual, wide = _letters(font), _letters(_WIDE)
    for char in " ".join(text.split()):
        if ord(char) in usual:
            yield char, False
        elif ord(char) in wide and char.isprintable():
            yield char, True
        else:  # said by its number, for nothing is left out silently
            yield from ((c, False) for c in f"[U+{ord(char):04X}]")


@cache
def _letters(font: str) -> frozenset[int]:
    if font.startswith("Courier"):
        return frozenset(range(32, 127))
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)
