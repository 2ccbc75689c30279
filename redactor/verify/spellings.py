"""The ways in which a removed text could still be written in a file, as patterns to search for.

A text stands by itself: a longer word that holds it is another word. All patterns are RE2's, which
has no lookaround: what may stand before and after is part of the match, so they tell whether a
text is there, not how often.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import re2

_SHORTEST = 4  # characters: shorter texts turn up in any file by chance
_TURNED = 6  # characters from which a text is looked for backwards: shorter ones are words, too
_DIGITS = 7  # from which a text is an identifier, the same with other separators or none
_TELLING = 5  # digits that no text has by chance
_MEMORY = 256 * 2**20  # bytes that RE2 may use for a pattern

# What may stand before or after a text: an end, or what is no letter or digit in its encoding.
_BESIDE = (rb"(?:\A|[^A-Za-z0-9])", rb"(?:[^A-Za-z0-9]|\z)")
_BESIDE_HEX = (
    rb"(?:\A.?|[^3-7].|3[^0-9]|[46][^1-9a-fA-F]|[57][^0-9aA])",
    rb"(?:[^3-7].|3[^0-9]|[46][^1-9a-fA-F]|[57][^0-9aA]|.?\z)",
)
_BESIDE_UTF_16_BE = (
    rb"(?:\A.?|[^\x00].|\x00[^A-Za-z0-9])",
    rb"(?:[^\x00].|\x00[^A-Za-z0-9]|.?\z)",
)
_BESIDE_UTF_16_LE = (
    rb"(?:\A.?|.[^\x00]|[^A-Za-z0-9]\x00)",
    rb"(?:.[^\x00]|[^A-Za-z0-9]\x00|.?\z)",
)
_ENCODINGS = (
    ("utf-8", _BESIDE),
    ("cp1252", _BESIDE),
    ("utf-16-be", _BESIDE_UTF_16_BE),
    ("utf-16-le", _BESIDE_UTF_16_LE),
)
_LOOSE = r"[\s\x00\-./()]{0,3}"


def searchable(texts: Iterable[str]) -> list[str]:
    """The texts that are long enough to mean something where they are found."""
    return sorted({text for text in texts if len("".join(text.split())) >= _SHORTEST})


def is_telling(text: str) -> bool:
    """Whether a text is sure to be the document's own: several words, or many digits."""
    return len(text.split()) > 1 or sum(c.isdecimal() for c in text) >= _TELLING


def folded(text: str) -> str:
    """Compatible characters as one (NFKC), blanks as one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def bytes_pattern(texts: Iterable[str]) -> Any | None:
    """Matches bytes that hold one of the texts: as it is, composed otherwise, backwards, in the
    encodings that PDF knows, or in hexadecimal digits of these. None for no texts."""
    groups: dict[tuple[bytes, bytes], set[bytes]] = {}
    for text in texts:
        for form in _forms(text):
            for encoding, beside in _ENCODINGS:
                try:
                    raw = form.encode(encoding)
                except UnicodeEncodeError:
                    continue
                groups.setdefault(beside, set()).add(re2.escape(raw))
                if encoding != "utf-16-le":
                    groups.setdefault(_BESIDE_HEX, set()).add(b"(?i:%b)" % raw.hex().encode())
    parts = (
        before + b"(?:" + b"|".join(sorted(found)) + b")" + after
        for (before, after), found in groups.items()
    )
    return _compiled(b"(?s)" + b"|".join(parts)) if groups else None


def text_pattern(texts: Iterable[str]) -> Any | None:
    """Matches page text, `folded`, that holds one of the texts backwards, or an identifier in
    other letters or with other separators. None for none of these."""
    found = {re2.escape(folded(text)[::-1]) for text in texts if len(text) >= _TURNED}
    found |= set(_identifiers(texts))
    return _compiled(rf"(?:^|\W)(?:{'|'.join(sorted(found))})(?:\W|$)") if found else None


def loose_pattern(texts: Iterable[str]) -> Any | None:
    """Matches bytes of a string that hold an identifier with other separators or none."""
    found = sorted({form.encode() for form in _identifiers(texts)})
    return _compiled(_BESIDE[0] + b"(?:" + b"|".join(found) + b")" + _BESIDE[1]) if found else None


def _forms(text: str) -> Iterator[str]:
    normal = (unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC"))
    for form in {text, *normal}:
        yield form
        if len(form) >= _TURNED:
            yield form[::-1]


def _identifiers(texts: Iterable[str]) -> Iterator[str]:
    """Patterns for texts with many digits, of their letters and digits in order."""
    for text in texts:
        plain = [c for c in unicodedata.normalize("NFKC", text) if c.isalnum()]
        if sum(c.isdecimal() for c in plain) >= _DIGITS and "".join(plain).isascii():
            yield f"(?i:{_LOOSE.join(plain)})"


def _compiled(pattern: str | bytes) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    if isinstance(pattern, bytes):
        options.encoding = re2.Options.Encoding.LATIN1  # a byte is a character
    options.log_errors = False  # they would quote the pattern, which is document text
    try:
        return re2.compile(pattern, options)
    except re2.error:
        raise ValueError("a removed text cannot be searched for") from None
