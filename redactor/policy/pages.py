"""Which pages a rule is for: "1, 3-5, 7-"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, Self

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from redactor.policy.values import problem

MAX_RANGES: Final = 100
_RANGE = re.compile(r"\s*([1-9][0-9]{0,5})\s*(?:(-)\s*([1-9][0-9]{0,5})?)?\s*")


@dataclass(frozen=True, slots=True)
class PageRanges:
    """Ranges of one-based page numbers, both ends included; an end of None is the last page."""

    ranges: tuple[tuple[int, int | None], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The pages that `text` lists. Raises ValueError where it is no such list."""
        return cls(tuple(_range(part) for part in text.split(",", MAX_RANGES)))

    def contains(self, page: int) -> bool:
        return any(first <= page and (last is None or page <= last) for first, last in self.ranges)

    def __str__(self) -> str:
        return ", ".join(_shown(first, last) for first, last in self.ranges)


def _range(part: str) -> tuple[int, int | None]:
    match = _RANGE.fullmatch(part)
    if match is None:
        raise ValueError("not a range of pages")
    first = int(match[1])
    last = int(match[3]) if match[3] else (None if match[2] else first)
    if last is not None and last < first:
        raise ValueError("a range of pages that ends before it begins")
    return first, last


def _shown(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}-"
    return str(first) if first == last else f"{first}-{last}"


def _pages(value: Any) -> PageRanges:
    if isinstance(value, PageRanges):
        return value
    if not isinstance(value, str):
        raise problem("must be text (put it in quotes)")
    try:
        return PageRanges.parse(value)
    except ValueError:
        raise problem('must list pages, such as "1, 3-5, 7-"') from None


_ONE = r"\s*[1-9][0-9]{0,5}\s*(-\s*([1-9][0-9]{0,5})?\s*)?"
Pages = Annotated[
    PageRanges,
    PlainValidator(_pages),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": f"^{_ONE}(,{_ONE})*$"}),
]
"""`PageRanges` as a policy writes them."""
