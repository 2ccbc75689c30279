"""The characters of a page: none under a box, none off the page, all others where they were."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pymupdf
import pypdfium2

from redactor.geometry import Box
from redactor.ink import Mask
from redactor.report import Check
from redactor.verify.characters import Characters, by_mupdf, by_pdfium, by_pdfminer, inside, to_page
from redactor.verify.subject import Outcome, Subject, outcome, pdfium

_MOVED = 0.6  # points that a kept character may move
_OVER = 1.0  # points that a character may stick out of the page
_NEAR = 0.5  # points from a box within which a character's fate is the box's
_LONGEST = 4_000_000  # bytes of content from which a page is too slow for pdfminer
_UNDER = "no glyph under a box"
_LEFT = "characters are left"

Placed = tuple[int, float, float]
"""A character's code, and the upper left corner of its box in page space."""


def check_glyphs(subject: Subject) -> tuple[Outcome, ...]:
    """None under a box, none off the page; with the source at hand, all others as they were.

    On pages redacted in place every character outside the boxes must be where it was, and no
    other may have come. A page without boxes whose text is that of the source is not looked at.
    """
    under: list[int] = []
    off: list[int] = []
    lost: list[int] = []
    added: list[int] = []
    with pdfium(subject.bare) as after, _source(subject) as before:
        for number, frame in enumerate(subject.frames, start=1):
            boxes, is_rebuilt = subject.boxes(number), number in subject.rebuilt
            compared = before is not None and not is_rebuilt and number <= len(before)
            if compared and not boxes and _text(before, number) == _text(after, number):
                continue
            now = by_pdfium(after, number, frame)
            under += [number] * int(inside(now.middles, boxes).sum())
            page = Box(0, 0, *frame.size)
            off += [number] * int((~inside(now.middles, [page], _OVER)).sum())
            if compared:
                then = by_pdfium(before, number, subject.source_frames[number - 1])
                lost += [number] * _missing(then, now, ~inside(then.middles, boxes, _NEAR))
                added += [number] * _missing(now, then, ~inside(now.middles, boxes, _NEAR))
    outcomes = [
        outcome(_UNDER, "PDFium", under, _LEFT),
        outcome("no glyph off the page", "PDFium", off, "characters are off the page"),
    ]
    if subject.source:
        outcomes += [
            outcome("kept characters in place", "PDFium", lost, "characters were lost or moved"),
            outcome("no characters added", "PDFium", added, "characters came to the page"),
        ]
    return tuple(outcomes)


def check_glyphs_by_mupdf(subject: Subject) -> Outcome:
    """No glyph that MuPDF sees has its middle under a box."""
    failures: list[int] = []
    with pymupdf.open(stream=subject.bare, filetype="pdf") as document:
        for number in subject.boxed:
            middles = by_mupdf(document, number, subject.frames[number - 1])
            failures += [number] * int(inside(middles, subject.boxes(number)).sum())
    return outcome(_UNDER, "MuPDF", failures, _LEFT)


def check_glyphs_by_pdfminer(subject: Subject) -> Outcome:
    """No glyph that pdfminer.six sees has its middle under a box.

    It is slow: pages with more content than `_LONGEST` are left to the other engines, and named.
    """
    failures: list[int] = []
    large = _large(subject)
    looked_at = [n for n in subject.boxed if n not in large]
    for number, points in by_pdfminer(subject.bare, looked_at):
        middles = to_page(points, subject.frames[number - 1])
        failures += [number] * int(inside(middles, subject.boxes(number)).sum())
    found = outcome(_UNDER, "pdfminer.six", failures, _LEFT)
    if not large:
        return found
    said = f"{found.check.detail}; too large for it: page {', '.join(map(str, large))}"
    return Outcome(Check(_UNDER, "pdfminer.six", found.check.passed, said), found.pages)


def _large(subject: Subject) -> list[int]:
    """The pages with boxes whose content is long."""
    with pikepdf.open(io.BytesIO(subject.bare)) as pdf:
        contents = {n: pdf.pages[n - 1].obj.get("/Contents") for n in subject.boxed}
        return [n for n, content in contents.items() if _length(content) > _LONGEST]


def _length(content: pikepdf.Object | None) -> int:
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    return sum(len(part.read_bytes()) for part in parts if isinstance(part, pikepdf.Stream))


@contextmanager
def _source(subject: Subject) -> Iterator[pypdfium2.PdfDocument | None]:
    if not subject.source:
        yield None
        return
    with pdfium(subject.source) as document:
        yield document


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    text = document[number - 1].get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()


def _missing(wanted: Characters, there: Characters, chosen: Mask) -> int:
    """How many of the chosen characters stand nowhere near their place among those there."""
    unmoved = set(_placed(there))  # nearly all; only the others are looked for nearby
    moved = [placed for placed in _placed(wanted, chosen) if placed not in unmoved]
    if not moved:
        return 0
    places: dict[tuple[int, int, int], list[tuple[float, float]]] = defaultdict(list)
    for code, x, y in unmoved:
        places[code, int(x // 1), int(y // 1)].append((x, y))
    return sum(
        not any(
            abs(x - other_x) <= _MOVED and abs(y - other_y) <= _MOVED
            for i in (int(x // 1) - 1, int(x // 1), int(x // 1) + 1)
            for j in (int(y // 1) - 1, int(y // 1), int(y // 1) + 1)
            for other_x, other_y in places.get((code, i, j), ())
        )
        for code, x, y in moved
    )


def _placed(characters: Characters, chosen: Mask | slice = slice(None)) -> Iterator[Placed]:
    """Characters with their upper left corners."""
    codes, boxes = characters.codes[chosen], characters.boxes[chosen]
    return zip(codes.tolist(), boxes[:, 0].tolist(), boxes[:, 1].tolist(), strict=True)
