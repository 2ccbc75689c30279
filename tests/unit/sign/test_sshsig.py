"""SSH signatures: ours hold, tampered ones do not."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from redactor.errors import AnswerIsNo
from redactor.sign.public import PublicKey, fingerprint
from redactor.sign.sshsig import NAMESPACE, embedded_key, ssh_sign, ssh_verify
from tests.unit.sign.given import ARMORED, KEY, MESSAGE, OTHER_PUBLIC, PUBLIC, flipped


def test_an_ssh_signature_holds_for_its_key_message_and_namespace() -> None:
    assert ssh_verify(MESSAGE, ARMORED, NAMESPACE, [OTHER_PUBLIC, PUBLIC]) == PUBLIC
    assert ssh_verify(MESSAGE, ARMORED.encode(), NAMESPACE, [PUBLIC]) == PUBLIC
    assert embedded_key(ARMORED) == PUBLIC


def test_the_armor_is_that_of_the_specification() -> None:
    first, *lines, last, end = ARMORED.split("\n")
    assert first == "-----BEGIN SSH SIGNATURE-----"
    assert (last, end) == ("-----END SSH SIGNATURE-----", "")
    assert max(map(len, lines)) <= 76
    assert base64.b64decode("".join(lines)).startswith(b"SSHSIG\0\0\0\x01")


@pytest.mark.parametrize(
    ("message", "namespace", "trusted", "words"),
    [
        (MESSAGE + b".", NAMESPACE, [PUBLIC], "does not match"),
        (b"", NAMESPACE, [PUBLIC], "does not match"),
        (MESSAGE, "file", [PUBLIC], "not made for file"),
        (MESSAGE, NAMESPACE, [OTHER_PUBLIC], "not trusted"),
        (MESSAGE, NAMESPACE, [], "not trusted"),
    ],
)
def test_an_ssh_signature_holds_for_nothing_else(
    message: bytes, namespace: str, trusted: list[PublicKey], words: str
) -> None:
    with pytest.raises(AnswerIsNo, match=words):
        ssh_verify(message, ARMORED, namespace, trusted)


def test_a_refusal_names_the_key_that_signed() -> None:
    with pytest.raises(AnswerIsNo) as caught:
        ssh_verify(MESSAGE, ARMORED, NAMESPACE, [])
    assert fingerprint(PUBLIC) in caught.value.what


def test_an_empty_namespace_is_refused() -> None:
    with pytest.raises(ValueError):
        ssh_sign(MESSAGE, KEY, "")


def armor(blob: bytes) -> str:
    text = base64.b64encode(blob).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n"


BLOB = base64.b64decode("".join(ARMORED.split("\n")[1:-2]))


@pytest.mark.parametrize("bits", [1, 0x80])
def test_every_byte_of_an_ssh_signature_counts(bits: int) -> None:
    assert ssh_verify(MESSAGE, armor(BLOB), NAMESPACE, [PUBLIC]) == PUBLIC
    for at in range(len(BLOB)):
        with pytest.raises(AnswerIsNo):
            ssh_verify(MESSAGE, armor(flipped(BLOB, at, bits)), NAMESPACE, [PUBLIC])


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(ARMORED) - 1), value=st.integers(0, 255))
def test_every_character_of_the_armor_counts(at: int, value: int) -> None:
    changed = ARMORED.encode()[:at] + bytes([value]) + ARMORED.encode()[at + 1 :]
    if changed.split() != ARMORED.encode().split():
        with pytest.raises(AnswerIsNo):
            ssh_verify(MESSAGE, changed, NAMESPACE, [PUBLIC])


def wire(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def made_blob(
    *,
    version: int = 1,
    key: bytes | None = None,
    namespace: bytes = NAMESPACE.encode(),
    reserved: bytes = b"",
    signed_reserved: bytes = b"",
    hash_name: bytes = b"sha512",
    kind: bytes = b"ssh-ed25519",
    inner_tail: bytes = b"",
    tail: bytes = b"",
) -> bytes:
    known = hash_name.decode() if hash_name in (b"sha256", b"sha512", b"md5") else "sha512"
    digest = hashlib.new(known, MESSAGE).digest()
    value = KEY.sign(b"SSHSIG" + wire(namespace, signed_reserved, hash_name, digest))
    key = wire(b"ssh-ed25519", PUBLIC.public_bytes_raw()) if key is None else key
    head = b"SSHSIG" + version.to_bytes(4, "big")
    return head + wire(key, namespace, reserved, hash_name, wire(kind, value) + inner_tail) + tail


@pytest.mark.parametrize(
    "parts",
    [{}, {"hash_name": b"sha256"}, {"reserved": b"later", "signed_reserved": b"later"}],
    ids=["sha512", "sha256", "reserved and signed"],
)
def test_variants_that_hold(parts: dict[str, Any]) -> None:
    assert ssh_verify(MESSAGE, armor(made_blob(**parts)), NAMESPACE, [PUBLIC]) == PUBLIC


@pytest.mark.parametrize(
    "parts",
    [
        {"version": 0},
        {"version": 2},
        {"hash_name": b"md5"},
        {"hash_name": b"\xff"},
        {"namespace": b""},
        {"namespace": b"\xff"},
        {"reserved": b"added"},
        {"kind": b"ssh-rsa"},
        {"inner_tail": b"\0"},
        {"tail": b"\0"},
        {"key": b""},
        {"key": wire(b"ssh-rsa", b"\x03", b"\x07" * 256)},
        {"key": wire(b"ssh-ed25519", b"short")},
        {"key": wire(b"ssh-ed25519", PUBLIC.public_bytes_raw(), b"more")},
    ],
    ids=repr,
)
def test_variants_that_do_not(parts: dict[str, Any]) -> None:
    with pytest.raises(AnswerIsNo):
        ssh_verify(MESSAGE, armor(made_blob(**parts)), NAMESPACE, [PUBLIC])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.binary(max_size=80).map(lambda b: armor(BLOB[:10] + b).encode()))
@example(b"")
@example(b"-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----")
@example(b"\n" + ARMORED.encode())
@example(ARMORED.encode() + b"more")
@example("é".encode())
def test_no_bytes_at_all_are_an_ssh_signature(data: bytes) -> None:
    with pytest.raises(AnswerIsNo):
        embedded_key(data)
    with pytest.raises(AnswerIsNo):
        ssh_verify(MESSAGE, data, NAMESPACE, [PUBLIC])
