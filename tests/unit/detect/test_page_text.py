"""From a page to its text, and from places in the text back to boxes."""

from __future__ import annotations

import pytest

from redactor.detect.page_text import findings_of, page_text
from redactor.detect.spans import Span
from redactor.geometry import Box
from redactor.words import Line, LineKind, Origin, Page, Word


def word(text: str, x: float, y: float, *, edges: bool = True, confidence: float = 1.0) -> Word:
    width = 10.0 * len(text)
    cuts = tuple(x + 10.0 * i for i in range(len(text) + 1)) if edges else ()
    return Word(text, Box(x, y, x + width, y + 8), confidence, Origin.PRINT, edges=cuts)


FIRST = (word("Mr", 0, 0), word("Ann", 30, 0, confidence=0.7), word("O'Neil,", 70, 0))
SECOND = (word("Smith", 0, 20, edges=False, confidence=0.4), word("ok", 60, 20))
PAGE = Page(3, 200, 100, (Line(FIRST, LineKind.PRINT), Line(SECOND, LineKind.PRINT)))
SOURCE = page_text(PAGE)


def boxes(start: int, end: int) -> tuple[Box, ...]:
    found = list(findings_of(SOURCE, [Span(start, end, "PERSON", 0.5, "d")]))
    return found[0].boxes if found else ()


def test_words_by_blanks_lines_by_line_feeds() -> None:
    assert SOURCE.text == "Mr Ann O'Neil,\nSmith ok"
    for piece in SOURCE.pieces:
        assert SOURCE.text[piece.start : piece.end] == piece.word.text
    assert [piece.line for piece in SOURCE.pieces] == [0, 0, 0, 1, 1]
    assert page_text(Page(1, 9, 9, ())).text == ""


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (0, 2, ["Mr"]),
        (0, 3, ["Mr"]),  # with the blank after it
        (2, 3, []),  # the blank alone
        (1, 4, ["Mr", "Ann"]),
        (3, 6, ["Ann"]),
        (5, 8, ["Ann", "O'Neil,"]),
        (14, 15, []),
        (13, 16, ["O'Neil,", "Smith"]),
        (0, 23, ["Mr", "Ann", "O'Neil,", "Smith", "ok"]),
        (22, 99, ["ok"]),
        (23, 99, []),
    ],
)
def test_the_words_in_a_span(start: int, end: int, words: list[str]) -> None:
    assert [piece.word.text for piece in SOURCE.pieces_in(start, end)] == words


def test_whole_words() -> None:
    assert boxes(3, 6) == (Box(30, 0, 60, 8),)
    assert boxes(0, 6) == (Box(0, 0, 60, 8),)
    assert boxes(2, 3) == ()


def test_parts_of_words_where_edges_are_known() -> None:
    assert boxes(7, 13) == (Box(70, 0, 130, 8),)  # not the comma
    assert boxes(9, 13) == (Box(90, 0, 130, 8),)
    assert boxes(4, 8) == (Box(40, 0, 80, 8),)  # "nn O"


def test_whole_words_where_they_are_not() -> None:
    assert boxes(15, 17) == (Box(0, 20, 50, 28),)


def test_a_box_a_line() -> None:
    (found,) = findings_of(SOURCE, [Span(3, 20, "PERSON", 0.5, "d")])
    assert found.boxes == (Box(30, 0, 140, 8), Box(0, 20, 50, 28))
    assert (found.page, found.text, found.label) == (3, "Ann O'Neil,\nSmith", "PERSON")
    assert (found.score, found.confidence, found.detector, found.id) == (0.5, 0.4, "d", "")


def test_repr_holds_no_text() -> None:
    assert "Smith" not in repr(SOURCE)
    assert "Smith" not in repr(SOURCE.pieces)
