"""A rule: what it finds, where it applies, and what it does."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from redactor.findings import Action
from redactor.geometry import Box
from redactor.policy.files import RosterFile
from redactor.policy.labels import KNOWN_LABELS, TERM, UNREAD_INK, WITHOUT_TEXT
from redactor.policy.pages import Pages
from redactor.policy.values import (
    LABEL_SCHEMA,
    Choice,
    Citation,
    Code,
    NewLabel,
    Part,
    Pattern,
    RuleId,
    Texts,
    exactly_one,
    problem,
)
from redactor.words import Origin

MAX_FIND: Final = 100
MAX_PAGE_PT: Final = 14_400
"""The longest side of a page, in points (ISO 32000-1, annex C.2)."""

KINDS: Final = ("find", "pattern", "fields", "known", "area")
"""What says what a rule finds; a rule has exactly one of them."""


def _region(value: Any) -> Box:
    if isinstance(value, Box):
        return value
    numbers = value if isinstance(value, (list, tuple)) else ()
    if len(numbers) == 4 and all(_is_length(number) for number in numbers):
        x0, y0, x1, y1 = map(float, numbers)
        if x0 < x1 and y0 < y1:
            return Box(x0, y0, x1, y1)
    raise problem(
        "must be [x0, y0, x1, y1] in points from the top left of the page, "
        f"x0 < x1 and y0 < y1, from 0 to {MAX_PAGE_PT}"
    )


def _is_length(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and 0 <= value <= MAX_PAGE_PT


Region = Annotated[
    Box,
    PlainValidator(_region),
    PlainSerializer(Box.as_tuple),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": MAX_PAGE_PT},
            "minItems": 4,
            "maxItems": 4,
        }
    ),
]
Origins = Annotated[tuple[Annotated[Origin, Field(strict=False)], ...], Field(strict=False)]
Labels = Annotated[
    tuple[str, ...],
    Field(strict=False),
    WithJsonSchema(
        {
            "type": "array",
            # Known labels are offered; another may be the `as` of a rule in a policy extended.
            "items": {"anyOf": [{"enum": list(KNOWN_LABELS)}, LABEL_SCHEMA]},
            "minItems": 1,
            "maxItems": MAX_FIND,
        }
    ),
]
Count = Annotated[int, Field(ge=1, le=20)]


class Keep(Part):
    """The part of a finding that stays when the rest is redacted; exactly one key but `except`."""

    last: Count | None = None
    """How many of its last letters and digits stay."""

    first: Count | None = None
    """How many of its first letters and digits stay."""

    year: bool = False
    """The year of a date stays."""

    initials: bool = False
    """The first letter of each word of a name stays."""

    exceptions: Texts = Field(default=(), alias="except")
    """With `first`: what begins with one of these is redacted whole."""

    model_config = ConfigDict(json_schema_extra=exactly_one("last", "first", "year", "initials"))

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        for key in ("year", "initials"):
            if key in self.model_fields_set and not getattr(self, key):
                raise problem("must be true, or be left out", key)
        given = (self.last, self.first, self.year or None, self.initials or None)
        if sum(part is not None for part in given) != 1:
            raise problem('needs exactly one of "last", "first", "year" and "initials"')
        if self.exceptions and self.first is None:
            raise problem('belongs to "first"', "except")
        for index, text in enumerate(self.exceptions):
            if len(text) != self.first or not text.isalnum():
                raise problem(f"must be {self.first} letters or digits", "except", index)
        return self


class Rule(Part):
    """What to do with what is found in one of five ways (`KINDS`).

    A finding that does not lie on `pages`, in `region` (page space; the centers of all its boxes
    count) or was not read from one of `origin` is none of the rule's, nor are the texts in
    `unless`, nor ages up to `over`.
    """

    id: RuleId
    """The rule's name, by which decisions and policies that extend this one refer to it."""

    find: Labels | None = None
    """Labels of what detectors find, or of what other rules find (their `as`)."""

    pattern: Pattern | None = None
    """An RE2 expression; what it matches is found."""

    context: Texts = ()
    """With `pattern`: one of these must stand near the match."""

    fields: Texts | None = None
    """Captions of a form; the values filled in there are found."""

    known: RosterFile | None = None
    """A file of known people, relative to this one; wherever they are named is found."""

    area: Literal["all"] | None = None
    """All that stands on `pages`, in `region` or was written as in `origin` is found."""

    as_label: NewLabel | None = Field(default=None, alias="as")
    """The label of what the rule finds."""

    pages: Pages | None = None
    """The pages that the rule is for, from 1: "1, 3-5, 7-"."""

    region: Region | None = None
    """The place that the rule is for: [x0, y0, x1, y1] in points from the page's top left."""

    origin: Origins | None = None
    """How that must be written which the rule is for."""

    over: Annotated[int, Field(ge=0, le=150)] | None = None
    """With `find: [AGE]`: only ages of more years than these."""

    code: Code = ""
    """Printed on the box."""

    cite: Citation = ""
    """The law or order that the rule follows; for reports."""

    action: Choice = Action.REDACT
    """What happens to what is found; `review` leaves it to a person."""

    keep: Keep | None = None
    """The part of what is found that stays."""

    unless: Texts = ()
    """Texts that the rule leaves alone."""

    model_config = ConfigDict(
        json_schema_extra=exactly_one(*KINDS)
        | {
            "dependentRequired": {
                **{kind: ["as"] for kind in KINDS if kind != "find"},
                "context": ["pattern"],
                "over": ["find"],
            }
        }
    )
    later: ClassVar = frozenset(
        ("fields", "known", "area", "pages", "region", "origin", "over", "cite", "keep", "unless")
    )

    @property
    def kind(self) -> str:
        """Which of `KINDS` says what this rule finds."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that its findings bear."""
        return self.find or ((self.as_label,) if self.as_label else ())

    @property
    def is_conditional(self) -> bool:
        """Whether findings with its labels may still be another rule's."""
        conditions = (self.pages, self.region, self.origin, self.over, self.unless or None)
        return any(condition is not None for condition in conditions)

    @field_validator("find", "fields", mode="after")
    @classmethod
    def _some_but_not_many(
        cls, value: tuple[str, ...] | None, info: ValidationInfo
    ) -> tuple[str, ...] | None:
        if value is not None and not 1 <= len(value) <= MAX_FIND:
            what = "labels" if info.field_name == "find" else "captions"
            raise problem(f"must name 1 to {MAX_FIND} {what}")
        return value

    @field_validator("origin", mode="after")
    @classmethod
    def _some(cls, value: tuple[Origin, ...] | None) -> tuple[Origin, ...] | None:
        if value == ():
            raise problem("must not be empty")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise problem(f"needs exactly one of {_listed(KINDS, 'and')}")
        self._check_label(given[0])
        self._check_company(given[0])
        if self.keep:
            self._check_keep()
        return self

    def _check_label(self, kind: str) -> None:
        if kind == "find":
            if self.as_label is not None:
                raise problem(f"belongs to a rule with {_listed(KINDS[1:], 'or')}", "as")
        elif self.as_label is None:
            raise problem(f'a rule with "{kind}" needs "as", the label of what it finds')
        elif self.as_label in (TERM, UNREAD_INK):
            raise problem(f"{self.as_label} is reserved", "as")

    def _check_company(self, kind: str) -> None:
        if self.context and kind != "pattern":
            raise problem('belongs to a rule with "pattern"', "context")
        if self.over is not None and self.find != ("AGE",):
            raise problem("belongs to a rule with find: [AGE]", "over")
        if kind == "area" and not (self.pages or self.region or self.origin):
            raise problem('needs "pages", "region" or "origin": else it is all there is', "area")

    def _check_keep(self) -> None:
        if self.action is not Action.REDACT:
            raise problem(f"says what a redaction leaves, but the action is {self.action}", "keep")
        if self.area:
            raise problem("an area is taken whole", "keep")
        wordless = WITHOUT_TEXT.intersection(self.labels)
        if wordless:
            raise problem(f"{min(wordless)} has no text that could stay in part", "keep")


def _listed(words: tuple[str, ...], last: str) -> str:
    *others, final = (f'"{word}"' for word in words)
    return f"{', '.join(others)} {last} {final}"
