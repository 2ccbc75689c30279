"""The format of signed reports and reviews as JSON Schema (draft 2020-12), from their dataclasses.

Keys, types and limits are those of the fields, descriptions are the texts below them: a field
without one is an error. What the schema cannot say: that the corners of a box are in order.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Any, Final, get_args, get_origin

from redactor.codec import may_be_absent
from redactor.geometry import Box
from redactor.parts import bare, hints, limits_of
from redactor.quality import REVIEW_TYPE, QualityReview
from redactor.report import OutputInfo, Report
from redactor.statement import PREDICATE_TYPE, STATEMENT_TYPE

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final[dict[type, str]] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_COUNTS: Final = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
_BOX: Final = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}


def schema() -> dict[str, Any]:
    """The schema of what a report's envelope holds."""
    parts: dict[str, Any] = {}
    predicate = _object(Report, parts, without=("output",))
    predicate["properties"]["sanitized"] |= _COUNTS
    del predicate["properties"]["sanitized"]["items"]
    del parts["SanitizedItem"]
    return _statement("report", PREDICATE_TYPE, predicate, parts)


def review_schema() -> dict[str, Any]:
    """The schema of what a review's envelope holds."""
    parts: dict[str, Any] = {}
    predicate = _object(QualityReview, parts, without=("output",))
    return _statement("review", REVIEW_TYPE, predicate, parts)


def _statement(
    name: str, predicate_type: str, predicate: dict[str, Any], parts: dict[str, Any]
) -> dict[str, Any]:
    """An in-toto Statement on one PDF with that predicate."""
    about = descriptions(OutputInfo)
    digest = {"sha256": {**_value(hints(OutputInfo)["sha256"], {}), "description": about["sha256"]}}
    subject = {
        "name": {"type": "string", "description": about["name"]},
        "digest": {"description": "The PDF's digests.", **_closed(digest)},
    }
    top = {
        "_type": {"const": STATEMENT_TYPE, "description": "An in-toto Statement."},
        "subject": {
            "description": f"The PDF that the {name} speaks for.",
            "type": "array",
            "items": _closed(subject),
            "minItems": 1,
            "maxItems": 1,
        },
        "predicateType": {
            "const": predicate_type,
            "description": "The format of the predicate, with its version.",
        },
        "predicate": predicate,
    }
    return {
        "$schema": DIALECT,
        "title": f"redactor {name}",
        "description": f"The payload of a signed {name}: an in-toto Statement v1.",
        **_closed(top),
        "$defs": dict(sorted(parts.items())),
    }


@cache
def descriptions(kind: type) -> dict[str, str]:
    """The texts below the fields of a dataclass, and of those that it builds on, by field."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if is_dataclass(each):
            found |= _own_descriptions(each)
    return found


def _own_descriptions(kind: type) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    assert isinstance(tree.body[0], ast.ClassDef)
    body = tree.body[0].body
    found: dict[str, str] = {}
    for statement, below in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[statement.target.id] = inspect.cleandoc(str(below.value.value))
    return found


def _closed(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _object(kind: type, parts: dict[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    own: tuple[Field[Any], ...] = tuple(f for f in fields(kind) if f.name not in without)
    types, about = hints(kind), descriptions(kind)
    properties = {
        f.name: {**_value(types[f.name], parts), "description": about[f.name]} for f in own
    }
    optional = tuple(f.name for f in own if may_be_absent(f))
    description = inspect.cleandoc(kind.__doc__ or "").replace("\n", " ")
    return {"description": description, **_closed(properties, optional)}


def _value(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    limits = {key: value for limit in limits_of(hint) for key, value in limit.schema().items()}
    hint = bare(hint)
    if hint is Box:
        return dict(_BOX)
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], parts)}
    if get_origin(hint) is UnionType:
        return _value(get_args(hint)[0], parts)
    if is_dataclass(hint):
        return {"$ref": f"#/$defs/{_defined(hint, parts)}"}
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint], **limits}
    return {"type": _PLAIN[hint], **limits}


def _defined(kind: Any, parts: dict[str, Any]) -> str:
    name: str = kind.__name__
    if name not in parts:
        parts[name] = {}  # so that one that holds itself ends
        parts[name] = _object(kind, parts)
    return name
