"""JPEG and JPEG 2000 pictures without what they say beside their pixels.

A PDF holds such pictures as the files that they were: with the camera, its owner and the place
(Exif), comments, XMP, a small picture of what the large one showed before, and whatever follows
the end. Nothing of that is needed to draw them. The pixels are not encoded anew.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_EOI, _SOS, _COM = 0xD9, 0xDA, 0xFE  # ITU-T T.81, table B.1
_APP0, _APP14, _APP15 = 0xE0, 0xEE, 0xEF
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a segment
_JFIF, _ADOBE = (b"JFIF\x00", 14), (b"Adobe", 12)  # what is kept of those segments, in bytes
_NO_THUMBNAIL = b"\x00\x00"

_BOXES = frozenset([b"jP  ", b"ftyp", b"jp2h", b"jp2c"])  # ITU-T T.800, annex I
_HEADER_BOXES = frozenset([b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"])
_CODESTREAM = b"\xff\x4f\xff\x51"
_J2K_SOC, _J2K_COM, _J2K_SOT, _J2K_SOD, _J2K_EOC = 0xFF4F, 0xFF64, 0xFF90, 0xFF93, 0xFFD9


def plain_jpeg(data: bytes) -> bytes:
    """The JPEG with what decodes it alone. Raises ValueError where it cannot be followed."""
    return b"".join(_jpeg_parts(data))


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    at = data.find(b"\xff\xd8")
    if at < 0:
        raise ValueError("a JPEG without a start")
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("a JPEG without a marker where one is due")
        marker = data[at + 1] if at + 1 < len(data) else _EOI
        if marker == 0xFF:  # markers may begin with several
            at += 1
            continue
        if marker == _EOI:
            yield b"\xff\xd9"
            return
        if marker in _BARE:
            yield data[at : at + 2]
            at += 2
            continue
        end = at + 2 + _length(data, at + 2)
        yield _kept(marker, data[at:end])
        if marker == _SOS:
            begin, end = end, _end_of_scan(data, end)
            yield data[begin:end]
        at = end
    yield b"\xff\xd9"  # it was cut off


def _length(data: bytes, at: int) -> int:
    if at + 2 > len(data):
        raise ValueError("a JPEG cut off in a segment")
    length = int.from_bytes(data[at : at + 2])
    if length < 2 or at + length > len(data):
        raise ValueError("a JPEG cut off in a segment")
    return length


def _kept(marker: int, segment: bytes) -> bytes:
    """What is kept of a segment, with its marker and length."""
    said = segment[4:]
    if marker == _APP0 and said.startswith(_JFIF[0]) and len(said) >= _JFIF[1]:
        return _segment(marker, said[: _JFIF[1] - 2] + _NO_THUMBNAIL)
    if marker == _APP14 and said.startswith(_ADOBE[0]) and len(said) >= _ADOBE[1]:
        return _segment(marker, said[: _ADOBE[1]])  # says whether the colors are transformed
    return b"" if _APP0 <= marker <= _APP15 or marker == _COM else segment


def _segment(marker: int, said: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(said) + 2) + said


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)


def plain_jpeg_2000(data: bytes) -> bytes:
    """The JPEG 2000 file or codestream with what decodes it alone.

    Raises ValueError where it cannot be followed.
    """
    try:
        if data.startswith(_CODESTREAM):
            return _plain_codestream(data)
        return b"".join(_plain_box(kind, said) for kind, said in _boxes(data) if kind in _BOXES)
    except struct.error as error:
        raise ValueError("a JPEG 2000 file cut off in a number") from error


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of a file or of a box, by type, with what they hold."""
    at = 0
    while at < len(data):
        if at + 8 > len(data):
            raise ValueError("a JPEG 2000 file cut off in a box")
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1 and at + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        elif length == 0:  # to the end
            length = len(data) - at
        if length < head or at + length > len(data):
            raise ValueError("a JPEG 2000 file with a box that is longer than it")
        yield kind, data[at + head : at + length]
        at += length


def _plain_box(kind: bytes, said: bytes) -> bytes:
    if kind == b"jp2h":
        inner = ((k, s) for k, s in _boxes(said) if k in _HEADER_BOXES)
        said = b"".join(struct.pack(">I4s", len(s) + 8, k) + s for k, s in inner)
    elif kind == b"jp2c":
        said = _plain_codestream(said)
    return struct.pack(">I4s", len(said) + 8, kind) + said


def _plain_codestream(data: bytes) -> bytes:
    """The codestream with its comments blank (A.9.2), in the header and in those of the tiles.

    Nothing moves: other markers say how far it is from tile to tile.
    """
    plain = bytearray(data)
    at, tile = 0, 0
    while at + 2 <= len(data):
        (marker,) = struct.unpack_from(">H", data, at)
        if marker == _J2K_EOC:
            return bytes(plain[: at + 2])
        if marker == _J2K_SOC:
            at += 2
            continue
        if marker == _J2K_SOD:
            at = _end_of_tile(data, tile, at)
            continue
        if marker < 0xFF00 or at + 4 > len(data):
            raise ValueError("a JPEG 2000 codestream without a marker where one is due")
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise ValueError("a JPEG 2000 codestream cut off in a segment")
        if marker == _J2K_SOT:
            tile = at
        elif marker == _J2K_COM:
            plain[at + 6 : end] = bytes(max(0, end - at - 6))
        at = end
    return bytes(plain)


def _end_of_tile(data: bytes, tile: int, at: int) -> int:
    """Where the tile ends that begins there and whose coded pixels begin at `at`."""
    (length,) = struct.unpack_from(">I", data, tile + 6)
    if not length:  # the last one, to the end
        return len(data)
    if tile + length <= at:
        raise ValueError("a JPEG 2000 codestream with a tile that ends before its pixels")
    return tile + int(length)
