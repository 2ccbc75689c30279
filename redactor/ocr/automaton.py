"""A small pattern language and its automaton, to be run over a line's posteriors.

The language is the part of RE2's that has a meaning on one line: characters, `.`, classes `[a-f]`
and `[^...]`, `\\d \\w \\s \\D \\W \\S` (ASCII), groups, `|`, `?`, `*`, `+` and `{m,n}`. Everything
else is refused by name and place. The automaton is Glushkov's (1961, "The abstract theory of
automata"): one state for each character of the pattern and no empty moves.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

_DIGITS = frozenset(string.digits)
_WORD = frozenset(string.ascii_letters + string.digits + "_")
_BLANKS = frozenset(" \t\n\r\f\v")
_CLASSES = {"d": _DIGITS, "w": _WORD, "s": _BLANKS}
_REPEATS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_MAX_STATES = 256


@dataclass(frozen=True, slots=True)
class Automaton:
    """States that each take one character; `sets[i]` are the characters that state i takes.

    A match begins in a state of `first`, goes from i to a state of `follow[i]`, and may end in a
    state of `last`.
    """

    sets: tuple[frozenset[str], ...] = field(repr=False)
    first: frozenset[int]
    follow: tuple[frozenset[int], ...]
    last: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the automaton: where it begins and ends, and whether it matches nothing too."""

    empty: bool
    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Chars:
    chars: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Chain:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    low: int
    high: int | None


_Node = _Chars | _Chain | _Choice | _Repeat


def compile_pattern(pattern: str, alphabet: Iterable[str]) -> Automaton:
    """The automaton of a pattern over an alphabet.

    Raises ValueError, in one line with the construct and its place (from 1), for what the language
    lacks, for a pattern that matches the empty text and for one of more than 256 states.
    """
    node = _Parser(pattern, frozenset(alphabet)).parse()
    builder = _Builder()
    whole = builder.build(node)
    if whole.empty:
        raise ValueError("the pattern matches the empty text: at least one character is needed")
    follow = tuple(frozenset(states) for states in builder.follow)
    return Automaton(tuple(builder.sets), whole.first, follow, whole.last)


