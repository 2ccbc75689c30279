"""Pictures keep their pixels and lose what they say."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from redactor.pdf.picture_files import plain_jpeg, plain_jpeg_2000

SECRET = b"Zebulon"
TONES = np.random.default_rng(5).integers(0, 255, (24, 40, 3)).astype(np.uint8)


def encoded(form: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(TONES).convert(mode).save(out, form, **options)
    return out.getvalue()


def pixels(data: bytes) -> tuple[str, bytes]:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.mode, picture.tobytes()


def segment(marker: int, said: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(said) + 2) + said


def with_segment(marker: int, said: bytes = SECRET) -> Callable[[bytes], bytes]:
    """The segment behind the JFIF header."""
    return lambda data: data[:20] + segment(marker, said) + data[20:]


def thumbnail_in_the_header(data: bytes) -> bytes:
    """One pixel, and more that is no pixel."""
    said = data[6:18] + b"\x01\x01" + b"\x00\x00\x00" + SECRET
    return data[:2] + segment(0xE0, said) + data[20:]


def before_the_picture(data: bytes) -> bytes:
    return SECRET + data


def after_the_end(data: bytes) -> bytes:
    return data + SECRET


def between_scans(data: bytes) -> bytes:
    at = data.rindex(b"\xff\xda")
    return data[:at] + segment(0xFE, SECRET) + data[at:]


def with_fill(data: bytes) -> bytes:
    return data[:2] + b"\xff\xff" + segment(0xFE, SECRET) + data[2:]


JPEG = encoded("JPEG")


@pytest.mark.parametrize(
    "say",
    [
        *(with_segment(marker) for marker in (*range(0xE0, 0xF0), 0xFE)),
        with_segment(0xE0, b"JFXX\x00\x10" + SECRET),
        with_segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01" + SECRET),
        thumbnail_in_the_header,
        before_the_picture,
        after_the_end,
        between_scans,
        with_fill,
    ],
)
def test_what_a_jpeg_says_goes(say: Callable[[bytes], bytes]) -> None:
    told = say(JPEG)
    assert SECRET in told
    plain = plain_jpeg(told)
    assert SECRET not in plain
    assert pixels(plain) == pixels(JPEG)


@pytest.mark.parametrize(
    "data",
    [
        JPEG,
        encoded("JPEG", progressive=True),
        encoded("JPEG", "L"),
        encoded("JPEG", "CMYK"),
        encoded("JPEG", restart_marker_blocks=2),
        encoded("JPEG", dpi=(300, 300), quality=95, subsampling=0),
    ],
    ids=["plain", "progressive", "gray", "inks", "restarts", "density"],
)
def test_a_jpeg_that_says_nothing_stays_as_it_is(data: bytes) -> None:
    assert plain_jpeg(data) == data


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01", JPEG[:2] + b"\x00" + JPEG[2:], JPEG[:30], JPEG[:2] + b"\xff\xe1\x00\x01"],
    ids=["empty", "other", "astray", "cut off", "length"],
)
def test_a_jpeg_that_cannot_be_followed(data: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG"):
        plain_jpeg(data)


def test_a_jpeg_cut_off_in_its_pixels_gets_an_end() -> None:
    assert plain_jpeg(JPEG[:-40]) == JPEG[:-40] + b"\xff\xd9"


JP2 = encoded("JPEG2000")
J2K = encoded("JPEG2000", no_jp2=True)
BOX = struct.pack(">I4s", 8 + len(SECRET), b"xml ") + SECRET
LONG_BOX = struct.pack(">I4sQ", 1, b"uuid", 16 + len(SECRET)) + SECRET


def in_the_header_box(data: bytes) -> bytes:
    at = data.index(b"jp2h") - 4
    (length,) = struct.unpack_from(">I", data, at)
    longer = struct.pack(">I", length + len(BOX))
    return data[:at] + longer + data[at + 4 : at + length] + BOX + data[at + length :]


def comment_in_the_codestream(data: bytes) -> bytes:
    """Behind SIZ, whose length follows SOC's and its own marker."""
    start = data.index(b"\xff\x4f\xff\x51")
    (length,) = struct.unpack_from(">H", data, start + 4)
    at = start + 4 + length
    said = b"\xff\x64" + struct.pack(">HH", 4 + len(SECRET), 1) + SECRET
    told = data[:at] + said + data[at:]
    if start:  # in a box, the last one
        told = told[: start - 8] + struct.pack(">I", 0) + told[start - 4 :]
    return told


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (JP2, lambda data: data + BOX),
        (JP2, lambda data: data + LONG_BOX),
        (JP2, lambda data: data[:12] + BOX + data[12:]),
        (JP2, in_the_header_box),
        (JP2, comment_in_the_codestream),
        (J2K, comment_in_the_codestream),
        (J2K, lambda data: data + SECRET),
    ],
)
def test_what_a_jpeg_2000_says_goes(data: bytes, say: Callable[[bytes], bytes]) -> None:
    told = say(data)
    assert SECRET in told
    plain = plain_jpeg_2000(told)
    assert SECRET not in plain
    assert pixels(plain) == pixels(data)


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x00\x00\x02jP  ", JP2[:40], J2K[:3] + b"Q\0\0"])
def test_a_jpeg_2000_that_cannot_be_followed(data: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG 2000"):
        plain_jpeg_2000(data)


@example(b"\x0e", 85, J2K)  # a comment longer than the file
@given(st.binary(max_size=60), st.integers(0, len(JPEG)), st.sampled_from([JPEG, JP2, J2K]))
def test_damaged_pictures_raise_nothing_else(noise: bytes, at: int, data: bytes) -> None:
    damaged = data[:at] + noise + data[at + len(noise) :]
    for plain in (plain_jpeg, plain_jpeg_2000):
        with contextlib.suppress(ValueError):
            assert len(plain(damaged)) <= len(damaged) + 2
