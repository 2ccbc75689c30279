"""A signature in SSH's wire format, as agents hand it out and SSHSIG carries it."""

from __future__ import annotations

import hashlib

from redactor.sign.public import AnyKey, HardwareKey, holds, key_type
from redactor.sign.wire import Wire, string

_TOUCHED = 0x01


def ssh_signature(key: AnyKey, value: bytes) -> bytes:
    """The blob around a raw signature (RFC 8709, 6)."""
    return string(key_type(key).encode()) + string(value)


def raw_signature(key: AnyKey, blob: bytes) -> bytes:
    """The raw signature in the blob. Raises ValueError where it is not one by this kind of key."""
    return _parsed(key, blob)[0]


def ssh_holds(key: AnyKey, blob: bytes, signed: bytes) -> bool:
    """Whether the blob is the signature of `key` over the bytes `signed`.

    A token signs digests with its flags and counter between (PROTOCOL.u2f, SSH U2F signatures);
    one that was made without a touch does not count.
    """
    try:
        value, tail = _parsed(key, blob)
    except ValueError:
        return False
    if not isinstance(key, HardwareKey):
        return holds(key, value, signed)
    digests = (hashlib.sha256(data).digest() for data in (key.application, signed))
    return bool(tail[0] & _TOUCHED) and holds(key.public, value, tail.join(digests))


def _parsed(key: AnyKey, blob: bytes) -> tuple[bytes, bytes]:
    """The raw signature and, of a token, its flags (a byte) and counter (four)."""
    wire = Wire(blob)
    if wire.string() != key_type(key).encode():
        raise ValueError("the signature is of another kind than its key")
    value = wire.string()
    tail = wire.take(5) if isinstance(key, HardwareKey) else b""
    wire.end()
    return value, tail
