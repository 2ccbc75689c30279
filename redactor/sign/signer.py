"""What signs: a key in memory, or something else that holds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from redactor.sign.keys import PrivateKey
from redactor.sign.public import fingerprint


@dataclass(frozen=True, slots=True)
class Signature:
    """The raw signature, and the SSH fingerprint of the key that made it."""

    keyid: str
    value: bytes


class Signer(Protocol):
    """Something that signs bytes: a key in a file, or a plug-in for a token or a service."""

    def sign(self, payload: bytes) -> Signature: ...


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Signs with a key in memory."""

    key: PrivateKey

    def sign(self, payload: bytes) -> Signature:
        return Signature(fingerprint(self.key.public_key()), self.key.sign(payload))
