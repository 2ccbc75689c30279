"""Measures single handwritten names, cut from forms: read exactly, or among the likeliest readings.

A name counts as found where its words stand in a row in what was read: parts of a printed label
or of the fields beside it may show in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.datasets import LabelName
from benchmarks.readers import Reader
from benchmarks.scores import tokens
from redactor.ink import PageImage
from redactor.ocr.engine import PaddleRecognizer
from redactor.ocr.lattice import n_best

_TOP = 5


def exact(names: Sequence[LabelName], read: Reader) -> float:
    """The share of names that a reader reads."""
    texts = (" ".join(word.text for word in read(name.image())) for name in names)
    return _share(holds(text, name.text) for text, name in zip(texts, names, strict=True))


def in_top(names: Sequence[LabelName]) -> float:
    """The share of names that are in one of the likeliest readings of a line, as we read it."""
    return _share(
        any(holds(text, name.text) for text in readings(name.image(), _TOP)) for name in names
    )


def readings(image: PageImage, n: int) -> Iterable[str]:
    """The `n` likeliest readings of each line of an image, and the one that we take."""
    for line in PaddleRecognizer().read(image):
        yield line.text
        if line.lattice:
            yield from (reading.text for reading in n_best(line.lattice, n))


def holds(text: str, name: str) -> bool:
    """Whether the words of a name stand in a row in a text."""
    return f" {' '.join(tokens(name))} " in f" {' '.join(tokens(text))} "


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / max(len(values), 1)
