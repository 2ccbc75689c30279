"""The provenance report: what was done to one document, as data.

On disk a report is an in-toto Statement v1 (in-toto Attestation Framework, spec/v1/statement.md):
its subject is the output PDF's SHA-256, its predicate everything else. `sign.py` puts the
statement's canonical bytes into a signed envelope.

Nothing here holds document text. Removed text appears only as an HMAC under a key that is kept
apart, and no file name is recorded: a file's name can hold a person's. Whoever fills in `reason`,
`detail` and `residual_risks` keeps text out of them too.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from redactor.findings import Action
from redactor.geometry import Box
from redactor.modes import Mode

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:redactor:predicate:redaction-report:v1"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")


# ---------------------------------------------------------------------------- the parts


class PageMode(StrEnum):
    """How a page was redacted: its own content edited, or made anew from its pixels."""

    IN_PLACE = "in_place"
    REBUILT = "rebuilt"


@dataclass(frozen=True, slots=True)
class OutputInfo:
    """The PDF that the report speaks for.

    `name` only tells subjects apart: in-toto wants one, and the file's own may name a person.
    """

    sha256: str
    name: str = "output.pdf"

    def __post_init__(self) -> None:
        _need_digest(self, "sha256")


@dataclass(frozen=True, slots=True)
class InputInfo:
    """The PDF as it came in; `size` in bytes."""

    sha256: str
    size: int
    pages: int

    def __post_init__(self) -> None:
        _need_digest(self, "sha256")
        _need_at_least(0, self, "size", "pages")


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """The policy that decided."""

    name: str
    sha256: str

    def __post_init__(self) -> None:
        _need_digest(self, "sha256")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model file that was used."""

    name: str
    sha256: str
    version: str | None = None

    def __post_init__(self) -> None:
        _need_digest(self, "sha256")


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """A library, or the tool itself."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class VlmInfo:
    """The endpoint that images of uncertain lines were sent to, and what came of it.

    Of the words of its answers, `accepted` took the place of ours; the pixels did not bear out the
    `rejected` ones. `malformed` counts answers that could not be used at all.
    """

    host: str
    model: str
    lines_sent: int
    accepted: int
    rejected: int
    malformed: int

    def __post_init__(self) -> None:
        _need_at_least(0, self, "lines_sent", "accepted", "rejected", "malformed")


@dataclass(frozen=True, slots=True)
class ReadingInfo:
    """How the document was read; lines with a word below `reread_below` went to `vlm`.

    `lexicon_weight` is how much a word list counted beside the pixels (0: not at all).
    """

    mode: Mode
    engine: str
    lexicon_weight: float
    reread_below: float
    vlm: VlmInfo | None = None

    def __post_init__(self) -> None:
        _need_share(self, "lexicon_weight", "reread_below")


@dataclass(frozen=True, slots=True)
class InkInfo:
    """Who owns a page's ink: connected blobs by owner. `unread` counts places, not blobs."""

    word: int
    mark: int
    rule: int
    picture: int
    speck: int
    unread: int

    def __post_init__(self) -> None:
        _need_at_least(0, self, "word", "mark", "rule", "picture", "speck", "unread")


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page: how it was redacted and why so, its size in points, and how well it was read.

    `words` counts all words, `uncertain_words` those read with little confidence; `ink` says
    whose the page's ink is, and how much looks like text and was not read.
    """

    number: int
    mode: PageMode
    reason: str
    width: float
    height: float
    words: int
    uncertain_words: int
    ink: InkInfo

    def __post_init__(self) -> None:
        _need_at_least(1, self, "number")
        _need_at_least(0, self, "width", "height", "words", "uncertain_words")


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding, and the decision on it.

    `rule` and `code` are the policy's; `confidence` is that of the reading, `score` the detector's.
    """

    finding: str
    label: str
    rule: str
    code: str
    confidence: float
    score: float
    detector: str
    decided_by: str
    reason: str

    def __post_init__(self) -> None:
        _need_share(self, "confidence", "score")


@dataclass(frozen=True, slots=True)
class Candidate(Reason):
    """One box of one finding, and the decision on it: what redactions and refusals share.

    `box` is in page space, `box_px` the same in pixels of the page rendered at `dpi`.
    """

    id: str
    page: int
    box: Box
    box_px: Box
    dpi: int

    def __post_init__(self) -> None:
        Reason.__post_init__(self)  # super() does not work in a slotted dataclass of 3.11
        _need_at_least(1, self, "page", "dpi")


