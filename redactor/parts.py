"""The kinds of values that reports are made of: their limits, said once.

A limit stands in a field's type; data checks itself by it when it is made, `codec.py` when it is
read, and the published schema states it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints


class Limit(Protocol):
    """What a value must be, as a check and in JSON Schema's words."""

    def problem(self, value: Any) -> str:
        """What is wrong with a value; nothing where it is as it must be."""

    def schema(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Within:
    """A number from `least` to `most`, where there is one."""

    least: int
    most: int | None = None

    def problem(self, value: float) -> str:
        if self.most is None:
            return "" if value >= self.least else f"must be at least {self.least}"
        good = self.least <= value <= self.most
        return "" if good else f"must be between {self.least} and {self.most}"

    def schema(self) -> dict[str, Any]:
        most = {} if self.most is None else {"maximum": self.most}
        return {"minimum": self.least, **most}


@dataclass(frozen=True, slots=True)
class Sha256:
    """A SHA-256, in lowercase hex."""

    def problem(self, value: str) -> str:
        good = re.fullmatch(r"[0-9a-f]{64}", value)
        return "" if good else "must be 64 lowercase hexadecimal digits"

    def schema(self) -> dict[str, Any]:
        return {"pattern": "^[0-9a-f]{64}$"}


@dataclass(frozen=True, slots=True)
class Utc:
    """A time of RFC 3339 in UTC."""

    _FORM = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z"

    def problem(self, value: str) -> str:
        try:
            valid = re.fullmatch(self._FORM, value) and datetime.fromisoformat(value)
        except ValueError:
            valid = None
        return "" if valid else "must be an RFC 3339 time in UTC, ending in Z"

    def schema(self) -> dict[str, Any]:
        return {"format": "date-time", "pattern": f"^{self._FORM}$"}


@dataclass(frozen=True, slots=True)
class Only:
    """The one value that may be."""

    value: str

    def problem(self, value: str) -> str:
        return "" if value == self.value else f"must be {self.value}"

    def schema(self) -> dict[str, Any]:
        return {"const": self.value}


Digest = Annotated[str, Sha256()]
Moment = Annotated[str, Utc()]
Count = Annotated[int, Within(0)]
Ordinal = Annotated[int, Within(1)]
Length = Annotated[float, Within(0)]
Share = Annotated[float, Within(0, 1)]


@dataclass(frozen=True, slots=True)
class Part:
    """Data that keeps to the limits in its types. Raises ValueError naming the field."""

    def __post_init__(self) -> None:
        kind: Any = type(self)  # which mypy does not take for hashable
        for name, is_listed, limit in _limits(kind):
            value = getattr(self, name)
            for each in value if is_listed else (value,):
                if problem := limit.problem(each):
                    raise ValueError(f"{name}: {problem}")


@cache
def hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields, with their limits."""
    return get_type_hints(kind, include_extras=True)


def limits_of(hint: Any) -> tuple[Limit, ...]:
    """The limits that a type states."""
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def bare(hint: Any) -> Any:
    """A type without its limits."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


@cache
def _limits(kind: type) -> tuple[tuple[str, bool, Limit], ...]:
    """Each limit of a field's values, or of those in its tuple."""
    found = []
    for name, hint in hints(kind).items():
        is_listed = get_origin(hint) is tuple
        of = get_args(hint)[0] if is_listed else hint
        found += [(name, is_listed, limit) for limit in limits_of(of)]
    return tuple(found)
