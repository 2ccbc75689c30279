"""A sample of what stays in a redacted PDF, and what a person found who checked it, as a statement.

It is signed by itself and names the report's digest, so that the report's own signature stays as
it is. Places are page and box, never text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from redactor.codec import build, decoder, encode, keys
from redactor.geometry import Box
from redactor.parts import Count, Digest, Moment, Ordinal, Part, Share, hints
from redactor.report import OutputInfo, ToolInfo
from redactor.statement import envelop, opened
from redactor.strict_json import canonical_json, strict_json

REVIEW_TYPE: Final = "urn:redactor:predicate:quality-review:v1"


class PlaceKind(StrEnum):
    """What is to be looked at: a word, a place that looks like writing, or a whole page."""

    WORD = "word"
    UNREAD = "unread"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Place(Part):
    """A place of the redacted PDF, in page space."""

    kind: PlaceKind
    page: Ordinal
    box: Box


@dataclass(frozen=True, slots=True)
class Sample(Part):
    """Places drawn by lot: words and unread ink first, then whole pages.

    `report` is the SHA-256 of the report's file, `output` of the PDF; `population` counts the
    words and places that the draw was from.
    """

    report: Digest
    output: Digest
    seed: str
    population: Count
    places: tuple[Place, ...]

    @property
    def words(self) -> tuple[Place, ...]:
        """Those that are not whole pages."""
        return tuple(place for place in self.places if place.kind is not PlaceKind.PAGE)

    @property
    def pages(self) -> tuple[Place, ...]:
        """Those that are whole pages."""
        return tuple(place for place in self.places if place.kind is PlaceKind.PAGE)


def sample_digest(sample: Sample) -> str:
    """The SHA-256 (hex) of a sample's canonical JSON."""
    return hashlib.sha256(canonical_json(encode(sample))).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked(Part):
    """How many places were drawn and checked, of how many; what was missed, and what follows."""

    checked: Count
    """How many were drawn by lot and checked."""

    population: Count
    """How many there were to draw from."""

    missed: Count
    """How many of those checked tell what should have gone."""

    bound: Share
    """The rate of misses among all of them that is not exceeded, at the review's confidence."""

    def __post_init__(self) -> None:
        Part.__post_init__(self)  # super() does not work in a slotted dataclass of 3.11
        if self.missed > self.checked:
            raise ValueError("missed: must be at most checked")


@dataclass(frozen=True, slots=True)
class QualityReview(Part):
    """What a person found who checked a sample."""

    output: OutputInfo
    """The PDF that was checked."""

    report: Digest
    """SHA-256 of the file of the report on it."""

    sample: Digest
    """SHA-256 of the sample, which `redactor report sample` prints when it is drawn again."""

    seed: str
    """What the lot followed from."""

    words: Checked
    """Words, and places that look like writing, that were not redacted."""

    pages: Checked
    """Whole pages."""

    confidence: Share
    """That of the bounds: how seldom they are wrong."""

    by: str
    """The name of the person who checked."""

    created: Moment
    """When the result was entered, RFC 3339 in UTC."""

    tool: ToolInfo
    """The program that drew and counted."""


def to_bytes(review: QualityReview) -> bytes:
    """The statement's canonical bytes: what gets signed."""
    predicate = encode(review)
    del predicate["output"]
    return canonical_json(envelop(review.output, REVIEW_TYPE, predicate))


def from_bytes(data: bytes) -> QualityReview:
    """The inverse. Raises ValueError naming the key that is wrong, as `statement.from_bytes`."""
    output, found = opened(strict_json(data), REVIEW_TYPE)
    names = [f.name for f in fields(QualityReview) if f.name != "output"]
    predicate = keys(found, "predicate", names)
    types = hints(QualityReview)
    values: dict[str, Any] = {
        name: decoder(types[name])(predicate[name], f"predicate.{name}") for name in names
    }
    return build(QualityReview, {"output": output, **values}, "predicate")