@dataclass(frozen=True, slots=True)
class RedactionInfo(Candidate):
    """A box that was burned; `hmac` is `sign.text_hmac` of the text that stood there.

    `also` are the findings whose boxes were one with that of the first, each with its decision.
    """

    hmac: str
    also: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        Candidate.__post_init__(self)
        _need_digest(self, "hmac")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All that the box was burned for, the strongest first."""
        return self, *self.also


@dataclass(frozen=True, slots=True)
class DeclinedInfo(Candidate):
    """A candidate that was looked at and left alone."""

    action: Action = Action.KEEP

    def __post_init__(self) -> None:
        Candidate.__post_init__(self)
        if self.action is not Action.KEEP:
            raise ValueError("action: must be keep")


@dataclass(frozen=True, slots=True, order=True)
class SanitizedItem:
    """How many of one kind of thing (`javascript`, `attachments`, ...) were taken out."""

    item: str
    count: int

    def __post_init__(self) -> None:
        _need_at_least(0, self, "count")


@dataclass(frozen=True, slots=True)
class Check:
    """One look at the saved output: which check, by which engine, and how it went."""

    name: str
    engine: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was done to one document. `created` is RFC 3339 in UTC, ending in Z."""

    output: OutputInfo
    input: InputInfo
    created: str
    tool: PackageInfo
    policy: PolicyInfo
    reading: ReadingInfo
    models: tuple[ModelInfo, ...]
    packages: tuple[PackageInfo, ...]
    pages: tuple[PageInfo, ...]
    redactions: tuple[RedactionInfo, ...]
    declined: tuple[DeclinedInfo, ...]
    sanitized: tuple[SanitizedItem, ...]
    checks: tuple[Check, ...]
    residual_risks: tuple[str, ...]

    def __post_init__(self) -> None:
        """Puts `sanitized` in order, so that equal reports have equal bytes."""
        _need_utc(self.created)
        if len({entry.item for entry in self.sanitized}) < len(self.sanitized):
            raise ValueError("sanitized: an item is there twice")
        object.__setattr__(self, "sanitized", tuple(sorted(self.sanitized)))


def _need_digest(part: object, name: str) -> None:
    if not _SHA256.fullmatch(getattr(part, name)):
        raise ValueError(f"{name}: must be 64 lowercase hexadecimal digits")


def _need_at_least(least: int, part: object, *names: str) -> None:
    for name in names:
        if not getattr(part, name) >= least:
            raise ValueError(f"{name}: must be at least {least}")


def _need_share(part: object, *names: str) -> None:
    for name in names:
        if not 0 <= getattr(part, name) <= 1:
            raise ValueError(f"{name}: must be between 0 and 1")


def _need_utc(created: str) -> None:
    try:
        valid = _UTC.fullmatch(created) and datetime.fromisoformat(created)
    except ValueError:
        valid = None
    if not valid:
        raise ValueError("created: must be an RFC 3339 time in UTC, ending in Z")


# ---------------------------------------------------------------------------- to and from JSON


def statement(report: Report) -> dict[str, Any]:
    """The report as an in-toto Statement v1."""
    predicate = _encode(report)
    output = predicate.pop("output")
    predicate["sanitized"] = {entry.item: entry.count for entry in report.sanitized}
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": output["name"], "digest": {"sha256": output["sha256"]}}],
        "predicateType": PREDICATE_TYPE,
        "predicate": predicate,
    }


def parse_statement(data: object) -> Report:
    """The report that `statement` made this of.

    Raises ValueError naming the path of the first key that is unknown, missing or of the wrong
    type or range; no value is ever quoted.
    """
    top = _object(data, "statement", ("_type", "subject", "predicateType", "predicate"))
    for key, known in (("_type", STATEMENT_TYPE), ("predicateType", PREDICATE_TYPE)):
        if top[key] != known:
            raise ValueError(f"{key}: must be {known}")
    names = [f.name for f in fields(Report) if f.name != "output"]
    predicate = _object(top["predicate"], "predicate", names)
    values: dict[str, Any] = {"output": _subject(top["subject"])}
    for name in names:
        decode = _sanitized if name == "sanitized" else _decoder(_hints(Report)[name])
        values[name] = decode(predicate[name], f"predicate.{name}")
    return _build(Report, values, "predicate")


def to_bytes(report: Report) -> bytes:
    """The statement's canonical bytes: what gets signed."""
    return canonical_json(statement(report))


