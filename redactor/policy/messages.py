"""What is wrong with a policy, as `file:line: key.path: what`, one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from redactor.errors import BadPolicy
from redactor.policy.document import Document
from redactor.policy.model import BoxStyle, DocumentParts, Keep, Policy, PolicyTest, Rule, Settings
from redactor.policy.values import MAX_LISTED, PROBLEMS, KeyPath, PatternBudget, nearest


def validated(document: Document, labels: frozenset[str]) -> Policy:
    """The file alone as a policy; `labels` are those its parents introduce."""
    found = [document.says(at, "must not be empty") for at in document.empty]
    folder = document.path.parent
    context = {"labels": labels, "folder": folder, "budget": PatternBudget()}
    policy = None
    try:
        policy = Policy.model_validate(document.data, context=context)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            at = _path(details)
            if at not in document.empty or details["type"] == "extra_forbidden":
                found += [document.says((*at, *more), what) for what, more in _said(details, at)]
    if policy is None or found:
        raise BadPolicy(_listed(found))
    return policy


def _listed(found: list[tuple[int, str]]) -> str:
    lines = list(dict.fromkeys(text for _, text in sorted(found, key=_first)))
    if len(lines) > MAX_LISTED:
        lines[MAX_LISTED:] = [f"and {len(lines) - MAX_LISTED} more"]
    return "\n".join(lines)


def _first(problem: tuple[int, str]) -> int:
    return problem[0]


def _path(details: ErrorDetails) -> KeyPath:
    return tuple(details["loc"])


def _said(details: ErrorDetails, at: KeyPath) -> list[tuple[str, KeyPath]]:
    """What is wrong, in our words, and the key path below `at`."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == PROBLEMS:
        return list(context["problems"])
    if kind == "extra_forbidden":
        return [(f"unknown key{_key_hint(at)}", ())]
    if kind in _BOUNDS:
        word, limit = _BOUNDS[kind]
        return [(f"must be {word} {context[limit]:g}", ())]
    if kind in ("enum", "literal_error"):
        return [(_choices(context["expected"].replace("'", ""), details["input"]), ())]
    return [(_KINDS.get(kind, "is not valid"), ())]


def _choices(expected: str, given: Any) -> str:
    close = nearest(given, re.findall(r"\w+", expected)) if isinstance(given, str) else ""
    return f"must be {expected}" + (f' (did you mean "{close}"?)' if close else "")


_BOUNDS: Final = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
}
_KINDS: Final = {
    "missing": "missing key",
    "string_type": "must be text (put it in quotes)",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "tuple_type": "must be a list",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
}
_PARTS: Final[Mapping[str, type[BaseModel]]] = {
    "settings": Settings,
    "box": BoxStyle,
    "document": DocumentParts,
    "rules": Rule,
    "tests": PolicyTest,
}


_HOMES: Final[Mapping[str, type[BaseModel]]] = {
    "settings": Settings,
    "box": BoxStyle,
    "rules[0]": Rule,
    "rules[0].keep": Keep,
    "document": DocumentParts,
}


def _part_of(at: KeyPath) -> type[BaseModel]:
    """The model that the last key of a path belongs to."""
    if len(at) == 1:
        return Policy
    inside = at[2:-1]
    return Keep if at[0] == "rules" and "keep" in inside else _PARTS[str(at[0])]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _key_hint(at: KeyPath) -> str:
    """The nearest key that is allowed there, or where this one belongs."""
    key = str(at[-1])
    close = nearest(key, _keys(_part_of(at)))
    if not close:
        homes = [home for home, part in _HOMES.items() if key in _keys(part)]
        close = f"{homes[0]}.{key}" if homes else ""
    return f' (did you mean "{close}"?)' if close else ""
