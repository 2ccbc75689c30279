"""Measures single handwritten names, cut from forms: read exactly, or among the likeliest readings.

A name counts as found where its words stand in a row in what was read: parts of a printed label
or of the fields beside it may show in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from benchmarks.datasets import LabelName
from benchmarks.readers import Reader
from benchmarks.scores import tokens
from redactor.ocr.engine import PaddleRecognizer
from redactor.ocr.lattice import n_best
from redactor.words import Line, Word

_TOP = 5


def exact(names: Sequence[LabelName], read: Reader) -> float:
    """The share of names that a reader reads."""
    texts = (" ".join(word.text for word in read(name.image())) for name in names)
    return _share(holds(text, name.text) for text, name in zip(texts, names, strict=True))


def in_top(names: Sequence[LabelName]) -> float:
    """The share of names that are in one of the five likeliest readings of a line, as we read it.

    Readings that differ in case or marks alone are one.
    """
    return _share(_is_in_top(name) for name in names)


def _is_in_top(name: LabelName) -> bool:
    lines = PaddleRecognizer().read(name.image())
    whole = " ".join(line.text for line in lines)
    texts = (whole, *(text for line in lines for text in readings(line)))
    return any(holds(text, name.text) for text in texts)


def readings(line: Line) -> list[str]:
    """The likeliest readings of a line: the one that we take, and by turns its words' alternatives
    and the likeliest texts of its lattice.
    """
    ranks = range(max(len(word.alternatives) for word in line.words))
    alternatives = [" ".join(_ranked(word, rank) for word in line.words) for rank in ranks]
    texts = [r.text for r in n_best(line.lattice, 2 * _TOP)] if line.lattice else []
    turns = (text for pair in zip_longest(alternatives, texts) for text in pair if text)
    distinct = {tuple(tokens(text)): text for text in reversed([line.text, *turns])}
    return list(reversed(distinct.values()))[:_TOP]


def _ranked(word: Word, rank: int) -> str:
    return word.alternatives[rank] if rank < len(word.alternatives) else word.text


def holds(text: str, name: str) -> bool:
    """Whether the words of a name stand in a row in a text."""
    return f" {' '.join(tokens(name))} " in f" {' '.join(tokens(text))} "


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / max(len(values), 1)
