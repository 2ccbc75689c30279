"""Posteriors of a text as a sure recognizer would give them."""

from __future__ import annotations

import string

import numpy as np

from redactor.words import Lattice

ALPHABET = tuple(string.ascii_letters + string.digits + " .,:-/()'éÉ#@")


def one_hot(text: str, sure: float = 1.0) -> Lattice:
    """Two steps a character, the character and a blank; what `sure` leaves is spread evenly."""
    rows = np.full((2 * len(text), len(ALPHABET) + 1), 1 - sure, np.float32) / len(ALPHABET)
    for number, char in enumerate(text):
        rows[2 * number, ALPHABET.index(char) + 1] = sure
        rows[2 * number + 1, 0] = sure
    return Lattice(rows, ALPHABET)
