"""JSON that means the same to every reader, written with one spelling: what can be signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def canonical_json(data: object) -> bytes:
    """JSON with one spelling: sorted keys, no spacing, UTF-8. NaN and infinities are refused."""
    text = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # its own message and attributes would quote the text
        raise ValueError("a text holds half a surrogate pair") from None


def strict_json(data: bytes) -> Any:
    """Reads JSON that means the same to every reader (RFC 8259, 4 and 8.1).

    UTF-8 only, no key twice in an object, no NaN. Raises ValueError and nothing else.
    """
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_no_key_twice, parse_constant=_no_constant
        )
    except RecursionError:
        raise ValueError("not usable JSON: nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("not usable JSON: not UTF-8") from None
    except json.JSONDecodeError as error:  # the error object holds the whole text
        raise ValueError(f"not usable JSON: {error.msg}, character {error.pos}") from None


def _no_key_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("not usable JSON: a key is there twice in one object")
    return found


def _no_constant(_: str) -> None:
    raise ValueError("not usable JSON: NaN or an infinity")
