"""The pixels under the boxes: once the boxes are taken away, PDFium must show blank paper there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pypdfium2

from redactor.geometry import Box
from redactor.verify.subject import Outcome, Subject, outcome, pdfium

_DPI = 144
_LEVELS = 40  # of 255: less contrast than this is compression noise or the paper's own tone
_STRAY = 0.004  # share of an area's pixels that may differ: corners of neighbors' strokes


def check_blank_areas(subject: Subject) -> Outcome:
    """Every boxed area is of one tone, but for straight rules that run through it."""
    failures = []
    with pdfium(subject.bare) as document:
        for number in sorted({r.page for r in subject.redactions}):
            pixels = _rendered(document, number - 1)
            for box in subject.boxes(number):
                area = _cut(pixels, box)
                if area.size and not is_blank(area):
                    failures.append(number)
    return outcome("nothing shows under a box", "PDFium", failures, "areas are not blank")


def is_blank(area: npt.NDArray[np.uint8]) -> bool:
    """Whether a gray area (rows, columns) holds no mark but rules along or across it.

    Each row may have a tone of its own (a rule along the area), and each column (a rule across);
    what stays when both are taken off is a mark.
    """
    values = area.astype(np.int16)
    if values.max() - values.min() <= _LEVELS:
        return True
    along = np.abs(values - np.median(values, axis=1, keepdims=True))
    across = np.abs(values - np.median(values, axis=0, keepdims=True))
    marks = np.minimum(along, across) > _LEVELS
    return bool(marks.mean() <= _STRAY)


def _rendered(document: pypdfium2.PdfDocument, index: int) -> npt.NDArray[np.uint8]:
    page = document[index]
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    page.close()
    return pixels.reshape(pixels.shape[0], pixels.shape[1])


def _cut(pixels: npt.NDArray[np.uint8], box: Box) -> npt.NDArray[np.uint8]:
    """The pixels that lie wholly inside a box, less one for smoothing at its edge."""
    scaled = box.scaled(_DPI / 72)
    x0, y0 = int(np.ceil(scaled.x0)) + 1, int(np.ceil(scaled.y0)) + 1
    x1, y1 = int(scaled.x1) - 1, int(scaled.y1) - 1
    return pixels[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
