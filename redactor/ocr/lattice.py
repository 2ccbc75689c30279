"""What a line's posteriors say beyond their best path: where a given text stands, what else fits.

A line is read with connectionist temporal classification (CTC; Graves et al. 2006, "Connectionist
Temporal Classification"): each step holds one class, a text is what remains when repeats are
merged and blanks are dropped. Every probability below is floored, so that one lost step is dear
but does not rule a reading out.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from redactor.ocr.ground import Char
from redactor.words import Lattice

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.intp]

BLANK = 0
_FLOOR = 1e-7  # of a probability
_BEAM = 24  # readings kept a step, at least; more where more are asked for
_RARE = 1e-4  # a class less likely than this at a step begins no new reading


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each character of a text stands in a lattice.

    `score` is the mean natural log-probability a step of the best path that spells the text: 0 is
    certain, -inf (and no `chars`) is a text that cannot stand there: too long for the steps, or
    with a character that the alphabet lacks.
    """

    chars: tuple[Char, ...] = field(repr=False)
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that a lattice may spell, and the natural log of its probability, all paths added."""

    text: str = field(repr=False)
    log_probability: float


def log_posteriors(lattice: Lattice, start: int = 0, end: int | None = None) -> FloatArray:
    """The floored natural logs of the posteriors of the steps [start, end)."""
    return np.log(np.maximum(lattice.posteriors[start:end], _FLOOR))


@lru_cache(maxsize=16)
def classes_of(alphabet: tuple[str, ...]) -> Mapping[str, int]:
    """The class of each character of an alphabet."""
    return {char: number for number, char in enumerate(alphabet, start=1)}


def align(lattice: Lattice, text: str, start: int = 0, end: int | None = None) -> Alignment:
    """The likeliest path through the steps [start, end) that spells exactly `text` (Viterbi).

    Steps in the result count from the lattice's first. A character's steps are those of its own
    class; its probability is the highest among them.
    """
    known = classes_of(lattice.alphabet)
    logs = log_posteriors(lattice, start, end)
    if not len(logs) or any(char not in known for char in text):
        return Alignment((), -math.inf)
    classes = np.array([known[char] for char in text], np.intp)
    states, score = _viterbi(logs, classes)
    if score == -math.inf:
        return Alignment((), score)
    chars = []
    for number, char in enumerate(text):
        steps = np.flatnonzero(states == 2 * number + 1) + start
        seen = lattice.posteriors[steps, classes[number]]
        chars.append(Char(char, int(steps[0]), int(steps[-1]) + 1, float(seen.max())))
    return Alignment(tuple(chars), score / len(logs))


def _viterbi(logs: FloatArray, classes: IntArray) -> tuple[IntArray, float]:
    """The state of each step on the best path and its log-probability (-inf: there is none).

    State 2k + 1 is character k, state 2k the blank before it, the last the blank after all.
    """
    labels = np.zeros(2 * len(classes) + 1, np.intp)
    labels[1::2] = classes
    skips = np.zeros(len(labels), np.bool_)  # from character to character, where they differ
    skips[3::2] = classes[1:] != classes[:-1]
    emitted = logs[:, labels].astype(np.float64)
    moves = np.zeros(emitted.shape, np.int8)
    best = np.full(len(labels), -np.inf)
    best[:2] = emitted[0, :2]
    entries = np.full((3, len(labels)), -np.inf)
    for step in range(1, len(emitted)):
        entries[0] = best
        entries[1, 1:] = best[:-1]
        entries[2, 2:] = np.where(skips[2:], best[:-2], -np.inf)
        moves[step] = entries.argmax(axis=0)
        best = entries.max(axis=0) + emitted[step]
    state = len(labels) - 1 - int(len(labels) > 1 and best[-2] > best[-1])
    score = float(best[state])
    states = np.zeros(len(emitted), np.intp)
    for step in range(len(emitted) - 1, -1, -1):
        states[step] = state
        state -= int(moves[step, state])
    return states, score


def n_best(lattice: Lattice, n: int, start: int = 0, end: int | None = None) -> tuple[Reading, ...]:
    """At most `n` texts that the steps [start, end) may spell, the likeliest first.

    Prefix beam search (Hannun et al. 2014, "First-Pass Large Vocabulary Continuous Speech
    Recognition using Bi-Directional Recurrent DNNs"): the probabilities of all paths of a text are
    added. Readings that fall behind on the way are lost, so the result is exact only for short
    stretches. Ties are broken by class number.
    """
    beam = {"": (1.0, 0.0)}
    log_scale = 0.0
    for row in np.maximum(lattice.posteriors[start:end], _FLOOR):
        grown = _extended(beam, row)
        kept = heapq.nsmallest(max(_BEAM, 2 * n), grown, key=lambda p: (-sum(grown[p]), p))
        scale = sum(grown[kept[0]])
        log_scale += math.log(scale)
        beam = {p: (grown[p][0] / scale, grown[p][1] / scale) for p in kept}
    return tuple(
        Reading("".join(lattice.alphabet[ord(c) - 1] for c in p), log_scale + math.log(sum(both)))
        for p, both in list(beam.items())[:n]
    )


_Beam = dict[str, tuple[float, float]]
"""Readings as strings of class numbers, each with its probability ending in a blank, and not."""


def _extended(beam: _Beam, row: FloatArray) -> _Beam:
    """The readings of `beam` one step on: held, or longer by one class."""
    likely = [k for k in np.flatnonzero(row > _RARE).tolist() if k != BLANK]
    values = [(chr(k), float(row[k])) for k in likely]
    blank = float(row[BLANK])
    grown: _Beam = {}
    for prefix, (in_blank, in_class) in beam.items():
        both = in_blank + in_class
        last = prefix[-1:]
        again = float(row[ord(last)]) * in_class if last else 0.0
        old = grown.get(prefix, (0.0, 0.0))
        grown[prefix] = (old[0] + blank * both, old[1] + again)
        for char, value in values:
            longer = prefix + char
            gained = value * (in_blank if char == last else both)
            if gained > 0:
                old = grown.get(longer, (0.0, 0.0))
                grown[longer] = (old[0], old[1] + gained)
    return grown
