"""Reads what was signed, once every signature beside it held: reports, and reviews of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.pdf.intake import Limits, read_bytes
from redactor.report import Report
from redactor.sign.allowed_signers import (
    AllowedSigner,
    allowed_keys,
    principals_of,
    read_allowed_signers,
)
from redactor.sign.envelope import open_envelope
from redactor.sign.public import AnyKey, fingerprint
from redactor.sign.rotation import Rotation, followed, open_rotation
from redactor.sign.sshsig import NAMESPACE, embedded_key, ssh_verify
from redactor.statement import from_bytes
from redactor.trust import SignedBy


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count, by the allowed-signers file and the rotations that were given."""

    signers: tuple[AllowedSigner, ...]
    rotations: tuple[Rotation, ...] = ()


class Dated(Protocol):
    """What is signed says when it was made."""

    @property
    def created(self) -> str: ...


T = TypeVar("T", bound=Dated)


@dataclass(frozen=True, slots=True)
class Signed(Generic[T]):
    """What a signed file holds, and whose signatures hold: the envelope's own, then added ones."""

    content: T
    envelope: bytes = field(repr=False)
    signatures: tuple[SignedBy, ...]

    @property
    def sha256(self) -> str:
        """Of the file, in hex."""
        return hashlib.sha256(self.envelope).hexdigest()


def read_trust(allowed_signers: Path, rotations: Sequence[Path] = ()) -> Trust:
    """Raises FileAccessError, UsageError, and AnswerIsNo for a rotation that nobody trusts."""
    statements = tuple(_read_rotation(path) for path in rotations)
    signers = followed(read_allowed_signers(allowed_signers), statements)
    return Trust(signers, statements)


def signature_of(path: Path) -> Path:
    """Where the SSHSIG over a signed file lies."""
    return path.with_name(path.name + ".sig")


def next_signature_path(path: Path) -> Path:
    """Where the next signature that is added to a signed file goes."""
    _, *added = signature_paths(path)
    number = int(added[-1].name.split(".")[-2]) + 1 if added else 2
    return path.with_name(f"{path.name}.{number}.sig")


def signature_paths(path: Path) -> tuple[Path, ...]:
    """The files beside a signed file that sign it: its own, then those added by `keys sign`."""
    added = re.compile(re.escape(path.name) + r"\.([0-9]{1,6})\.sig")
    try:
        beside = list(path.parent.iterdir())
    except OSError as error:
        raise FileAccessError(
            f"{path.parent}: {(error.strerror or 'cannot be read').lower()}",
            "check the path and its permissions",
        ) from error
    found = {int(m[1]): each for each in beside if (m := added.fullmatch(each.name))}
    return signature_of(path), *(each for _, each in sorted(found.items()))


def signed_report(path: Path, trust: Trust | None) -> Signed[Report]:
    """The report at `path`, as `read_signed` says."""
    return read_signed(path, trust, from_bytes, "report")


def read_signed(
    path: Path, trust: Trust | None, parse: Callable[[bytes], T], what: str
) -> Signed[T]:
    """What is in the envelope at `path`, once every signature beside it held; `what` that is.

    Without `trust` a signature counts when it is valid, whoever made it. With it every key must be
    one that may sign at the time the content gives, which is what the signer says it was. Raises
    FileAccessError for a missing file, AnswerIsNo where a signature does not hold: then nothing in
    the file can be believed.
    """
    envelope = read_bytes(path, Limits())
    first, *others = signature_paths(path)
    key = _signing_key(envelope, first, trust)
    payload = open_envelope(envelope, [key])
    try:
        content = parse(payload)
    except ValueError as error:
        raise AnswerIsNo(
            f"the {what} is signed, but is not one of ours", "was it made by another version?"
        ) from error
    keys = (key, *(_added_key(envelope, other, trust) for other in others))
    return Signed(content, envelope, tuple(_signed_by(k, content, what, trust) for k in keys))


def _read_rotation(path: Path) -> Rotation:
    envelope = read_bytes(path, Limits())
    signature = read_bytes(signature_of(path), Limits())
    try:
        return open_rotation(envelope, signature)
    except AnswerIsNo as error:
        raise AnswerIsNo(f"{path}: {error.what}", error.hint or "do not follow it") from None


def _signing_key(envelope: bytes, path: Path, trust: Trust | None) -> AnyKey:
    """The key whose signature is in the file, once it held; with `trust`, one that is listed."""
    armored = read_bytes(path, Limits())
    known = [embedded_key(armored)] if trust is None else [each.key for each in trust.signers]
    try:
        return ssh_verify(envelope, armored, NAMESPACE, known)
    except AnswerIsNo as error:
        raise AnswerIsNo(f"{path.name}: {error.what}", error.hint) from None


def _added_key(envelope: bytes, path: Path, trust: Trust | None) -> AnyKey:
    try:
        return _signing_key(envelope, path, trust)
    except AnswerIsNo as error:
        hint = "if it was left by an earlier report, remove it"
        raise AnswerIsNo(error.what, error.hint or hint) from None


def _signed_by(key: AnyKey, content: Dated, what: str, trust: Trust | None) -> SignedBy:
    name = fingerprint(key)
    if trust is None:
        return SignedBy(name)
    when = datetime.fromisoformat(content.created)
    if key not in allowed_keys(trust.signers, NAMESPACE, when):
        raise AnswerIsNo(
            f"the signature is by {name}, which is not trusted to sign a {what} of"
            f" {content.created}",
            "see the dates and namespaces of its line, and the rotations",
        )
    names = principals_of(key, trust.signers, NAMESPACE, when)
    return SignedBy(name, names, _through(key, trust.rotations))


def _through(key: AnyKey, rotations: Sequence[Rotation]) -> tuple[str, ...]:
    """The keys that named one another before `key`, the latest first."""
    chain: list[AnyKey] = []
    for rotation in sorted(rotations, key=lambda each: each.moment, reverse=True):
        if rotation.new == (chain[-1] if chain else key):
            chain.append(rotation.old)
    return tuple(map(fingerprint, chain))
