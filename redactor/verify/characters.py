"""The characters of a page, hidden ones and those off the page included, as three engines see them.

PDFium, MuPDF and pdfminer.six share no code. Each is asked where its characters are in user space;
what becomes of that is done once, here.
"""

from __future__ import annotations

import ctypes
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import MATRIX_IDENTITY

from redactor.geometry import Box, PageFrame
from redactor.pdf.text_layer import FLAGS, X_HEIGHT, upward

logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)  # what it says may quote the document

_LINE_END_HYPHEN = 2  # PDFium's code for a hyphen where it thinks that a word goes on

Points = npt.NDArray[np.float64]
"""Places in page space: a row (x, y) each."""


@dataclass(frozen=True, slots=True)
class Characters:
    """What PDFium sees on a page: codes, and boxes in page space, a row (x0, y0, x1, y1) each."""

    codes: npt.NDArray[np.int64] = field(repr=False)
    boxes: Points = field(repr=False)

    @property
    def middles(self) -> Points:
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / 2


def by_pdfium(document: pypdfium2.PdfDocument, number: int, frame: PageFrame) -> Characters:
    """The characters of page `number` (from 1), less blanks and those that PDFium made up."""
    page = document[number - 1]
    text = page.get_textpage()
    sides = left, right, bottom, top = tuple(ctypes.c_double() for _ in range(4))
    into = tuple(map(ctypes.byref, sides))  # made once: most of the time goes into such calls
    codes, boxes = [], []
    try:
        handle = text.raw
        for position in range(text.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(handle, position)
            code = ord("-") if code == _LINE_END_HYPHEN else code
            if code <= 32 or pdfium_c.FPDFText_IsGenerated(handle, position) == 1:
                continue
            if pdfium_c.FPDFText_GetCharBox(handle, position, *into):
                codes.append(code)
                boxes.append((left.value, bottom.value, right.value, top.value))
    finally:
        text.close()
        page.close()
    corners = np.array(boxes, np.float64).reshape(-1, 4)
    a, b = to_page(corners[:, :2], frame), to_page(corners[:, 2:], frame)
    ordered = np.hstack([np.minimum(a, b), np.maximum(a, b)])
    return Characters(np.array(codes, np.int64), ordered)


def by_mupdf(document: pymupdf.Document, number: int, frame: PageFrame) -> Points:
    """The middle of each glyph, half an x-height above its baseline; blanks left out."""
    found = []
    blocks = document[number - 1].get_text("rawdict", flags=FLAGS)["blocks"]
    for line in (line for block in blocks for line in block.get("lines", ())):
        dx, dy = line["dir"]
        for span in line["spans"]:
            rise = X_HEIGHT * span["size"]
            for char in span["chars"]:
                if not char["c"].isspace():
                    (ox, oy), (x0, y0, x1, y1) = char["origin"], char["bbox"]
                    half = (abs(dx) * (x1 - x0) + abs(dy) * (y1 - y0)) / 2
                    ux, uy = upward(char["bbox"], char["origin"], line["dir"], span["size"])
                    found.append((ox + dx * half + ux * rise, oy + dy * half + uy * rise))
    points = np.array(found, np.float64).reshape(-1, 2)
    # MuPDF's own space: the page before /Rotate, y down.
    flat = PageFrame(frame.crop, 0, frame.user_unit)
    origin, right, down = (flat.point_to_user(*at) for at in ((0, 0), (1, 0), (0, 1)))
    axes = np.array([right, down]) - np.array(origin)
    return to_page(points @ axes + np.array(origin), frame)


def by_pdfminer(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Points]]:
    """For each page asked for, its number and the middle of each glyph in user space."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    resources = PDFResourceManager()
    wanted = frozenset(numbers)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number in wanted:
            middles = _Middles(resources)
            interpreter = PDFPageInterpreter(resources, middles)
            interpreter.render_contents(page.resources, page.contents, ctm=MATRIX_IDENTITY)
            yield number, np.array(middles.found, np.float64).reshape(-1, 2)


class _Middles(PDFTextDevice):
    """Notes where glyphs are drawn, in whatever way; tells nothing else."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.found: list[tuple[float, float]] = []

    def render_char(
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        a, b, c, d, e, f = matrix
        advance = float(font.char_width(cid)) * fontsize * scaling
        if not _is_blank(font, cid):
            x, y = (0.0, -advance / 2) if font.is_vertical() else (advance / 2, 0.0)
            y += rise + X_HEIGHT * fontsize
            self.found.append((a * x + c * y + e, b * x + d * y + f))
        return advance


def _is_blank(font: Any, cid: int) -> bool:
    """Whether a code stands for a blank; one that stands for nothing known is a glyph."""
    try:
        return bool(str(font.to_unichr(cid)).isspace())
    except Exception:
        return False


def to_page(points: Points, frame: PageFrame) -> Points:
    """User space to page space."""
    origin, right, up = (frame.point_to_page(*at) for at in ((0, 0), (1, 0), (0, 1)))
    axes = np.array([right, up]) - np.array(origin)
    return np.asarray(points @ axes + np.array(origin), np.float64)


def inside(points: Points, boxes: Sequence[Box], margin: float = 0.0) -> npt.NDArray[np.bool_]:
    """Which of the points lie in one of the boxes, grown by a margin."""
    edges = np.array([b.as_tuple() for b in boxes], np.float64).reshape(-1, 4)
    x, y = points[:, :1], points[:, 1:]
    within = (
        (x >= edges[:, 0] - margin)
        & (y >= edges[:, 1] - margin)
        & (x <= edges[:, 2] + margin)
        & (y <= edges[:, 3] + margin)
    )
    return np.asarray(within.any(axis=1), np.bool_)
