"""The characters on a page as PDFium sees them: none under a box, all others where they were."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium_c

from redactor.geometry import Box, PageFrame
from redactor.verify.subject import Outcome, Subject, outcome, pdfium

ENGINE = "PDFium"
_MOVED = 0.6  # points that a kept character may move
_NEAR = 0.5  # points from a box within which a character's fate is the box's


@dataclass(frozen=True, slots=True)
class Char:
    """A visible or invisible character; `box` in page space."""

    char: str = field(repr=False)
    box: Box


def chars(document: pypdfium2.PdfDocument, index: int, frame: PageFrame) -> Iterator[Char]:
    """The characters of page `index` (from 0), less blanks and those that PDFium made up."""
    page = document[index]
    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    try:
        for position in range(text.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(text, position)
            if code <= 32 or pdfium_c.FPDFText_IsGenerated(text, position) == 1:
                continue
            if pdfium_c.FPDFText_GetCharBox(text, position, left, right, bottom, top):
                user = Box(
                    min(left.value, right.value),
                    min(bottom.value, top.value),
                    max(left.value, right.value),
                    max(bottom.value, top.value),
                )
                yield Char(chr(code) if code < 0x110000 else "\ufffd", frame.to_page(user))
    finally:
        text.close()
        page.close()


def check_no_glyph_under_boxes(subject: Subject) -> Outcome:
    """No character of the page has its middle inside a redaction box."""
    failures = []
    with pdfium(subject.bare) as document:
        for number, frame in enumerate(subject.frames, start=1):
            boxes = subject.boxes(number)
            if boxes:
                seen = chars(document, number - 1, frame)
                failures += [number for c in seen if _inside(c.box, boxes, 0)]
    return outcome("no glyph under a box", ENGINE, failures, "characters are left")


def check_kept_glyphs(subject: Subject) -> Outcome:
    """On pages redacted in place, every character outside the boxes is still in its place."""
    failures = []
    with pdfium(subject.source) as before, pdfium(subject.bare) as after:
        for number in subject.in_place:
            frame = subject.source_frames[number - 1]
            boxes = subject.boxes(number)
            if not boxes:
                continue
            places = _places(chars(after, number - 1, subject.frames[number - 1]))
            failures += [
                number
                for c in chars(before, number - 1, frame)
                if not _inside(c.box, boxes, _NEAR) and not _is_there(c, places)
            ]
    return outcome("kept characters in place", ENGINE, failures, "characters were lost or moved")


def _inside(box: Box, boxes: Sequence[Box], margin: float) -> bool:
    """Whether a character's middle lies in one of the boxes, grown by a margin."""
    x, y = box.center
    return any(b.padded(margin).contains(x, y) for b in boxes)


_Places = dict[tuple[str, int, int], list[Box]]


def _places(seen: Iterator[Char]) -> _Places:
    """Characters by what they are and the square point they stand on."""
    places: _Places = defaultdict(list)
    for char in seen:
        places[char.char, int(char.box.x0), int(char.box.y0)].append(char.box)
    return places


def _is_there(char: Char, places: _Places) -> bool:
    x, y = int(char.box.x0), int(char.box.y0)
    return any(
        abs(box.x0 - char.box.x0) <= _MOVED and abs(box.y0 - char.box.y0) <= _MOVED
        for i in (x - 1, x, x + 1)
        for j in (y - 1, y, y + 1)
        for box in places.get((char.char, i, j), ())
    )
