"""Public keys, as OpenSSH writes and names them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from redactor.sign.wire import Wire, base64_of, bytes_of, string

PublicKey = Ed25519PublicKey

KEY_TYPE: Final = "ssh-ed25519"
HARDWARE_KEY_TYPE: Final = "sk-ssh-ed25519@openssh.com"


@dataclass(frozen=True, slots=True)
class HardwareKey:
    """An Ed25519 key that never leaves a FIDO token (OpenSSH, PROTOCOL.u2f).

    What the token signs names the `application` it made the key for, and whether it was touched.
    """

    public: PublicKey
    application: bytes


AnyKey = PublicKey | HardwareKey


def key_type(key: AnyKey) -> str:
    """OpenSSH's name of the kind of key."""
    return HARDWARE_KEY_TYPE if isinstance(key, HardwareKey) else KEY_TYPE


def public_line(key: AnyKey, comment: str = "") -> str:
    """The key as a line of OpenSSH's: `ssh-ed25519 AAAA... comment`."""
    if not comment.isprintable():
        raise ValueError("a key's comment is one line of printable characters")
    return f"{key_type(key)} {base64_of(key_blob(key))} {comment}".rstrip()


def parse_public_line(line: str) -> AnyKey:
    """The key of such a line, whatever its comment. Raises ValueError, which quotes nothing."""
    kind, blob = (*line.split(maxsplit=2), "", "")[:2]
    if kind not in (KEY_TYPE, HARDWARE_KEY_TYPE):
        raise ValueError("not the public line of an Ed25519 key")
    try:
        key = parse_key_blob(bytes_of(blob))
    except ValueError:
        raise ValueError("the key is damaged") from None
    if key_type(key) != kind:
        raise ValueError("the key is of another type than its line says")
    return key


def fingerprint(key: AnyKey) -> str:
    """As `ssh-keygen -l` prints it: SHA256: and the unpadded base64 of the key's digest."""
    return "SHA256:" + base64_of(hashlib.sha256(key_blob(key)).digest()).rstrip("=")


def key_blob(key: AnyKey) -> bytes:
    """The key in SSH's wire format (RFC 8709, 4; PROTOCOL.u2f, SSH U2F Key formats)."""
    kind = string(key_type(key).encode())
    if isinstance(key, HardwareKey):
        return kind + string(key.public.public_bytes_raw()) + string(key.application)
    return kind + string(key.public_bytes_raw())


def parse_key_blob(blob: bytes) -> AnyKey:
    """The inverse of `key_blob`. Raises ValueError when it is not an Ed25519 key."""
    wire = Wire(blob)
    kind = wire.string()
    if kind not in (KEY_TYPE.encode(), HARDWARE_KEY_TYPE.encode()):
        raise ValueError("not an Ed25519 key")
    public = PublicKey.from_public_bytes(wire.string())
    key = public if kind == KEY_TYPE.encode() else HardwareKey(public, wire.string())
    wire.end()
    return key


def holds(key: PublicKey, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` is that of `key` over the bytes `signed` (RFC 8032)."""
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
