"""What is verified: the saved bytes, what was to go, and what was to stay."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium_c

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid
from redactor.report import Check, PdfSignatureInfo

Gray = npt.NDArray[np.uint8]
"""A page as PDFium shows it: (rows, columns), 0 black to 255 white."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The saved output beside the normalized source it came from.

    `output` is the file as it will be published, `bare` the same with the contents of our boxes
    taken away. `frames` are the output's pages, `source_frames` the source's; without the source
    (b"") what was kept cannot be checked. `removed` are the texts that were to go and stand
    nowhere by a decision to keep them; `kept` is what may lead around the output, `signature` the
    one that it is to carry, if any.
    """

    output: bytes = field(repr=False)
    bare: bytes = field(repr=False)
    source: bytes = field(repr=False)
    frames: tuple[PageFrame, ...]
    source_frames: tuple[PageFrame, ...]
    redactions: tuple[Redaction, ...]
    rebuilt: frozenset[int]
    removed: tuple[str, ...] = field(repr=False)
    kept: frozenset[Aid] = frozenset()
    signature: PdfSignatureInfo | None = None

    def boxes(self, number: int) -> tuple[Box, ...]:
        """The redaction boxes of a page, in page space."""
        return tuple(r.box for r in self.redactions if r.page == number)

    @property
    def boxed(self) -> tuple[int, ...]:
        """The numbers of the pages with redaction boxes."""
        return tuple(sorted({r.page for r in self.redactions}))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check's result; `pages` are those that failed it and that a rebuild may cure."""

    check: Check
    pages: tuple[int, ...] = ()


def outcome(name: str, engine: str, failures: Sequence[int], what: str) -> Outcome:
    """A check over pages: `failures` has a page number for each thing found wrong."""
    pages = tuple(sorted(set(failures)))
    if not failures:
        return Outcome(Check(name, engine, True, "nothing found"))
    listed = ", ".join(map(str, pages[:20])) + (" ..." if len(pages) > 20 else "")
    return Outcome(Check(name, engine, False, f"{len(failures)} {what} on page {listed}"), pages)


@contextmanager
def pdfium(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """An open PDFium document."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def gray(document: pypdfium2.PdfDocument, number: int, frame: PageFrame, scale: float) -> Gray:
    """Page `number` (from 1) at so many pixels a point; PDFium knows nothing of UserUnit."""
    page = document[number - 1]
    factor = scale * frame.user_unit
    width, height = (math.ceil(size * factor) for size in page.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    # By a matrix: what else draws a page stretches it to whole pixels, boxes by up to one of them.
    pdfium_c.FPDF_RenderPageBitmapWithMatrix(
        bitmap,
        page,
        pdfium_c.FS_MATRIX(factor, 0, 0, factor, 0, 0),
        pdfium_c.FS_RECTF(0, 0, width, height),
        pdfium_c.FPDF_GRAYSCALE | pdfium_c.FPDF_ANNOT,
    )
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    page.close()
    return pixels.reshape(height, width)
