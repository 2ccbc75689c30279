"""What stays of a document beside its pages, once it has passed the detectors."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field

from redactor.navigation import LANGUAGE, Aid, is_language
from redactor.policy.values import Part, problem, string_schema

MAX_TITLE: Final = 300
_NEVER_KEPT: Final = {
    "tags": "they would point to content that redaction takes apart",
    "form_structure": "fields are made part of the page, where they are redacted",
}


def _possible(value: Any) -> Any:
    if isinstance(value, str) and value in _NEVER_KEPT:
        raise problem(f"cannot be kept: {_NEVER_KEPT[value]}")
    return value


def _each_once(value: tuple[Aid, ...]) -> tuple[Aid, ...]:
    for index, aid in enumerate(value):
        if aid in value[:index]:
            raise problem("is listed twice", index)
    return value


def _title(value: str) -> str:
    if value.strip() and value.isprintable() and len(value) <= MAX_TITLE:
        return value
    raise problem(f"must be one line of 1 to {MAX_TITLE} printable characters")


def _language(value: str) -> str:
    if is_language(value):
        return value
    raise problem("must be a language tag such as en, en-US or zh-Hant-TW (BCP 47)")


Kept = Annotated[Aid, Field(strict=False), BeforeValidator(_possible)]
KeptOnes = Annotated[
    tuple[Kept, ...],
    Field(strict=False, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_each_once),
]
Title = Annotated[str, AfterValidator(_title), string_schema(pattern=r"\S", maxLength=MAX_TITLE)]
Language = Annotated[str, AfterValidator(_language), string_schema(pattern=f"^{LANGUAGE}$")]


class DocumentParts(Part):
    """What the output has beside its pages. Every text in it passes the same rules as the pages."""

    keep: KeptOnes = ()
    """What of the document's own is kept: bookmarks, links, page_labels, title."""

    title: Title | None = None
    """The title of the output; where the document's own is kept, in place of one that fails."""

    language: Language | None = None
    """The language of the output; the document's own if left out."""