def from_bytes(data: bytes) -> Report:
    """The inverse of `to_bytes`, not caring for spacing. Raises ValueError as said there."""
    return parse_statement(strict_json(data))


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


# ---------------------------------------------------------------------------- the codec
# The dataclasses are the schema: a decoder is picked for each field by its declared type.

_Kind = TypeVar("_Kind")
_Decoder = Callable[[object, str], Any]


def _encode(value: Any) -> Any:
    if isinstance(value, Box):
        return [float(corner) for corner in value.as_tuple()]
    if is_dataclass(value) and not isinstance(value, type):
        hints = _hints(type(value))
        return {
            part.name: float(item) if hints[part.name] is float else _encode(item)
            for part in fields(value)
            if (item := getattr(value, part.name)) is not None
            and not (_may_be_absent(part) and item == ())
        }
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _may_be_absent(part: Field[Any]) -> bool:
    """Whether a key may be left out: what is not there, and lists that came later and are empty."""
    return part.default is None or part.default == ()


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _decoder(hint: Any) -> _Decoder:
    if hint is Box:
        return _box
    if hint is float:
        return _number
    if get_origin(hint) is tuple:
        return _tuple_of(_decoder(get_args(hint)[0]))
    if get_origin(hint) is UnionType:  # `X | None`: an absent key is None, null is refused
        return _decoder(get_args(hint)[0])
    kind: type = hint
    if is_dataclass(kind):
        return _part(kind)
    return _enum(kind) if issubclass(kind, StrEnum) else _plain(kind)


def _plain(kind: type) -> _Decoder:
    def decode(value: object, path: str) -> Any:
        if type(value) is not kind:  # exact, for a bool is an int
            raise ValueError(f"{path}: must be of type {kind.__name__}")
        return value

    return decode


def _enum(kind: type[StrEnum]) -> _Decoder:
    def decode(value: object, path: str) -> StrEnum:
        names = [member.value for member in kind]
        if not isinstance(value, str) or value not in names:
            raise ValueError(f"{path}: must be one of {', '.join(names)}")
        return kind(value)

    return decode


def _tuple_of(item: _Decoder) -> _Decoder:
    def decode(value: object, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError(f"{path}: must be a list")
        return tuple(item(each, f"{path}[{index}]") for index, each in enumerate(value))

    return decode


def _part(kind: type) -> _Decoder:
    parts = fields(kind)
    optional = [f.name for f in parts if _may_be_absent(f)]
    required = [f.name for f in parts if f.name not in optional]

    def decode(value: object, path: str) -> Any:
        found = _object(value, path, required, optional)
        hints = _hints(kind)
        items = {name: _decoder(hints[name])(v, f"{path}.{name}") for name, v in found.items()}
        return _build(kind, items, path)

    return decode


def _build(kind: Callable[..., _Kind], values: Mapping[str, Any], path: str) -> _Kind:
    try:
        return kind(**values)
    except ValueError as error:  # "field: what is wrong", from the dataclass's own checks
        raise ValueError(f"{path}.{error}") from None


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


def _sanitized(value: object, path: str) -> tuple[SanitizedItem, ...]:
    if not isinstance(value, dict):
        raise ValueError(f"{path}: must be an object")
    for name, count in value.items():
        if type(count) is not int or count < 0:
            raise ValueError(f"{path}.{_shown(name)}: must be a whole number, at least 0")
    return tuple(SanitizedItem(name, count) for name, count in value.items())


def _subject(value: object) -> OutputInfo:
    if not isinstance(value, list) or len(value) != 1:
        raise ValueError("subject: must be a list of one")
    path, text = "subject[0]", _plain(str)
    found = _object(value[0], path, ("name", "digest"))
    digest = _object(found["digest"], f"{path}.digest", ("sha256",))
    values = {
        "name": text(found["name"], f"{path}.name"),
        "sha256": text(digest["sha256"], f"{path}.digest.sha256"),
    }
    return _build(OutputInfo, values, f"{path}.digest")


def _object(
    value: object, path: str, required: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{path}: must be an object")
    for name in value:
        if name not in required and name not in optional:
            raise ValueError(f"{path}.{_shown(name)}: unknown key")
    for name in required:
        if name not in value:
            raise ValueError(f"{path}.{name}: missing key")
    return value


def _shown(name: object) -> str:
    """A foreign key, fit for a message: short, and without control characters."""
    text = ascii(name)[1:-1]
    return text if len(text) <= 40 else f"{text[:37]}..."
