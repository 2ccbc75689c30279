"""What the stages of the pipeline hand to each other for one whole document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redactor.findings import Redaction
from redactor.modes import NOT_REREAD, Rereading
from redactor.pdf.intake import Source
from redactor.plan import Plan
from redactor.report import Check, PdfSignatureInfo
from redactor.words import Page

Tick = Callable[[str, int, int], None]
"""Progress: the stage, how many pages are done, of how many."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read; `rereading` counts what a model on an endpoint was asked."""

    source: Source
    pages: tuple[Page, ...]
    rereading: Rereading


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that was read and decided on; `model` is the folder of a model of the user's own
    that read it, which the plan knows by its digest only.
    """

    source: Source
    pages: tuple[Page, ...]
    plan: Plan
    rereading: Rereading = NOT_REREAD
    model: Path | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A verified output, not yet published.

    `rebuilt` says why for each page that was made anew from its pixels; `sanitized` counts what
    was left out of the document; `removed` are the texts that are gone from all of it; `mode` says
    which pages were to be rebuilt; `signature` is the one that the output carries, if any;
    `obscured` are the pages with a mosaic or a blur in a picture.
    """

    output: bytes = field(repr=False)
    redactions: tuple[Redaction, ...]
    rebuilt: Mapping[int, str]
    sanitized: tuple[tuple[str, int], ...]
    checks: tuple[Check, ...]
    removed: tuple[str, ...] = field(default=(), repr=False)
    mode: str = "auto"
    signature: PdfSignatureInfo | None = None
    obscured: tuple[int, ...] = ()


def no_tick(stage: str, done: int, total: int) -> None:
    """Shows no progress."""
