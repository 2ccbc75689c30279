"""Printed labels, found among the words of a form with the tolerance that recognition needs.

What is compared are keys: the letters and digits of a text, without case, accents, punctuation and
blanks, look-alikes (0 and o, 1 and l and i, rn and m) made one, each word without its plural s. A
key may differ from a label's by an edit for every six characters of the label. Labels of four or
five are matched with look-alikes of shape only (n for m), those of up to three exactly, and so are
labels with a digit: line 1 is not line 2.

Candidates come from an index of the first five characters of all labels, each with one character
left out: two texts that are one edit apart there have such a key in common. So a place on a page
costs the same whether a policy has one label or a thousand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from redactor.detect.folding import term_view

_GLYPHS = str.maketrans({"0": "o", "1": "l", "|": "l", "i": "l", "5": "s", "8": "b"})
_SHAPES = str.maketrans({"m": "n", "v": "u", "e": "c", "h": "b"})
_PREFIX = 5
_LEAST_PLURAL = 4
_EXACT = 3  # a label of so many characters or fewer is matched exactly ...
_SHAPED = 5  # ... of so many or fewer by shape ...
_PER_EDIT = 6  # ... and a longer one with an edit for so many
_MOST_WORDS = 16  # a label is looked for in so many tokens at most


def key(word: str) -> str:
    """The key of one word: empty where it has neither letters nor digits."""
    text = word.lower() if word.isascii() else _plain(word)
    text = text.translate(_GLYPHS)
    if not text.isalnum():
        text = "".join(filter(str.isalnum, text))
    if len(text) >= _LEAST_PLURAL and text[-1] == "s" and text[-2] != "s":
        text = text[:-1]
    return text.replace("rn", "m").replace("vv", "w")


def _plain(word: str) -> str:
    spread = unicodedata.normalize("NFKD", term_view(word).text)
    return "".join(char for char in spread if not unicodedata.combining(char))


def is_bullet(word: str) -> bool:
    """Whether a word only numbers or points out what follows: `1.`, `(a)`, `*`."""
    inner = word.strip("(.)*#•·-–☐☑☒□")
    return inner != word and (not inner or (len(inner) <= 2 and inner.isalnum()))


@dataclass(frozen=True, slots=True)
class Label:
    """A label by its key and those of its words, and how many edits a printed one may differ by."""

    key: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    tolerance: int

    @classmethod
    def of(cls, text: str) -> Label | None:
        """None for a text without letters and digits. Bullets before it are left out."""
        words = text.split()
        if not all(map(is_bullet, words)):  # as of "D. C."
            while is_bullet(words[0]):
                del words[0]
        text = " ".join(words)
        keys = tuple(made for word in words if (made := key(word)))
        made = "".join(keys)
        has_digit = any(char.isdigit() for char in text)
        short = len(made) <= _SHAPED or has_digit
        return cls(made, keys, 0 if short else len(made) // _PER_EDIT) if made else None

    def may_begin(self, text: str) -> bool:
        """Whether a text can begin with it: a cheap look before the exact one.

        A match that is shorter or longer than the label by its tolerance costs twice that here.
        """
        head = text[: len(self.key)]
        if self.tolerance:
            most = 2 * self.tolerance
            return Levenshtein.distance(head, self.key, score_cutoff=most) <= most
        return self.distance(head) is not None

    def is_unlike(self, keys: Sequence[str]) -> bool:
        """Whether printed words differ in a short one: category A is not category B."""
        printed = [word for word in keys if word]
        return len(printed) == len(self.words) and any(
            ours != theirs and min(len(ours), len(theirs)) <= _EXACT
            for ours, theirs in zip(self.words, printed, strict=True)
        )

    def distance(self, other: str) -> int | None:
        """How many edits a key differs by; None where that is too many."""
        if other == self.key:
            return 0
        if _EXACT < len(self.key) <= _SHAPED:
            return 1 if other.translate(_SHAPES) == self.key.translate(_SHAPES) else None
        if not self.tolerance:
            return None
        found = Levenshtein.distance(other, self.key, score_cutoff=self.tolerance)
        return found if found <= self.tolerance else None


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Label number `label` stands on the tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    label: int


class LabelIndex:
    """Labels by their beginnings, to be looked for in rows of words."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = [Label.of(text) for text in labels]
        self._by_prefix: dict[str, list[int]] = {}
        for number, label in enumerate(self._labels):
            if label is not None:
                for part in _deletions(label.key[:_PREFIX]):
                    self._by_prefix.setdefault(part, []).append(number)

    def is_label(self, text: str) -> Iterator[int]:
        """The numbers of the labels that a whole text is."""
        whole = "".join(key(word) for word in text.split())
        for number in sorted(self._candidates(whole)):
            label = self._labels[number]
            if label is not None and label.distance(whole) is not None:
                yield number

    def matches(self, keys: Sequence[str], stop: int) -> Iterator[Match]:
        """The labels that begin before `stop` in a row of words given by their keys.

        The empty key of a mark is passed over inside a label.
        """
        for start, first in enumerate(keys[:stop]):
            if first:
                ahead = "".join(keys[start : start + _MOST_WORDS])
                for number in self._candidates(ahead[:_PREFIX]):
                    label = self._labels[number]
                    if label is None or not label.may_begin(ahead):
                        continue
                    if (end := _end(label, keys, start)) is not None:
                        yield Match(start, end, number)

    def _candidates(self, text: str) -> set[int]:
        # A short label's prefix is the whole label: the text may go on after it.
        return {
            number
            for length in range(1, min(len(text), _PREFIX) + 1)
            for part in _deletions(text[:length])
            for number in self._by_prefix.get(part, ())
        }


def _end(label: Label, keys: Sequence[str], start: int) -> int | None:
    """Where the label ends that begins at `start`, read as well as it can be."""
    best: tuple[int, int] | None = None
    text = ""
    for end in range(start, min(start + _MOST_WORDS, len(keys))):
        text += keys[end]
        if len(text) > len(label.key) + label.tolerance:
            break
        if keys[end] and len(text) >= len(label.key) - label.tolerance:
            distance = label.distance(text)
            is_better = distance is not None and (best is None or distance < best[0])
            if is_better and not label.is_unlike(keys[start : end + 1]):
                best = distance or 0, end + 1
    return best[1] if best else None


def _deletions(prefix: str) -> set[str]:
    """A prefix with each one of its characters left out; a short one stands for itself."""
    if len(prefix) <= _EXACT:
        return {prefix}
    return {prefix[:at] + prefix[at + 1 :] for at in range(len(prefix))}
