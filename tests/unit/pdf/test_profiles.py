"""Color profiles lose their words, and give the same colors."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from redactor.pdf.profiles import plain_profile

RAW = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SECRET = b"Zebulon"


def with_tag(name: bytes, said: bytes) -> bytes:
    """The profile with one more tag at its end; one of that name gets another."""
    (count,) = struct.unpack_from(">I", RAW, 128)
    moved = bytearray(RAW[:128] + struct.pack(">I", count + 1) + RAW[132 : 132 + 12 * count])
    for at in range(136, 136 + 12 * count, 12):
        (start,) = struct.unpack_from(">I", moved, at)
        struct.pack_into(">I", moved, at, start + 12)
        if moved[at - 4 : at] == name:
            moved[at - 4 : at] = b"once"
    body = RAW[132 + 12 * count :]
    moved += struct.pack(">4sII", name, len(moved) + 12 + len(body), len(said)) + body + said
    struct.pack_into(">I", moved, 0, len(moved))
    return bytes(moved)


def colors(profile: bytes) -> bytes:
    """What the profile makes of some colors."""
    tones = np.random.default_rng(2).integers(0, 255, (8, 8, 3)).astype(np.uint8)
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    made = ImageCms.profileToProfile(
        Image.fromarray(tones), source, ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert made is not None
    return made.tobytes()


TEXT = b"text\x00\x00\x00\x00" + SECRET + b"\x00"
DESCRIPTION = (
    b"desc\x00\x00\x00\x00" + struct.pack(">I", len(SECRET) + 1) + SECRET + b"\x00" + bytes(78)
)
WORDS = SECRET.decode().encode("utf-16-be")
TRANSLATED = b"mluc\x00\x00\x00\x00" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", 14, 28) + WORDS


@pytest.mark.parametrize(
    ("name", "said", "secret"),
    [
        (b"desc", DESCRIPTION, SECRET),
        (b"cprt", TEXT, SECRET),
        (b"dmnd", TRANSLATED, WORDS),
        (b"meta", b"dict\x00\x00\x00\x00" + SECRET, SECRET),
        (b"Acme", SECRET * 3, SECRET),
    ],
)
def test_words_go_and_colors_stay(name: bytes, said: bytes, secret: bytes) -> None:
    told = with_tag(name, said)
    assert secret in told
    plain = plain_profile(told)
    assert secret not in plain[132:].replace(said[:8], b"")
    assert len(plain) == len(told)
    assert colors(plain) == colors(told) == colors(RAW)


def test_a_profile_of_little_cms_says_nothing_after() -> None:
    before = ImageCms.ImageCmsProfile(io.BytesIO(RAW)).profile
    after = ImageCms.ImageCmsProfile(io.BytesIO(plain_profile(RAW))).profile
    assert "sRGB" in (before.profile_description or "")
    assert not (after.profile_description or "").strip("\x00")
    assert not (after.copyright or "").strip("\x00")


def test_data_that_tags_share_stays() -> None:
    """A private tag that points to a curve of a color."""
    (count,) = struct.unpack_from(">I", RAW, 128)
    entries = [struct.unpack_from(">4sII", RAW, at) for at in range(132, 132 + 12 * count, 12)]
    _, start, length = next(entry for entry in entries if entry[0] == b"rTRC")
    told = bytearray(with_tag(b"Acme", b""))
    struct.pack_into(">II", told, 132 + 12 * count + 4, start + 12, length)
    assert colors(plain_profile(bytes(told))) == colors(RAW)


@pytest.mark.parametrize(
    "data", [b"", SECRET, SECRET * 40, RAW[:130], RAW[:36] + b"acsq" + RAW[40:]]
)
def test_what_is_no_profile_goes(data: bytes) -> None:
    assert plain_profile(data) == b""


@pytest.mark.parametrize("end", range(132, len(RAW), 37))
def test_a_profile_cut_off(end: int) -> None:
    assert len(plain_profile(RAW[:end])) == end
