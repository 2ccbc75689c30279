"""Small pictures of pages, for reports; and a font that has nearly every letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pymupdf

from redactor.pdf.intake import Source, drawable

DPI = 80
_QUALITY = 60  # of JPEG: legible, and some 40 kB a page


def thumbnails(source: Source, numbers: Sequence[int], dpi: int = DPI) -> Iterator[bytes]:
    """Each of those pages (from 1) as displayed, as a JPEG; the same page gives the same bytes."""
    with pymupdf.open(stream=source.data, filetype="pdf") as document:
        for number in numbers:
            with drawable(f"page {number}"):
                pixmap = document[number - 1].get_pixmap(
                    dpi=dpi, colorspace=pymupdf.csRGB, alpha=False
                )
                picture: bytes = pixmap.tobytes("jpeg", jpg_quality=_QUALITY)
            yield picture


def wide_font() -> bytes:
    """A TrueType font with the letters of most scripts of Europe and East Asia (Droid Sans)."""
    font: bytes = pymupdf.Font(ordering=0).buffer
    return font
