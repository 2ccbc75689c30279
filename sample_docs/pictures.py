"""Small pictures pasted on pages."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from sample_docs.handwriting import Pen
from sample_docs.scan import Scanner, encoded, ink_on


def png_bytes(image: Image.Image) -> bytes:
    """Give ``image`` as a PNG file."""
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def snippet(pen: Pen, paper: tuple[int, int, int], rng: np.random.Generator) -> bytes:
    """Give what was written, on a slip of paper of its own, as a JPEG."""
    wide, high = pen.geometry.pixels
    page = np.empty((high, wide, 3), dtype=np.int32)
    page[:] = np.array(paper, dtype=np.int32)
    for stroke in pen.strokes:
        ink_on(page, stroke)
    return encoded(page, Scanner(noise=3, blur=0.5, quality=72), rng)
