"""A signature goes into the one revision of a file, over all of it but its own digits."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.geometry import Box, PageFrame
from redactor.pdf.sanitize import sanitize
from redactor.pdf.signature import signed
from redactor.verify.subject import gray, pdfium
from tests.documents import opened, text_pdf

WHEN = datetime(2026, 1, 31, 12, 30, 59, tzinfo=UTC)
FRAME = PageFrame(Box(0, 0, 300, 200), 0, 1)
FRAMES = (FRAME, FRAME)
CLEAN, _ = sanitize(text_pdf([(20, 40, "Alpha")], [(20, 40, "Beta")]), FRAMES, ())


def signed_with(signature: bytes, room: int) -> tuple[bytes, bytes]:
    """The file, and the digest that was signed."""
    return signed(CLEAN, room, WHEN, lambda digest: (signature, digest))


@given(room=st.integers(1, 60_000), used=st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_all_is_signed_but_the_digits(room: int, used: float) -> None:
    signature = bytes(range(1, 256)) * (room // 255 + 1)
    signature = signature[: int(room * used)]
    data, digest = signed_with(signature, room)
    found = re.search(rb"/ByteRange \[ 0 (\d+) (\d+) (\d+) \]", data)
    assert found
    start, end, rest = map(int, found.groups())
    assert end + rest == len(data)
    assert hashlib.sha256(data[:start] + data[end:]).digest() == digest
    digits = data[start:end]
    assert digits[:1] + digits[-1:] == b"<>"
    assert bytes.fromhex(digits[1:-1].decode()) == signature.ljust(room, b"\0")


def test_it_is_one_revision_that_says_no_more_than_it_must() -> None:
    data, _ = signed_with(b"\x30\x82", 500)
    assert data.count(b"startxref") == data.count(b"%%EOF") == 1
    with opened(data) as pdf:
        form = pdf.Root["/AcroForm"]
        (field,) = list(form["/Fields"])
        (widget,) = list(pdf.pages[0].obj["/Annots"])
        assert field.objgen == widget.objgen
        assert "/Annots" not in pdf.pages[1].obj
        assert [float(edge) for edge in list(field["/Rect"])] == [0, 0, 0, 0]
        assert "/AP" not in field
        signature = field["/V"]
        assert set(signature.keys()) == {
            *("/Type", "/Filter", "/SubFilter", "/M", "/ByteRange", "/Contents")
        }
        assert str(signature["/M"]) == "D:20260131123059Z"
        assert signature["/SubFilter"] == pikepdf.Name("/ETSI.CAdES.detached")
        assert "/Info" not in pdf.trailer


def test_nothing_shows_on_the_page() -> None:
    data, _ = signed_with(b"\x30\x82", 500)
    with pdfium(CLEAN) as before, pdfium(data) as after:
        for number in (1, 2):
            assert np.array_equal(gray(before, number, FRAME, 1), gray(after, number, FRAME, 1))


def test_one_that_is_too_large_for_its_room() -> None:
    assert signed_with(bytes(500), 500)
    with pytest.raises(ValueError, match="larger than its room"):
        signed_with(bytes(501), 500)
