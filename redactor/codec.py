"""Dataclasses to JSON and back: a decoder is picked for each field by its declared type.

Whatever is unknown, missing, or of the wrong type or range is refused by the path of its key; no
value is ever quoted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from redactor.geometry import Box
from redactor.parts import bare, hints

_Kind = TypeVar("_Kind")
Decoder = Callable[[object, str], Any]
"""Makes a value of JSON and the path of its key, for messages. Raises ValueError."""


def encode(value: Any) -> Any:
    """The JSON form of a value; what is None or an empty list that came later has no key."""
    if isinstance(value, Box):
        return [float(corner) for corner in value.as_tuple()]
    if is_dataclass(value) and not isinstance(value, type):
        found = hints(type(value))
        return {
            part.name: float(item) if bare(found[part.name]) is float else encode(item)
            for part in fields(value)
            if (item := getattr(value, part.name)) is not None
            and not (may_be_absent(part) and item == ())
        }
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def may_be_absent(part: Field[Any]) -> bool:
    """Whether a key may be left out: what is not there, and lists that came later and are empty."""
    return part.default is None or part.default == ()


@cache
def decoder(hint: Any) -> Decoder:
    """The decoder of values of a declared type."""
    hint = bare(hint)
    if hint is Box:
        return _box
    if hint is float:
        return _number
    if get_origin(hint) is tuple:
        return _tuple_of(decoder(get_args(hint)[0]))
    if get_origin(hint) is UnionType:  # `X | None`: an absent key is None, null is refused
        return decoder(get_args(hint)[0])
    kind: type = hint
    if is_dataclass(kind):
        return _part(kind)
    return _enum(kind) if issubclass(kind, StrEnum) else plain(kind)


def plain(kind: type) -> Decoder:
    """The decoder of a type that JSON has, too."""

    def decode(value: object, path: str) -> Any:
        if type(value) is not kind:  # exact, for a bool is an int
            raise ValueError(f"{path}: must be of type {kind.__name__}")
        return value

    return decode


def build(kind: Callable[..., _Kind], values: Mapping[str, Any], path: str) -> _Kind:
    """`kind` of the values; what it says is wrong with a field is said with the path before it."""
    try:
        return kind(**values)
    except ValueError as error:  # "field: what is wrong", from the dataclass's own checks
        raise ValueError(f"{path}.{error}") from None


def keys(
    value: object, path: str, required: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, Any]:
    """A JSON object that has all required keys, and none but those and the optional ones."""
    if not isinstance(value, dict):
        raise ValueError(f"{path}: must be an object")
    for name in value:
        if name not in required and name not in optional:
            raise ValueError(f"{path}.{shown(name)}: unknown key")
    for name in required:
        if name not in value:
            raise ValueError(f"{path}.{name}: missing key")
    return value


def shown(name: object) -> str:
    """A foreign key, fit for a message: short, and without control characters."""
    text = ascii(name)[1:-1]
    return text if len(text) <= 40 else f"{text[:37]}..."


def _enum(kind: type[StrEnum]) -> Decoder:
    def decode(value: object, path: str) -> StrEnum:
        names = [member.value for member in kind]
        if not isinstance(value, str) or value not in names:
            raise ValueError(f"{path}: must be one of {', '.join(names)}")
        return kind(value)

    return decode


def _tuple_of(item: Decoder) -> Decoder:
    def decode(value: object, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError(f"{path}: must be a list")
        return tuple(item(each, f"{path}[{index}]") for index, each in enumerate(value))

    return decode


def _part(kind: type) -> Decoder:
    parts = fields(kind)
    optional = [f.name for f in parts if may_be_absent(f)]
    required = [f.name for f in parts if f.name not in optional]

    def decode(value: object, path: str) -> Any:
        found = keys(value, path, required, optional)
        types = hints(kind)
        items = {name: decoder(types[name])(v, f"{path}.{name}") for name, v in found.items()}
        return build(kind, items, path)

    return decode


def _number(value: object, path: str) -> float:
    try:
        if type(value) in (int, float) and math.isfinite(value):  # type: ignore[arg-type]
            return float(value)  # type: ignore[arg-type]
    except OverflowError:
        pass
    raise ValueError(f"{path}: must be a finite number")


def _box(value: object, path: str) -> Box:
    corners = _tuple_of(_number)(value, path)
    if len(corners) != 4:
        raise ValueError(f"{path}: must be four numbers")
    try:
        return Box(*corners)
    except ValueError:
        raise ValueError(f"{path}: the corners are swapped") from None
