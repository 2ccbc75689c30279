"""A person's name in parts, and the words that names are compared by.

Names are compared without case, accents and marks: García is GARCIA, O'Brien is OBRIEN. Letters
that Unicode does not take apart are spelled out (ø is o, ß is ss).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import re2


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for tables."""
    return frozenset(text.split())


# None of these is a given name or surname anywhere that we know of (Do, Hon and Rev are).
_TITLES = word_set("mr mrs ms miss mx dr prof professor")
_SUFFIXES = word_set("jr sr ii iii iv 2nd 3rd 4th esq md phd rn dds")
PARTICLES = word_set(
    "van von der den de del della di da dos das du la le ter ten bin ibn al el st san"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")  # much faster, and most text is ASCII
_WORD = re2.compile(r"[\p{L}\p{N}\p{M}]+")
_SPELLED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """A name in parts as written; any may be empty. A name of one word is a `family` name."""

    given: str = field(default="")
    middle: str = field(default="")
    family: str = field(default="")


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word as names are compared: lower case, no accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_SPELLED))
    return "".join(char for char in plain if unicodedata.category(char)[0] != "M")


def word_pattern(text: str) -> Any:
    """What finds the words of a text: runs of letters, digits and what composes with them."""
    return _ASCII_WORD if text.isascii() else _WORD


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name, marks left out: O'Brien-Smith is three."""
    seen = unicodedata.normalize("NFC", text)
    return tuple(filter(None, (folded(word) for word in word_pattern(seen).findall(seen))))


def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, and of its other spelling where it has umlauts: Müller, Mueller."""
    lower = unicodedata.normalize("NFC", text.lower())
    other = lower.translate(_UMLAUTS)
    return (words_of(text),) if other == lower else (words_of(text), words_of(other))


def parsed(text: str) -> Name:
    """A full name: "John A. Smith", "Smith, John A.", "Dr. Ana de la Cruz Jr."."""
    before, comma, after = text.partition(",")
    if comma and _without_extras(after):
        given = _without_extras(after)
        return Name(given[0], " ".join(given[1:]), " ".join(_without_extras(before)))
    words = _without_extras(before)
    if len(words) < 2:
        return Name(family=" ".join(words))
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return Name(words[0], " ".join(words[1:start]), " ".join(words[start:]))


def _without_extras(text: str) -> list[str]:
    """The words of a name but titles before it and what may follow it: Jr., III, MD."""
    words = text.split()
    while words and _bare(words[0]) in _TITLES:
        words = words[1:]
    while len(words) > 1 and _bare(words[-1]) in _SUFFIXES:
        words = words[:-1]
    return words if any(_bare(word) not in _SUFFIXES for word in words) else []


def _bare(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalnum())
