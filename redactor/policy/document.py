"""A policy file's YAML, read event by event, so that every key has a line.

The parts of YAML that surprise people never get in: no tags, anchors, aliases, merge keys,
repeated keys or second documents, no `yes` that means true. What this does not do: read anything
but UTF-8 of at most `MAX_BYTES`.
"""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from redactor.errors import BadPolicy, FileAccessError
from redactor.policy.values import KeyPath, quoted

MAX_BYTES: Final = 1 << 20
MAX_VALUES: Final = 50_000
MAX_NESTING: Final = 10
"""Caps: on a file, its values, and their nesting."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,20}|[0-9]{1,15}(?:\.[0-9]{0,20})?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A policy file as read: its text, its data, and the line of each key and list item."""

    path: Path
    text: str = field(repr=False)
    data: Any = field(repr=False)
    lines: Mapping[KeyPath, int]
    empty: frozenset[KeyPath]

    def says(self, at: KeyPath, what: str) -> tuple[int, str]:
        """A problem as a line number and a line of text."""
        line = self.line(at)
        return line, f"{where(self.path, line)}: {dotted(at)}{what}"

    def line(self, at: KeyPath) -> int:
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


def read(path: Path, hint: str = "") -> Document:
    """The file's data; `hint` says what to do where there is no such file.

    Raises BadPolicy, FileAccessError.
    """
    text = _text(path, hint)
    builder = _Builder(path, text)
    try:
        data = builder.document()
    except yaml.YAMLError as error:
        raise BadPolicy(_syntax(path, text, error)) from None
    return Document(path, text, data, builder.lines, frozenset(builder.empty))


def _text(path: Path, hint: str) -> str:
    raw = _bytes(path, hint)
    if len(raw) > MAX_BYTES:
        raise BadPolicy(f"{where(path, 1)}: larger than {MAX_BYTES} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadPolicy(f"{where(path, line)}: not UTF-8") from None


def _bytes(path: Path, hint: str) -> bytes:
    """At most one byte more than is allowed; only regular files, which cannot block."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileAccessError(f"{shown(path)}: not a regular file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise FileAccessError(f"{shown(path)}: no such policy file", hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise FileAccessError(f"{shown(path)}: cannot be read: {reason}") from None


def _syntax(path: Path, text: str, error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = error.problem or "cannot be parsed"
    else:
        position = getattr(error, "position", None) or 0
        line = text.count("\n", 0, position) + 1
        what = "a character that YAML does not allow"
    return f"{where(path, line)}: not valid YAML: {' '.join(what.split())}"


class _Builder:
    """Builds data from YAML's events, noting lines; refuses what a policy does not need."""

    def __init__(self, path: Path, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.empty: list[KeyPath] = []
        self._path = path
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Any:
        """The file's only document."""
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise BadPolicy(f"{where(self._path, 1)}: the file holds no policy")
        if start.tags:
            raise self._refused(start, (), "tags are not allowed")
        data = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(after, (), "a second document is not allowed")
        return data

    def _value(self, event: Any, at: KeyPath) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(event, at, "aliases (*) are not allowed")
        if event.anchor is not None:
            raise self._refused(event, at, "anchors (&) are not allowed")
        if event.tag is not None:
            raise self._refused(event, at, "tags (!) are not allowed")
        self.lines.setdefault(at, event.start_mark.line + 1)
        if len(self.lines) > MAX_VALUES:
            raise self._refused(event, (), f"more than {MAX_VALUES} values")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, at)
        if len(at) >= MAX_NESTING:
            raise self._refused(event, at[:3], f"nested more than {MAX_NESTING} deep")
        return self._list(at) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(at)

    def _list(self, at: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        return items

    def _mapping(self, at: KeyPath) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, at)
            if key in items:
                first = self.lines[(*at, key)]
                what = f"repeated key (first on line {first})"
                raise self._refused(event, (*at, key), what)
            self.lines[(*at, key)] = event.start_mark.line + 1
            items[key] = self._value(next(self._events), (*at, key))
        return items

    def _key(self, event: Any, at: KeyPath) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, at)
            raise self._refused(event, at, "a key must be text")
        key = self._value(event, (*at, ""))
        del self.lines[(*at, "")]
        if not isinstance(key, str) or not key:
            raise self._refused(event, at, "a key must be text (put it in quotes)")
        return key

    def _scalar(self, event: Any, at: KeyPath) -> Any:
        value = self._plain(event.value) if event.implicit[0] else event.value
        if isinstance(value, str) and not value.isascii() and _has_surrogate(value):
            raise self._refused(event, at, "half of a surrogate pair is not a character")
        if value is None:
            self.empty.append(at)
        return value

    @staticmethod
    def _plain(text: str) -> Any:
        """An unquoted scalar by YAML 1.2's core rules: `no` and `12:30` are text."""
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text

    def _refused(self, event: Any, at: KeyPath, what: str) -> BadPolicy:
        line = event.start_mark.line + 1
        return BadPolicy(f"{where(self._path, line)}: {dotted(at)}{what}")


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def where(path: Path, line: int) -> str:
    """A place in a file: `policies/x.yaml:7`."""
    return f"{shown(path)}:{line}"


def shown(path: Path) -> str:
    """A path as people know it: relative where it lies below the current folder, printable."""
    with contextlib.suppress(ValueError, OSError):
        path = path.relative_to(Path.cwd())
    return "".join(c if c.isprintable() else "?" for c in str(path))


def dotted(at: KeyPath) -> str:
    """`rules[2].find: `, or nothing for the whole file."""
    text = ""
    for key in at:
        text += f"[{key}]" if isinstance(key, int) else f".{_plain_key(key)}"
    return f"{text.removeprefix('.')}: " if text else ""


def _plain_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", key) else quoted(key)
