"""Writing a finished document so that the same input always gives the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pymupdf

from sample_docs.truth import TruthBook

STAMP = "D:20240311093000Z"


@dataclass(frozen=True)
class Made:
    """A sample document and its truth, ready to be written."""

    name: str
    pdf: bytes
    truth: str


def finish(doc: pymupdf.Document, book: TruthBook, metadata: dict[str, str] | None = None) -> Made:
    """Fix the dates and ids of ``doc`` and serialize it together with its truth."""
    doc.set_metadata(
        {"producer": "sample_docs", "creationDate": STAMP, "modDate": STAMP} | (metadata or {})
    )
    raw = doc.tobytes(garbage=3, deflate=True, no_new_id=True)
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _fix_annotations(pdf)
        return Made(book.document, _saved(pdf), book.dumps())


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Serialize with an id drawn from the content alone."""
    # An id already there would be kept as the permanent half, and it may be random.
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate
    pdf.save(out, deterministic_id=True, object_stream_mode=mode)
    return out.getvalue()


def _fix_annotations(pdf: pikepdf.Pdf) -> None:
    """Annotations carry the hour they were made; give them the fixed one."""
    for page in pdf.pages:
        for index, annotation in enumerate(page.get("/Annots", pikepdf.Array())):
            if "/M" in annotation:
                annotation["/M"] = pikepdf.String(STAMP)
            if "/CreationDate" in annotation:
                annotation["/CreationDate"] = pikepdf.String(STAMP)
            if "/NM" in annotation:
                annotation["/NM"] = pikepdf.String(f"note-{index}")


def turn_page(pdf_bytes: bytes, number: int, margin: tuple[float, float]) -> bytes:
    """Store page ``number`` sideways: /Rotate 90 and a CropBox off the MediaBox's corner.

    The displayed page does not change, hence neither does its truth. ``margin`` is the
    CropBox's lower left corner in the MediaBox (points, user space).
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        page = pdf.pages[number - 1]
        width, height = (float(value) for value in list(page.mediabox)[2:])
        dx, dy = margin
        # Shown (x, y up) lies at user space (dx + height - y, dy + x) under /Rotate 90.
        page.contents_add(f"q 0 1 -1 0 {dx + height:g} {dy:g} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.mediabox = pikepdf.Array([0, 0, height + 2 * dx, width + 2 * dy])
        page.cropbox = pikepdf.Array([dx, dy, dx + height, dy + width])
        page["/Rotate"] = 90
        return _saved(pdf)
