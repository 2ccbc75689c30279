"""The frame of a report in PDF: its pages, their feet, the bookmarks, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.pagesizes import letter
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from redactor.output.pdf_report.text import (
    HEAD,
    LINE,
    MOST,
    NUMBER,
    NUMBER_HEAD,
    PART,
    REGULAR,
    SECTION,
    SHADE,
    SOFT,
    Style,
    paragraph,
    shortened,
)

MARGIN: Final = 42.0
FOOT: Final = 26.0
WIDTH: Final = letter[0] - 2 * MARGIN
_ROOM: Final = 120.0
"""Points that a heading wants below it: enough for a row with its picture."""
_TOTAL: Final = "total"
"""The form that says how many pages there are: used on each, drawn when the last one is known."""


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself: its title, and what stands at the foot of each page."""

    title: str
    foot: str


def document(about: About, story: Sequence[Flowable]) -> bytes:
    """The PDF; the same story gives the same bytes."""
    target = io.BytesIO()
    template = _Template(about, target)
    template.build([*story, _Total()])
    return target.getvalue()


def section(text: str) -> Iterator[Flowable]:
    """A heading with a bookmark."""
    yield from _heading(bookmarked(text, SECTION))


def part(text: str) -> Iterator[Flowable]:
    """A heading below a section's, with a bookmark below the section's."""
    yield from _heading(bookmarked(text, PART, 1))


def bookmarked(text: str, style: Style, level: int = 0) -> Paragraph:
    """A paragraph that stands among the bookmarks, too."""
    heading = paragraph(text, style)
    heading.bookmark = (shortened(text, MOST), level)
    return heading


def _heading(heading: Paragraph) -> Iterator[Flowable]:
    """On the next page where there is no room for what follows.

    Not by reportlab's keepWithNext, which takes a whole table for what follows.
    """
    yield CondPageBreak(_ROOM)
    yield heading


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    more: Sequence[tuple[Any, ...]] = (),
) -> Table:
    """A table over the page's width whose head is repeated on each page; `widths` are shares."""
    total = sum(widths)
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        *more,
    ]
    return Table(
        [_head(head, rows[0] if rows else ()), *rows],
        colWidths=[WIDTH * width / total for width in widths],
        repeatRows=1,
        style=TableStyle(style),
    )


def _head(names: Sequence[str], first: Sequence[Any]) -> list[Paragraph]:
    """The head's cells; over numbers they stand at the right, as those do."""
    styles = [NUMBER_HEAD if getattr(cell, "style", None) is NUMBER else HEAD for cell in first]
    styles += [HEAD] * (len(names) - len(styles))
    return [paragraph(name, style) for name, style in zip(names, styles, strict=True)]


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """Letter pages with a foot, bookmarks for headings, a title and a language."""

    def __init__(self, about: About, target: io.BytesIO) -> None:
        super().__init__(
            target,
            pagesize=letter,
            title=about.title,
            author="redactor",
            subject="redaction report",
            creator="redactor",
            lang="en",
            invariant=1,
            displayDocTitle=True,
        )
        body = (MARGIN, MARGIN + FOOT / 2, WIDTH, letter[1] - 2 * MARGIN - FOOT / 2)
        frame = Frame(*body, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        self.addPageTemplates([PageTemplate(frames=[frame], onPage=self._foot)])
        self._about = about
        self._bookmarks = 0

    def _foot(self, canvas: Any, _: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setStrokeColor(LINE)
        canvas.line(MARGIN, MARGIN, MARGIN + WIDTH, MARGIN)
        canvas.setFont(REGULAR, 6.5)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN, MARGIN - 11, self._about.foot)
        right = MARGIN + WIDTH
        canvas.drawRightString(right - 22, MARGIN - 11, f"Page {canvas.getPageNumber()} of")
        canvas.translate(right - 19, MARGIN - 11)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Puts a heading among the bookmarks once it is on its page."""
        if mark := getattr(flowable, "bookmark", None):
            text, level = mark
            self._bookmarks += 1
            key = f"b{self._bookmarks}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level=level, closed=level == 0)


class _Total(Flowable):  # type: ignore[misc]
    """Draws, once, how many pages there are."""

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.beginForm(_TOTAL)
        self.canv.setFont(REGULAR, 6.5)
        self.canv.setFillColor(SOFT)
        self.canv.drawString(0, 0, str(self.canv.getPageNumber()))
        self.canv.endForm()
