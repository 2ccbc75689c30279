"""Seeded changes to samples: other names, capitals, scanning noise, line breaks.

The corpora are mostly clean sentences in mixed case, while redaction meets scanned forms and
capitals. Each change is drawn from the random generator given, so a seed fixes the whole run.
"""

from __future__ import annotations

import random
import re

from training.ner import names
from training.ner.corpora import PERSON, Sample

Edit = tuple[int, int, str]

_CONFUSIONS = {
    "l": "1I", "I": "l1|", "1": "lI", "O": "0", "0": "O", "o": "0c", "e": "c", "c": "e", "S": "5",
    "5": "S", "B": "8", "8": "B", "Z": "2", "a": "o", "n": "u", "u": "n", "i": "lj", "t": "f",
    "f": "t", "h": "b", "g": "q", "D": "O", "E": "F", "G": "C", "U": "V",
}  # fmt: skip
_MERGED = {"rn": "m", "m": "rn", "cl": "d", "vv": "w", "w": "vv", "li": "h", "ri": "n"}


def apply_edits(sample: Sample, edits: list[Edit]) -> Sample:
    """Replace stretches of the text and move every span along with it.

    An offset inside a replaced stretch widens its span to that stretch's edge.
    """
    pieces: list[str] = []
    starts: list[int] = []  # new offset of each old offset, when it opens a span
    ends: list[int] = []  # and when it closes one
    last, length = 0, 0
    for start, end, new in [*sorted(edits), (len(sample.text), len(sample.text), "")]:
        if start < last:
            continue
        pieces += [sample.text[last:start], new]
        plain = range(length, length + start - last)
        starts += plain
        ends += plain
        length += start - last
        starts += [length] * (end - start)
        ends += [length, *[length + len(new)] * (end - start - 1)][: end - start]
        length += len(new)
        last = end
    starts.append(length)
    ends.append(length)
    text = "".join(pieces)
    spans = [(starts[s], _unblank(text, ends[e]), k) for s, e, k in sample.spans]
    gaps = [(starts[s], ends[e]) for s, e in sample.missing]
    return Sample(text, [s for s in spans if s[0] < s[1]], gaps)


def _unblank(text: str, end: int) -> int:
    """Step back over blanks, with which no entity may end."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _each_char(sample: Sample, change: str) -> Sample:
    """Change case one character at a time, since some letters would change their length."""
    turned = [getattr(c, change)() for c in sample.text]
    text = "".join(t if len(t) == 1 else c for c, t in zip(sample.text, turned, strict=True))
    return Sample(text, sample.spans, sample.missing)


def swap_names(sample: Sample, rng: random.Random) -> Sample:
    """Give persons other names, the same name for the same person, so that context must carry."""
    fresh: dict[str, str] = {}
    edits: list[Edit] = []
    for start, end, label in sample.spans:
        old = sample.text[start:end]
        if label == PERSON:
            edits.append((start, end, fresh.setdefault(old, names.like(old, rng))))
    return apply_edits(sample, edits)


def capitals(sample: Sample, rng: random.Random) -> Sample:
    """The whole sample in capitals."""
    return _each_char(sample, "upper")


def lowercase(sample: Sample, rng: random.Random) -> Sample:
    """The whole sample without capitals, as people type in messages."""
    return _each_char(sample, "lower")


def title_case(sample: Sample, rng: random.Random) -> Sample:
    """Capitalize every word, so that a capital alone does not make a name."""
    text = re.sub(r"\b[a-z]", lambda m: m.group().upper(), sample.text)
    return Sample(text, sample.spans, sample.missing)


def capital_names(sample: Sample, rng: random.Random) -> Sample:
    """Capitals for the persons alone, as in captions and signature blocks."""
    edits = [(s, e, sample.text[s:e].upper()) for s, e, k in sample.spans if k == PERSON]
    return apply_edits(sample, edits)


def scan_noise(sample: Sample, rng: random.Random) -> Sample:
    """A few letters misread, as recognition of a scan does."""
    edits: list[Edit] = []
    for offset, char in enumerate(sample.text):
        if rng.random() > 0.025:
            continue
        pair = sample.text[offset : offset + 2]
        if pair in _MERGED:
            edits.append((offset, offset + 2, _MERGED[pair]))
        elif char in _CONFUSIONS:
            edits.append((offset, offset + 1, rng.choice(_CONFUSIONS[char])))
    return apply_edits(sample, edits)


def rewrap(sample: Sample, rng: random.Random) -> Sample:
    """Break lines at a column, also inside names, as a PDF's text comes."""
    width, column = rng.randint(30, 100), 0
    edits: list[Edit] = []
    for match in re.finditer(r"\S+(\s*)", sample.text):
        column += len(match.group())
        if "\n" in match.group(1):
            column = 0
        elif column > width and match.group(1):
            edits.append((match.start(1), match.end(1), "\n"))
            column = 0
    return apply_edits(sample, edits)


def unpunctuate(sample: Sample, rng: random.Random) -> Sample:
    """Take the sentence ends away, as forms and notes do."""
    edits = [
        (m.start(), m.end(), rng.choice((" ", "\n")))
        for m in re.finditer(r"(?<=[a-z)])[.;:]\s+", sample.text)
    ]
    return apply_edits(sample, edits)


def squeeze(sample: Sample, rng: random.Random) -> Sample:
    """One blank for many, because some extractors keep columns and others don't."""
    edits = [(m.start(), m.end(), " ") for m in re.finditer(r"[ \t]{2,}", sample.text)]
    return apply_edits(sample, edits)


def augment(sample: Sample, rng: random.Random) -> Sample:
    """Draw which of the changes above a sample undergoes."""
    if rng.random() < 0.45:
        sample = swap_names(sample, rng)
    if rng.random() < 0.5:
        sample = squeeze(sample, rng)
    if rng.random() < 0.12:
        sample = unpunctuate(sample, rng)
    if rng.random() < 0.25:
        sample = rewrap(sample, rng)
    case = rng.random()
    if case < 0.13:
        sample = capitals(sample, rng)
    elif case < 0.19:
        sample = capital_names(sample, rng)
    elif case < 0.23:
        sample = title_case(sample, rng)
    elif case < 0.29:
        sample = lowercase(sample, rng)
    if rng.random() < 0.1:
        sample = scan_noise(sample, rng)
    return sample
