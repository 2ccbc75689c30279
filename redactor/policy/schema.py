"""The format as JSON Schema (draft 2020-12), for editors: keys, their meaning, and their values.

It knows what can be said of one value or one mapping. What needs more is checked by load.py
alone: labels and ids that refer to each other, files that must exist, patterns.
"""

from __future__ import annotations

from typing import Any, Final

from redactor.policy.model import MAX_RULES, Policy

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema of a policy file."""
    made = Policy.model_json_schema(by_alias=True)
    made["properties"]["rules"]["maxItems"] = MAX_RULES
    return {"$schema": DIALECT, **_as_written(made), "title": "redactor policy"}


def _as_written(value: Any) -> Any:
    """Without titles, which repeat the keys, and without null, which no key may hold."""
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _as_written(item)
        for key, item in value.items()
        if not (key == "title" and isinstance(item, str)) and (key, item) != ("default", None)
    }
    choices = kept.get("anyOf")
    if not choices or {"type": "null"} not in choices:
        return kept
    others = [choice for choice in choices if choice != {"type": "null"}]
    del kept["anyOf"]
    return {**others[0], **kept} if len(others) == 1 else {"anyOf": others, **kept}
