"""Words before a value that say what it is: `SSN 123456789`.

A word counts when it ends at most `REACH` characters before the value on the same line. It counts
on the line above when the value is the first thing on its line (a label over its field, a wrapped
sentence), or when the word is the last thing on the line above and the value has no label of its
own (`Name SSN` over `John Smith 123456789`).
"""

from __future__ import annotations

from collections.abc import Iterable

import re2

REACH = 40
_LINE_ABOVE = 80
_WORD = 24


class Context:
    """Finds any of some words before a place in a text; case does not matter."""

    __slots__ = ("_at_end", "_regex")

    def __init__(self, words: str) -> None:
        """`words` is the inside of an RE2 alternation."""
        self._regex = re2.compile(rf"(?i)(?:^|[^a-z0-9])(?:{words})(?:[^a-z0-9]|$)")
        number = r"(?:[^a-z0-9\n]{1,3}(?:no|nr|num|number|#))?"
        self._at_end = re2.compile(rf"(?i)(?:^|[^a-z0-9])(?:{words}){number}[^a-z0-9\n]{{0,3}}$")

    @classmethod
    def of(cls, words: Iterable[str]) -> Context:
        """Words as they are written; a blank in them matches any run of blanks."""
        return cls("|".join(r"\s+".join(map(re2.escape, word.split())) for word in words))

    def near(self, text: str, start: int, floor: int = 0) -> bool:
        """Whether one of the words stands before `text[start]`, at `floor` or after it."""
        low = _word_start(text, max(floor, start - REACH), floor)
        line = text.rfind("\n", low, start)
        if line < 0:
            return self._regex.search(text[low:start]) is not None
        top = max(floor, line - _LINE_ABOVE)
        above = text[max(top, text.rfind("\n", top, line) + 1) : line]
        return self._near_lines(above, text[line + 1 : start])

    def directly_before(self, text: str, start: int) -> bool:
        """Whether one of the words, and `no.` at most, stands right before `text[start]`."""
        low = _word_start(text, max(0, start - REACH), 0)
        return self._at_end.search(text[low:start]) is not None

    def _near_lines(self, above: str, line: str) -> bool:
        first_on_line = not any(char.isalpha() for char in line)
        for match in self._regex.finditer(f"{above}\n{line}"):
            end = match.end()
            if end > len(above) + 1:
                return True
            at_line_end = not any(char.isalnum() for char in above[end:])
            if first_on_line or (at_line_end and ":" not in line):
                return True
        return False


def _word_start(text: str, low: int, floor: int) -> int:
    """`low`, moved back to the start of the word that it cuts."""
    for _ in range(_WORD):
        if low <= floor or not text[low - 1].isalnum():
            break
        low -= 1
    return low
