"""Settles what each word of a read line says: the posteriors against what a text is likely to say.

A word of the best path is weighed against the other readings of its steps and against listed words
that few edits lead to, each by the probability of all its paths (forced CTC; Graves et al. 2006)
and a little of its prior: how often it stands in open text, and beside which words. The prior
cannot invent: it decides only among readings that the pixels make about as likely, it never touches
digits, capitals or codes, and a word that it changed keeps the reading of the pixels as its first
alternative. Its weight is in what a reading reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from redactor.modes import LEXICON_WEIGHT
from redactor.ocr import lexicon
from redactor.ocr.ground import Char, best_path, certainty, split_words
from redactor.ocr.lattice import align, classes_of, n_best
from redactor.words import Lattice

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How far the prior goes; the scalars were chosen on handwritten pages (training/lexicon).

    `weight` multiplies the log prior (0: no prior), `pair_weight` what a word gains by the word
    before it. `margin` is how many nats less likely than the likeliest reading a word may be in
    the pixels. A word whose every character is at least `sure` is left alone. `neighbors` listed
    words and `readings` of the steps themselves are weighed.
    """

    weight: float = LEXICON_WEIGHT
    pair_weight: float = 0.5
    margin: float = 12.0
    sure: float = 0.99
    neighbors: int = 40
    readings: int = 5


SETTINGS = Settings()
WITHOUT = replace(SETTINGS, weight=0.0, pair_weight=0.0)
_ALTERNATIVES = 5
_FLOOR = 1e-6  # of a probability: one lost step is dear but does not rule a reading out
_NEVER = -1e9
_SHORT = 8  # steps after which sums are scaled, so that they do not vanish


