"""ICC color profiles without what they say in words: names, copyrights, private tags.

Nothing moves: the tags that colors are not computed from are blank, and still valid (ICC.1:2022,
7 and 9 and 10). The sum that names a profile goes, too.
"""

from __future__ import annotations

import struct

_HEADER, _COUNT, _ENTRY = 128, 132, 12  # bytes: of the header, to the first entry, of an entry
_SIGNATURE = slice(36, 40)
_SUM = slice(84, 100)
_COLORIMETRIC = frozenset(
    b"A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 gamt rXYZ"
    b" gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm lumi pre0 pre1 pre2 cicp".split()
)
_RECORDS = 16  # bytes before the records of a multi-localized text
_RECORD = 12


def plain_profile(data: bytes) -> bytes:
    """The profile with its words blank; nothing, for which colors are taken as they come, of what
    is no profile."""
    if len(data) < _COUNT or data[_SIGNATURE] != b"acsp":
        return b""
    plain = bytearray(data)
    plain[_SUM] = bytes(16)
    (count,) = struct.unpack_from(">I", data, _HEADER)
    entries = [
        struct.unpack_from(">4sII", data, at)
        for at in range(_COUNT, min(_COUNT + _ENTRY * count, len(data) - _ENTRY + 1), _ENTRY)
    ]
    for name, start, length in entries:
        if name not in _COLORIMETRIC:
            _blank(plain, start, start + length)
    for name, start, length in entries:  # tags may share their data
        if name in _COLORIMETRIC:
            plain[start : start + length] = data[start : start + length]
    return bytes(plain)


def _blank(plain: bytearray, start: int, end: int) -> None:
    """A tag that is still of its type, and says nothing: where its words are, there are zeros."""
    end = min(end, len(plain))
    if plain[start : start + 4] == b"mluc" and end - start >= _RECORDS:
        (count,) = struct.unpack_from(">I", plain, start + 8)
        words = start + _RECORDS + _RECORD * count
    else:
        words = start + (12 if plain[start : start + 4] == b"desc" else 8)
    if words < end:
        plain[words:end] = bytes(end - words)
