"""How often a word stands in running text: the shipped list of words counted in open text.

Names are counted in it like other words, which is as it should be: a text that says "Smith" mostly
means another Smith than the known one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from math import prod
from pathlib import Path

from redactor.errors import MissingDependency

SHA256 = "5b0528a655d6d6d321bc47152c2ffd34cb6f681035506eafa78f66dec87d5935"
_UNLIKELY = 3e-7  # of two words in lower case: they do not stand together by chance
_PATH = Path(__file__).parents[2] / "weights" / "lexicon" / "words.txt"


@cache
def shares() -> Mapping[str, float]:
    """The share (0-1) that each listed word, in lower case, has of all words.

    Raises MissingDependency where the list is missing or is not the pinned one.
    """
    try:
        data = _PATH.read_bytes()
    except OSError as error:
        raise MissingDependency(
            f"the list of words cannot be read: {_PATH.name}: {error.strerror}",
            "reinstall redactor",
        ) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise MissingDependency(
            f"the list of words is not the pinned one: {_PATH.name} has another SHA-256",
            "reinstall redactor",
        )
    rows = (row.split() for row in data.decode("ascii").splitlines())
    counts = {word: int(count) for word, count in rows}
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def by_chance(words: Iterable[str]) -> bool:
    """Whether words in lower case, or some of two words, may stand side by side in any text."""
    known = shares()
    return prod(known.get(word, 0.0) for word in words) >= _UNLIKELY


def rare_enough(words: Mapping[int, str], budget: float) -> frozenset[int]:
    """The keys of the words, the rarest first, that make up at most `budget` (0-1) of all words.

    So many of the words of a text with nobody known in it are taken for known ones at most, on
    average.
    """
    known = shares()
    chosen, total = [], 0.0
    for share, key in sorted((known.get(word, 0.0), key) for key, word in words.items()):
        total += share
        if total > budget:
            break
        chosen.append(key)
    return frozenset(chosen)
