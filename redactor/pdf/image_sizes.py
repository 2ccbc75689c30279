"""How many bytes an image takes once it is decoded, by its dictionary and by its own header.

A JPEG 2000 codestream, a JPEG or a JBIG2 page says itself how large it is, and decoders believe it,
whatever the PDF says.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable

import pikepdf

_HEAD = 64 * 1024  # bytes in which a header stands
_JPX_SIZE = b"\xff\x4f\xff\x51"  # start of codestream, size marker (ISO/IEC 15444-1, A.5.1)
_JPX_SAMPLE = 4  # bytes: decoders hold each sample as an integer
_PROGRESSIVE_SAMPLE = 2  # bytes: coefficients of the whole image, until its last scan
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/Indexed": 1, "/DeviceCMYK": 4}


def largest_size(image: pikepdf.Stream) -> float:
    """The bytes of the decoded image, the larger of what is declared and what its header says."""
    filters = image.get("/Filter")
    names = list(map(_name, filters if isinstance(filters, pikepdf.Array) else [filters]))
    measure = _HEADERS.get(names[-1]) if names else None
    if measure is None:
        return _declared(image)
    return max(_declared(image), measure(_encoded(image, names[:-1])))


def _name(value: object) -> str:
    """A name as it is written, its bytes perhaps no UTF-8; nothing for what is no name."""
    return value.unparse().decode("latin-1") if isinstance(value, pikepdf.Name) else ""


def _declared(image: pikepdf.Stream) -> float:
    width, height, bits = (number(image.get(k)) for k in ("/Width", "/Height", "/BitsPerComponent"))
    return abs(width * height) * (bits or 1) / 8 * _channels(image.get("/ColorSpace"))


def _channels(space: pikepdf.Object | None) -> int:
    """Three where it is not known: a spot color is decoded to one, ICC profiles mostly to three."""
    name = space[0] if isinstance(space, pikepdf.Array) and len(space) else space
    return 1 if space is None else _CHANNELS.get(_name(name), 3)


def number(value: object) -> float:
    """A PDF number that is finite; 0 where there is none."""
    try:
        found = float(str(value))
    except ValueError:
        return 0
    return found if math.isfinite(found) else 0


def _encoded(image: pikepdf.Stream, before: list[str]) -> bytes:
    """The beginning of the image file in the stream; nothing where it is wrapped in odd filters."""
    data = image.read_raw_bytes()
    if not before:
        return data[:_HEAD]
    if before == ["/FlateDecode"]:
        try:
            return zlib.decompressobj().decompress(data, _HEAD)
        except zlib.error:
            return b""
    return b""


def jpx_size(data: bytes) -> float:
    """Of a JPEG 2000 codestream, wherever it begins."""
    at = data.find(_JPX_SIZE) + 8
    if at < 8 or len(data) < at + 34:
        return 0
    x1, y1, x0, y0 = (int.from_bytes(data[at + n : at + n + 4], "big") for n in (0, 4, 8, 12))
    components = int.from_bytes(data[at + 32 : at + 34], "big")
    return max(0, x1 - x0) * max(0, y1 - y0) * components * _JPX_SAMPLE


def jpeg_size(data: bytes) -> float:
    """Of a JPEG file, by its frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            sample = _PROGRESSIVE_SAMPLE if marker & 3 == 2 else 1
            return width * height * data[at + 9] * sample
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0


def jbig2_size(data: bytes) -> float:
    """Of a JBIG2 page, where the stream begins with its page information (ITU-T T.88, 7.4.8)."""
    if len(data) < 19 or data[4] & 0x3F != 48:
        return 0
    width, height = (int.from_bytes(data[n : n + 4], "big") for n in (11, 15))
    return width * (0 if height == 0xFFFFFFFF else height) / 8


_HEADERS: dict[str, Callable[[bytes], float]] = {
    "/JPXDecode": jpx_size,
    "/DCTDecode": jpeg_size,
    "/JBIG2Decode": jbig2_size,
}
