"""Signed heads: at the end of a run, the size and the root of the log, signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from redactor.sign.allowed_signers import AllowedSigner, allowed_keys
from redactor.sign.envelope import open_envelope, seal
from redactor.sign.keys import PrivateKey
from redactor.sign.signer import SshSigner, signer_of
from redactor.strict_json import canonical_json, strict_json

PAYLOAD_TYPE = "application/vnd.redactor.log-head+json"


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a log: its size in entries, and the Merkle root of them in hex."""

    size: int
    root: str
    time: str


def sealed(head: Head, key: PrivateKey | SshSigner) -> bytes:
    """The head in a DSSE envelope, on one line."""
    payload = canonical_json(asdict(head))
    return seal(payload, PAYLOAD_TYPE, signer_of(key))


def opened(envelope: bytes, signers: Sequence[AllowedSigner]) -> Head:
    """The head, once a signature held by a key that was trusted at the head's time.

    Raises AnswerIsNo, or ValueError where what is signed is no head.
    """
    payload = open_envelope(envelope, [each.key for each in signers], PAYLOAD_TYPE)
    head = _parsed(strict_json(payload))
    when = datetime.strptime(head.time, "%Y-%m-%dT%H:%M:%S%z")
    open_envelope(envelope, allowed_keys(signers, when=when), PAYLOAD_TYPE)
    return head


def _parsed(data: object) -> Head:
    if not isinstance(data, dict) or data.keys() != {"size", "root", "time"}:
        raise ValueError("a head has other keys")
    if type(data["size"]) is not int or not isinstance(data["root"], str):
        raise ValueError("a head has a value of the wrong type")
    if not isinstance(data["time"], str) or not data["time"].endswith("Z"):
        raise ValueError("a head has no time in UTC")
    return Head(**data)
