"""Cleans what streams say in formats of their own: pictures, color profiles, programs.

A stream that cannot be followed stays as it is: verify looks at each again, and refuses it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pikepdf

from redactor.pdf.drawing import COLLECTIONS
from redactor.pdf.picture_files import plain_jpeg, plain_jpeg_2000
from redactor.pdf.profiles import plain_profile

_PICTURES: dict[str, Callable[[bytes], bytes]] = {
    "/DCTDecode": plain_jpeg,
    "/JPXDecode": plain_jpeg_2000,
}
_CALCULATOR = 4  # the type of functions that are written in PostScript (7.10.5)
_SAID = re.compile(rb"%[^\r\n]*|\((?:[^\\()]|\\.)*\)", re.DOTALL)


def clean_data(pdf: pikepdf.Pdf, stream: pikepdf.Stream, counts: Counter[str]) -> None:
    """Takes from a stream what does not draw: Exif and the like, comments and strings of programs.

    Counts the streams changed.
    """
    with suppress(pikepdf.PdfError, ValueError):
        if stream.get("/Subtype") == "/Image":
            _clean_picture(pdf, stream, counts)
        elif stream.get("/FunctionType") == _CALCULATOR or stream.get("/Type") == "/CMap":
            _clean_program(stream, counts)


def _clean_program(stream: pikepdf.Stream, counts: Counter[str]) -> None:
    program = stream.read_bytes()
    plain = _SAID.sub(lambda said: said[0] if said[0][1:-1] in COLLECTIONS else b" ", program)
    if plain != program:
        counts["object/comments"] += 1
        stream.write(plain)


def _clean_picture(pdf: pikepdf.Pdf, picture: pikepdf.Stream, counts: Counter[str]) -> None:
    filters, parameters = _chain(picture, "/Filter"), _chain(picture, "/DecodeParms")
    plain = _PICTURES.get(str(filters[-1])) if filters else None
    if plain is None:
        return
    data = picture.read_raw_bytes()
    if filters[:-1]:
        inner = pdf.make_stream(data, Filter=pikepdf.Array(filters[:-1]))
        if parameters:
            inner.DecodeParms = pikepdf.Array(parameters[:-1])
        data = inner.read_bytes()
    cleaned = plain(data)
    if cleaned != data or filters[:-1]:
        counts["image/metadata"] += 1
        picture.write(cleaned, filter=filters[-1], decode_parms=(parameters or [None])[-1])


def _chain(stream: pikepdf.Stream, key: str) -> list[Any]:
    value = stream.get(key)
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def clean_profile(space: pikepdf.Object, counts: Counter[str]) -> None:
    """Takes from the ICC profile of a color space, an array, what it says in words.

    What is no profile is emptied: colors are then taken as they come.
    """
    if len(space) < 2 or space[0] != "/ICCBased" or not isinstance(space[1], pikepdf.Stream):
        return
    try:
        data = space[1].read_bytes()
        plain = plain_profile(data)
    except pikepdf.PdfError:
        data, plain = space[1].read_raw_bytes(), b""
    if plain != data:
        counts["object/profile"] += 1
        space[1].write(plain)
