"""A searchable PDF: images of pages over invisible text, and a drawing to check it by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pymupdf

from redactor.geometry import Box
from redactor.pdf.rebuild import RebuiltPage, insert_page
from redactor.words import Origin, Page

_COLORS = {
    Origin.TEXT_LAYER: (0.0, 0.55, 0.2),  # green
    Origin.PRINT: (0.1, 0.3, 0.9),  # blue
    Origin.HANDWRITING: (0.85, 0.0, 0.75),  # magenta
}
_UNREAD = (0.95, 0.1, 0.1)  # red, filled
_ORDER = (0.9, 0.45, 0.0)  # orange
_FONT_SIZE = 5.0  # points


def searchable(rebuilt: Iterable[RebuiltPage], drawn: Sequence[Page] = ()) -> bytes:
    """A PDF of those pages; over each that is in `drawn`, by number, what was read is drawn.

    The same pages give the same bytes.
    """
    by_number = {page.number: page for page in drawn}
    with pymupdf.open() as document:
        for number, one in enumerate(rebuilt, start=1):
            sheet = insert_page(document, number, one)
            if number in by_number:
                _draw(sheet, by_number[number])
        data: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
        return data


def _draw(sheet: pymupdf.Page, page: Page) -> None:
    """Word boxes in the color of their origin, unread ink, and each line's place in the order."""
    for line in page.lines:
        for word in line.words:
            _frame(sheet, word.box, _COLORS[word.origin])
    for box in page.ink.unread:
        _frame(sheet, box, _UNREAD, filled=True)
    for order, line in enumerate(page.lines):
        width = pymupdf.get_text_length(str(order), fontsize=_FONT_SIZE)
        first = line.words[0].box
        start = pymupdf.Point(max(0.0, first.x0 - width - 1), first.y0 + _FONT_SIZE)
        sheet.insert_text(start, str(order), fontsize=_FONT_SIZE, color=_ORDER)


def _frame(
    sheet: pymupdf.Page, box: Box, color: tuple[float, float, float], filled: bool = False
) -> None:
    sheet.draw_rect(
        pymupdf.Rect(box.as_tuple()),
        color=color,
        width=0.5,
        fill=color if filled else None,
        fill_opacity=0.3 if filled else 1,
    )
