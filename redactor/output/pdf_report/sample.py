"""A sample of places as a PDF to check by hand: each page as it is, with its places marked."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, PageBreak

from redactor.output.in_words import counted, listed
from redactor.output.pdf_report.pages import WIDTH, About, bookmarked, document, section, table
from redactor.output.pdf_report.pictures import Picture, Pictures
from redactor.output.pdf_report.text import (
    BAD,
    BODY,
    CODE,
    LINE,
    REGULAR,
    SMALL,
    SUBTITLE,
    TITLE,
    paragraph,
    prepare,
)
from redactor.quality import Place, Sample

_TALLEST: Final = 600.0  # points of a page's picture: what fits below its heading
_COLUMNS: Final = 6

Numbered = tuple[int, Place]


def pdf_sample(sample: Sample, pictures: Pictures, wide_font: Callable[[], bytes]) -> bytes:
    """The PDF; `pictures` has every page on which there is a place."""
    prepare(wide_font)
    by_page: dict[int, list[Numbered]] = defaultdict(list)
    for number, place in enumerate(sample.words, start=1):
        by_page[place.page].append((number, place))
    for place in sample.pages:
        by_page.setdefault(place.page, [])
    story: list[Flowable] = [*_cover(sample)]
    whole = {place.page for place in sample.pages}
    for page in sorted(by_page):
        story += [PageBreak(), *_page(pictures[page], by_page[page], page in whole)]
    foot = f"PDF {sample.output[:16]}…, sample {sample.seed}"
    return document(About("Sample to check by hand", foot), story)


def _cover(sample: Sample) -> Sequence[Flowable]:
    pages = listed([place.page for place in sample.pages]) or "none"
    size = f"{counted(len(sample.words), 'place')} of {sample.population:,}"
    return [
        bookmarked("Sample to check by hand", TITLE),
        paragraph(f"{size} that stayed, drawn by lot; whole pages: {pages}", SUBTITLE),
        paragraph(
            "Look at each numbered place on the pages that follow. Does it tell what the policy "
            "says must go? Then it was missed: tick its number. On whole pages look for anything "
            "that was missed. Enter what you found with: redactor report reviewed REPORT --sample "
            "SAMPLE.csv --missed K --missed-pages J --by NAME",
            BODY,
            600,
        ),
        table(
            ("What", "By which it is known"),
            [
                [paragraph("Redacted PDF", SMALL), paragraph(f"SHA-256 {sample.output}", CODE)],
                [paragraph("Report", SMALL), paragraph(f"SHA-256 {sample.report}", CODE)],
                [paragraph("Seed", SMALL), paragraph(sample.seed, CODE)],
            ],
            (1, 4),
        ),
        *section("Places missed"),
        *_ticks(sample),
    ]


def _ticks(sample: Sample) -> Sequence[Flowable]:
    """A field to tick for each place."""
    cells = [
        paragraph(f"[  ] {number}, page {place.page}", SMALL)
        for number, place in enumerate(sample.words, start=1)
    ]
    cells += [paragraph(f"[  ] all of page {place.page}", SMALL) for place in sample.pages]
    blank = paragraph("", SMALL)
    rows = [
        (cells[at : at + _COLUMNS] + [blank] * _COLUMNS)[:_COLUMNS]
        for at in range(0, len(cells), _COLUMNS)
    ]
    return [table(("",) * _COLUMNS, rows, (1,) * _COLUMNS)] if rows else []


def _page(picture: Picture, places: Sequence[Numbered], whole: bool) -> Sequence[Flowable]:
    todo = counted(len(places), "place") if places else ""
    if whole:
        todo = f"{todo}, and all of it" if todo else "all of it"
    return [*section(f"Page {picture.number}: {todo}"), _Sheet(picture, places)]


class _Sheet(Flowable):  # type: ignore[misc]
    """A page as large as there is room, with numbered places on it."""

    def __init__(self, picture: Picture, places: Sequence[Numbered]) -> None:
        super().__init__()
        self._picture, self._places = picture, places
        self._scale = min(WIDTH / picture.width, _TALLEST / picture.height)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self._picture.width * self._scale, self._picture.height * self._scale

    def draw(self) -> None:
        """The picture, and a frame and a number for each place."""
        canvas, scale = self.canv, self._scale
        width, height = self.wrap()
        canvas.drawImage(ImageReader(io.BytesIO(self._picture.jpeg)), 0, 0, width, height)
        canvas.setStrokeColor(LINE)
        canvas.rect(0, 0, width, height)
        canvas.setFont(REGULAR, 6)
        for number, place in self._places:
            mark = place.box.padded(1.2 / scale)
            x, y = mark.x0 * scale, height - mark.y1 * scale
            canvas.setStrokeColor(BAD)
            canvas.setFillColor(BAD)
            canvas.rect(x, y, mark.width * scale, mark.height * scale)
            canvas.drawString(x + 0.5, y + mark.height * scale + 1, str(number))
