"""The size of an LZW stream, told without inflating it, against what QPDF inflates."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.lzw import inflated_size

_NO_LIMIT = 10**9


def encoded(data: bytes, early: int) -> bytes:
    """By the book: the table grows with each code, and is cleared before it is full."""
    table = {bytes([n]): n for n in range(256)}
    bits, width, following, held = f"{256:09b}", 9, 258, b""
    for value in data:
        if (longer := held + bytes([value])) in table:
            held = longer
            continue
        bits += f"{table[held]:0{width}b}"
        table[longer], following, held = following, following + 1, bytes([value])
        width += following + early > 1 << width
        if following == 4094:
            bits += f"{256:0{width}b}"
            table, width, following = {bytes([n]): n for n in range(256)}, 9, 258
    if held:
        bits += f"{table[held]:0{width}b}"
        width += following + 1 + early > 1 << width
    bits += f"{257:0{width}b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def by_qpdf(data: bytes, early: int) -> int:
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(data)
        stream["/Filter"] = pikepdf.Name.LZWDecode
        stream["/DecodeParms"] = pikepdf.Dictionary(EarlyChange=early)
        return len(stream.read_bytes())


@pytest.mark.parametrize("early", [0, 1])
@pytest.mark.parametrize(
    "data",
    [b"", b"a", b"abc" * 900, bytes(70_000), bytes(n * n % 251 for n in range(9_000))],
    ids=["empty", "one", "repeating", "zeros", "mixed"],
)
def test_is_what_comes_out(data: bytes, early: int) -> None:
    squeezed = encoded(data, early)
    assert inflated_size(squeezed, _NO_LIMIT, bool(early)) == len(data)
    assert by_qpdf(squeezed, early) == len(data)


@given(st.lists(st.sampled_from([b"a", b"bc", b"aaaaaaa", b"\0\xff"]), max_size=2000).map(b"".join))
def test_any_data(data: bytes) -> None:
    assert inflated_size(encoded(data, 1), _NO_LIMIT) == len(data)


@given(st.binary(max_size=400))
def test_noise_ends(data: bytes) -> None:
    assert 0 <= inflated_size(data, 1000) <= 1000 + 4096


def test_is_not_counted_much_beyond_the_limit() -> None:
    squeezed = encoded(bytes(500_000), 1)
    assert 1000 < inflated_size(squeezed, 1000) < 6000
