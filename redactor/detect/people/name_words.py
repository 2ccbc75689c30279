"""The words of a text as names are looked for in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from redactor.detect.folding import Folded
from redactor.detect.people.names import folded, word_pattern, word_set

_TITLES = word_set("mr mrs ms mx miss dr prof professor sir madam judge officer nurse")
_EXTRAS = word_set("jr sr ii iii iv")
_GLUE = frozenset("@._/-")  # beside a word: it is a part of something longer
_GAP = 4  # characters that may stand between two words of one name


@dataclass(frozen=True, repr=False)
class Words:
    """Words in order: folded, with their places in the view they were read from.

    `capital` says which begin with a capital letter, or a digit that may be one: 5mith.
    """

    view: Folded
    texts: list[str] = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    capital: list[bool] = field(repr=False)

    @cached_property
    def common(self) -> frozenset[str]:
        """The words that this text also has in lower case, as words of their own."""
        return frozenset(
            text
            for at, text in enumerate(self.texts)
            if not self.capital[at] and is_free(self.view.text, self.starts[at], self.ends[at])
        )

    def gap(self, at: int) -> str:
        """What stands before a word, blanks as one; "?" at the edges of the text."""
        if not 0 < at < len(self.texts):
            return "?"
        between = self.view.text[self.ends[at - 1] : self.starts[at]]
        gap = " ".join(between.split()) or " "
        return gap if len(gap) <= _GAP and between.count("\n") <= 1 else "?"

    def tight_until(self, first: int, most: int) -> int:
        """The end of the longest run of words that may be one part of a name."""
        last = first + 1
        while last < first + most and self.gap(last) in (" ", "-", "'", "’"):
            last += 1
        return last

    def joined(self, first: int, last: int) -> bool:
        """Whether the words first..last stand together in one name, without a comma or an end."""
        return all(
            set(self.gap(at)) <= set(" -'\"().")
            and ("." not in self.gap(at) or len(self.texts[at - 1]) <= 2)
            for at in range(first + 1, last + 1)
        )

    def may_be_middle(self, at: int) -> bool:
        return at >= 0 and self.capital[at]

    def after_comma(self, at: int) -> int:
        """The word after a family name that stands first: "Smith, ", "SMITH ", "Smith Jr., "."""
        if self._text(at) in _EXTRAS and self.gap(at) in (" ", ","):
            at += 1
        return at if self.gap(at) in (" ", ",", ".,") else -1

    def middles_after(self, at: int) -> range:
        """The initials right after a given name that stands last: "Smith, John A. B."."""
        last = at
        while last < at + 2 and self._is_initial(last) and self.gap(last) in (" ", "."):
            last += 1
        return range(at, last)

    def initials_beside(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The runs of initials right before and right after some words."""
        start, end = first, last
        while start > first - 3 and self._is_initial(start - 1) and self.gap(start) in (" ", "."):
            start -= 1
        if start < first:
            yield start, first
        while end < last + 3 and self._is_initial(end) and self.gap(end) in (" ", ".", ","):
            end += 1
        if end > last:
            yield last, end

    def _is_initial(self, at: int) -> bool:
        text = self._text(at)
        return len(text) == 1 and text.isalpha() and self.capital[at]

    def _text(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def compound_end(self, last: int) -> int:
        """Where a double name ends that goes on after a hyphen."""
        while self.gap(last) == "-" and self.capital[last]:
            last += 1
        return last

    def stands_alone(self, first: int, last: int) -> bool:
        """Whether words begin with a capital and are not a part of something longer."""
        return (
            self.capital[first]
            and self.gap(first) not in ("-", "@", "_", "/")
            and self.gap(last) not in ("-", "@", "_", "/")
        )

    def has_title(self, at: int) -> bool:
        return self._text(at - 1) in _TITLES and self.gap(at) in (" ", ".")

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where the words [first, last) stand in the original text."""
        return self.view.original(self.starts[first], self.ends[last - 1])


def is_free(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a word by itself: no part of an address, a path or the like."""
    beside = {text[max(start - 1, 0) : start], text[end : end + 1]}
    return not _GLUE & beside or text[end : end + 2] in (". ", ".\n", ".")


def words_in(view: Folded, original: str) -> Words:
    """The words of a view of `original`."""
    words = Words(view, [], [], [], [])
    for match in word_pattern(view.text).finditer(view.text):
        start, end = match.span()
        words.texts.append(folded(match.group()))
        words.starts.append(start)
        words.ends.append(end)
        words.capital.append(_is_capital(original[view.starts[start]], match.group()))
    return words


def _is_capital(first: str, word: str) -> bool:
    """A capital letter, or a digit that may be one misread: 5mith."""
    return first.isupper() or (first.isdigit() and word[1:].isalpha() and len(word) > 1)
