"""Paints the redaction boxes, with their codes, on top of a page.

All boxes of a page are one form XObject, so that a checker can take them away and look at what is
under them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pikepdf
import pymupdf

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame

NAME = "/RedactorBoxes"
MARGIN = 0.6  # points between a code and the edge of its box
_SPARE = 0.3  # points, for an engine whose Helvetica is taller than the one measured here
_SMALLEST = 3.0  # points: a smaller code could not be read
_LARGEST = 9.0


def paint(
    pdf: pikepdf.Pdf, page: pikepdf.Page, frame: PageFrame, boxes: Sequence[Redaction]
) -> None:
    """Adds the boxes (page space) to a page as black rectangles with white codes.

    All rectangles come first: a code under a neighbor's box would be text that does not show.
    """
    width, height = frame.size
    drawn = (draw(box, height) for draw in (_rectangle, _code) for box in boxes)
    form = pdf.make_stream(
        b"\n".join(filter(None, drawn)),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, round(width, 3), round(height, 3)]),
        Matrix=pikepdf.Array([round(v, 6) for v in _to_user(frame)]),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_font(pdf))),
    )
    # Copies: pages may share their resources, but not their boxes.
    resources = _copy(page.obj.get("/Resources"))
    resources["/XObject"] = _copy(resources.get("/XObject"))
    resources["/XObject"][NAME] = form
    page.obj["/Resources"] = resources
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\nq " + NAME.encode() + b" Do Q\n")


def _copy(dictionary: pikepdf.Object | None) -> pikepdf.Object:
    """The same entries in a dictionary of its own; an empty one where there is none."""
    entries = dictionary.items() if isinstance(dictionary, pikepdf.Dictionary) else ()
    return pikepdf.Dictionary(dict(entries))


def without_boxes(data: bytes) -> bytes:
    """The document with every page's boxes emptied again: what is under them shows."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _empty_boxes(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _empty_boxes(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        form = resources.get("/XObject", pikepdf.Dictionary()).get(NAME)
        if isinstance(form, pikepdf.Stream):
            form.write(b"")


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )


def _to_user(frame: PageFrame) -> Iterable[float]:
    """The matrix from display space with y up (origin bottom-left as displayed) to user space."""
    height = frame.size[1]
    ox, oy = frame.point_to_user(0, height)
    ax, ay = frame.point_to_user(1, height)
    bx, by = frame.point_to_user(0, height - 1)
    return ax - ox, ay - oy, bx - ox, by - oy, ox, oy


def _rectangle(redaction: Redaction, page_height: float) -> bytes:
    """PDF operators for one box, in display space with y up."""
    box = redaction.box
    bottom = page_height - box.y1
    return b"0 g %.3f %.3f %.3f %.3f re f" % (box.x0, bottom, box.width, box.height)


def _code(redaction: Redaction, page_height: float) -> bytes:
    """PDF operators for the codes on one box, or the first; none where it would be too small."""
    box = redaction.box
    for overlay in (redaction.overlay, redaction.brief):
        code = overlay.encode("cp1252", "replace")
        if code.strip() and (drawn := _drawn(code, box, page_height)):
            return drawn
    return b""


def _drawn(code: bytes, box: Box, page_height: float) -> bytes:
    """PDF operators for a code in the middle of a box; none where it would be too small."""
    width, low, high = _extent(code.decode("cp1252"))
    room = box.width - 2 * MARGIN, box.height - 2 * (MARGIN + _SPARE)
    size = min(_LARGEST, room[1] / (high - low), room[0] / width)
    if size < _SMALLEST:
        return b""
    x = box.x0 + (box.width - width * size) / 2
    y = page_height - box.y1 + (box.height - (low + high) * size) / 2
    return b"BT 1 g /F %.2f Tf %.3f %.3f Td <%b> Tj ET" % (size, x, y, code.hex().encode())


def _extent(code: str) -> tuple[float, float, float]:
    """How wide a code is in the font at size 1, and how far it reaches from the baseline.

    A bracket or comma that reached out of its box would stand on the line below.
    """
    font = pymupdf.Font("helv")
    glyphs = [font.glyph_bbox(ord(char)) for char in code]
    return font.text_length(code, 1), min(g.y0 for g in glyphs), max(g.y1 for g in glyphs)
