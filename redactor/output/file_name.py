"""Whether the name of an output gives away what was taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
_DIGITS = 4


def tells(path: Path, removed: Iterable[str]) -> bool:
    """Whether the file's name, without its extension, holds a word of one of the removed texts.

    Words are compared whole, in any case: "smith_john.pdf" tells of "John Smith". Of numbers all
    digits must be there, however they are parted; words of one or two letters are in any name.
    """
    words = {word.casefold() for word in _WORD.findall(path.stem)}
    letters = {word.casefold() for word in _LETTERS.findall(path.stem)}
    digits = "".join(char for char in path.stem if char.isdigit())
    return any(_is_in(text, words | letters, digits) for text in removed)


def _is_in(text: str, words: set[str], digits: str) -> bool:
    number = "".join(char for char in text if char.isdigit())
    if number:
        return len(number) >= _DIGITS and number in digits
    own = (word.casefold() for word in _WORD.findall(text))
    return any(word in words for word in own if len(word) >= _SHORTEST)
