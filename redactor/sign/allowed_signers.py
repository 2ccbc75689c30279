"""Whose keys to trust: an allowed-signers file (ssh-keygen(1), ALLOWED SIGNERS)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from redactor.errors import FileAccessError, UsageError
from redactor.sign.public import HARDWARE_KEY_TYPE, KEY_TYPE, AnyKey, parse_public_line
from redactor.sign.sshsig import NAMESPACE

_KEY_TYPE_STARTS = ("ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-")
_QUOTED = r'"(?:\\"|\\(?!")|[^"\\])*"'
_PRINCIPALS = re.compile(r'(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]\S*))(?:\s+|$)')
_OPTIONS = re.compile(rf'((?:{_QUOTED}|\\"|\\(?!")|[^\s"\\])+)\s+')
_OPTION = re.compile(rf"([A-Za-z-]+)(?:=({_QUOTED}))?(,(?=.)|$)")
_TIME = re.compile(r"([0-9]{8})([0-9]{4})?([0-9]{2})?(Z|UTC)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """A line of an allowed-signers file: whom the key stands for, for what and how long.

    `principals` and `namespaces` are patterns (ssh_config(5), PATTERNS); no namespaces is all.
    """

    principals: tuple[str, ...]
    key: AnyKey
    namespaces: tuple[str, ...] = ()
    valid_after: datetime | None = None
    valid_before: datetime | None = None

    def permits(self, namespace: str, when: datetime) -> bool:
        """Whether the key may sign in `namespace` at `when`, which knows its time zone."""
        return (
            (not self.namespaces or matches(namespace, self.namespaces))
            and (self.valid_after is None or self.valid_after <= when)
            and (self.valid_before is None or when <= self.valid_before)
        )


def read_allowed_signers(path: Path) -> tuple[AllowedSigner, ...]:
    """The Ed25519 keys of an allowed-signers file (ssh-keygen(1), ALLOWED SIGNERS).

    Keys of other types are passed over, for no report is signed with one. Raises UsageError,
    naming the line, where the file is wrong or asks for a certificate authority.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileAccessError(
            f"cannot read {path}: {error.strerror}", "check the path and its permissions"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{path} is not an allowed-signers file: it is not text",
            "see ALLOWED SIGNERS in man ssh-keygen",
        ) from None
    signers: list[AllowedSigner] = []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            signers.extend(_parse_signer(line.strip()))
        except ValueError as error:
            raise UsageError(
                f"{path}, line {number}: {error}", "see ALLOWED SIGNERS in man ssh-keygen"
            ) from None
    return tuple(signers)


def allowed_keys(
    signers: Sequence[AllowedSigner], namespace: str = NAMESPACE, when: datetime | None = None
) -> tuple[AnyKey, ...]:
    """The keys that may sign in `namespace` at `when` (now)."""
    moment = when or datetime.now(UTC)
    return tuple(each.key for each in signers if each.permits(namespace, moment))


def principals_of(
    key: AnyKey,
    signers: Sequence[AllowedSigner],
    namespace: str = NAMESPACE,
    when: datetime | None = None,
) -> tuple[str, ...]:
    """Whom `key` stands for, as the file says it, where it may sign in `namespace` at `when`."""
    moment = when or datetime.now(UTC)
    mine = (each for each in signers if each.key == key and each.permits(namespace, moment))
    return tuple(dict.fromkeys(name for each in mine for name in each.principals))


def _parse_signer(line: str) -> Iterator[AllowedSigner]:
    if not line or line.startswith("#"):
        return
    who = _PRINCIPALS.match(line)
    if not who:
        raise ValueError("it does not start with a principal")
    rest, options = line[who.end() :], ""
    if not rest.startswith(_KEY_TYPE_STARTS):
        found = _OPTIONS.match(rest)
        if not found:
            raise ValueError("there is no key, or a quote is open")
        rest, options = rest[found.end() :], found[1]
    namespaces, after, before = _parse_options(options)
    kind = (*rest.split(maxsplit=1), "")[0]
    if not kind.startswith(_KEY_TYPE_STARTS):
        raise ValueError("there is no key")
    if kind in (KEY_TYPE, HARDWARE_KEY_TYPE):
        key = parse_public_line(rest)
        principals = who["plain"] if who["quoted"] is None else who["quoted"]
        yield AllowedSigner(tuple(principals.split(",")), key, namespaces, after, before)


def _parse_options(text: str) -> tuple[tuple[str, ...], datetime | None, datetime | None]:
    options = dict(_split_options(text))
    namespaces = options.get("namespaces")
    after, before = options.get("valid-after"), options.get("valid-before")
    start = None if after is None else _parse_time(after)
    end = None if before is None else _parse_time(before)
    if start and end and end <= start:
        raise ValueError("valid-before is not after valid-after")
    return () if namespaces is None else tuple(namespaces.split(",")), start, end


def _split_options(text: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if not match:
            raise ValueError("the options are malformed; values stand in double quotes")
        name, quoted, at = match[1].lower(), match[2], match.end()
        if name == "cert-authority":
            raise ValueError("certificate authorities are not supported; list the keys themselves")
        if name not in ("namespaces", "valid-after", "valid-before") or quoted is None:
            raise ValueError("there is an option that allowed-signers files do not have")
        if name in seen:
            raise ValueError(f"{name} is there twice")
        seen.add(name)
        yield name, quoted[1:-1].replace('\\"', '"')


def _parse_time(text: str) -> datetime:
    """YYYYMMDD[HHMM[SS]], in local time unless a Z or UTC follows."""
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError("a time is not YYYYMMDD[HHMM[SS]][Z]")
    try:
        moment = datetime.strptime(
            match[1] + (match[2] or "0000") + (match[3] or "00"), "%Y%m%d%H%M%S"
        )
        return moment.replace(tzinfo=UTC) if match[4] else moment.astimezone()
    except (ValueError, OverflowError, OSError):
        raise ValueError("a time is not on the calendar") from None


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern list takes `name` in (ssh_config(5), PATTERNS): `*`, `?`, `!` to veto."""
    hits = [p for p in patterns if re.fullmatch(_pattern(p.removeprefix("!")), name, re.DOTALL)]
    return bool(hits) and not any(p.startswith("!") for p in hits)


def _pattern(pattern: str) -> str:
    wild = {"*": ".*", "?": "."}
    return "".join(wild.get(c, re.escape(c)) for c in re.sub(r"\*+", "*", pattern))
