"""What detectors of text produce: character spans, before they become findings on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]` of some text is a `label`, says `detector`, with a score of 0-1."""

    start: int
    end: int
    label: str
    score: float
    detector: str


class TextDetector(Protocol):
    """Finds spans in plain text. Lines are separated by a line feed, words by a blank."""

    name: str

    def spans(self, text: str) -> Iterable[Span]: ...
