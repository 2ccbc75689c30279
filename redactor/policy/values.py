"""The values that a policy is made of, each checked by itself, and how their errors are raised.

Validators raise `problems`, whose context holds messages and the key paths they speak of;
messages.py adds file and line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Final

import re2
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    WithJsonSchema,
    model_serializer,
)
from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz, process

from redactor.findings import Action
from redactor.policy.labels import RESERVED_IDS, TERM, UNREAD_INK

MAX_PATTERN: Final = 1000
MAX_INSTRUCTIONS: Final = 500_000
"""RE2 instructions of all patterns of a file together: compiling them takes under a second."""

_RE2_BYTES: Final = 2 << 20

_LABEL = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_ANY_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\C")


def normalized(text: str) -> str:
    """`text` as `never` compares it: NFKC, casefolded, blanks collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def nearest(word: str, choices: Iterable[str], cutoff: float = 65.0) -> str:
    """The choice that `word` most likely is a slip of, or ""."""
    found = process.extractOne(
        word[:64].lower().replace("-", "_"),
        list(choices),
        scorer=fuzz.ratio,
        processor=str.lower,
        score_cutoff=cutoff,
    )
    return found[0] if found else ""


def compile_pattern(pattern: str) -> Any:
    """The RE2 object of a rule's pattern, as every part of the program must compile it.

    Raises `ValueError` with one line on what is wrong.
    """
    if len(pattern) > MAX_PATTERN:
        raise ValueError(f"longer than {MAX_PATTERN} characters")
    if _ANY_BYTE.search(pattern):
        raise ValueError(r"\C (one byte) is not allowed")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _RE2_BYTES
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise ValueError(_reason(error)) from None


def _reason(error: Exception) -> str:
    """What RE2 says: its bindings pass it on as bytes."""
    first = error.args[0] if error.args else ""
    return first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)


MAX_LISTED: Final = 50
"""How many problems of one file are shown."""

KeyPath = tuple[str | int, ...]
PROBLEMS: Final = "policy_problems"


def problem(message: str, *at: str | int) -> PydanticCustomError:
    """A validation error of ours; `at` is the key path below the value being validated."""
    return problems([(message, at)])


def problems(found: list[tuple[str, KeyPath]]) -> PydanticCustomError:
    """Several of them in one."""
    return PydanticCustomError(PROBLEMS, "not a valid policy", {"problems": found})


def exactly_one(*keys: str) -> dict[str, Any]:
    """What editors are told of a mapping that has exactly one of these keys."""
    return {"oneOf": [{"required": [key]} for key in keys]}


class Part(BaseModel):
    """Frozen; unknown keys are refused; values are not converted.

    Keys that came after the first version are dumped only where they are set: a policy without
    them keeps its digest, which signed reports bear.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )
    later: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _dumped(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        dumped: dict[str, Any] = handler(self)
        for key in self.later:
            field = type(self).model_fields[key]
            if getattr(self, key) == field.default:
                del dumped[key]
        return dumped


def _label(value: str) -> str:
    if _LABEL.fullmatch(value) and len(value) <= 64:
        return value
    raise problem("must be UPPER_SNAKE, such as CASE_NUMBER")


def _identifier(value: str) -> str:
    if _IDENTIFIER.fullmatch(value):
        return value
    raise problem("must be 1 to 64 letters, digits, dots, dashes and underscores")


def _rule_id(value: str) -> str:
    if value in RESERVED_IDS:
        raise problem("is a reserved id (reserved: " + ", ".join(RESERVED_IDS) + ")")
    return _identifier(value)


def _one_line(most: int) -> AfterValidator:
    def check(value: str) -> str:
        if value.isprintable() and len(value) <= most:
            return value
        raise problem(f"must be one line of at most {most} printable characters")

    return AfterValidator(check)


class PatternBudget:
    """What the patterns of one file may cost together; each alone has `_RE2_BYTES`.

    Goes into the validation context as "budget".
    """

    def __init__(self, instructions: int = MAX_INSTRUCTIONS) -> None:
        self.left = instructions


def _pattern(value: str, info: ValidationInfo) -> str:
    budget = (info.context or {}).get("budget", PatternBudget())
    if budget.left < 0:
        raise problem("the patterns up to here are too large together")
    try:
        compiled = compile_pattern(value)
    except ValueError as error:
        raise problem(f"bad pattern: {error}") from None
    budget.left -= compiled.programsize
    if compiled.search("") is not None:
        raise problem("bad pattern: it matches the empty text")
    return value


def _host_and_port(value: str) -> str:
    name, _, port = value.rpartition(":")
    if len(value) <= 255 and _HOST.fullmatch(name) and _PORT.fullmatch(port) and int(port) < 65536:
        return value
    raise problem("must be host:port in lower case, such as ocr.example.org:443")


def _text(value: str) -> str:
    if normalized(value):
        return value
    raise problem("must not be empty")


def string_schema(**more: Any) -> WithJsonSchema:
    """What editors are told of a text: enough to catch slips while typing, not all that holds."""
    return WithJsonSchema({"type": "string", **more})


LABEL_SCHEMA: Final = {"type": "string", "pattern": f"^{_LABEL.pattern}$", "maxLength": 64}
Identifier = Annotated[
    str, AfterValidator(_identifier), string_schema(pattern=f"^{_IDENTIFIER.pattern}$")
]
RuleId = Annotated[
    str,
    AfterValidator(_rule_id),
    string_schema(pattern=f"^{_IDENTIFIER.pattern}$", **{"not": {"enum": list(RESERVED_IDS)}}),
]
NewLabel = Annotated[
    str,
    AfterValidator(_label),
    WithJsonSchema({**LABEL_SCHEMA, "not": {"enum": [TERM, UNREAD_INK]}}),
]
Pattern = Annotated[
    str, AfterValidator(_pattern), string_schema(minLength=1, maxLength=MAX_PATTERN)
]
Code = Annotated[str, _one_line(100), string_schema(maxLength=100)]
Citation = Annotated[str, _one_line(300), string_schema(maxLength=300)]
Text = Annotated[str, AfterValidator(_text), string_schema(pattern=r"\S")]
Share = Annotated[float, Field(ge=0, le=1)]
Choice = Annotated[Action, Field(strict=False)]
HostPort = Annotated[
    str,
    AfterValidator(_host_and_port),
    string_schema(pattern=f"^({_HOST.pattern}):{_PORT.pattern}$"),
]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


def quoted(value: str) -> str:
    """A word of a policy fit for a one-line message."""
    short = value if len(value) <= 40 else value[:39] + "…"
    return '"' + "".join(c if c.isprintable() else "?" for c in short) + '"'
