"""Where given texts stand in a line, judged on its posteriors and not on its best path.

A text is scored on the best stretch of steps that can spell it (Viterbi decoding with free start
and end), against the line's own best path over the same steps. What the recognizer read as well
as it could therefore scores 1 whatever its length, and what it read wrongly, but nearly, is still
found. All texts share one trie, so that a roster costs little more than its distinct beginnings.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from redactor.ocr.lattice import BLANK, FloatArray, IntArray
from redactor.words import Lattice

MIN_SCORE = 0.2  # some 0.3 false alarms a handwritten line for 600 texts that contest each other
_FLOOR = 1e-5  # of a probability: how much one lost step may cost
_EDGE = 10.0  # nats: the most that a letter right beside a word costs
_TINY = 1e-9  # of a score: the text cannot be spelled
_AT_ONCE = 2048  # texts, so that the table of a long roster stays small
_WORD_ROOT, _MARK_ROOT = 0, 1  # trie roots of texts that begin with a letter or digit, or do not
_QUOTES = {"‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"'}
_DASHES = dict.fromkeys("–—−", "-")


@dataclass(frozen=True, slots=True)
class Match:
    """A text found in the steps [start, end) of a lattice.

    `score` (0-1) is the likelihood ratio to the line's own best path over the same steps, a
    character (geometric mean); 1 is the best path itself.
    """

    text: str = field(repr=False)
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, repr=False)
class _Trie:
    """The characters of many texts, shared beginnings once; nodes come after their parents.

    `parent` and `label` (a group of classes) are one a node; `twins` are the nodes with the label
    of their parent; `last`, `length` and `open_end` are one a text: its last node (-1: it cannot
    be spelled), its length, and whether any letter may follow it.
    """

    parent: IntArray
    label: IntArray
    twins: IntArray
    last: IntArray
    length: FloatArray
    open_end: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, repr=False)
class Emissions:
    """What each step costs: log-ratios (steps, groups) to the likeliest group, 0 at best.

    `before[t]` and `after[t]` are the cost of a word's edge before and after step t.
    """

    groups: FloatArray
    blank: FloatArray
    before: FloatArray
    after: FloatArray


def fold(char: str) -> str:
    """A character as texts are compared: no case, no accents, plain quotes and dashes."""
    char = _QUOTES.get(char, _DASHES.get(char, char))
    base = unicodedata.normalize("NFKD", char)[:1].casefold()
    return base if len(base) == 1 else char


def find_texts(
    lattice: Lattice,
    texts: Sequence[str],
    min_score: float = MIN_SCORE,
    whole_words: bool = True,
    exact: bool = False,
) -> tuple[Match, ...]:
    """Every place where one of `texts` may stand, in order of the texts, the best places first.

    Case, accents and the form of quotes and dashes do not matter unless `exact`. With
    `whole_words` a text that begins (ends) with a letter or digit must follow (precede) a blank, a
    mark or the end of the line. A text with a character that the alphabet lacks is found nowhere.
    Places of one text do not overlap.
    """
    costs = emissions(lattice, exact, whole_words)
    found: list[Match] = []
    for first in range(0, len(texts), _AT_ONCE):
        some = tuple(texts[first : first + _AT_ONCE])
        scores, starts = _scan(_trie(some, lattice.alphabet, exact), costs)
        for number in np.flatnonzero(scores.max(axis=0, initial=0) >= max(min_score, _TINY)):
            places = _places(scores[:, number], starts[:, number], min_score)
            found.extend(Match(some[number], a, b, score) for a, b, score in places)
    return tuple(found)


def contested(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches of one line, each scored less by as much as another fits its place better.

    "word" may stand where "world" was read, but "world" stands there; so of many texts, or with
    likely words among them, far fewer are found where they are not. Places contest each other
    that share more than half of the shorter one. Best first.
    """
    if not matches:
        return ()
    starts, ends = (np.array([getattr(m, side) for m in matches]) for side in ("start", "end"))
    lengths = np.array([_length(match.text) for match in matches])
    totals = np.log([match.score for match in matches]) * lengths
    shared = np.minimum(ends[:, None], ends) - np.maximum(starts[:, None], starts)
    shorter = np.minimum((ends - starts)[:, None], ends - starts)
    best = np.where(2 * shared > shorter, totals, -np.inf).max(axis=1)
    scores = np.exp((2 * totals - best) / lengths).tolist()
    lowered = [replace(match, score=score) for match, score in zip(matches, scores, strict=True)]
    return tuple(sorted(lowered, key=lambda match: -match.score))


def _length(text: str) -> int:
    return max(1, len(" ".join(text.split())))


def _places(
    scores: FloatArray, starts: IntArray, min_score: float
) -> Iterator[tuple[int, int, float]]:
    """The stretches of one text that score enough and do not overlap a better one."""
    taken = np.zeros(len(scores) + 1, np.bool_)
    for end in np.argsort(-scores, kind="stable").tolist():
        if scores[end] < min_score:
            return
        start = int(starts[end])
        if not taken[start : end + 1].any():
            taken[start : end + 1] = True
            yield start, end + 1, float(scores[end])


