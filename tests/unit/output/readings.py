"""Pages as read, to be written in every format."""

from __future__ import annotations

from redactor.engine import Engine
from redactor.geometry import Box
from redactor.report import ModelInfo, PackageInfo
from redactor.words import InkLedger, Line, LineKind, Origin, Page, Word

NAME = Word("Name:", Box(36, 72, 72, 81), 0.98765, Origin.TEXT_LAYER)
ANN = Word("Ænn", Box(90, 70.5, 108, 82), 0.5, Origin.HANDWRITING, ("Ann",))
PAGE = Page(
    1,
    612,
    792,
    (Line((NAME,), LineKind.PRINT), Line((ANN, NAME), LineKind.HANDWRITING)),
    InkLedger(5, 4, 3, 2, (Box(9, 18, 27, 36),)),
)
EMPTY = Page(2, 100, 50, ())
ENGINE = Engine(
    "0.1.0",
    "c" * 64,
    (ModelInfo("locator", "a" * 64, "3.10"),),
    (PackageInfo("numpy", "2.0"),),
    (("dpi", 144), ("mode", "icr")),
)
HARMFUL = "<b a=\"'&>]]>\x00\x1b[2J\x9b\ud800\uffff\r\n"
HARMLESS = "<b a=\"'&>]]>\ufffd\ufffd[2J\ufffd\ufffd\ufffd\ufffd\ufffd"


def page_of(*texts: str) -> Page:
    """A page with a line of one word for each text, the words beyond the page's edges."""
    words = [
        Word(text, Box(-9, 20 * i, 999, 20 * i + 12), 1.0, Origin.PRINT, (text,))
        for i, text in enumerate(texts)
    ]
    return Page(1, 300, 200, tuple(Line((word,), LineKind.PRINT) for word in words))
