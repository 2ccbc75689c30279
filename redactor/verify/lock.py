"""Is a published output encrypted as it was asked for, in the eyes of every engine?"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
import pymupdf
import pypdfium2

from redactor.report import Check
from redactor.verify.subject import Outcome

ENCRYPTION = "encryption"
"""The name of the check."""

_AES_256 = 256  # bits


def check_lock(data: bytes, password: str, n_pages: int) -> Outcome:
    """No engine opens it without the password; with it, each sees all pages."""
    faults = list(_faults(data, password, n_pages))
    detail = "; ".join(faults) or "AES-256, opens with the password only"
    return Outcome(Check(ENCRYPTION, "QPDF, PDFium, MuPDF", not faults, detail))


def _faults(data: bytes, password: str, n_pages: int) -> Iterator[str]:
    for engine, count in (("QPDF", _by_qpdf), ("PDFium", _by_pdfium), ("MuPDF", _by_mupdf)):
        if _opened(count, data, "") is not None:
            yield f"{engine} opens it without the password"
        if _opened(count, data, password) != n_pages:
            yield f"{engine} does not see its pages with the password"
    if not data.rstrip().endswith(b"%%EOF") or data.count(b"startxref") != 1:
        yield "there is more in the file than one revision"


def _opened(count: Callable[[bytes, str], int], data: bytes, password: str) -> int | None:
    """The number of pages; None where it does not open."""
    try:
        return count(data, password)
    except (pikepdf.PasswordError, pikepdf.PdfError, pypdfium2.PdfiumError, ValueError):
        return None


def _by_qpdf(data: bytes, password: str) -> int:
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        if pdf.encryption.bits != _AES_256:
            raise ValueError("weaker than it should be")
        return len(pdf.pages)


def _by_pdfium(data: bytes, password: str) -> int:
    document = pypdfium2.PdfDocument(data, password=password or None)
    try:
        return len(document)
    finally:
        document.close()


def _by_mupdf(data: bytes, password: str) -> int:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        if document.needs_pass and not document.authenticate(password):
            raise ValueError("needs a password")
        return int(document.page_count)