@lru_cache(maxsize=16)
def _groups(alphabet: tuple[str, ...], exact: bool) -> tuple[dict[str, int], IntArray]:
    """The number of each group of characters that compare equal, and each class's group.

    Group 0 is the blank; the last number, which is no character's, belongs to no class.
    """
    names = [char if exact else fold(char) for char in alphabet]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}
    return numbers, np.array([BLANK, *(numbers[name] for name in names)], np.intp)


@lru_cache(maxsize=64)
def _trie(texts: tuple[str, ...], alphabet: tuple[str, ...], exact: bool) -> _Trie:
    numbers, _ = _groups(alphabet, exact)
    children: dict[tuple[int, int], int] = {}
    parent, label, last, lengths = [-1, -1], [0, 0], [], []
    for text in texts:
        spelling = " ".join(text.split())
        chars = [numbers.get(c if exact else fold(c), -1) for c in spelling]
        node = _WORD_ROOT if spelling[:1].isalnum() else _MARK_ROOT
        for char in chars if -1 not in chars else ():
            if (node, char) not in children:
                children[node, char] = len(parent)
                parent.append(node)
                label.append(char)
            node = children[node, char]
        last.append(node if node > _MARK_ROOT else -1)
        lengths.append(_length(text))
    parents, labels = np.array(parent, np.intp), np.array(label, np.intp)
    return _Trie(
        parents,
        labels,
        np.flatnonzero((labels[parents] == labels) & (parents > _MARK_ROOT)),
        np.array(last, np.intp),
        np.array(lengths, np.float32),
        np.array([not text.rstrip()[-1:].isalnum() for text in texts], np.bool_),
    )


def emissions(lattice: Lattice, exact: bool, whole_words: bool) -> Emissions:
    """The costs of a lattice, the classes of characters that compare equal added up.

    With `exact` each class is its own group. Without `whole_words` an edge costs nothing.
    """
    numbers, group = _groups(lattice.alphabet, exact)
    members = np.zeros((len(group), len(numbers) + 1), np.float32)
    members[np.arange(len(group)), group] = 1
    summed = np.maximum(lattice.posteriors @ members, _FLOOR)
    logs = np.log(summed / summed.max(axis=1, keepdims=True))
    blank = logs[:, BLANK]
    marks = [number for name, number in numbers.items() if not name.isalnum()]
    edge = logs[:, marks].max(axis=1, initial=-np.inf)
    if not whole_words:
        free = np.zeros(len(logs), np.float32)
        return Emissions(logs, blank, free, free)
    after = _edges(edge[::-1], blank[::-1])[::-1]
    return Emissions(logs, blank, _edges(edge, blank), after)


def _edges(edge: FloatArray, blank: FloatArray) -> FloatArray:
    """The cost of a word that begins at each step: after a mark and blanks, or at the line's end.

    `edge` and `blank` are the cost of a mark and of the blank at each step.
    """
    costs = np.zeros(len(edge), np.float32)
    for step in range(1, len(edge)):
        costs[step] = max(edge[step - 1], costs[step - 1] + blank[step - 1])
    return np.maximum(costs, -_EDGE)


def _scan(trie: _Trie, costs: Emissions) -> tuple[FloatArray, IntArray]:
    """For each step and text: the score of the best stretch that ends there, and its start.

    `held` is the best cost with the step on a node's character, `passed` on the blank after it.
    """
    steps, texts = len(costs.blank), len(trie.last)
    scores = np.full((steps, texts), -np.inf, np.float32)
    starts = np.zeros((steps, texts), np.intp)
    held = np.full(len(trie.parent), -np.inf, np.float32)
    passed, from_held = held.copy(), np.zeros(len(held), np.int32)
    from_passed = from_held.copy()
    for step in range(steps):
        passed[_WORD_ROOT], passed[_MARK_ROOT] = costs.before[step], 0
        from_passed[:2] = step
        either = np.maximum(held, passed)
        from_either = np.where(held > passed, from_held, from_passed)
        entering, from_entering = either[trie.parent], from_either[trie.parent]
        entering[trie.twins] = passed[trie.parent[trie.twins]]
        from_entering[trie.twins] = from_passed[trie.parent[trie.twins]]
        from_held = np.where(held >= entering, from_held, from_entering)
        held = np.maximum(held, entering) + costs.groups[step, trie.label]
        held[:2] = -np.inf
        passed, from_passed = either + costs.blank[step], from_either
        scores[step] = held[trie.last] + np.where(trie.open_end, 0, costs.after[step])
        starts[step] = from_held[trie.last]
    scores[:, trie.last < 0] = -np.inf
    return np.exp(scores / trie.length), starts
