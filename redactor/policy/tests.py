"""A policy's own tests: what they expect, held against what was decided. Runs nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from redactor.findings import Action
from redactor.policy.model import PolicyTest
from redactor.policy.values import KeyPath, quoted

UNFOUND = "no detector found anything here"


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """A finding in a passage, and what was decided about it. Holds no text."""

    start: int
    end: int
    label: str
    detector: str
    score: float
    action: Action
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, or a page's text, as a policy leaves it.

    `gone` are the places whose characters are redacted: less than the findings where a part of
    them stays.
    """

    text: str = field(repr=False)
    gone: frozenset[int]
    touches: tuple[Touch, ...]
    page: int = 1

    def touching(self, start: int, end: int) -> tuple[Touch, ...]:
        return tuple(t for t in self.touches if t.start < end and start < t.end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: a part of a passage that is not empty."""

    passage: Passage
    start: int
    end: int

    @property
    def touches(self) -> tuple[Touch, ...]:
        return self.passage.touching(self.start, self.end)

    @property
    def gone(self) -> Literal["all", "some", "none"]:
        """How much of it is redacted; blanks count for nothing."""
        text = self.passage.text
        solid = [at for at in range(self.start, self.end) if not text[at].isspace()]
        taken = sum(at in self.passage.gone for at in solid)
        return "all" if taken == len(solid) else ("some" if taken else "none")


@dataclass(frozen=True, slots=True)
class Failure:
    """A word of a test for which something else was decided; `at` is its key path in the test."""

    at: KeyPath
    word: str
    what: str

    def __str__(self) -> str:
        return f"{quoted(self.word)} {self.what}"


def places(word: str, passages: Iterable[Passage]) -> tuple[Place, ...]:
    """Everywhere that `word` stands as a whole word, or, if nowhere, as a part of one.

    A blank in it matches any run of blanks and line breaks; capitals count.
    """
    sought = " ".join(word.split())
    found = [entry for passage in passages for entry in _places(sought, passage)]
    whole = tuple(place for place, is_whole in found if is_whole)
    return whole or tuple(place for place, _ in found)


def _places(sought: str, passage: Passage) -> Iterator[tuple[Place, bool]]:
    """With each place whether no letter or digit goes on beyond the word's own."""
    flat, at = _flat(passage.text)
    start = flat.find(sought) if sought else -1
    while start >= 0:
        end = start + len(sought)
        goes_on = _joined(flat[start - 1 : start + 1]) or _joined(flat[end - 1 : end + 1])
        yield Place(passage, at[start], at[end - 1] + 1), not goes_on
        start = flat.find(sought, start + 1)


def _joined(pair: str) -> bool:
    return len(pair) == 2 and pair.isalnum()


def _flat(text: str) -> tuple[str, list[int]]:
    """The text with one blank for each run of them, and the place of each character in it."""
    at = [n for n, c in enumerate(text) if not (c.isspace() and text[n - 1 : n].isspace())]
    return "".join(" " if text[n].isspace() else text[n] for n in at), at


def failures(test: PolicyTest, passages: Sequence[Passage]) -> tuple[Failure, ...]:
    """The words of a test, in its order, that did not fare as it says; one failure a word."""
    return (
        *_failures("redact", test.redact, passages),
        *_failures("keep", test.keep, passages),
    )


def _failures(key: str, words: Iterable[str], passages: Sequence[Passage]) -> Iterator[Failure]:
    judge = _not_redacted if key == "redact" else _not_kept
    for index, word in enumerate(words):
        found = places(word, passages)
        what = next(filter(None, map(judge, found)), "") if found else "does not stand there"
        if what:
            yield Failure((key, index), word, what)


def _not_redacted(place: Place) -> str:
    """What is wrong with a place that ought to be redacted, or ""."""
    if place.gone == "all":
        return ""
    spared = [touch for touch in place.touches if touch.action is not Action.REDACT]
    how = "was redacted only in part" if place.gone == "some" else "was kept"
    if any(touch.action is Action.REVIEW for touch in spared):
        how = "was left to a person"
    return f"{how}: {_reasons(spared) or ('' if place.gone == 'some' else UNFOUND)}".rstrip(": ")


def _not_kept(place: Place) -> str:
    """What is wrong with a place that ought to be kept, or ""."""
    by = [touch for touch in place.touches if touch.action is Action.REDACT]
    if place.gone != "none":
        how = "was redacted" if place.gone == "all" else "was redacted in part"
        return f"{how}: {_reasons(by)}".rstrip(": ")
    asked = [touch for touch in place.touches if touch.action is Action.REVIEW]
    return f"was left to a person: {_reasons(asked)}" if asked else ""


def _reasons(touches: Iterable[Touch]) -> str:
    return "; ".join(dict.fromkeys(touch.reason for touch in touches))
