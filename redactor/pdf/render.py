"""Pages to pixels, once: the only place where pixels come from."""

from __future__ import annotations

import numpy as np
import pymupdf

from redactor.errors import ResourceLimit
from redactor.ink import PageImage
from redactor.pdf.intake import Limits, Source, drawable

DPI = 200


def render(source: Source, number: int, dpi: int = DPI, limits: Limits | None = None) -> PageImage:
    """Page `number` (from 1) as displayed, in RGB.

    Raises ResourceLimit for a huge page, NotAPdf for one that MuPDF cannot draw.
    """
    limits = limits or Limits()
    width, height = source.frames[number - 1].size
    n_pixels = width * height * (dpi / 72) ** 2
    if n_pixels > limits.page_pixels:
        raise ResourceLimit(
            f"page {number} has {n_pixels:.0f} pixels at {dpi} dpi, the limit is "
            f"{limits.page_pixels}",
            "scale the page down",
        )
    with (
        drawable(f"page {number}"),
        pymupdf.open(stream=source.data, filetype="pdf") as document,
    ):
        pixmap = document[number - 1].get_pixmap(dpi=dpi, colorspace=pymupdf.csRGB, alpha=False)
        rows = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
        pixels = rows[:, : pixmap.width * 3].reshape(pixmap.height, pixmap.width, 3)
        return PageImage(pixels.copy(), dpi)
