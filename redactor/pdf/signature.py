"""Puts a signature into a PDF as part of its one revision (ISO 32000-2, 12.8).

Signing as it is commonly done appends a second revision to a file. Here QPDF writes the field with
the file, room for the signature in it, and only the digits of that room are filled in afterwards.
Nothing shows on the page, and nothing is said of who signed, where or why: that is in the
certificate, or nowhere.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FIELD = "Signature1"
FLAGS = 132  # of the widget: printed, which signatures must be, and locked (table 167)
SIG_FLAGS = 3  # of the form: there is a signature, and appending alone keeps it (table 225)

Said = TypeVar("Said")


def signed(
    data: bytes, room: int, when: datetime, sign: Callable[[bytes], tuple[bytes, Said]]
) -> tuple[bytes, Said]:
    """The document (as `sanitize` writes it) with a signature over all of it but its own digits.

    `sign` makes the signature (DER, no more than `room` bytes) over what has a given SHA-256, and
    whatever it says of it is handed on.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        signature = _add_field(pdf, room, when)
        whole, start, end = _laid_out(pdf, signature, room)
    digest = hashlib.sha256(whole[:start])
    digest.update(whole[end:])
    made, said = sign(digest.digest())
    if len(made) > room:
        raise ValueError("the signature is larger than its room")
    digits = made.hex().encode("ascii").ljust(2 * room, b"0")
    return b"".join((whole[:start], b"<", digits, b">", whole[end:])), said


def _add_field(pdf: pikepdf.Pdf, room: int, when: datetime) -> pikepdf.Object:
    """Adds an empty signature, its field and its widget, which has no extent; the signature."""
    page = pdf.pages[0]
    signature = pdf.make_indirect(
        Dictionary(
            Type=Name.Sig,
            Filter=Name("/Adobe.PPKLite"),
            SubFilter=Name("/ETSI.CAdES.detached"),
            M=String(f"D:{when:%Y%m%d%H%M%S}Z"),
            ByteRange=Array([0, 0, 0, 0]),
            Contents=String(bytes(room)),
        )
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(FIELD),
            F=FLAGS,
            Rect=Array([0, 0, 0, 0]),
            P=page.obj,
            V=signature,
        )
    )
    page.obj["/Annots"] = Array([*page.obj.get("/Annots", Array()), field])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), SigFlags=SIG_FLAGS)
    return signature


def _laid_out(pdf: pikepdf.Pdf, signature: pikepdf.Object, room: int) -> tuple[bytes, int, int]:
    """The file with its byte range in place, and where the signature's digits start and end.

    The range says how long the file is, and its own digits make it longer: it is written again
    until it fits, which takes two or three times.
    """
    empty = b"/Contents <" + b"00" * room + b">"
    while True:
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        data = out.getvalue()
        end = data.index(empty) + len(empty)
        start = end - 2 * room - 2
        found = [0, start, end, len(data) - end]
        if [int(each) for each in list(signature.ByteRange)] == found:
            return data, start, end
        signature.ByteRange = Array(found)
