"""Looks at the pages of a redacted file as PDFium draws them: what was to go, what was to stay."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c

Gray = npt.NDArray[np.uint8]
Corners = tuple[float, float, float, float]
Boxes = Mapping[int, Sequence[Corners]]
"""Boxes in PDF user space by page, from 1."""

_OUR_BOXES = "/RedactorBoxes"
_SIDE = 1600  # pixels of a page's longer side
_OFF = 60  # of 255, by which a pixel is a mark
_STRAY = 0.01  # share of an area's pixels that may be marks: what a box's edge cuts
_SAME = 0.001  # share of a page's pixels that may differ where nothing was redacted


def areas_that_show(output: bytes, source: bytes, boxes: Boxes, password: str = "") -> list[int]:
    """The pages on which something shows in a box once the program's own boxes are taken away."""
    found = []
    with _opened(_bare(output)) as after, _opened(source, password) as before:
        for number, wanted in boxes.items():
            pixels = _drawn(after[number - 1])
            places = (_place(before[number - 1], box) for box in wanted)
            if any(_has_marks(_cut(pixels, place)) for place in places):
                found.append(number)
    return found


def pages_that_differ(
    output: bytes, source: bytes, numbers: Iterable[int], password: str = ""
) -> list[int]:
    """Which of the pages look otherwise than in the source."""
    with _opened(output) as after, _opened(source, password) as before:
        return [n for n in numbers if not _alike(_drawn(before[n - 1]), _drawn(after[n - 1]))]


@contextmanager
def _opened(data: bytes, password: str = "") -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(data, password=password or None)
    try:
        yield document
    finally:
        document.close()


def _bare(output: bytes) -> bytes:
    """The file with its black boxes emptied."""
    with pikepdf.open(io.BytesIO(output)) as pdf:
        for page in pdf.pages:
            forms = page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject")
            if isinstance(forms, pikepdf.Dictionary) and _OUR_BOXES in forms:
                forms[_OUR_BOXES].write(b"")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _drawn(page: pypdfium2.PdfPage) -> Gray:
    bitmap = page.render(scale=_SIDE / max(page.get_size()), grayscale=True)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    return pixels.reshape(pixels.shape[0], pixels.shape[1])


def _place(page: pypdfium2.PdfPage, box: Corners) -> Corners:
    """A box of user space as shares of the displayed page, from its top left."""
    whole = 100_000
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for corner in ((box[0], box[1]), (box[2], box[3])):
        pdfium_c.FPDF_PageToDevice(page, 0, 0, whole, whole, 0, *corner, x, y)
        corners.append((x.value / whole, y.value / whole))
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _cut(pixels: Gray, place: Corners) -> Gray:
    """The pixels inside, less two at each side."""
    height, width = pixels.shape
    x0, y0, x1, y1 = (
        max(0, round(share * side))
        for share, side in zip(place, (width, height, width, height), strict=True)
    )
    return pixels[y0 + 2 : max(y1 - 2, 0), x0 + 2 : max(x1 - 2, 0)]


def _has_marks(area: Gray) -> bool:
    if not area.size:
        return False
    off = np.abs(area.astype(int) - int(np.median(area))) > _OFF
    return bool(off.mean() > _STRAY)


def _alike(one: Gray, other: Gray) -> bool:
    if one.shape != other.shape:
        return False
    return bool((np.abs(one.astype(int) - other.astype(int)) > _OFF).mean() <= _SAME)
