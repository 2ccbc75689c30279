"""Public keys, as OpenSSH writes and names them."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from redactor.sign.wire import Wire, base64_of, string

PublicKey = Ed25519PublicKey

KEY_TYPE = "ssh-ed25519"


def public_line(key: PublicKey, comment: str = "") -> str:
    """The key as a line of OpenSSH's: `ssh-ed25519 AAAA... comment`."""
    if not comment.isprintable():
        raise ValueError("a key's comment is one line of printable characters")
    return f"{KEY_TYPE} {base64_of(key_blob(key))} {comment}".rstrip()


def fingerprint(key: PublicKey) -> str:
    """As `ssh-keygen -l` prints it: SHA256: and the unpadded base64 of the key's digest."""
    return "SHA256:" + base64_of(hashlib.sha256(key_blob(key)).digest()).rstrip("=")


def key_blob(key: PublicKey) -> bytes:
    """The key in SSH's wire format (RFC 8709, 4)."""
    return string(KEY_TYPE.encode()) + string(key.public_bytes_raw())


def parse_key_blob(blob: bytes) -> PublicKey:
    """The inverse of `key_blob`. Raises ValueError when it is not an Ed25519 key."""
    wire = Wire(blob)
    if wire.string() != KEY_TYPE.encode():
        raise ValueError("not an Ed25519 key")
    key = PublicKey.from_public_bytes(wire.string())
    wire.end()
    return key


def holds(key: PublicKey, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` is that of `key` over the bytes `signed`."""
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