@dataclass(frozen=True, slots=True)
class Chosen:
    """A word as settled on.

    `chars` are its characters in the lattice's steps. `share` (0-1) is its part of the weight of
    all readings that were considered, marks and case aside. `support` is the natural log of its
    probability in the pixels for each character, `conceded` by how many nats the pixels'
    likeliest reading was likelier: above 0 the prior overruled it. `alternatives` are others, best
    first, that overruled reading before all.
    """

    chars: tuple[Char, ...] = field(repr=False)
    share: float = 1.0
    support: float = 0.0
    conceded: float = 0.0
    alternatives: tuple[str, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        return _text(self.chars)


def with_other_view(
    words: Sequence[Chosen], lattice: Lattice, other: Lattice
) -> tuple[Chosen, ...]:
    """The words with what another view of their line says in their place as an alternative.

    `words` were chosen in `lattice`. The views differ in width at most, so that a place is a
    share of the line. Of two readings with digits the surer one counts, word by word: how a line
    reads best says little of its numbers.
    """
    scale = len(lattice.posteriors) / len(other.posteriors)
    parts = [_scaled(part, scale) for part in split_words(best_path(other))]
    return tuple(_joined(word, [p for p in parts if _is_inside(p, word.chars)]) for word in words)


def _scaled(chars: Sequence[Char], scale: float) -> tuple[Char, ...]:
    """Characters with their steps as those of a lattice that many times as long."""
    starts = [int(char.start * scale) for char in chars]
    ends = [max(start + 1, int(c.end * scale)) for start, c in zip(starts, chars, strict=True)]
    return tuple(
        replace(c, start=start, end=end) for c, start, end in zip(chars, starts, ends, strict=True)
    )


def _is_inside(part: Sequence[Char], chars: Sequence[Char]) -> bool:
    """Whether the middle of a part lies in the steps of a word."""
    return chars[0].start <= (part[0].start + part[-1].end) / 2 < chars[-1].end


def _joined(word: Chosen, parts: Sequence[Sequence[Char]]) -> Chosen:
    text = " ".join(_text(part) for part in parts)
    if not text or text == word.text:
        return word
    surer = len(parts) == 1 and certainty(parts[0]) > certainty(word.chars)
    if surer and _has_digits(text) and _has_digits(word.text):
        ordered = dict.fromkeys((word.text, *word.alternatives))
        return replace(word, chars=tuple(parts[0]), alternatives=tuple(ordered))
    overruled = word.alternatives[: int(word.conceded > 0)]  # goes before all
    ordered = dict.fromkeys((*overruled, text, *word.alternatives))
    return replace(word, alternatives=tuple(ordered))


def _text(chars: Sequence[Char]) -> str:
    return "".join(char.char for char in chars)


def _has_digits(text: str) -> bool:
    return any(char.isdigit() for char in text)


@dataclass(frozen=True, slots=True)
class _Segment:
    """A word of the best path and the steps [start, end) between the blanks beside it."""

    chars: tuple[Char, ...] = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        return _text(self.chars)

    @property
    def least(self) -> float:
        return min(char.probability for char in self.chars)


def choose(lattice: Lattice, with_prior: bool) -> tuple[Chosen, ...]:
    """The words of a line, left to right, with or without help from the lexicon."""
    return chosen(lattice, SETTINGS if with_prior else WITHOUT)


def chosen(lattice: Lattice, settings: Settings) -> tuple[Chosen, ...]:
    """The words of a line, left to right."""
    segments = tuple(_segments(lattice))
    uncertain = [s for s in segments if s.least < settings.sure]
    listed = dict(zip(uncertain, _listed(uncertain, settings), strict=True))
    weighed = [
        _weighed(lattice, s, listed[s], settings) if s in listed else _Weighed.sure(s)
        for s in segments
    ]
    if settings.pair_weight:
        weighed = _in_context(weighed, settings)
    return tuple(_settled(lattice, readings) for readings in weighed)


def _segments(lattice: Lattice) -> Iterator[_Segment]:
    chars = best_path(lattice)
    words = split_words(chars)
    blanks = [char for char in chars if char.char == " "]
    ends = [blank.start for blank in blanks] + [len(lattice.posteriors)]
    starts = [0] + [blank.end for blank in blanks]
    for before, after in pairwise(words):  # two words may have no blank between them
        if not any(before[-1].end <= blank.start <= after[0].start for blank in blanks):
            ends.append(before[-1].end)
            starts.append(before[-1].end)
    for word in words:
        start = max(s for s in starts if s <= word[0].start)
        yield _Segment(word, start, min(e for e in ends if e >= word[-1].end))


def _parts(text: str) -> tuple[str, str, str]:
    """A word's leading marks, its core, and its trailing marks."""
    core = text.strip("".join(char for char in text if not char.isalnum()))
    start = text.find(core)
    return text[:start], core, text[start + len(core) :]


def core_of(text: str) -> str:
    """A word without the marks before and after it."""
    return _parts(text)[1]


def _has_prior(core: str) -> bool:
    """Whether a word is of the kind that the lexicon knows: no digits, no capitals, no code."""
    capitals = len(core) > 1 and core.isupper()
    return bool(core) and not capitals and not _has_digits(core)


def _listed(segments: Sequence[_Segment], settings: Settings) -> list[tuple[str, ...]]:
    """Listed words near each segment's, in its dress: marks and capital letter kept."""
    parts = [_parts(segment.text) for segment in segments]
    known = [bool(settings.weight) and _has_prior(core) for _, core, _ in parts]
    cores = [core for (_, core, _), is_known in zip(parts, known, strict=True) if is_known]
    near = iter(lexicon.neighbors(cores, settings.neighbors))
    return [
        tuple(before + word + after for listed in next(near) for word in _cased(listed, core))
        if is_known
        else ()
        for (before, core, after), is_known in zip(parts, known, strict=True)
    ]


def _cased(word: str, like: str) -> tuple[str, ...]:
    return (word[:1].upper() + word[1:], word) if like[:1].isupper() else (word,)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The readings of a segment: the natural log of each one's probability in the pixels (`seen`),
    and of its weight, all considered (`total`)."""

    segment: _Segment
    texts: tuple[str, ...] = field(repr=False)
    seen: FloatArray = field(repr=False)
    total: FloatArray = field(repr=False)

    @classmethod
    def sure(cls, segment: _Segment) -> _Weighed:
        """A segment that says one thing only."""
        return cls(segment, (segment.text,), np.zeros(1), np.zeros(1))


def _weighed(
    lattice: Lattice, segment: _Segment, listed: Sequence[str], settings: Settings
) -> _Weighed:
    """The readings of a segment that may stand there, each weighed for itself."""
    texts = _candidates(lattice, segment, listed, settings)
    seen = likelihoods(lattice, texts, segment.start, segment.end)
    total = seen + _priors(segment, texts, settings)
    total[seen < seen.max() - settings.margin] = _NEVER
    return _Weighed(segment, tuple(texts), seen, total)


def _in_context(line: Sequence[_Weighed], settings: Settings) -> list[_Weighed]:
    """The same readings, each with the weight of the best line of words that it stands in.

    That is how the words of the likeliest line are found (Viterbi), and how much every other
    reading would cost it.
    """
    gains = [_gains(a, b, settings) for a, b in pairwise(line)]
    before = [np.zeros(len(readings.texts)) for readings in line]
    after = [np.zeros(len(readings.texts)) for readings in line]
    for k, gain in enumerate(gains):
        before[k + 1] = ((before[k] + line[k].total)[:, None] + gain).max(axis=0)
    for k, gain in reversed(list(enumerate(gains))):
        after[k] = (gain + after[k + 1] + line[k + 1].total).max(axis=1)
    return [
        replace(readings, total=np.where(readings.total > _NEVER, readings.total + b + a, _NEVER))
        for readings, b, a in zip(line, before, after, strict=True)
    ]


def _gains(first: _Weighed, second: _Weighed, settings: Settings) -> FloatArray:
    """What each reading of a word gains by each of the word before it, (before, after)."""
    if not all(_has_prior(core_of(readings.segment.text)) for readings in (first, second)):
        return np.zeros((len(first.texts), len(second.texts)))
    cores = [[core_of(text) for text in readings.texts] for readings in (first, second)]
    return settings.pair_weight * lexicon.pair_gains(*cores)


def _settled(lattice: Lattice, readings: _Weighed) -> Chosen:
    """The likeliest reading of a segment."""
    segment, texts, seen, total = readings.segment, readings.texts, readings.seen, readings.total
    order = np.argsort(-total, kind="stable").tolist()
    first = order[0]
    best, pixels = texts[first], texts[int(seen.argmax())]
    ranked = [pixels, *(texts[k] for k in order if total[k] > _NEVER)]
    others = tuple(text for text in dict.fromkeys(ranked) if text != best)
    weights = np.exp(np.maximum(total - total[first], -700.0))
    alike = np.array([core_of(text).casefold() == core_of(best).casefold() for text in texts])
    chars = segment.chars
    if best != segment.text:
        chars = align(lattice, best, segment.start, segment.end).chars or chars
    return Chosen(
        chars,
        float(weights[alike].sum() / weights.sum()),
        float(seen[first]) / len(best),
        float(seen.max() - seen[first]),
        others[:_ALTERNATIVES],
    )


def _candidates(
    lattice: Lattice, segment: _Segment, listed: Sequence[str], settings: Settings
) -> list[str]:
    """The best path first, then other readings of its steps, then listed words."""
    readings = n_best(lattice, settings.readings, segment.start, segment.end)
    known = classes_of(lattice.alphabet)
    words = [r.text.strip() for r in readings if r.text.strip()]
    texts = dict.fromkeys([segment.text, *words, *listed])
    return [t for t in texts if " " not in t and all(char in known for char in t)]


def _priors(segment: _Segment, texts: Sequence[str], settings: Settings) -> FloatArray:
    """The weighed log prior of each reading; 0 where the lexicon has no say."""
    if not settings.weight or not _has_prior(core_of(segment.text)):
        return np.zeros(len(texts))
    return settings.weight * np.array([lexicon.log_prior(core_of(text)) for text in texts])


def likelihoods(lattice: Lattice, texts: Sequence[str], start: int, end: int) -> FloatArray:
    """The natural log of the probability that the steps [start, end) spell each text.

    The probabilities of all paths are added (the forward sums of Graves et al. 2006), for all
    texts at once. A text too long for the steps gets -1e9. Texts hold at least one character, all
    of the lattice's alphabet.
    """
    known = classes_of(lattice.alphabet)
    lengths = np.array([len(text) for text in texts])
    labels = np.zeros((len(texts), 2 * lengths.max() + 1), np.intp)
    for row, text in zip(labels, texts, strict=True):
        row[1 : 2 * len(text) : 2] = [known[char] for char in text]
    skips = np.zeros(labels.shape)  # from character to character, where they differ
    skips[:, 3::2] = labels[:, 3::2] != labels[:, 1:-2:2]
    rows = np.maximum(lattice.posteriors[start:end], _FLOOR).astype(np.float64)
    emitted = rows[:, labels]
    sums = np.zeros(labels.shape)
    sums[:, :2] = emitted[0, :, :2]
    scale = np.zeros(len(texts))
    for step in range(1, len(emitted)):
        moved = sums.copy()
        moved[:, 1:] += sums[:, :-1]
        moved[:, 2:] += sums[:, :-2] * skips[:, 2:]
        sums = moved * emitted[step]
        if step % _SHORT == 0:
            most = np.maximum(sums.max(axis=1), 1e-300)
            sums /= most[:, None]
            scale += np.log(most)
    each = np.arange(len(texts))
    both = sums[each, 2 * lengths] + sums[each, 2 * lengths - 1]
    return np.where(both > 0, np.log(np.maximum(both, 1e-300)) + scale, _NEVER)