class _Parser:
    """Recursive descent, one method for each level of the grammar."""

    def __init__(self, pattern: str, alphabet: frozenset[str]) -> None:
        self._text = pattern
        self._alphabet = alphabet
        self._at = 0

    def parse(self) -> _Node:
        node = self._choice()
        if self._at < len(self._text):
            raise self._refused(") closes no group")
        return node

    def _refused(self, what: str, at: int | None = None) -> ValueError:
        place = (self._at if at is None else at) + 1
        return ValueError(f"pattern, character {place}: {what}")

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, char: str) -> bool:
        found = self._peek() == char
        self._at += found
        return found

    def _choice(self) -> _Node:
        parts = [self._chain()]
        while self._take("|"):
            parts.append(self._chain())
        return parts[0] if len(parts) == 1 else _Choice(tuple(parts))

    def _chain(self) -> _Node:
        parts = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated())
        return _Chain(tuple(parts))

    def _repeated(self) -> _Node:
        node = self._atom()
        start = self._at
        low_high = self._repeat()
        if low_high is None:
            return node
        if self._peek() in ("?", "+", "*", "{"):
            raise self._refused(f"{self._peek()} after a repeat is not supported", start)
        return _Repeat(node, *low_high)

    def _repeat(self) -> tuple[int, int | None] | None:
        char = self._peek()
        if char in _REPEATS:
            self._at += 1
            return _REPEATS[char]
        return self._counts() if char == "{" else None

    def _counts(self) -> tuple[int, int | None]:
        """`{m}`, `{m,}` or `{m,n}`."""
        start = self._at
        end = self._text.find("}", start)
        inside = self._text[start + 1 : end] if end > 0 else ""
        low, comma, high = inside.partition(",")
        if not _is_count(low) or (high and not _is_count(high)):
            raise self._refused("{ begins no {m}, {m,} or {m,n}")
        self._at = end + 1
        most = None if comma and not high else int(high or low)
        if max(int(low), most or 0) > _MAX_STATES or (most is not None and most < int(low)):
            raise self._refused(f"the repeat {{{inside}}} is empty or too long", start)
        return int(low), most

    def _atom(self) -> _Node:
        char, start = self._peek(), self._at
        if char in _REPEATS or char == "{":
            raise self._refused(f"{char} has nothing to repeat")
        if char in ("^", "$"):
            raise self._refused(f"the anchor {char} is not supported")
        self._at += 1
        if char == "(":
            return self._group(start)
        if char == "[":
            return _Chars(self._class(start))
        if char == "\\":
            return _Chars(self._escape(start))
        return _Chars(self._alphabet if char == "." else frozenset(char))

    def _group(self, start: int) -> _Node:
        if self._peek() == "?" and not self._text.startswith("?:", self._at):
            raise self._refused(
                f"the group {self._text[start : start + 3]} is not supported", start
            )
        if self._peek() == "?":
            self._at += 2
        node = self._choice()
        if not self._take(")"):
            raise self._refused("( is never closed", start)
        return node

    def _escape(self, start: int) -> frozenset[str]:
        char = self._peek()
        self._at += 1
        if char.lower() in _CLASSES and char:
            chars = _CLASSES[char.lower()]
            return chars if char.islower() else self._alphabet - chars
        if not char or char.isalnum():
            raise self._refused(f"\\{char} is not supported", start)
        return frozenset(char)

    def _class(self, start: int) -> frozenset[str]:
        negated = self._take("^")
        chars: set[str] = set()
        first = True
        while first or self._peek() != "]":
            if not self._peek():
                raise self._refused("[ is never closed", start)
            chars |= self._range()
            first = False
        self._at += 1
        return self._alphabet - chars if negated else frozenset(chars)

    def _range(self) -> frozenset[str]:
        """One character, class or range inside brackets."""
        start = self._at
        if self._text.startswith("[:", start):
            raise self._refused("the class [: is not supported", start)
        low = self._member()
        if self._peek() != "-" or self._text[self._at + 1 : self._at + 2] in ("]", ""):
            return low
        self._at += 1
        high = self._member()
        if len(low) != 1 or len(high) != 1 or min(low) > max(high):
            raise self._refused(f"the range {self._text[start : self._at]} is not one", start)
        return frozenset(map(chr, range(ord(min(low)), ord(min(high)) + 1)))

    def _member(self) -> frozenset[str]:
        char, start = self._peek(), self._at
        self._at += 1
        return self._escape(start) if char == "\\" else frozenset(char)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


class _Builder:
    """Numbers the states and notes which may follow which."""

    def __init__(self) -> None:
        self.sets: list[frozenset[str]] = []
        self.follow: list[set[int]] = []

    def build(self, node: _Node) -> _Part:
        if isinstance(node, _Chars):
            return self._state(node.chars)
        if isinstance(node, _Chain):
            return reduce(self._then, map(self.build, node.parts), _Part(True))
        if isinstance(node, _Choice):
            return reduce(_either, map(self.build, node.parts), _Part(False))
        return self._repeat(node)

    def _state(self, chars: frozenset[str]) -> _Part:
        if len(self.sets) == _MAX_STATES:
            raise ValueError(f"the pattern is too long: more than {_MAX_STATES} states")
        self.sets.append(chars)
        self.follow.append(set())
        only = frozenset({len(self.sets) - 1})
        return _Part(False, only, only)

    def _then(self, a: _Part, b: _Part) -> _Part:
        for state in a.last:
            self.follow[state] |= b.first
        return _Part(
            a.empty and b.empty,
            a.first | b.first if a.empty else a.first,
            a.last | b.last if b.empty else b.last,
        )

    def _repeat(self, node: _Repeat) -> _Part:
        whole = _Part(True)
        for _ in range(node.low):
            whole = self._then(whole, self.build(node.part))
        if node.high is None:
            again = self.build(node.part)
            self._then(again, again)
            return self._then(whole, _either(again, _Part(True)))
        tail = _Part(True)  # of nested optional parts: (a(a(a)?)?)?
        for _ in range(node.high - node.low):
            tail = _either(self._then(self.build(node.part), tail), _Part(True))
        return self._then(whole, tail)


def _either(a: _Part, b: _Part) -> _Part:
    return _Part(a.empty or b.empty, a.first | b.first, a.last | b.last)
