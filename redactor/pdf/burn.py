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
        # Without what redaction replaced. Equal objects stay apart: to merge them all are compared.
        data: bytes = document.tobytes(garbage=1, deflate=True, no_new_id=True)
        return data


def _burn_page(page: pymupdf.Page, frame: PageFrame, boxes: Sequence[Box]) -> None:
    """One page. /Rotate is set aside: with a CropBox offset MuPDF paints in the wrong place."""
    slivers = list(_slivers(page, frame, boxes))
    page.set_rotation(0)
    if slivers:
        _apply(page, frame, slivers, images=0, graphics=0, text=0)
    _apply(page, frame, boxes, images=2, graphics=1, text=1)
    page.set_rotation(frame.rotation)


def _apply(
    page: pymupdf.Page,
    frame: PageFrame,
    boxes: Sequence[Box],
    images: int,
    graphics: int,
    text: int,
) -> None:
    """MuPDF's redaction; images 2: blank pixels, graphics 1: if covered, text 0: remove.

    One annotation has all boxes (ISO 32000-2, 12.5.6.23): PyMuPDF looks through all annotations
    of a page for each that it adds.
    """
    annotation = page.add_redact_annot(page.rect, fill=False, cross_out=False)
    quads = " ".join(_quad(frame.to_user(box)) for box in boxes)
    page.parent.xref_set_key(annotation.xref, "QuadPoints", f"[{quads}]")
    page.apply_redactions(images=images, graphics=graphics, text=text)


def _quad(user: Box) -> str:
    """The corners of a box in user space, as /QuadPoints has them: top left and right first."""
    x0, y0, x1, y1 = (f"{value:.4f}" for value in user.as_tuple())
    return f"{x0} {y1} {x1} {y1} {x0} {y0} {x1} {y0}"


def _slivers(page: pymupdf.Page, frame: PageFrame, boxes: Sequence[Box]) -> Iterator[Box]:
    """A small box in the middle of each glyph that lies under a redaction box."""
    for line in filter(None, glyph_lines(page, frame, boxes)):
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
