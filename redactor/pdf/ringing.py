"""Takes away what the compression of an image left beside a box of what was in it.

A JPEG stores blocks of 8 by 8 samples, and color by 16 by 16 where it is stored at half the size
(ITU-T T.81): a stroke echoes through all the blocks it touches, up to that far beyond the box
that covers it, faintly enough to look like paper and clearly enough to tell one word from another.
Boxes are not grown to the blocks, which would take letters of the neighbors. The samples around
them that are nearly of the tone of the paper get exactly that tone; ink is left as it is. Images
stored without loss are no exception, since scanners compress before they store.

Measured with two words in turn under one box, at JPEG qualities from 30 to 85, with and without
color: 31 to 300 samples told them apart before, none after, but for ink outside the box.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pikepdf

from redactor.errors import NotAPdf
from redactor.geometry import Box, PageFrame
from redactor.ink import Mask, Pixels
from redactor.pdf.images import PlacedImage, draws_images, placed_images

_REACH = 16  # samples around a box that share a block with what is in it
_FAINT = 40  # of 255: what differs less from the paper is no ink to `binarize` either
_BIN, _BINS = 8, 32  # tones of the histogram in which the paper is the highest
_CHANNELS = (1, 3, 4)


def even_images(page: pikepdf.Page, frame: PageFrame, boxes: Sequence[Box]) -> int:
    """Evens out the images of a page around its boxes (page space); counts the images changed.

    The boxes are blank already. An image whose samples are not stored plainly was not blanked:
    nothing of it is under a box. Raises NotAPdf for content that cannot be followed.
    """
    if not draws_images(page):
        return 0
    user = [frame.to_user(box) for box in boxes]
    try:
        return sum(_even_image(placed, user) for placed in placed_images(page, frame.crop))
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise NotAPdf(
            "the content of a page that was redacted in place cannot be followed",
            "try --rebuild always",
        ) from error


def samples_of(box_px: Box) -> tuple[slice, slice]:
    """Rows and columns of the samples that a box touches."""
    x0, y0 = max(0, int(np.floor(box_px.x0))), max(0, int(np.floor(box_px.y0)))
    x1, y1 = max(0, int(np.ceil(box_px.x1))), max(0, int(np.ceil(box_px.y1)))
    return slice(y0, y1), slice(x0, x1)


def even_out(pixels: Pixels, boxes_px: Sequence[Box], reach: int = _REACH) -> bool:
    """Evens out an image (rows, columns, channels) in place, `reach` samples around each box.

    Tells whether a sample has changed. The insides of the boxes are left as they are.
    """
    inside = np.zeros(pixels.shape[:2], np.bool_)
    for box in boxes_px:
        inside[samples_of(box)] = True
    changed = False
    for box in boxes_px:
        place = samples_of(box.padded(reach))
        changed |= _even_band(pixels[place], ~inside[place])
    return changed


def _even_band(band: Pixels, outside: Mask) -> bool:
    """Gives the faint marks among the samples outside the boxes the tone that most of them have."""
    brightness = band.mean(axis=2).astype(np.int16)
    counts = np.bincount(brightness[outside] // _BIN, minlength=_BINS)
    if not counts.any():
        return False
    highest = outside & (brightness // _BIN == counts.argmax())
    tone = np.median(band[highest], axis=0).astype(np.uint8)
    off = np.abs(band.astype(np.int16) - tone).max(axis=2)
    faint = outside & (off <= _FAINT) & (off > 0)
    band[faint] = tone
    return bool(faint.any())


def _even_image(placed: PlacedImage, boxes: Sequence[Box]) -> bool:
    """Evens out one image around the boxes (user space) that lie over it."""
    near = [box for box in boxes if placed.shown and placed.shown.overlaps(box)]
    image = placed.image
    if not near or image is None or image.get("/Filter", "/FlateDecode") != "/FlateDecode":
        return False
    pixels = _samples(image)
    if pixels is None:
        return False
    rows, columns = pixels.shape[:2]
    if not even_out(pixels, [placed.to_samples(box, columns, rows) for box in near]):
        return False
    image.write(pixels.tobytes())
    return True


def _samples(image: pikepdf.Stream) -> Pixels | None:
    """The samples of an image as (rows, columns, channels); None of one without bytes for them."""
    rows, columns = int(image.Height), int(image.Width)
    data = image.read_bytes()
    channels, rest = divmod(len(data), rows * columns)
    if rest or channels not in _CHANNELS or image.get("/BitsPerComponent") != 8:
        return None
    if isinstance(image.get("/ColorSpace"), pikepdf.Array) and image.ColorSpace[0] == "/Indexed":
        return None
    return np.frombuffer(bytearray(data), np.uint8).reshape(rows, columns, channels)
