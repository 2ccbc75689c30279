"""What signs: a key in memory, or something else that holds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from redactor.sign.keys import PrivateKey
from redactor.sign.public import AnyKey, PublicKey, fingerprint
from redactor.sign.ssh_signature import ssh_signature


@dataclass(frozen=True, slots=True)
class Signature:
    """The raw signature, and the SSH fingerprint of the key that made it."""

    keyid: str
    value: bytes


class Signer(Protocol):
    """Something that signs bytes: a key in a file, or a plug-in for a token or a service."""

    def sign(self, payload: bytes) -> Signature: ...


class SshSigner(Signer, Protocol):
    """A signer that can make SSH signatures, too; `ssh_sign` gives one in SSH's wire format."""

    @property
    def public_key(self) -> AnyKey: ...

    def ssh_sign(self, data: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Signs with a key in memory."""

    key: PrivateKey

    @property
    def public_key(self) -> PublicKey:
        return self.key.public_key()

    def sign(self, payload: bytes) -> Signature:
        return Signature(fingerprint(self.public_key), self.key.sign(payload))

    def ssh_sign(self, data: bytes) -> bytes:
        return ssh_signature(self.public_key, self.key.sign(data))


def signer_of(key: PrivateKey | SshSigner) -> SshSigner:
    """A signer as it is; one that signs with the key where it is a key."""
    return Ed25519Signer(key) if isinstance(key, PrivateKey) else key
