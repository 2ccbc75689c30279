"""What an audit finds. Found text is somebody else's secret: it is never in a repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from redactor.geometry import Box


class Kind(StrEnum):
    """Ways to leak. The first six are the names of Free Law Project's x-ray for the same."""

    TEXT_UNDER_RECTANGLE = "TEXT_UNDER_RECTANGLE"
    TEXT_UNDER_IMAGE = "TEXT_UNDER_IMAGE"
    UNAPPLIED_REDACT_ANNOTATION = "UNAPPLIED_REDACT_ANNOTATION"
    DARK_HIGHLIGHT_ANNOTATION = "DARK_HIGHLIGHT_ANNOTATION"
    CROSS_HATCHED_PATTERN = "CROSS_HATCHED_PATTERN"
    TOC_BOOKMARK_LEAK = "TOC_BOOKMARK_LEAK"
    TEXT_UNDER_ANNOTATION = "TEXT_UNDER_ANNOTATION"
    IMAGE_UNDER_RECTANGLE = "IMAGE_UNDER_RECTANGLE"
    LOW_CONTRAST_TEXT = "LOW_CONTRAST_TEXT"
    INVISIBLE_TEXT = "INVISIBLE_TEXT"
    OCR_TEXT_UNDER_BOX = "OCR_TEXT_UNDER_BOX"
    CLIPPED_TEXT = "CLIPPED_TEXT"
    OFF_PAGE_TEXT = "OFF_PAGE_TEXT"
    HIDDEN_LAYER_TEXT = "HIDDEN_LAYER_TEXT"
    PIXELATED_IMAGE = "PIXELATED_IMAGE"
    BLURRED_IMAGE = "BLURRED_IMAGE"
    CROPPED_IMAGE = "CROPPED_IMAGE"
    ACTUAL_TEXT = "ACTUAL_TEXT"
    ALTERNATE_TEXT = "ALTERNATE_TEXT"
    FORM_VALUE = "FORM_VALUE"
    ANNOTATION_TEXT = "ANNOTATION_TEXT"
    OLD_REVISION = "OLD_REVISION"
    ORPHAN_OBJECT = "ORPHAN_OBJECT"
    DATA_AFTER_END = "DATA_AFTER_END"
    ATTACHMENT = "ATTACHMENT"
    METADATA = "METADATA"


class Level(StrEnum):
    """Whether a reader gets at what the page hides, or only at what nearly every file carries."""

    LEAK = "leak"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Leak:
    """One place where a document says more than it shows.

    `page` counts from 1, 0 is the document as a whole; `box` is in page space, None where there
    is no place. `characters` counts what was found there (0 for pictures), `text` is that.
    """

    kind: Kind
    page: int
    box: Box | None = None
    text: str = field(default="", repr=False)
    level: Level = Level.LEAK

    @property
    def characters(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Audit:
    """All that was found in a file, in page order, those of the document as a whole first."""

    path: Path
    n_pages: int
    found: tuple[Leak, ...]

    def of(self, level: Level) -> tuple[Leak, ...]:
        return tuple(leak for leak in self.found if leak.level is level)
