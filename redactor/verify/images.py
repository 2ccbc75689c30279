"""The samples of images under the boxes: one tone, whether they show or something covers them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium_c

from redactor.geometry import Box, PageFrame
from redactor.ink import Mask
from redactor.verify.subject import Outcome, Subject, outcome, pdfium

Samples = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float64]

_DEEPEST = 32  # form XObjects in form XObjects
_FLAT = 1e-9  # square points: an image without area
_RIM = 1  # samples at a box's edge that may lie partly outside
_RINGING = 8  # samples from an edge within which a JPEG's blocks may echo what is beside the box
_EVEN, _EVEN_JPEG, _NOISY_JPEG = 2, 12, 48  # of 255, by which samples of one tone may differ


def check_images(subject: Subject) -> Outcome:
    """No image of a page has anything but one tone where it lies under a box.

    An image that cannot be decoded fails its page where it lies under a box.
    """
    failures = []
    with pdfium(subject.bare) as document:
        for number in subject.boxed:
            frame, boxes = subject.frames[number - 1], subject.boxes(number)
            page = document[number - 1]
            for image, matrix in _images(page):
                if not _is_even(image, matrix, frame, boxes):
                    failures.append(number)
            page.close()
    return outcome("image samples under a box", "PDFium", failures, "images are not of one tone")


def _images(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Each image of a page with its matrix from the unit square to user space (8.9.5)."""
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _within(pdfium_c.FPDFPage_GetObject(page, index), np.eye(3))


def _within(obj: Any, outer: Matrix, depth: int = 0) -> Iterator[tuple[Any, Matrix]]:
    """An object's own image, or those of a form XObject; `outer` is what it is drawn through."""
    kind = pdfium_c.FPDFPageObj_GetType(obj)
    if kind not in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM):
        return
    if depth > _DEEPEST:
        raise ValueError("forms are nested too deeply to be followed")
    own = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(obj, own)
    matrix = np.array([[own.a, own.b, 0], [own.c, own.d, 0], [own.e, own.f, 1]]) @ outer
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        yield obj, matrix
        return
    for index in range(pdfium_c.FPDFFormObj_CountObjects(obj)):
        yield from _within(pdfium_c.FPDFFormObj_GetObject(obj, index), matrix, depth + 1)


def _is_even(image: Any, matrix: Matrix, frame: PageFrame, boxes: Sequence[Box]) -> bool:
    """Whether the image is of one tone under each of the boxes (page space)."""
    if abs(np.linalg.det(matrix)) < _FLAT:
        return True  # no area: nothing of it lies under a box
    inverse = np.linalg.inv(matrix)
    quads = [_corners(frame.to_user(box)) @ inverse for box in boxes]
    quads = [q for q in quads if _overlaps_unit(q)]
    if not quads:
        return True
    samples = _decoded(image)
    if samples is None:
        return False
    is_jpeg = _is_jpeg(image)
    return all(_is_one_tone(samples, quad, is_jpeg) for quad in quads)


def _corners(box: Box) -> Matrix:
    """The corners of a box in homogeneous coordinates, a row each."""
    x0, y0, x1, y1 = box.as_tuple()
    return np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]])


def _overlaps_unit(quad: Matrix) -> bool:
    low, high = quad[:, :2].min(axis=0), quad[:, :2].max(axis=0)
    return bool((low < 1).all() and (high > 0).all())


def _decoded(image: Any) -> Samples | None:
    """The image's samples, its mask left aside: (rows, columns, channels), the top row first."""
    bitmap = pdfium_c.FPDFImageObj_GetBitmap(image)
    if not bitmap:
        return None
    # A copy: the wrapper gives the bitmap back to PDFium when it goes.
    samples = np.array(pypdfium2.PdfBitmap.from_raw(bitmap).to_numpy(), np.uint8)
    return samples.reshape(*samples.shape[:2], -1)


def _is_jpeg(image: Any) -> bool:
    names = []
    for index in range(pdfium_c.FPDFImageObj_GetImageFilterCount(image)):
        buffer = ctypes.create_string_buffer(32)
        pdfium_c.FPDFImageObj_GetImageFilter(image, index, buffer, len(buffer))
        names.append(buffer.value)
    return b"DCTDecode" in names or b"DCT" in names


def _is_one_tone(samples: Samples, quad: Matrix, is_jpeg: bool) -> bool:
    """Whether the samples inside a quadrilateral of the unit square, less its rim, are alike."""
    rows, columns = samples.shape[:2]
    at = np.column_stack([quad[:, 0] * columns, (1 - quad[:, 1]) * rows])
    x0, y0 = np.maximum(np.floor(at.min(axis=0)).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(at.max(axis=0)).astype(int), (columns, rows))
    if x1 <= x0 or y1 <= y0:
        return True
    mask = np.zeros((y1 - y0 + 2, x1 - x0 + 2), np.uint8)  # a border, so that its rim is cut, too
    cv2.fillConvexPoly(mask, np.round(at - (x0 - 1, y0 - 1)).astype(np.int32), 1)
    area = samples[y0:y1, x0:x1]
    if is_jpeg and (deep := _shrunk(mask, _RINGING)).any():
        return _spread(area[deep]) <= _EVEN_JPEG
    inner = _shrunk(mask, _RIM)
    return not inner.any() or _spread(area[inner]) <= (_NOISY_JPEG if is_jpeg else _EVEN)


def _shrunk(mask: Samples, by: int) -> Mask:
    size = 2 * by + 1
    shrunk = cv2.erode(mask, np.ones((size, size), np.uint8), borderValue=0)
    return np.asarray(shrunk[1:-1, 1:-1] > 0, np.bool_)


def _spread(samples: Samples) -> int:
    """By how much samples (n, channels) differ at most."""
    return int((samples.max(axis=0).astype(int) - samples.min(axis=0)).max())
