"""From a policy's name or path to the policy, with everything that it extends merged in.

Whatever is wrong is said as `file:line: key.path: what`, one line each. What this does not do:
run a policy's own tests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from redactor.errors import BadPolicy, FileAccessError
from redactor.policy import document as documents
from redactor.policy.document import Document
from redactor.policy.files import relative
from redactor.policy.messages import validated
from redactor.policy.model import MAX_RULES, Policy, Rule, contradictions, own_labels
from redactor.policy.values import KeyPath, Part, nearest, quoted

MAX_EXTENDS: Final = 8
"""How many policies may extend each other in a row."""

_Part = TypeVar("_Part", bound=Part)


@dataclass(frozen=True, slots=True)
class PolicySource:
    """A policy that comes with the program."""

    name: str
    path: Path
    description: str


def load(name_or_path: str | Path) -> Policy:
    """The policy of that name, or in that file, resolved.

    A string without a slash and without .yaml or .yml at its end is a name. A child's settings,
    box and document replace its parent's key by key; a child's rule replaces the parent's of the
    same id, else stands before all of the parent's; `never` lists unite, and so do `always` lists;
    a child's `subject` replaces its parent's; tests are the child's alone.
    """
    chain = _chain(_locate(name_or_path))
    resolved = validated(chain[-1], frozenset())
    labels = own_labels(resolved.rules)
    for document in reversed(chain[:-1]):
        child = validated(document, labels)
        labels |= own_labels(child.rules)
        resolved = _merged(resolved, child)
        if len(resolved.rules) > MAX_RULES:
            raise _bad(document, ("rules",), f"more than {MAX_RULES} rules with those it extends")
        _refuse_contradictions(document, child, resolved)
    return resolved.model_copy(update={"extends": None})


def source(name_or_path: str | Path) -> Document:
    """The policy's own file, with its lines. Raises BadPolicy, FileAccessError."""
    return _read(_locate(name_or_path))


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


def _chain(path: Path) -> list[Document]:
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


def _parent(document: Document) -> Path | None:
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
    try:
        parent = relative(extends, document.path.parent)
    except ValueError:
        what = "must be a name or a path relative to this file"
        raise _bad(document, ("extends",), what) from None
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


def _read(path: Path) -> Document:
    return documents.read(path, f"policies by name: {', '.join(sorted(_named())) or 'none'}")


def _bad(document: Document, at: KeyPath, what: str) -> BadPolicy:
    return BadPolicy(document.says(at, what)[1])


# Merging


def _merged(parent: Policy, child: Policy) -> Policy:
    """`child` laid over `parent`: see `load`."""
    return child.model_copy(
        update={
            "settings": _overlaid(parent.settings, child.settings),
            "box": _overlaid(parent.box, child.box),
            "document": _overlaid(parent.document, child.document),
            "rules": _merged_rules(parent.rules, child.rules),
            "never": tuple(dict.fromkeys((*parent.never, *child.never))),
            "always": tuple(dict.fromkeys((*parent.always, *child.always))),
            "subject": child.subject or parent.subject,
        }
    )


def _refuse_contradictions(document: Document, child: Policy, resolved: Policy) -> None:
    """Says so at the child's own entry: each of the two files alone may be in order."""
    if found := contradictions(resolved.never, child.always):
        what = 'is listed under "never" in what this policy extends'
        raise _bad(document, ("always", min(found)), what)
    if found := contradictions(resolved.always, child.never):
        what = 'is listed under "always" in what this policy extends'
        raise _bad(document, ("never", min(found)), what)


def _overlaid(parent: _Part, child: _Part) -> _Part:
    """`parent` with the keys that `child` states."""
    return parent.model_copy(update={key: getattr(child, key) for key in child.model_fields_set})


def _merged_rules(parent: tuple[Rule, ...], child: tuple[Rule, ...]) -> tuple[Rule, ...]:
    stated = {rule.id: rule for rule in child}
    inherited = {rule.id for rule in parent}
    new = tuple(rule for rule in child if rule.id not in inherited)
    return (*new, *(stated.get(rule.id, rule) for rule in parent))
