"""The sample documents and the truth about them, as the tests see them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from redactor.geometry import Box

SAMPLES = Path(__file__).parent.parent / "sample_docs"
NAMES = tuple(sorted(path.stem for path in SAMPLES.glob("*.pdf")))


@dataclass(frozen=True)
class TrueWord:
    """A word of a truth file; `box` is in page space, None where the word is not on a page."""

    page: int
    text: str
    box: Box | None
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Truth:
    """What a sample holds: identifiers (whole texts, and their words), and words that must stay."""

    identifiers: tuple[tuple[str, str], ...]
    secret: tuple[TrueWord, ...]
    keep: tuple[TrueWord, ...]


def sample(name: str) -> Path:
    return SAMPLES / f"{name}.pdf"


def truth(name: str) -> Truth:
    data = json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8"))
    return Truth(
        tuple((entry["label"], entry["text"]) for entry in data["identifiers"]),
        tuple(
            TrueWord(entry["page"], word["text"], _box(word["box"]), entry["kind"], entry["label"])
            for entry in data["identifiers"]
            for word in entry["words"]
        ),
        tuple(
            TrueWord(entry["page"], entry["text"], _box(entry["box"]), entry["kind"])
            for entry in data["keep"]
        ),
    )


def _box(value: list[float] | None) -> Box | None:
    return Box(*value) if value else None
