"""Texts as the detectors read them, with the way back to the characters of the original.

Three views. `ascii_view` is for the built-in patterns: every character becomes one ASCII character
(accents go, all dashes are `-`, all blanks are blanks, all digits 0-9), so that one byte is one
character and RE2's byte offsets are character offsets. `term_view` is for given values: Unicode
NFKC and case folding (Unicode Standard Annex 15 and section 3.13), accents kept. Both leave out
what is invisible: soft hyphens, zero-width characters, direction marks. `repaired_view` is an ASCII
view in which letters that OCR reads for digits are digits: what is found there only has the form
or the check of a number when it is read so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

OTHER = "\x01"  # stands for a character that no pattern knows; neither a letter nor a blank
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'",
           "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"',
           "\u2033": '"', "\u00ab": '"', "\u00bb": '"', "`": "'", "\u00b4": "'"}  # fmt: skip
_DASHES = {"\u2212": "-", "\u2043": "-", "\u00af": "-"}  # minus, hyphen bullet, macron
_LINE_HYPHEN = re2.compile(r"[\p{L}\p{N}](- ?\n\s*)[\p{L}\p{N}]")
_BREAKS = {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}


@dataclass(frozen=True, slots=True, repr=False)
class Folded:
    """A changed text; its character `i` came from `original[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stands in the original."""
        return self.starts[start], self.ends[end - 1]


def _unchanged(text: str, length: int) -> Folded:
    return Folded(text, range(length), range(1, length + 1))


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or char == "\u034f" or "\ufe00" <= char <= "\ufe0f"


def _same_in_ascii(char: str) -> str | None:
    """The ASCII character for blanks, line breaks, dashes and quotes of all kinds."""
    if char in _BREAKS:
        return _BREAKS[char]
    if char in "\t\r" or unicodedata.category(char) == "Zs":
        return " "
    if char in _DASHES or unicodedata.category(char) == "Pd":
        return "-"
    return _QUOTES.get(char)


def _letter_in_ascii(char: str) -> str:
    """A base letter where there is a Latin one, else some letter of the same case."""
    base = unicodedata.normalize("NFKD", char)[0]
    if base.isascii() and base.isalpha():
        return base
    return "Q" if char.isupper() else "q"


def _ascii(char: str) -> str:
    """One ASCII character for any character, or nothing for one that is not seen."""
    plain = _same_in_ascii(char)
    if plain is not None:
        return plain
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if _is_invisible(char) or category[0] == "M":
        return ""
    if category[0] == "L":
        return _letter_in_ascii(char)
    compatible = unicodedata.normalize("NFKC", char)
    usable = len(compatible) == 1 and compatible.isascii() and category != "No"
    return compatible if usable else OTHER


class _AsciiTable(dict[int, str]):
    """A table for `str.translate` that works each character out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _ascii(chr(code))
        return self[code]


_ASCII = _AsciiTable()


def ascii_view(text: str) -> Folded:
    """`text` in ASCII, one character for one; invisible and combining characters left out."""
    view = text.translate(_ASCII)
    if len(view) == len(text):
        return _unchanged(view, len(text))
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if _ASCII[ord(char)]:
            starts.append(at)
            ends.append(at + 1)
        elif ends and unicodedata.category(char)[0] == "M":
            ends[-1] = at + 1
    return Folded(view, starts, ends)


_CONFUSED = "OolISBZ"
_DIGITS_FOR = str.maketrans(_CONFUSED, "0011582")
_ALIKE = f"[0-9{_CONFUSED}]"
_PART = "[-/. ]?"
_NUMBER = re2.compile(  # that has both, digits and letters like digits
    rf"\b(?:\d(?:{_PART}\d)*{_PART}[{_CONFUSED}]|[{_CONFUSED}](?:{_PART}[{_CONFUSED}])*{_PART}\d)"
    rf"{_ALIKE}*(?:[-/. ]{_ALIKE}+)*\b"
)
# An IBAN in one piece: letters that are its country's and its bank's stand among the digits.
_IBAN = re2.compile(r"\b[A-Z]{2}[0-9OlISBZ]{2}[A-Z0-9ol]{11,30}\b")
_IN_IBAN = re2.compile(_ALIKE + "{2,}")


def repaired_view(text: str) -> str:
    """An ASCII text with O, o, l, I, S, B and Z as 0, 0, 1, 1, 5, 8 and 2 where digits abound.

    As long as `text`. Only words of nothing but digits and such letters, no more letters than
    digits, are changed, and the digits of an IBAN.
    """
    text = _NUMBER.sub(lambda match: _repaired(match.group()), text)
    return str(_IBAN.sub(lambda match: _repaired_iban(match.group()), text))


def _repaired(number: str) -> str:
    if number.isdigit():
        return number
    letters = sum(char in _CONFUSED for char in number)
    if not 0 < letters <= sum(char.isdigit() for char in number):
        return number
    country = 2 if number[:2].isalpha() and number[2:3].isdigit() else 0  # SI56 1910: Slovenia's
    return number[:country] + number[country:].translate(_DIGITS_FOR)


def _repaired_iban(number: str) -> str:
    digits = _IN_IBAN.sub(lambda match: _repaired(match.group()), number[2:])
    return number[:2] + str(digits)


class _PlainTable(dict[int, str]):
    """Like `_AsciiTable`, for blanks, line breaks, dashes and quotes alone."""

    def __missing__(self, code: int) -> str:
        self[code] = _same_in_ascii(chr(code)) or chr(code)
        return self[code]


_PLAIN = _PlainTable()


def same_length_view(text: str) -> str:
    """`text` with plain dashes, quotes and blanks, all characters in place."""
    return text.translate(_PLAIN)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Runs of a character and what composes with it: marks, and the later parts of Hangul."""
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (
            unicodedata.combining(text[at])
            or "\u1160" <= text[at] <= "\u11ff"
            or _is_invisible(text[at])
        ):
            continue
        yield start, at
        start = at


def _term_fold(cluster: str) -> str:
    if cluster.isascii():
        return same_length_view(cluster).lower()
    seen = "".join(char for char in same_length_view(cluster) if not _is_invisible(char))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return "".join(char for char in same_length_view(folded) if not _is_invisible(char))


def term_view(text: str) -> Folded:
    """`text` case-folded and NFKC-normalized, with plain dashes, quotes and blanks."""
    if text.isascii():
        return _unchanged(same_length_view(text).lower(), len(text))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        folded = _term_fold(text[start:end])
        parts.append(folded)
        seen = end
        while seen > start + 1 and _is_invisible(text[seen - 1]):
            seen -= 1
        starts.extend([start] * len(folded))
        ends.extend([seen] * len(folded))
    return Folded("".join(parts), starts, ends)


def with_whole_words(view: Folded) -> Iterator[Folded]:
    """A view; where its lines end in hyphens also with whole words, hyphened and not.

    Its text must be encodable.
    """
    yield view
    breaks = [match.span(1) for match in _LINE_HYPHEN.finditer(view.text)]
    if breaks:
        yield _without(view, [(start + 1, end) for start, end in breaks])
        yield _without(view, breaks)


def _without(view: Folded, gaps: list[tuple[int, int]]) -> Folded:
    """`view` with some characters left out."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end in [*gaps, (len(view.text), len(view.text))]:
        text.append(view.text[at:start])
        starts.extend(view.starts[at:start])
        ends.extend(view.ends[at:start])
        at = end
    return Folded("".join(text), starts, ends)
