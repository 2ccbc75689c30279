"""How a document is to be read: with how much effort, by which engine, with whose help."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PADDLE: Final = "paddle"
"""The engine that is used where none is named."""
LEXICON_WEIGHT: Final = 0.65
"""Of a word's log prior beside the log of its probability in the pixels (see `ocr/choose.py`)."""


class Mode(StrEnum):
    """`ocr` reads print only and fastest, `icr` print and handwriting.

    `vlm` is `icr`, after which a vision-language model reads the uncertain lines again.
    """

    OCR = "ocr"
    ICR = "icr"
    VLM = "vlm"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: `url` up to and without `/chat/completions`, and its model.

    `key` is sent as a bearer token where it is not empty; it is never shown or saved.
    """

    url: str
    model: str
    key: str = field(default="", repr=False, compare=False)

    @property
    def host(self) -> str:
        """ "host:port", as a policy names it, whatever the URL leaves out."""
        parts = urlsplit(self.url)
        name = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """All that decides how pages are read, but the pages' resolution.

    `vlm` is there if and only if the mode is `vlm`; `vlm_hosts` ("host:port") are the machines
    other than this one that it may be on. Words read with less confidence than `reread_below` make
    a line uncertain. `model` is the folder of a recognizer of the user's own, for engine `paddle`.
    """

    mode: Mode = Mode.ICR
    engine: str = PADDLE
    vlm: Endpoint | None = None
    vlm_hosts: tuple[str, ...] = ()
    reread_below: float = 0.5
    model: Path | None = None

    def __post_init__(self) -> None:
        """Raises ValueError where mode and endpoint do not go together."""
        if (self.mode is Mode.VLM) != (self.vlm is not None):
            raise ValueError("an endpoint belongs to mode vlm, and mode vlm to an endpoint")

    @property
    def lexicon_weight(self) -> float:
        """How much the lexicon counts; 0 where it has no say."""
        return LEXICON_WEIGHT if self.engine == PADDLE and self.mode is not Mode.OCR else 0.0

    def without_access(self) -> ReadingSettings:
        """The same fit for a plan, which may ask for an endpoint but not grant the way to it.

        Nor does it say where a model lies; its `models` name it by digest.
        """
        return replace(self, vlm=self.vlm and replace(self.vlm, key=""), vlm_hosts=(), model=None)


DEFAULT = ReadingSettings()


@dataclass(frozen=True, slots=True)
class Rereading:
    """What came of asking the endpoint: lines sent, and what became of its words.

    `accepted` words took the place of ours, `rejected` ones have no support in the pixels or no
    place; `malformed` counts answers that could not be used at all.
    """

    lines: int = 0
    accepted: int = 0
    rejected: int = 0
    malformed: int = 0

    def __add__(self, other: Rereading) -> Rereading:
        return Rereading(
            self.lines + other.lines,
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.malformed + other.malformed,
        )


NOT_REREAD = Rereading()
