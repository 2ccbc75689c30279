"""How words are used in open text: what a word's neighbors say of it, and how it is capitalized.

For each word the table holds two Brown clusters (Brown et al. 1992, "Class-based n-gram models of
natural language"), of the word with and without a capital, and a code of how often it stands with
one. A model that was trained on few texts knows by them that a surname it never saw is a surname.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from redactor.errors import MissingDependency

FOLDER = Path(__file__).parent.parent / "weights" / "ner_en"
TABLE = "words.npz"
UNKNOWN = ""
# A code is 1 + kind of capitalization * ranks of commonness + rank (`training/ner/usage.py`).
_RANKS = 5
_MOSTLY_CAPITAL = 4  # the kind from which a word has a capital at least five times in eight


@dataclass(frozen=True, slots=True)
class Usage:
    """`rows[word in lower case]` indexes three arrays of small numbers, 0 where nothing is known.

    `capital` and `lower` are clusters, `code` says how often and how capitalized a word is.
    """

    rows: dict[str, int] = field(repr=False)
    capital: tuple[int, ...] = field(repr=False)
    lower: tuple[int, ...] = field(repr=False)
    code: tuple[int, ...] = field(repr=False)

    def cluster(self, word: str) -> str:
        """The cluster of a word as it is written, or of its other way of writing."""
        row = self._row(word)
        if row is None:
            return UNKNOWN
        first, second = self.capital[row], self.lower[row]
        if not word[:1].isupper():
            first, second = second, first
        return str(first or second or UNKNOWN)

    def habit(self, word: str) -> str:
        """How common the word is and how often it has a capital, as a code."""
        row = self._row(word)
        return UNKNOWN if row is None else str(self.code[row])

    def is_named_by(self, word: str) -> bool:
        """Whether the word nearly always has a capital, as names do; so has one never seen."""
        row = self._row(word)
        return row is None or (self.code[row] - 1) // _RANKS >= _MOSTLY_CAPITAL

    def _row(self, word: str) -> int | None:
        """A word that is not listed goes by its form without accents, then by its first part."""
        key = word.lower()
        found = self.rows.get(key)
        if found is None and not key.isascii():
            found = self.rows.get(_plain(key))
        if found is None and "-" in key:
            found = self.rows.get(key.split("-")[0])
        return found


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).replace("’", "'")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def shipped() -> Usage:
    """The table of the shipped model. Raises MissingDependency."""
    try:
        return load(FOLDER)
    except (OSError, ValueError) as error:
        raise MissingDependency(
            f"the table of how words are used cannot be read: {TABLE}", "reinstall redactor"
        ) from error


@cache
def load(folder: Path) -> Usage:
    """The table in the folder of a model. Raises OSError, ValueError where it is damaged."""
    try:
        with np.load(folder / TABLE, allow_pickle=False) as stored:
            words = bytes(stored["words"]).decode("utf-8").split("\n")
            columns = [tuple(stored[name].tolist()) for name in ("capital", "lower", "code")]
    except (BadZipFile, EOFError, KeyError) as error:
        raise ValueError(f"{TABLE} is damaged") from error
    if any(len(column) != len(words) for column in columns):
        raise ValueError(f"{TABLE}: columns of different lengths")
    return Usage({word: row for row, word in enumerate(words)}, *columns)
