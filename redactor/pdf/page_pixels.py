"""How the pixels of a page are stored: black and white, gray or color, as its content asks for."""

from __future__ import annotations

import io
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image, TiffImagePlugin

from redactor.ink import PageImage, Pixels
from redactor.pdf.intake import Source
from redactor.pdf.render import DPI, render

BITONAL_DPI: Final = 300
"""Black and white needs more pixels than gray for letters of the same look, and fewer bytes."""

_MOST_FINE = 40_000_000  # pixels of a page: a larger one is drawn as gray ones are
_JPEG = [
    cv2.IMWRITE_JPEG_QUALITY,
    85,
    # Color at full size: at half of it what is beside a box would echo 16 pixels deep in it.
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
]
_COLORED = 24  # of 255, by which the channels of a colored pixel differ
_MOST_COLORED = 1e-4  # share of colored pixels that are noise of a scanner
_THRESHOLD = 150  # of 255: darker is black
_TOLERANCE = 64  # of 255, by which a pixel may differ from all that is near it in black and white
_SPECK = 8  # pixels: as small as a stroke of a letter never is
_STRIP_OFFSETS, _STRIP_LENGTHS, _ROWS_PER_STRIP = 273, 279, 278  # tags of TIFF 6.0


def rendered(source: Source, number: int) -> PageImage:
    """Page `number` (from 1) as it is to be built anew: finer where black and white will do.

    Raises as `render` does.
    """
    width, height = source.frames[number - 1].size
    if width * height * (BITONAL_DPI / 72) ** 2 <= _MOST_FINE:
        fine = render(source, number, BITONAL_DPI)
        if is_bitonal(fine.pixels):
            return fine
    return render(source, number, DPI)


def is_bitonal(pixels: Pixels) -> bool:
    """Whether an RGB image loses nothing in black and white but the smoothing of edges.

    Each pixel must be about as bright as one beside it in black and white. So a shade, a faint
    line, a photograph and a scan's blurred letters are told from letters with smooth edges.
    """
    if _is_colored(pixels):
        return False
    gray = _gray(pixels)
    bitonal, around = _bitonal(gray), np.ones((3, 3), np.uint8)
    darkest = cv2.erode(bitonal, around).astype(np.int16) - _TOLERANCE
    brightest = cv2.dilate(bitonal, around).astype(np.int16) + _TOLERANCE
    off = ((gray < darkest) | (gray > brightest)).astype(np.uint8)
    _, _, blobs, _ = cv2.connectedComponentsWithStats(off)
    return not (blobs[1:, cv2.CC_STAT_AREA] > _SPECK).any()


def insert(page: pymupdf.Page, pixels: Pixels) -> None:
    """Puts RGB pixels over a whole page: as CCITT Group 4 (ISO 32000-2, 7.4.6) where they are
    bitonal, else as JPEG, gray where they have no color."""
    if not is_bitonal(pixels):
        page.insert_image(page.rect, stream=_jpeg(pixels), keep_proportion=False)
        return
    height, width = pixels.shape[:2]
    document = page.parent
    image = document.get_new_xref()
    document.update_object(
        image,
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1"
        f"/ColorSpace/DeviceGray>>",
    )
    document.update_stream(image, _group4(_bitonal(_gray(pixels))), compress=False)
    document.xref_set_key(image, "Filter", "/CCITTFaxDecode")
    document.xref_set_key(
        image, "DecodeParms", f"<</K -1/Columns {width}/Rows {height}/BlackIs1 false>>"
    )
    page.insert_image(page.rect, xref=image, keep_proportion=False)


def _is_colored(pixels: Pixels) -> bool:
    spread = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
    return float((spread > _COLORED).mean()) >= _MOST_COLORED


def _gray(pixels: Pixels) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _bitonal(gray: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.where(gray < _THRESHOLD, 0, 255).astype(np.uint8)


def _jpeg(pixels: Pixels) -> bytes:
    image = pixels[:, :, ::-1] if _is_colored(pixels) else pixels[:, :, 1]
    ok, data = cv2.imencode(".jpg", image, _JPEG)
    if not ok:
        raise RuntimeError("a page image could not be encoded")
    return bytes(data)


def _group4(bitonal: npt.NDArray[np.uint8]) -> bytes:
    """The one strip of a TIFF: PDF's filter wants it without the file around it."""
    # TIFF's encoder takes bits that are 1 for black, whatever the file says that they mean.
    image = Image.fromarray(255 - bitonal).convert("1")
    file = io.BytesIO()
    image.save(file, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: image.height})
    with Image.open(file) as saved:
        assert isinstance(saved, TiffImagePlugin.TiffImageFile)
        (start,), (length,) = saved.tag_v2[_STRIP_OFFSETS], saved.tag_v2[_STRIP_LENGTHS]
    return file.getvalue()[start : start + length]
