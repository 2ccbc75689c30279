"""What shows outside the boxes: the same as in the source, page by page.

A pixel of one rendering must be about as bright as some pixel of the other within a point of it:
so a kept glyph may move by the hair that removal costs, and smoothing may differ, but nothing may
come, go or change. Pages built anew were drawn by another engine and saved as JPEG: there both
are blurred first. Measured on 42 files and their pages built anew: no blob of more than 6 pixels
differs in place, none on pages built anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pymupdf

from redactor.geometry import Box
from redactor.ink import Mask
from redactor.verify.subject import Gray, Outcome, Subject, gray, outcome, pdfium

_MOST_PIXELS = 4_000_000  # of a page: larger ones are compared at a smaller scale
_NEAR, _NEAR_REBUILT = 2.0, 4.0  # points around a box within which its removal may show
_CONTRAST = 48  # of 255, by which a pixel may differ
_SPECK = 8  # pixels, about square points: no mark that a person sees, where glyphs may move a hair
_BLUR = 1.0  # pixels


def check_same_outside(subject: Subject) -> tuple[Outcome, ...]:
    """Every page looks as in the source, but for its boxes."""
    if not subject.source:
        return ()
    failures = []
    with (
        pdfium(subject.source) as before,
        pymupdf.open(stream=subject.source, filetype="pdf") as drawn,
        pdfium(subject.output) as after,
    ):
        for number, frame in enumerate(subject.frames[: min(len(before), len(after))], start=1):
            width, height = frame.size
            scale = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)
            now = gray(after, number, frame, scale)
            rebuilt = number in subject.rebuilt
            if rebuilt:
                then = _by_mupdf(drawn, number, scale)
            else:
                then = gray(before, number, subject.source_frames[number - 1], scale)
            near = _NEAR_REBUILT if rebuilt else _NEAR
            boxes = [b.padded(near).scaled(scale) for b in subject.boxes(number)]
            if not alike(then, now, boxes, rebuilt=rebuilt):
                failures.append(number)
    return (outcome("same outside the boxes", "PDFium", failures, "pages look different"),)


def alike(then: Gray, now: Gray, boxes_px: Sequence[Box], *, rebuilt: bool) -> bool:
    """Whether two renderings of a page (rows, columns) differ by no mark outside the boxes."""
    height, width = (min(a, b) for a, b in zip(then.shape, now.shape, strict=True))
    if max(abs(a - b) for a, b in zip(then.shape, now.shape, strict=True)) > 1:
        return False
    then, now = then[:height, :width], now[:height, :width]
    if rebuilt:
        then, now = (cv2.GaussianBlur(pixels, (0, 0), _BLUR) for pixels in (then, now))
    off = _beyond(then, now) | _beyond(now, then)
    for box in boxes_px:
        rows = slice(max(int(box.y0), 0), max(int(np.ceil(box.y1)), 0))
        off[rows, max(int(box.x0), 0) : max(int(np.ceil(box.x1)), 0)] = False
    _, _, blobs, _ = cv2.connectedComponentsWithStats(off.astype(np.uint8))
    return not (blobs[1:, cv2.CC_STAT_AREA] > _SPECK).any()


def _beyond(pixels: Gray, other: Gray) -> Mask:
    """The pixels that no neighbor in the other rendering is about as dark, or as bright, as."""
    around = np.ones((3, 3), np.uint8)
    lowest = cv2.erode(other, around).astype(np.int16) - _CONTRAST
    highest = cv2.dilate(other, around).astype(np.int16) + _CONTRAST
    return np.asarray((pixels < lowest) | (pixels > highest), np.bool_)


def _by_mupdf(document: pymupdf.Document, number: int, scale: float) -> Gray:
    """As the pixels were drawn that a page was built anew from."""
    page = document[number - 1]
    matrix = pymupdf.Matrix(scale, scale)
    shot = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
    rows = np.frombuffer(shot.samples, np.uint8).reshape(shot.height, shot.stride)
    pixels = rows[:, : shot.width * 3].reshape(shot.height, shot.width, 3)
    # MuPDF's own gray weighs light, PDFium's and this one's the codes of the colors.
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
