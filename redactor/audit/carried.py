"""What a document carries beside its pages: bookmarks, attachments, metadata, private data.

Nearly every file has a title and an author: metadata is a notice, and only where it says what
the pages do not. A bookmark is a leak where its page has boxes and lacks its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import pikepdf
import pymupdf

from redactor.audit.leak import Kind, Leak, Level
from redactor.audit.shown import Shown
from redactor.pdf.form_fields import text_of

_MADE_BY = frozenset(  # what made a file and when, of no person
    ["/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner"]
)
_XMP_OF_PERSONS = ("dc:title", "dc:creator", "dc:description", "dc:subject", "pdf:Keywords")


def bookmarks(document: pymupdf.Document, shown: Shown, boxed: Set[int]) -> Iterator[Leak]:
    """Bookmarks with words that stand on no page; `boxed` are the pages that show boxes."""
    for _, title, page in document.get_toc(simple=True):
        if shown.lacks(title):
            at = page if 1 <= page <= document.page_count else 0
            is_leak = at in boxed and shown.is_legible(at)
            level = Level.LEAK if is_leak else Level.NOTICE
            yield Leak(Kind.TOC_BOOKMARK_LEAK, at, text=title, level=level)


def attachments(pdf: pikepdf.Pdf) -> Iterator[Leak]:
    """Embedded and associated files of the document, by name."""
    named = set(pdf.attachments)
    for name in sorted(named):
        yield Leak(Kind.ATTACHMENT, 0, text=name)
    holders = [(0, pdf.Root), *((n, page.obj) for n, page in enumerate(pdf.pages, start=1))]
    for number, holder in holders:
        files = holder.get("/AF")
        for file in list(files) if isinstance(files, pikepdf.Array) else []:
            name = text_of(file.get("/UF")) or text_of(file.get("/F"))
            if name not in named:
                yield Leak(Kind.ATTACHMENT, number, text=name)


def metadata(pdf: pikepdf.Pdf, shown: Shown) -> Iterator[Leak]:
    """Document information and XMP that say what no page does, and private data of programs."""
    info = pdf.trailer.get("/Info")
    values = [text_of(v) for key, v in _items(info) if key not in _MADE_BY]
    for value in dict.fromkeys((*values, *_xmp(pdf))):
        if shown.lacks(value):
            yield Leak(Kind.METADATA, 0, text=value, level=Level.NOTICE)
    holders = [(0, pdf.Root), *((n, page.obj) for n, page in enumerate(pdf.pages, start=1))]
    for number, holder in holders:
        if "/PieceInfo" in holder:
            yield Leak(Kind.METADATA, number, level=Level.NOTICE)


def _items(dictionary: pikepdf.Object | None) -> list[tuple[str, pikepdf.Object]]:
    return list(dictionary.items()) if isinstance(dictionary, pikepdf.Dictionary) else []


def _xmp(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Titles, persons and key words of the XMP packet; a damaged one is passed over."""
    if "/Metadata" not in pdf.Root:
        return
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
            found = [packet[key] for key in _XMP_OF_PERSONS if key in packet]
    except (ValueError, KeyError, TypeError, AttributeError, pikepdf.PdfError):
        return
    for value in found:
        yield from [value] if isinstance(value, str) else sorted(map(str, value or ()))
