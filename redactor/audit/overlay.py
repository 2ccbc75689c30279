"""A copy of a document with its leaks outlined and named, for people to look at."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pymupdf

from redactor.audit.leak import Audit, Leak, Level
from redactor.pdf.intake import Limits, drawable, read_bytes

_COLORS = {Level.LEAK: (0.85, 0.0, 0.0), Level.NOTICE: (0.0, 0.35, 0.8)}
_DPI = 110
_MOST_PIXELS = 16_000_000  # a larger page comes at a lower resolution
_SIZE = 7.0  # points: of the names


def overlay(audit: Audit, password: str = "") -> bytes:
    """A PDF of the pages as pictures, so that it carries nothing that the pages do not show.

    Leaks without a place on the page are listed at its top, those of the document on the first.
    """
    raw = read_bytes(audit.path, Limits())
    with drawable(str(audit.path)), pymupdf.open(stream=raw, filetype="pdf") as source:
        if source.needs_pass:
            source.authenticate(password)
        with pymupdf.open() as copy:
            for number, page in enumerate(source, start=1):
                area = page.rect.width * page.rect.height
                zoom = min(_DPI / 72, math.sqrt(_MOST_PIXELS / area))
                picture = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
                drawn = copy.new_page(width=page.rect.width, height=page.rect.height)
                drawn.insert_image(drawn.rect, pixmap=picture)
                _mark(drawn, (leak for leak in audit.found if max(leak.page, 1) == number))
            data: bytes = copy.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


def _mark(page: pymupdf.Page, leaks: Iterable[Leak]) -> None:
    listed = 0
    for leak in leaks:
        color = _COLORS[leak.level]
        rect = pymupdf.Rect(*leak.box.padded(1).as_tuple()) if leak.box else None
        if rect is None or not rect.intersects(page.rect):
            listed += 1
            spot = pymupdf.Point(4, (_SIZE + 2) * listed)
        else:
            page.draw_rect(rect, color=color, width=1)
            spot = pymupdf.Point(max(rect.x0, 2), max(rect.y0 - 1.5, _SIZE))
        page.insert_text(spot, leak.kind, fontsize=_SIZE, color=color)
