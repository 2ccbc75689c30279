"""Finds given texts as whole words, in one pass: a trie of their tokens, walked from every token.

The time does not depend on how many texts there are. An RE2 alternation of 100,000 needs hundreds
of megabytes and leaves its fast automaton, and `re2.Set` says only which occur, not where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import re2

# Each takes every character of a text for some token. `re` is much faster, but knows no marks.
_TOKEN = re2.compile(r"[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]")
_TOKEN_WITHOUT_MARKS = re.compile(r"[^\W_]+|\s+|[\W_]")
_MARK = re2.compile(r"\p{M}")

_END = ""  # the key of a trie node that ends a text; no token is empty
_Trie = dict[str, Any]


class Phrases:
    """Texts to find, in the same letter case. A blank matches any run of blanks and line breaks.

    At an edge where a text has a mark of its own (`#12`) any letter may follow.
    """

    def __init__(self) -> None:
        self._trie: _Trie = {}

    def add(self, text: str) -> None:
        """Adds a text that can be encoded (see `terms.encodable`); one of blanks is none."""
        node = self._trie
        for word in _words(text.strip()):
            node = node.setdefault(word, {})
        if node is not self._trie:
            node[_END] = {}

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the longest text ends from every place where one begins."""
        tokens = _tokens(text) if self._trie else []
        starts = list(accumulate(map(len, tokens), initial=0))
        for first, word in enumerate(tokens):
            node = self._trie.get(word)
            longest = 0
            at = first + 1
            while node is not None:
                if _END in node:
                    longest = at
                node = node.get(_key(tokens[at])) if at < len(tokens) else None
                at += 1
            if longest:
                yield starts[first], starts[longest]


def _tokens(text: str) -> list[str]:
    """Words, runs of blanks, and marks one by one: all of the text."""
    has_marks = not text.isascii() and _MARK.search(text)
    found: list[str] = (_TOKEN if has_marks else _TOKEN_WITHOUT_MARKS).findall(text)
    return found


def _key(token: str) -> str:
    return " " if token.isspace() else token


def _words(text: str) -> list[str]:
    """The tokens of a text; plain words, as most are, need no expression."""
    words = text.split()
    if all(word.isalnum() for word in words):
        return [token for word in words for token in (" ", word)][1:]
    return [_key(token) for token in _tokens(text)]
