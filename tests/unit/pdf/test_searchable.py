"""Searchable PDFs: the page as it looked, its words where they stand, and a drawing over it."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest

from redactor.geometry import Box
from redactor.pdf.rebuild import RebuiltPage
from redactor.pdf.searchable import searchable
from redactor.words import InkLedger, Line, LineKind, Origin, Page, Word
from tests.documents import cut, pixels_of, words_of

WORDS = (
    Word("layer", Box(20, 20, 60, 32), 1.0, Origin.TEXT_LAYER),
    Word("print", Box(20, 60, 60, 72), 1.0, Origin.PRINT),
    Word("hand", Box(20, 100, 60, 130), 1.0, Origin.HANDWRITING),
)
UNREAD = Box(200, 100, 240, 120)
PAGE = Page(
    1,
    300,
    200,
    tuple(Line((word,), LineKind.PRINT) for word in WORDS),
    InkLedger(unread=(UNREAD,)),
)
BLANK = Page(2, 100, 50, ())


def image_of(page: Page) -> RebuiltPage:
    pixels = np.full((round(page.height * 2), round(page.width * 2), 3), 255, np.uint8)
    pixels[300:340, 20:60] = 0
    return RebuiltPage(page.width, page.height, pixels, page.words)


def made(drawn: tuple[Page, ...] = ()) -> bytes:
    return searchable((image_of(page) for page in (PAGE, BLANK)), drawn)


def strongest(data: bytes, box: Box) -> str:
    """The color that a part of page 1 shows most of, paper apart."""
    part = cut(pixels_of(data), box).reshape(-1, 3).astype(int)
    spread = part.max(axis=1) - part.min(axis=1)
    red, green, blue = part[spread > 40].mean(axis=0) if (spread > 40).any() else (0, 0, 0)
    close = max(red, blue) - min(red, blue) < 60 < min(red, blue) - green
    if close:
        return "magenta"
    return "" if not red + green + blue else ["red", "green", "blue"][np.argmax([red, green, blue])]


def test_every_page_in_its_size_with_its_words() -> None:
    data = made()
    with pymupdf.open(stream=data) as document:
        assert [tuple(page.rect)[2:] for page in document] == [(300, 200), (100, 50)]
    assert words_of(data) == ["layer", "print", "hand"]
    assert words_of(data, 2) == []


def test_words_lie_over_their_ink() -> None:
    with pymupdf.open(stream=made()) as document:
        found = {
            text: (x0, y0, x1, y1) for x0, y0, x1, y1, text, *_ in document[0].get_text("words")
        }
    for word in WORDS:
        x0, y0, x1, y1 = found[word.text]
        assert (x0, x1) == pytest.approx((word.box.x0, word.box.x1), abs=0.5)
        # MuPDF's boxes are as tall as the font declares: about a tenth more, above and below.
        near = 0.35 * word.box.height
        assert (y0, y1) == pytest.approx((word.box.y0, word.box.y1), abs=near)


def test_the_page_looks_as_it_did() -> None:
    shot = pixels_of(made())
    assert cut(shot, Box(12, 152, 28, 168)).max() < 30
    for word in WORDS:
        assert cut(shot, word.box).min() > 225


def test_the_drawing_tells_origins_and_unread_ink() -> None:
    data = made((PAGE, BLANK))
    seen = [strongest(data, w.box.padded(2)) for w in WORDS]
    assert seen == ["green", "blue", "magenta"]
    assert strongest(data, UNREAD) == "red"
    assert strongest(made(), UNREAD) == ""


def test_the_drawing_numbers_the_lines() -> None:
    assert sorted(words_of(made((PAGE,)))) == ["0", "1", "2", "hand", "layer", "print"]


def test_the_same_pages_give_the_same_bytes() -> None:
    assert made((PAGE,)) == made((PAGE,))
