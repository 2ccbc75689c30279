"""The boxes themselves: each where it was decided, opaque, and nothing hidden among them."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence

import pikepdf

from redactor.findings import Redaction
from redactor.geometry import Box
from redactor.pdf.overlay import MARGIN, NAME
from redactor.verify.subject import Gray, Outcome, Subject, gray, outcome, pdfium

Corners = tuple[float, float, float, float]

_SCALE = 2.0  # pixels a point
_BLACK = 40  # of 255: the brightest that a box may look
_CODE = 0.6  # share of a box that its code may cover
_EDGE = 0.01  # points by which a painted box may differ from the decided one
_NUMBER = rb"-?\d+(?:\.\d+)?"
_LINE = re.compile(
    rb"0 g (%b) (%b) (%b) (%b) re f"
    rb"|BT 1 g /F %b Tf %b %b Td <([0-9a-f]*)> Tj ET" % ((_NUMBER,) * 7)
)


def check_boxes_as_decided(subject: Subject) -> Outcome:
    """The form that paints a page's boxes has each of them, their codes, and nothing else."""
    failures = []
    with pikepdf.open(io.BytesIO(subject.output)) as pdf:
        for number, (page, frame) in enumerate(
            zip(pdf.pages, subject.frames, strict=False), start=1
        ):
            decided = [r for r in subject.redactions if r.page == number]
            resources = page.obj.get("/Resources", pikepdf.Dictionary())
            form = resources.get("/XObject", pikepdf.Dictionary()).get(NAME)
            content = form.read_bytes() if isinstance(form, pikepdf.Stream) else b""
            if not _paints(content, frame.size[1], decided):
                failures.append(number)
    return outcome("boxes as decided", "QPDF", failures, "pages have other boxes")


def _paints(content: bytes, height: float, decided: Sequence[Redaction]) -> bool:
    """Whether the content draws the decided boxes (page space) and codes, in any order."""
    painted, codes = [], []
    for line in content.splitlines():
        match = _LINE.fullmatch(line)
        if not match:
            return False
        if match[1]:
            x, bottom, width, tall = (float(match[k]) for k in (1, 2, 3, 4))
            painted.append((x, height - bottom - tall, x + width, height - bottom))
        else:
            codes.append(bytes.fromhex(match[5].decode()))
    known = {code.encode("cp1252", "replace") for r in decided for code in (r.overlay, r.brief)}
    wanted = [r.box.as_tuple() for r in decided]
    return set(codes) <= known and _all_among(wanted, painted) and _all_among(painted, wanted)


def _all_among(boxes: Sequence[Corners], others: Sequence[Corners]) -> bool:
    return all(any(_alike(box, other) for other in others) for box in boxes)


def _alike(a: Corners, b: Corners) -> bool:
    return all(abs(p - q) <= _EDGE for p, q in zip(a, b, strict=True))


def check_boxes_opaque(subject: Subject) -> Outcome:
    """On the page as it shows, the rim of each box is black, and most of what it surrounds."""
    failures = []
    with pdfium(subject.output) as document:
        for number in sorted({r.page for r in subject.redactions}):
            pixels = gray(document, number, subject.frames[number - 1], _SCALE)
            boxes = subject.boxes(number)
            if not _are_opaque(pixels, boxes):
                failures.append(number)
    return outcome("boxes are opaque", "PDFium", failures, "pages with boxes one can see through")


def _are_opaque(pixels: Gray, boxes: Sequence[Box]) -> bool:
    bright = pixels > _BLACK
    for area in (bright[_within(box)] for box in boxes):
        if area.sum() > _CODE * area.size:
            return False
    for box in boxes:  # a box on another may bear a code where the other has its rim
        bright[_around(box.padded(-min(MARGIN, box.width / 2, box.height / 2)))] = False
    return not any(bright[_within(box)].any() for box in boxes)


def _within(box: Box) -> tuple[slice, slice]:
    """The pixels that a box covers whole."""
    b = box.scaled(_SCALE)
    return _rows_columns(math.ceil(b.x0), math.ceil(b.y0), math.floor(b.x1), math.floor(b.y1))


def _around(box: Box) -> tuple[slice, slice]:
    """The pixels that a box touches."""
    b = box.scaled(_SCALE)
    return _rows_columns(math.floor(b.x0), math.floor(b.y0), math.ceil(b.x1), math.ceil(b.y1))


def _rows_columns(x0: int, y0: int, x1: int, y1: int) -> tuple[slice, slice]:
    return slice(max(y0, 0), max(y1, 0)), slice(max(x0, 0), max(x1, 0))
