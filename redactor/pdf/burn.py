"""Removes what stands under the redaction boxes from the content of a page, in place.

Text first, glyph by glyph: a sliver at half the x-height of each glyph under a box takes that
glyph and none of the lines above and below, which boxes as tall as a word do at tight leading.
Then the full boxes take pixels of images and drawings that they cover. The boxes themselves are
painted later (overlay.py), so that what is under them can be checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pymupdf

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame, union
from redactor.pdf.intake import Source, drawable
from redactor.pdf.rebuild import RebuiltPage, replace_page
from redactor.pdf.text_layer import Glyph, glyph_lines

_SLIVER = 0.15  # of a glyph's size: thin enough to touch no neighbor


def burn(
    source: Source, redactions: Sequence[Redaction], rebuilt: Mapping[int, RebuiltPage]
) -> bytes:
    """The working PDF with all that lies under the boxes gone; pages in `rebuilt` are exchanged.

    Nothing is painted. Raises NotAPdf where MuPDF cannot redact a page in place.
    """
    with (
        drawable("the document"),
        pymupdf.open(stream=source.data, filetype="pdf") as document,
    ):
        for number, frame in enumerate(source.frames, start=1):
            if number in rebuilt:
                replace_page(document, number, rebuilt[number])
                continue
            boxes = [r.box for r in redactions if r.page == number]
            if boxes:
                _burn_page(document[number - 1], frame, boxes)
        data: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
        return data


def _burn_page(page: pymupdf.Page, frame: PageFrame, boxes: Sequence[Box]) -> None:
    """One page. /Rotate is set aside: with a CropBox offset MuPDF paints in the wrong place."""
    slivers = [_unrotated(frame, sliver) for sliver in _slivers(page, frame, boxes)]
    rectangles = [_unrotated(frame, box) for box in boxes]
    page.set_rotation(0)
    if slivers:
        _apply(page, slivers, images=0, graphics=0, text=0)
    _apply(page, rectangles, images=2, graphics=1, text=1)
    page.set_rotation(frame.rotation)


def _apply(
    page: pymupdf.Page, rectangles: Sequence[pymupdf.Rect], images: int, graphics: int, text: int
) -> None:
    """MuPDF's redaction; images 2: blank pixels, graphics 1: if covered, text 0: remove."""
    for rectangle in rectangles:
        page.add_redact_annot(rectangle, fill=False, cross_out=False)
    page.apply_redactions(images=images, graphics=graphics, text=text)


def _unrotated(frame: PageFrame, box: Box) -> pymupdf.Rect:
    """Page space as MuPDF's space of the page once its /Rotate is 0."""
    flat = PageFrame(frame.crop, 0, frame.user_unit)
    return pymupdf.Rect(flat.to_page(frame.to_user(box)).as_tuple())


def _slivers(page: pymupdf.Page, frame: PageFrame, boxes: Sequence[Box]) -> Iterator[Box]:
    """A small box in the middle of each glyph that lies under a redaction box."""
    for line in glyph_lines(page, frame, boxes):
        place = union(glyph.box for glyph in line)
        near = [box for box in boxes if box.overlaps(place)]
        for glyph in line:
            if is_under(glyph, near):
                x, y = glyph.middle
                dx, dy = glyph.box.width * _SLIVER, glyph.box.height * _SLIVER / 2
                yield Box(x - dx, y - dy, x + dx, y + dy)


def is_under(glyph: Glyph, boxes: Sequence[Box]) -> bool:
    """Whether a glyph belongs to what a box takes: its middle, or most of it, is inside."""
    return any(box.contains(*glyph.middle) or glyph.box.covered_by(box) > 0.6 for box in boxes)
