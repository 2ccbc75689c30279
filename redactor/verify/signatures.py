"""Who signed a report: every signature beside it, and whether those keys are trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.pdf.intake import Limits, read_bytes
from redactor.report import Report, from_bytes
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


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count, by the allowed-signers file and the rotations that were given."""

    signers: tuple[AllowedSigner, ...]
    rotations: tuple[Rotation, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A signature that holds: by which key, and whom that stands for (nobody: not known).

    `through` are the keys that named each other in rotations, back to one that is trusted itself.
    """

    key: AnyKey
    principals: tuple[str, ...] = ()
    through: tuple[AnyKey, ...] = ()

    def __str__(self) -> str:
        if not self.principals:
            return f"{fingerprint(self.key)}, not known to be trusted (no --allowed-signers)"
        named = "".join(f", named by {fingerprint(key)}" for key in self.through)
        return f"{fingerprint(self.key)}, {', '.join(self.principals)}{named}"


@dataclass(frozen=True, slots=True)
class SignedReport:
    """A report whose signatures all hold; the first is the envelope's own."""

    report: Report
    envelope: bytes
    signatures: tuple[SignedBy, ...]


def read_trust(allowed_signers: Path, rotations: Sequence[Path] = ()) -> Trust:
    """Raises FileAccessError, UsageError, and AnswerIsNo for a rotation that nobody trusts."""
    statements = tuple(_read_rotation(path) for path in rotations)
    signers = followed(read_allowed_signers(allowed_signers), statements)
    return Trust(signers, statements)


def next_signature_path(report: Path) -> Path:
    """Where the next signature that is added to a report goes."""
    _, *added = signature_paths(report)
    number = int(added[-1].name.split(".")[-2]) + 1 if added else 2
    return report.with_name(f"{report.name}.{number}.sig")


def signature_paths(report: Path) -> tuple[Path, ...]:
    """The files beside a report that sign it: its own, then those added by `keys sign`."""
    added = re.compile(re.escape(report.name) + r"\.([0-9]{1,6})\.sig")
    try:
        beside = list(report.parent.iterdir())
    except OSError as error:
        raise FileAccessError(
            f"{report.parent}: {(error.strerror or 'cannot be read').lower()}",
            "check the path and its permissions",
        ) from error
    found = {int(m[1]): path for path in beside if (m := added.fullmatch(path.name))}
    return report.with_name(report.name + ".sig"), *(path for _, path in sorted(found.items()))


def signed_report(path: Path, trust: Trust | None) -> SignedReport:
    """The report at `path`, once every signature beside it held.

    Without `trust` a signature counts when it is valid, whoever made it. With it every key must be
    one that may sign at the time the report gives, which is what the signer says it was. Raises
    FileAccessError for a missing file, AnswerIsNo where a signature does not hold: then nothing in
    the report can be believed.
    """
    envelope = read_bytes(path, Limits())
    first, *others = signature_paths(path)
    key = _signing_key(envelope, first, trust)
    payload = open_envelope(envelope, [key])
    try:
        report = from_bytes(payload)
    except ValueError as error:
        raise AnswerIsNo(
            "the report is signed, but is not one of ours", "was it made by another version?"
        ) from error
    keys = (key, *(_added_key(envelope, other, trust) for other in others))
    return SignedReport(report, envelope, tuple(_signed_by(k, report, trust) for k in keys))


def _read_rotation(path: Path) -> Rotation:
    envelope = read_bytes(path, Limits())
    signature = read_bytes(path.with_name(path.name + ".sig"), Limits())
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


def _signed_by(key: AnyKey, report: Report, trust: Trust | None) -> SignedBy:
    if trust is None:
        return SignedBy(key)
    when = datetime.fromisoformat(report.created)
    if key not in allowed_keys(trust.signers, NAMESPACE, when):
        raise AnswerIsNo(
            f"the signature is by {fingerprint(key)}, which is not trusted to sign a report of"
            f" {report.created}",
            "see the dates and namespaces of its line, and the rotations",
        )
    names = principals_of(key, trust.signers, NAMESPACE, when)
    return SignedBy(key, names, _through(key, trust.rotations))


def _through(key: AnyKey, rotations: Sequence[Rotation]) -> tuple[AnyKey, ...]:
    """The keys that named one another before `key`, the latest first."""
    chain: list[AnyKey] = []
    for rotation in sorted(rotations, key=lambda each: each.moment, reverse=True):
        if rotation.new == (chain[-1] if chain else key):
            chain.append(rotation.old)
    return tuple(chain)
