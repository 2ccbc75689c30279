"""A new key takes over from an old one: a statement that both have signed.

An in-toto Statement v1 whose subject is the new key (SHA-256 of its SSH wire format, as its
fingerprint has it) in a DSSE envelope signed by both keys: the old one vouches for the new, the
new one shows that it is in the same hands. Beside it lies an SSHSIG by the old key, in a namespace
of its own, so that a key may be trusted to sign reports without being trusted to name another.

A thief of the old key can make such a statement, too, and date it back. So nobody follows one that
was not handed over on purpose, and after a theft the old key's line is to be struck out instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from redactor.errors import AnswerIsNo
from redactor.sign.allowed_signers import AllowedSigner
from redactor.sign.envelope import PAYLOAD_TYPE, open_envelope, seal
from redactor.sign.public import (
    PublicKey,
    fingerprint,
    key_blob,
    parse_public_line,
    public_line,
)
from redactor.sign.signer import SshSigner
from redactor.sign.sshsig import embedded_key, ssh_sign, ssh_verify
from redactor.statement import STATEMENT_TYPE
from redactor.strict_json import canonical_json, strict_json

PREDICATE_TYPE = "urn:redactor:predicate:key-rotation:v1"
NAMESPACE = "redactor-rotation"


@dataclass(frozen=True, slots=True)
class Rotation:
    """From `created` on (RFC 3339, UTC, ending in Z) `new` signs in the place of `old`."""

    old: PublicKey
    new: PublicKey
    created: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.created)


def sealed_rotation(old: SshSigner, new: SshSigner, created: str) -> tuple[bytes, bytes]:
    """The statement in its envelope, and the SSHSIG over that by the old key.

    Raises UsageError for a key in a token, which cannot sign envelopes.
    """
    keys = {"old": public_line(old.public_key), "new": public_line(new.public_key)}
    digest = hashlib.sha256(key_blob(new.public_key)).hexdigest()
    payload = _payload(keys, digest, created)
    envelope = seal(payload, PAYLOAD_TYPE, old, new)
    return envelope, ssh_sign(envelope, old, NAMESPACE).encode("ascii")


def open_rotation(envelope: bytes, signature: bytes) -> Rotation:
    """What the statement says, once all its signatures held. Raises AnswerIsNo otherwise.

    That does not yet mean that anyone trusts the old key: see `followed`.
    """
    old = ssh_verify(envelope, signature, NAMESPACE, [embedded_key(signature)])
    payload = open_envelope(envelope, [old])
    try:
        rotation = _rotation(payload)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AnswerIsNo("this is not a statement of a key's rotation") from None
    if rotation.old != old:
        raise AnswerIsNo("the statement is signed by another key than the one it replaces")
    open_envelope(envelope, [rotation.new])
    return rotation


def followed(
    signers: Sequence[AllowedSigner], rotations: Iterable[Rotation]
) -> tuple[AllowedSigner, ...]:
    """The signers with each new key in the place of its old one, from the statement's time on.

    Raises AnswerIsNo where an old key is not trusted, at that time, to name a new one.
    """
    known = tuple(signers)
    for rotation in sorted(rotations, key=lambda each: each.moment):
        known = _followed(known, rotation)
    return known


def _followed(known: tuple[AllowedSigner, ...], rotation: Rotation) -> tuple[AllowedSigner, ...]:
    when = rotation.moment
    vouching = [s for s in known if s.key == rotation.old and s.permits(NAMESPACE, when)]
    if not vouching:
        raise AnswerIsNo(
            f"{fingerprint(rotation.old)} is not trusted to name a new key on {rotation.created}",
            f"its line must allow the namespace {NAMESPACE} at that time",
        )
    before = [replace(s, valid_before=when) if s in vouching else s for s in known]
    after = [replace(s, key=rotation.new, valid_after=when, valid_before=None) for s in vouching]
    return (*before, *after)


def _payload(keys: Mapping[str, str], digest: str, created: str) -> bytes:
    return canonical_json(
        {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": "new key", "digest": {"sha256": digest}}],
            "predicateType": PREDICATE_TYPE,
            "predicate": dict(keys, created=created),
        }
    )


def _rotation(payload: bytes) -> Rotation:
    """The statement, which has only one spelling. Raises ValueError and what comes of rubbish."""
    predicate: Any = strict_json(payload)["predicate"]
    old, new = (parse_public_line(predicate[name]) for name in ("old", "new"))
    created = predicate["created"]
    keys = {"old": public_line(old), "new": public_line(new)}
    digest = hashlib.sha256(key_blob(new)).hexdigest()
    is_utc = created.endswith("Z") and datetime.fromisoformat(created)
    if not is_utc or payload != _payload(keys, digest, created):
        raise ValueError("another statement")
    if not isinstance(old, PublicKey) or not isinstance(new, PublicKey):
        raise ValueError("a key in a token")
    return Rotation(old, new, created)
