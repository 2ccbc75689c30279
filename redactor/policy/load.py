"""From a policy's name or path to the policy, with everything that it extends merged in.

The YAML is read event by event, so that every key has a line and the parts of YAML that surprise
people never get in: no tags, anchors, aliases, merge keys, repeated keys or second documents, no
`yes` that means true. Whatever is wrong is said as `file:line: key.path: what`, one line each.

What this does not do: run a policy's own tests, or read anything but UTF-8 of at most `MAX_BYTES`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from redactor.errors import BadPolicy, FileAccessError
from redactor.policy.model import (
    MAX_RULES,
    PROBLEMS,
    BoxStyle,
    KeyPath,
    Policy,
    PolicyTest,
    Rule,
    Settings,
    nearest,
    own_labels,
    quoted,
)

MAX_BYTES: Final = 1 << 20
MAX_VALUES: Final = 50_000
MAX_NESTING: Final = 10
MAX_EXTENDS: Final = 8
MAX_LISTED: Final = 50
"""Caps: on a file, its values, their nesting, an `extends` chain, and the errors listed."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,20}|[0-9]{1,15}(?:\.[0-9]{0,20})?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

_Part = TypeVar("_Part", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class PolicySource:
    """A policy that comes with the program."""

    name: str
    path: Path
    description: str


@dataclass(frozen=True, slots=True)
class _Document:
    """A policy file as read: its data, and the line of each key and list item."""

    path: Path
    data: Any
    lines: Mapping[KeyPath, int]
    empty: frozenset[KeyPath]

    def says(self, at: KeyPath, what: str) -> tuple[int, str]:
        """A problem as a line number and a line of text."""
        line = self.line(at)
        return line, f"{_where(self.path, line)}: {_dotted(at)}{what}"

    def line(self, at: KeyPath) -> int:
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


def load(name_or_path: str | Path) -> Policy:
    """The policy of that name, or in that file, resolved.

    A string without a slash and without .yaml or .yml at its end is a name. A child's settings
    and box replace its parent's key by key; a child's rule replaces the parent's of the same id,
    else stands before all of the parent's; `never` lists unite; tests are the child's alone.
    """
    chain = _chain(_locate(name_or_path))
    resolved = _validated(chain[-1], frozenset())
    labels = own_labels(resolved.rules)
    for document in reversed(chain[:-1]):
        child = _validated(document, labels)
        labels |= own_labels(child.rules)
        resolved = _merged(resolved, child)
        if len(resolved.rules) > MAX_RULES:
            raise _bad(document, ("rules",), f"more than {MAX_RULES} rules with those it extends")
    return resolved.model_copy(update={"extends": None})


def available() -> tuple[PolicySource, ...]:
    """The policies that `load` knows by name; one that cannot be read has no description."""
    return tuple(
        PolicySource(name, path, _description(path)) for name, path in sorted(_named().items())
    )


def digest(policy: Policy) -> str:
    """The SHA-256, in hex, of the canonical JSON of a resolved policy."""
    data = policy.model_dump(mode="json", by_alias=True)
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


# Finding files


def _folder() -> Path:
    """Where the policies are: in the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "policies"
    return inside if inside.is_dir() else package.parent / "policies"


def _named() -> dict[str, Path]:
    return {path.stem: path for path in _folder().glob("*.yaml")}


def _is_name(text: str) -> bool:
    return "/" not in text and "\\" not in text and not text.lower().endswith((".yaml", ".yml"))


def _locate(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, Path) or not _is_name(name_or_path):
        return Path(name_or_path)
    named = _named()
    if name_or_path in named:
        return named[name_or_path]
    raise BadPolicy(*_unknown_name(name_or_path, named))


def _unknown_name(name: str, named: Iterable[str]) -> tuple[str, str]:
    """What is wrong with a name that is none, and what to do."""
    close = nearest(name, sorted(named))
    meant = f'did you mean "{close}"? ' if close else ""
    hint = f"{meant}available: {', '.join(sorted(named)) or 'none'}; a file needs / or .yaml"
    return f"no policy is called {quoted(name)}", hint


def _chain(path: Path) -> list[_Document]:
    """The file and those that it extends, child first."""
    chain = [_read(path)]
    seen = {path.resolve()}
    while (parent := _parent(chain[-1])) is not None:
        if parent.resolve() in seen:
            raise _bad(chain[-1], ("extends",), "comes back to a policy that extends this one")
        if len(chain) > MAX_EXTENDS:
            raise _bad(chain[-1], ("extends",), f"more than {MAX_EXTENDS} policies deep")
        seen.add(parent.resolve())
        chain.append(_read(parent))
    return chain


def _parent(document: _Document) -> Path | None:
    """The file that `extends` names; anything but text is left to validation."""
    extends = document.data.get("extends") if isinstance(document.data, dict) else None
    if not isinstance(extends, str) or not extends.strip():
        return None
    if _is_name(extends):
        named = _named()
        if extends not in named:
            what, hint = _unknown_name(extends, named)
            raise _bad(document, ("extends",), f"{what} ({hint})")
        return named[extends]
    if "\0" in extends or "\\" in extends or Path(extends).is_absolute():
        raise _bad(document, ("extends",), "must be a name or a path relative to this file")
    parent = document.path.parent / extends
    if not _exists(parent):
        raise _bad(document, ("extends",), "there is no such file")
    return parent


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _description(path: Path) -> str:
    try:
        data = _read(path).data
    except (BadPolicy, FileAccessError):
        return ""
    found = data.get("description") if isinstance(data, dict) else None
    return " ".join(found.split()) if isinstance(found, str) else ""


# Reading one file


def _read(path: Path) -> _Document:
    text = _text(path)
    builder = _Builder(path, text)
    try:
        data = builder.document()
    except yaml.YAMLError as error:
        raise BadPolicy(_syntax(path, text, error)) from None
    return _Document(path, data, builder.lines, frozenset(builder.empty))


def _text(path: Path) -> str:
    raw = _bytes(path)
    if len(raw) > MAX_BYTES:
        raise BadPolicy(f"{_where(path, 1)}: larger than {MAX_BYTES} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadPolicy(f"{_where(path, line)}: not UTF-8") from None


def _bytes(path: Path) -> bytes:
    """At most one byte more than is allowed; only regular files, which cannot block."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileAccessError(f"{_shown(path)}: not a regular file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = f"policies by name: {', '.join(sorted(_named())) or 'none'}"
        raise FileAccessError(f"{_shown(path)}: no such policy file", hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise FileAccessError(f"{_shown(path)}: cannot be read: {reason}") from None


def _syntax(path: Path, text: str, error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = error.problem or "cannot be parsed"
    else:
        position = getattr(error, "position", None) or 0
        line = text.count("\n", 0, position) + 1
        what = "a character that YAML does not allow"
    return f"{_where(path, line)}: not valid YAML: {' '.join(what.split())}"


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
            raise BadPolicy(f"{_where(self._path, 1)}: the file holds no policy")
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
        return BadPolicy(f"{_where(self._path, line)}: {_dotted(at)}{what}")


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


# From data to a policy


def _validated(document: _Document, labels: frozenset[str]) -> Policy:
    """The file alone as a policy; `labels` are those its parents introduce."""
    found = [document.says(at, "must not be empty") for at in document.empty]
    policy = None
    try:
        policy = Policy.model_validate(document.data, context={"labels": labels})
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
    if kind == "enum":
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
    "rules": Rule,
    "tests": PolicyTest,
}


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _key_hint(at: KeyPath) -> str:
    """The nearest key that is allowed there, or where this one belongs."""
    key = str(at[-1])
    close = nearest(key, _keys(_PARTS[str(at[0])] if len(at) > 1 else Policy))
    if not close:
        homes = [home for home in ("settings", "box") if key in _keys(_PARTS[home])]
        close = f"{homes[0]}.{key}" if homes else ""
    return f' (did you mean "{close}"?)' if close else ""


def _merged(parent: Policy, child: Policy) -> Policy:
    """`child` laid over `parent`: see `load`."""
    return child.model_copy(
        update={
            "settings": _overlaid(parent.settings, child.settings),
            "box": _overlaid(parent.box, child.box),
            "rules": _merged_rules(parent.rules, child.rules),
            "never": tuple(dict.fromkeys((*parent.never, *child.never))),
        }
    )


def _overlaid(parent: _Part, child: _Part) -> _Part:
    """`parent` with the keys that `child` states."""
    return parent.model_copy(update={key: getattr(child, key) for key in child.model_fields_set})


def _merged_rules(parent: tuple[Rule, ...], child: tuple[Rule, ...]) -> tuple[Rule, ...]:
    stated = {rule.id: rule for rule in child}
    inherited = {rule.id for rule in parent}
    new = tuple(rule for rule in child if rule.id not in inherited)
    return (*new, *(stated.get(rule.id, rule) for rule in parent))


# Saying where


def _bad(document: _Document, at: KeyPath, what: str) -> BadPolicy:
    return BadPolicy(document.says(at, what)[1])


def _where(path: Path, line: int) -> str:
    return f"{_shown(path)}:{line}"


def _shown(path: Path) -> str:
    """A path as people know it: relative where it lies below the current folder, printable."""
    with contextlib.suppress(ValueError, OSError):
        path = path.relative_to(Path.cwd())
    return "".join(c if c.isprintable() else "?" for c in str(path))


def _dotted(at: KeyPath) -> str:
    """`rules[2].find: `, or nothing for the whole file."""
    text = ""
    for key in at:
        text += f"[{key}]" if isinstance(key, int) else f".{_plain_key(key)}"
    return f"{text.removeprefix('.')}: " if text else ""


def _plain_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", key) else quoted(key)
