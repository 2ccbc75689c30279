"""ToUnicode CMaps written anew: what codes mean as text, and nothing else that a program can hold.

A CMap is a PostScript program (Adobe Technical Note 5014; ISO 32000-1, 9.10.3): its comments, names
and unused definitions may hold anything. What is read of it are the code space ranges and the
entries of `bfchar` and `bfrange`; what is written are these alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

_Item = bytes | tuple[bytes, ...]
_Entry = tuple[_Item, ...]

_TOKEN = re.compile(
    rb"%[^\r\n]*|<<|>>|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<bracket>[\[\]])"
    rb"|/[^\s<>\[\]()/%]*|\((?:[^()\\]|\\.)*\)|(?P<word>[^\s<>\[\]()/%]+)",
    re.DOTALL,
)
_WIDTHS = {b"codespacerange": 2, b"bfchar": 2, b"bfrange": 3}
"""How many items an entry of each section has."""

_LONGEST = 32  # bytes: a code stands for a character, a ligature, at most a short sequence
_MOST_IN_BLOCK = 100  # by Technical Note 5014


@dataclass(frozen=True, slots=True)
class _Section:
    """The entries between a `begin` and its `end`."""

    kind: bytes
    entries: tuple[_Entry, ...] = field(repr=False)


def rewritten(program: bytes) -> bytes | None:
    """The CMap with its mappings alone; None where it has none that can be read."""
    sections = tuple(_sections(program))
    if not any(section.entries for section in sections if section.kind != b"codespacerange"):
        return None
    lines = [b"/CIDInit /ProcSet findresource begin", b"12 dict begin", b"begincmap"]
    lines.append(b"/CMapType 2 def")
    for section in sections:
        lines += _blocks(section)
    return b"\n".join((*lines, b"endcmap", b"end", b"end", b""))


def _sections(program: bytes) -> Iterator[_Section]:
    tokens = _tokens(program)
    for token in tokens:
        kind = token.removeprefix(b"begin") if isinstance(token, bytes) else b""
        if isinstance(token, bytes) and token.startswith(b"begin") and kind in _WIDTHS:
            items = tuple(_items(tokens, b"end" + kind))
            width = _WIDTHS[kind]
            rows = (items[at : at + width] for at in range(0, len(items) - width + 1, width))
            yield _Section(kind, tuple(row for row in rows if _is_entry(kind, row)))


@dataclass(frozen=True, slots=True)
class _String:
    """A hex string, as the bytes that it stands for."""

    data: bytes = field(repr=False)


def _tokens(program: bytes) -> Iterator[bytes | _String]:
    """Words, brackets and hex strings; comments, names and other strings are passed over."""
    for match in _TOKEN.finditer(program):
        if match["hex"] is not None:
            digits = b"".join(match["hex"].split()).decode("ascii")
            yield _String(bytes.fromhex(digits + "0" * (len(digits) % 2)))
        elif word := match["word"] or match["bracket"]:
            yield word


def _items(tokens: Iterator[bytes | _String], end: bytes) -> Iterator[_Item]:
    """Strings, and arrays of strings, up to the word that ends the section."""
    for token in tokens:
        if token == end:
            return
        if isinstance(token, _String):
            yield token.data
        elif token == b"[":
            yield tuple(_array(tokens))


def _array(tokens: Iterator[bytes | _String]) -> Iterator[bytes]:
    for token in tokens:
        if token == b"]":
            return
        if isinstance(token, _String):
            yield token.data


def _is_entry(kind: bytes, row: _Entry) -> bool:
    """Whether codes stand where codes belong, and no text is longer than one glyph shows."""
    *codes, last = row
    texts = last if isinstance(last, tuple) else (last,)
    fits = isinstance(last, bytes) or kind == b"bfrange"
    return fits and all(
        isinstance(item, bytes) and len(item) <= _LONGEST for item in (*codes, *texts)
    )


def _blocks(section: _Section) -> Iterator[bytes]:
    rows = iter(section.entries)
    while block := list(islice(rows, _MOST_IN_BLOCK)):
        yield b"%d begin%b" % (len(block), section.kind)
        yield from map(_line, block)
        yield b"end" + section.kind


def _line(row: _Entry) -> bytes:
    return b" ".join(
        _hex(item) if isinstance(item, bytes) else b"[%b]" % b" ".join(map(_hex, item))
        for item in row
    )


def _hex(data: bytes) -> bytes:
    return b"<%b>" % data.hex().encode("ascii")
