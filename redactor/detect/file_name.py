"""Whether the name of an output gives away what was taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from redactor.detect.people.forms import forms_of
from redactor.detect.people.names import words_of

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST, _SHORTEST_USER = 3, 4
_DIGITS = 4


def tells(path: Path, removed: Iterable[str]) -> bool:
    """Whether the file's name, without its extension, holds a word of one of the removed texts.

    Words are compared whole, without case and accents: "smith_john.pdf" tells of "John Smith", and
    so does what a user name would make of that: "jsmith.pdf", "johns.pdf". Of numbers all digits
    must be there, however they are parted; words of one or two letters are in any name.
    """
    parts = (*_WORD.findall(path.stem), *_LETTERS.findall(path.stem))
    words = {"".join(words_of(part)) for part in parts}
    digits = "".join(char for char in path.stem if char.isdigit())
    return any(_is_in(text, words, digits) for text in removed)


def _is_in(text: str, words: set[str], digits: str) -> bool:
    number = "".join(char for char in text if char.isdigit())
    if number:
        return len(number) >= _DIGITS and number in digits
    own = (word for word in words_of(text) if len(word) >= _SHORTEST)
    return not words.isdisjoint((*own, *_user_names(text)))


def _user_names(text: str) -> Iterable[str]:
    """What somebody of that name may be called in one word, where it is a full name."""
    forms = forms_of(text)
    return [u for u in forms.users if len(u) >= _SHORTEST_USER] if forms else ()
