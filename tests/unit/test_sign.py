"""Keys, envelopes and signatures: ours hold, tampered ones do not, and foreign tools agree."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from redactor.errors import AnswerIsNo, FileAccessError, UsageError
from redactor.sign import (
    NAMESPACE,
    PAYLOAD_TYPE,
    AllowedSigner,
    Ed25519Signer,
    PrivateKey,
    PublicKey,
    Signature,
    allowed_keys,
    default_key_path,
    embedded_key,
    fingerprint,
    job_hmac_key,
    load_key,
    load_or_create_default_key,
    new_key,
    open_envelope,
    principals_of,
    public_line,
    read_allowed_signers,
    seal,
    ssh_sign,
    ssh_verify,
    text_hmac,
    write_hmac_key,
)

SSH_KEYGEN = shutil.which("ssh-keygen")
needs_ssh_keygen = pytest.mark.skipif(SSH_KEYGEN is None, reason="ssh-keygen is not installed")

# The keys of RFC 8032, 7.1, tests 1 and 2.
KEY = PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
OTHER = PrivateKey.from_private_bytes(
    bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
)
PUBLIC, OTHER_PUBLIC = KEY.public_key(), OTHER.public_key()
PAYLOAD = b'{"_type":"https://in-toto.io/Statement/v1"}'
ENVELOPE = seal(PAYLOAD, PAYLOAD_TYPE, Ed25519Signer(KEY))
MESSAGE = b"signed bytes \x00\xff"
ARMORED = ssh_sign(MESSAGE, KEY)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def keygen(*args: str | Path, message: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    assert SSH_KEYGEN is not None
    return subprocess.run(
        [SSH_KEYGEN, *map(str, args)], input=message, capture_output=True, check=False, timeout=60
    )


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# ------------------------------------------------------------------ private keys


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize("passphrase", [None, b"correct horse"])
def test_a_new_key_loads_again(tmp_path: Path, passphrase: bytes | None) -> None:
    path = tmp_path / "a" / "b" / "key"
    key = new_key(path, passphrase)
    assert load_key(path, passphrase).public_key() == key.public_key()
    assert path.read_bytes().startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----\n")
    assert mode_of(path) == 0o600
    assert mode_of(path.parent) == mode_of(path.parent.parent) == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path, umask: int) -> None:
    os.umask(umask)
    new_key(tmp_path / "d" / "key")
    write_hmac_key(tmp_path / "hmac", job_hmac_key())
    assert mode_of(tmp_path / "d") == 0o700
    assert mode_of(tmp_path / "d" / "key") == mode_of(tmp_path / "hmac") == 0o600


def test_a_file_or_link_in_the_way_is_never_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"mine")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    for path in (there, link):
        with pytest.raises(FileAccessError) as caught:
            new_key(path)
        assert "never overwritten" in caught.value.hint
        with pytest.raises(FileAccessError):
            write_hmac_key(path, job_hmac_key())
    assert there.read_bytes() == b"mine"
    assert sorted(tmp_path.iterdir()) == [link, there]


def test_without_hard_links_a_key_is_still_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "key"
    new_key(path)
    assert mode_of(path) == 0o600
    before = path.read_bytes()
    with pytest.raises(FileAccessError, match="already"):
        new_key(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileAccessError, match="No space"):
        new_key(tmp_path / "key")
    with pytest.raises(FileAccessError, match="No space"):
        write_hmac_key(tmp_path / "hmac", job_hmac_key())
    assert list(tmp_path.iterdir()) == []


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        new_key(tmp_path / "key", b"")
    assert list(tmp_path.iterdir()) == []


def write_key(path: Path, data: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(data)
    path.chmod(mode)
    return path


def pem(key: PrivateKey | rsa.RSAPrivateKey, passphrase: bytes | None = None) -> bytes:
    locked = serialization.BestAvailableEncryption(passphrase) if passphrase else None
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        locked or serialization.NoEncryption(),
    )


@pytest.mark.parametrize("passphrase", [None, b"correct horse"])
def test_pem_keys_load(tmp_path: Path, passphrase: bytes | None) -> None:
    path = write_key(tmp_path / "key.pem", pem(KEY, passphrase))
    assert load_key(path, passphrase).public_key() == PUBLIC


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_key_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = write_key(tmp_path / "key", pem(KEY), mode)
    with pytest.raises(FileAccessError) as caught:
        load_key(path)
    assert caught.value.hint == f"chmod 600 {path}"


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_of_its_owner_alone_loads(tmp_path: Path, mode: int) -> None:
    assert load_key(write_key(tmp_path / "key", pem(KEY), mode)).public_key() == PUBLIC


def test_a_missing_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError) as caught:
        load_key(tmp_path / "key")
    assert "keys new" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a private key"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "not a private key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "not a private key"),
        (public_line(PUBLIC).encode(), "not a private key"),
        (pem(rsa.generate_private_key(65537, 2048)), "not an Ed25519 key"),
        (b"\n" * 70_000, "too large"),
    ],
    ids=["empty", "header only", "damaged", "public key", "RSA", "huge"],
)
def test_what_is_no_ed25519_key_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(FileAccessError, match=words):
        load_key(write_key(tmp_path / "key", data))


def test_neither_folder_nor_pipe_is_a_key(tmp_path: Path) -> None:
    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir(mode=0o700)
    os.mkfifo(pipe, 0o600)
    for path in (folder, pipe):
        with pytest.raises(FileAccessError, match=r"not a file|directory"):
            load_key(path)


@pytest.mark.parametrize("form", ["openssh", "pem"])
def test_passphrases_are_asked_for_and_checked(tmp_path: Path, form: str) -> None:
    locked, plain = tmp_path / "locked", tmp_path / "plain"
    if form == "pem":
        write_key(locked, pem(KEY, b"right"))
        write_key(plain, pem(KEY))
    else:
        new_key(locked, b"right")
        new_key(plain)
    with pytest.raises(FileAccessError, match="needs a passphrase"):
        load_key(locked)
    with pytest.raises(FileAccessError, match="passphrase is wrong"):
        load_key(locked, b"wrong")
    with pytest.raises(FileAccessError, match="has no passphrase"):
        load_key(plain, b"right")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_key_file_never_ends_in_a_traceback(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "damaged"
    folder.mkdir(exist_ok=True)
    whole = folder / "whole"
    if not whole.exists():
        new_key(whole)
    found = bytearray(whole.read_bytes())
    at = data.draw(st.integers(0, len(found) - 1))
    found[at] = data.draw(st.integers(0, 255))
    path = write_key(folder / "key", bytes(found))
    with contextlib.suppress(FileAccessError):
        load_key(path)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "home/.config/redactor/signing_key"),
        ({"XDG_CONFIG_HOME": "{0}/xdg"}, "xdg/redactor/signing_key"),
        ({"XDG_CONFIG_HOME": "relative"}, "home/.config/redactor/signing_key"),
        ({"XDG_CONFIG_HOME": ""}, "home/.config/redactor/signing_key"),
        ({"XDG_CONFIG_HOME": "{0}/xdg", "REDACTOR_CONFIG_DIR": "{0}/own"}, "own/signing_key"),
    ],
)
def test_default_key_path(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    expected: str,
) -> None:
    for name in ("XDG_CONFIG_HOME", "REDACTOR_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    assert default_key_path() == tmp_path / expected


def test_the_default_key_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDACTOR_CONFIG_DIR", str(tmp_path / "config"))
    key, created = load_or_create_default_key()
    again, created_again = load_or_create_default_key()
    assert (created, created_again) == (True, False)
    assert key.public_key() == again.public_key()


def test_many_first_uses_at_once_share_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_CONFIG_DIR", str(tmp_path / "config"))
    start = threading.Barrier(8)
    found: list[tuple[str, bool]] = []

    def first_use() -> None:
        start.wait()
        key, created = load_or_create_default_key()
        found.append((fingerprint(key.public_key()), created))

    threads = [threading.Thread(target=first_use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({name for name, _ in found}) == 1
    assert sum(created for _, created in found) == 1
    assert len(list((tmp_path / "config").iterdir())) == 1


# ------------------------------------------------------------------ public keys


def test_public_line_and_fingerprint() -> None:
    kind, blob, comment = public_line(PUBLIC, "me@example.com").split(" ")
    assert (kind, comment) == ("ssh-ed25519", "me@example.com")
    assert base64.b64decode(blob)[-32:] == PUBLIC.public_bytes_raw()
    expected = PUBLIC.public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    assert public_line(PUBLIC).encode() == expected
    assert fingerprint(PUBLIC).startswith("SHA256:")
    assert len(fingerprint(PUBLIC)) == 50


@pytest.mark.parametrize("comment", ["a\nb", "a\rb", "\x00"])
def test_a_comment_cannot_start_a_second_line(comment: str) -> None:
    with pytest.raises(ValueError):
        public_line(PUBLIC, comment)


# ------------------------------------------------------------------ DSSE


def unsealed(data: bytes = ENVELOPE) -> Any:
    return json.loads(data)


def test_an_envelope_opens_for_the_key_that_sealed_it() -> None:
    assert open_envelope(ENVELOPE, [OTHER_PUBLIC, PUBLIC]) == PAYLOAD
    assert unsealed() == {
        "payload": base64.b64encode(PAYLOAD).decode(),
        "payloadType": "application/vnd.in-toto+json",
        "signatures": [{"keyid": fingerprint(PUBLIC), "sig": unsealed()["signatures"][0]["sig"]}],
    }


def test_the_signature_is_over_the_pae_of_the_specification() -> None:
    """protocol.md, Test Vectors, gives this encoding."""
    envelope = unsealed(seal(b"hello world", "http://example.com/HelloWorld", Ed25519Signer(KEY)))
    pae = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    PUBLIC.verify(base64.b64decode(envelope["signatures"][0]["sig"]), pae)


def test_the_payload_type_is_counted_in_bytes() -> None:
    kind = "application/vnd.ex\u00e4mple+json"
    envelope = seal(PAYLOAD, kind, Ed25519Signer(KEY))
    pae = b"DSSEv1 29 %b %d %b" % (kind.encode(), len(PAYLOAD), PAYLOAD)
    PUBLIC.verify(base64.b64decode(unsealed(envelope)["signatures"][0]["sig"]), pae)
    assert open_envelope(envelope, [PUBLIC], kind) == PAYLOAD


@pytest.mark.parametrize("trusted", [[], [OTHER_PUBLIC]], ids=["nobody", "another"])
def test_an_envelope_opens_for_nobody_else(trusted: list[PublicKey]) -> None:
    with pytest.raises(AnswerIsNo, match="trusted"):
        open_envelope(ENVELOPE, trusted)


def test_the_keyid_decides_nothing() -> None:
    envelope = unsealed()
    signature = envelope["signatures"][0]
    signature["keyid"] = fingerprint(OTHER_PUBLIC)
    data = json.dumps(envelope).encode()
    assert open_envelope(data, [PUBLIC]) == PAYLOAD
    with pytest.raises(AnswerIsNo):
        open_envelope(data, [OTHER_PUBLIC])
    del signature["keyid"]
    assert open_envelope(json.dumps(envelope).encode(), [PUBLIC]) == PAYLOAD


def test_one_trusted_signature_of_several_is_enough() -> None:
    envelope = unsealed()
    second = unsealed(seal(PAYLOAD, PAYLOAD_TYPE, Ed25519Signer(OTHER)))["signatures"][0]
    envelope["signatures"].append(second)
    assert open_envelope(json.dumps(envelope).encode(), [OTHER_PUBLIC]) == PAYLOAD


def test_another_payload_type_is_refused_even_when_signed() -> None:
    envelope = seal(PAYLOAD, "text/plain", Ed25519Signer(KEY))
    with pytest.raises(AnswerIsNo, match="type"):
        open_envelope(envelope, [PUBLIC])
    swapped = {**unsealed(envelope), "payloadType": PAYLOAD_TYPE}
    with pytest.raises(AnswerIsNo, match="trusted"):
        open_envelope(json.dumps(swapped).encode(), [PUBLIC])


def test_url_safe_base64_is_accepted_but_not_a_mixture() -> None:
    payload = bytes.fromhex("fbffbf3e3f") * 3
    envelope = unsealed(seal(payload, PAYLOAD_TYPE, Ed25519Signer(KEY)))
    assert set(envelope["payload"]) >= set("+/")
    safe = {**envelope, "payload": base64.urlsafe_b64encode(payload).decode()}
    assert open_envelope(json.dumps(safe).encode(), [PUBLIC]) == payload
    mixed = {**envelope, "payload": envelope["payload"].replace("+", "-")}
    with pytest.raises(AnswerIsNo, match="base64"):
        open_envelope(json.dumps(mixed).encode(), [PUBLIC])


def test_a_second_spelling_of_the_same_base64_is_refused() -> None:
    """RFC 4648, 3.5: the last digit may carry bits that decode to nothing."""
    envelope = unsealed()
    digits = envelope["signatures"][0]["sig"]
    assert digits.endswith("==")
    other = digits[:-3] + chr(ord(digits[-3]) + 1) + "=="
    assert base64.b64decode(other) == base64.b64decode(digits)
    envelope["signatures"][0]["sig"] = other
    with pytest.raises(AnswerIsNo, match="base64"):
        open_envelope(json.dumps(envelope).encode(), [PUBLIC])


def test_unknown_keys_of_the_envelope_are_ignored() -> None:
    envelope = {**unsealed(), "later": [1, 2]}
    assert open_envelope(json.dumps(envelope).encode(), [PUBLIC]) == PAYLOAD


SIG = unsealed()["signatures"][0]["sig"]


@pytest.mark.parametrize(
    "change",
    [
        {"payload": None},
        {"payload": 7},
        {"payload": "*"},
        {"payload": "\u00e9"},
        {"payload": "QQ"},
        {"payload": "QR=="},
        {"payloadType": None},
        {"payloadType": "\ud800"},
        {"signatures": None},
        {"signatures": []},
        {"signatures": {}},
        {"signatures": ["x"]},
        {"signatures": [{}]},
        {"signatures": [{"sig": 1}]},
        {"signatures": [{"sig": ""}]},
        {"signatures": [{"sig": "QQ=="}]},
        {"signatures": [{"sig": SIG, "keyid": 1}]},
        {"signatures": [{"sig": SIG}] * 1000},
    ],
    ids=lambda change: repr(change)[:40],
)
def test_malformed_envelopes_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerIsNo):
        open_envelope(json.dumps({**unsealed(), **change}).encode(), [PUBLIC])


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text('{}[]",:0123456789eE-. nulltrefasigp', max_size=60).map(str.encode)
)
@example(b"[" * 100_000)
@example(b'{"payload":' * 100_000)
@example(b"7" * 10_000)
@example(ENVELOPE.decode().encode("utf-16"))
@example(ENVELOPE[:-1] + b',"payload":""}')
def test_no_bytes_at_all_end_in_a_traceback(data: bytes) -> None:
    with pytest.raises(AnswerIsNo):
        open_envelope(data, [PUBLIC])


def flipped(data: bytes, at: int, bits: int) -> bytes:
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]


@pytest.mark.parametrize("part", ["payload", "sig"])
def test_every_byte_of_payload_and_signature_counts(part: str) -> None:
    for bits in (1, 0x80):
        envelope = unsealed()
        holder = envelope if part == "payload" else envelope["signatures"][0]
        original = base64.b64decode(holder[part])
        for at in range(len(original)):
            holder[part] = base64.b64encode(flipped(original, at, bits)).decode()
            with pytest.raises(AnswerIsNo):
                open_envelope(json.dumps(envelope).encode(), [PUBLIC])


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, len(ENVELOPE) - 1), value=st.integers(0, 255))
def test_a_changed_byte_of_the_envelope_never_changes_what_comes_out(at: int, value: int) -> None:
    changed = ENVELOPE[:at] + bytes([value]) + ENVELOPE[at + 1 :]
    try:
        assert open_envelope(changed, [PUBLIC]) == PAYLOAD
    except AnswerIsNo:
        return
    if changed != ENVELOPE:  # only what is not signed, or the other base64 alphabet, may differ
        before, after = unsealed(), unsealed(changed)
        before["signatures"][0].pop("keyid", "")
        after["signatures"][0] = {"sig": after["signatures"][0]["sig"]}
        swap = str.maketrans("-_", "+/")
        assert json.loads(json.dumps(after).translate(swap)) == json.loads(
            json.dumps(before).translate(swap)
        )


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_signature_fits_no_other_payload(payload: bytes, other: bytes) -> None:
    envelope = seal(payload, PAYLOAD_TYPE, Ed25519Signer(KEY))
    assert open_envelope(envelope, [PUBLIC]) == payload
    if other != payload:
        forged = {**unsealed(envelope), "payload": base64.b64encode(other).decode()}
        with pytest.raises(AnswerIsNo):
            open_envelope(json.dumps(forged).encode(), [PUBLIC])


def test_a_plug_in_signer_seals() -> None:
    class Token:
        def sign(self, payload: bytes) -> Signature:
            return Signature("token-1", OTHER.sign(payload))

    envelope = seal(PAYLOAD, PAYLOAD_TYPE, Token())
    assert unsealed(envelope)["signatures"][0]["keyid"] == "token-1"
    assert open_envelope(envelope, [OTHER_PUBLIC]) == PAYLOAD


def test_securesystemslib_verifies_our_envelope() -> None:
    dsse = pytest.importorskip("securesystemslib.dsse", reason="securesystemslib is missing")
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import SSlibKey

    def their_key(key: PublicKey) -> Any:
        value = {"public": key.public_bytes_raw().hex()}
        return SSlibKey(fingerprint(PUBLIC), "ed25519", "ed25519", value)

    envelope = dsse.Envelope.from_dict(unsealed())
    assert set(envelope.verify([their_key(PUBLIC)], 1)) == {fingerprint(PUBLIC)}
    assert envelope.payload == PAYLOAD
    with pytest.raises(VerificationError):
        envelope.verify([their_key(OTHER_PUBLIC)], 1)
    envelope.payload += b" "
    with pytest.raises(VerificationError):
        envelope.verify([their_key(PUBLIC)], 1)


def test_we_open_an_envelope_that_securesystemslib_made() -> None:
    dsse = pytest.importorskip("securesystemslib.dsse", reason="securesystemslib is missing")
    from securesystemslib.signer import CryptoSigner

    envelope = dsse.Envelope(PAYLOAD, PAYLOAD_TYPE, {})
    envelope.sign(CryptoSigner(KEY))
    assert open_envelope(json.dumps(envelope.to_dict()).encode(), [PUBLIC]) == PAYLOAD


# ------------------------------------------------------------------ SSHSIG


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


# ------------------------------------------------------------------ allowed signers

LINE = public_line(PUBLIC)


def signers(path: Path, text: str) -> tuple[AllowedSigner, ...]:
    path.write_text(text, encoding="utf-8")
    return read_allowed_signers(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "allowed_signers"


def test_allowed_signers_file(file: Path) -> None:
    found = signers(
        file,
        f"""# people
a@example.com,*@example.org {LINE} a comment, "with" quotes

\tb@example.com\tnamespaces="file,redactor-*",valid-after="20260101Z"\t{public_line(OTHER_PUBLIC)}
"c d@example.com" VALID-BEFORE="202607010830Z" {LINE}\r
e@example.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==
f@example.com namespaces="file" ecdsa-sha2-nistp256 AAAA
""",
    )
    assert found == (
        AllowedSigner(("a@example.com", "*@example.org"), PUBLIC),
        AllowedSigner(
            ("b@example.com",),
            OTHER_PUBLIC,
            ("file", "redactor-*"),
            datetime(2026, 1, 1, tzinfo=UTC),
        ),
        AllowedSigner(
            ("c d@example.com",), PUBLIC, valid_before=datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
        ),
    )


@pytest.mark.parametrize(
    ("namespaces", "expected"),
    [
        ("redactor-report", True),
        ("file", False),
        ("", False),
        ("file,redactor-report", True),
        ("*", True),
        ("redactor-*", True),
        ("redactor-repor?", True),
        ("redactor-report?", False),
        ("*,!redactor-report", False),
        ("!redactor-report", False),
        ("!file,*", True),
        ("Redactor-report", False),
        ("redactor.report", False),
        ("redactor-[r]eport", False),
    ],
)
def test_namespaces_are_honored(file: Path, namespaces: str, expected: bool) -> None:
    found = signers(file, f'a namespaces="{namespaces}" {LINE}\n')
    assert allowed_keys(found) == ((PUBLIC,) if expected else ())


@pytest.mark.parametrize(
    ("options", "when", "expected"),
    [
        ('valid-after="20260601Z"', NOW, True),
        ('valid-after="20260601Z"', NOW - timedelta(seconds=1), False),
        ('valid-before="20260601Z"', NOW, True),
        ('valid-before="20260601Z"', NOW + timedelta(seconds=1), False),
        ('valid-before="20260601000001UTC"', NOW + timedelta(seconds=1), True),
        ('valid-after="202605312359Z",valid-before="202606010001Z"', NOW, True),
    ],
)
def test_validity_is_honored(file: Path, options: str, when: datetime, expected: bool) -> None:
    found = signers(file, f"a {options} {LINE}\n")
    assert allowed_keys(found, NAMESPACE, when) == ((PUBLIC,) if expected else ())


def test_times_without_z_are_local(file: Path) -> None:
    (found,) = signers(file, f'a valid-after="202601021530" {LINE}\n')
    assert found.valid_after == datetime(2026, 1, 2, 15, 30).astimezone()


def test_now_is_the_default(file: Path) -> None:
    assert allowed_keys(signers(file, f'a valid-before="20200101" {LINE}\n')) == ()
    assert allowed_keys(signers(file, f'a valid-after="20200101" {LINE}\n')) == (PUBLIC,)


def test_principals_of_a_key(file: Path) -> None:
    found = signers(
        file,
        f'a,b {LINE}\nb,c {LINE}\nd namespaces="file" {LINE}\ne {public_line(OTHER_PUBLIC)}\n',
    )
    assert principals_of(PUBLIC, found) == ("a", "b", "c")
    assert principals_of(PUBLIC, found, "file") == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a", "no key"),
        ("a namespaces=", "no key"),
        (f'a namespaces="x {LINE}', "no key"),
        ("a ssh-ed25519", "damaged"),
        ("a ssh-ed25519 AAAA", "damaged"),
        (f"a {LINE[:-4]}", "damaged"),
        (f"a cert-authority {LINE}", "certificate authorities are not supported"),
        (f'a namespaces="x",CERT-AUTHORITY {LINE}', "certificate authorities"),
        (f"a cert-authority ssh-rsa AAAA {LINE}", "certificate authorities"),
        (f"a namespaces=x {LINE}", "double quotes"),
        (f'a namespaces="x", {LINE}', "malformed"),
        (f'a namespaces="x"valid-after="20260101" {LINE}', "malformed"),
        (f"a no-pty {LINE}", "option"),
        (f'a command="x" {LINE}', "option"),
        (f'a namespaces="x",namespaces="y" {LINE}', "twice"),
        (f'a valid-after="2026-01-01" {LINE}', "YYYYMMDD"),
        (f'a valid-after="20260230" {LINE}', "calendar"),
        (f'a valid-after="20260102",valid-before="20260102" {LINE}', "not after"),
        (LINE, "no key"),
        ('"', "principal"),
    ],
)
def test_wrong_lines_are_refused_by_number(file: Path, line: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        signers(file, f"# first\n{line}\n")
    assert "line 2" in caught.value.what


def test_files_that_cannot_be_read_are_refused(tmp_path: Path, file: Path) -> None:
    for path in (file, tmp_path):
        with pytest.raises(FileAccessError):
            read_allowed_signers(path)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError):
        read_allowed_signers(file)


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60) | st.text('a ,"=\\namespc!*', max_size=40).map(lambda o: f"a {o} {LINE}")
)
def test_no_text_at_all_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any_signers"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(UsageError):
        read_allowed_signers(path)


# ------------------------------------------------------------------ ssh-keygen, the judge


@needs_ssh_keygen
@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_a_key_of_ssh_keygen_loads_and_reads_the_same(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "key"
    keygen("-q", "-t", "ed25519", "-N", passphrase, "-C", "me", "-f", path)
    key = load_key(path, passphrase.encode() or None).public_key()
    assert public_line(key, "me") + "\n" == path.with_suffix(".pub").read_text()
    printed = keygen("-lf", path.with_suffix(".pub")).stdout.decode().split()
    assert printed[1] == fingerprint(key)


@needs_ssh_keygen
@pytest.mark.parametrize("passphrase", [None, b"correct horse"])
def test_ssh_keygen_reads_a_key_of_ours(tmp_path: Path, passphrase: bytes | None) -> None:
    path = tmp_path / "key"
    key = new_key(path, passphrase).public_key()
    printed = keygen("-y", "-P", (passphrase or b"").decode(), "-f", path)
    assert printed.stdout.decode().split()[:2] == public_line(key).split()
    public = tmp_path / "key.pub"
    public.write_text(public_line(key, "someone"))
    assert keygen("-lf", public).stdout.decode().split()[1:3] == [fingerprint(key), "someone"]


@needs_ssh_keygen
def test_other_keys_of_ssh_keygen_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keygen("-q", "-t", "ecdsa", "-N", "", "-f", path)
    with pytest.raises(FileAccessError, match="not an Ed25519 key"):
        load_key(path)


@needs_ssh_keygen
@pytest.mark.parametrize("hash_name", ["sha512", "sha256"])
def test_a_signature_of_ssh_keygen_holds(tmp_path: Path, hash_name: str) -> None:
    path, message = tmp_path / "key", tmp_path / "message"
    new_key(path)
    message.write_bytes(MESSAGE)
    keygen("-Y", "sign", "-O", f"hashalg={hash_name}", "-n", NAMESPACE, "-f", path, message)
    armored = (tmp_path / "message.sig").read_bytes()
    key = load_key(path).public_key()
    assert ssh_verify(MESSAGE, armored, NAMESPACE, [key]) == embedded_key(armored) == key
    if hash_name == "sha512":  # Ed25519 is deterministic, so even the bytes are the same
        assert armored.decode() == ssh_sign(MESSAGE, load_key(path))
    with pytest.raises(AnswerIsNo):
        ssh_verify(MESSAGE + b".", armored, NAMESPACE, [key])


@needs_ssh_keygen
def test_an_ecdsa_signature_is_refused_by_name(tmp_path: Path) -> None:
    path, message = tmp_path / "key", tmp_path / "message"
    keygen("-q", "-t", "ecdsa", "-N", "", "-f", path)
    message.write_bytes(MESSAGE)
    keygen("-Y", "sign", "-n", NAMESPACE, "-f", path, message)
    with pytest.raises(AnswerIsNo, match="not an Ed25519 key"):
        embedded_key((tmp_path / "message.sig").read_bytes())


@needs_ssh_keygen
def test_ssh_keygen_verifies_the_signed_envelope(tmp_path: Path) -> None:
    signature, allowed = tmp_path / "r.json.sig", tmp_path / "allowed_signers"
    signature.write_text(ssh_sign(ENVELOPE, KEY))
    allowed.write_text(f'me@example.com namespaces="{NAMESPACE}" {LINE}\n')
    verify = ("-Y", "verify", "-f", allowed, "-I", "me@example.com", "-s", signature, "-n")
    good = keygen(*verify, NAMESPACE, message=ENVELOPE)
    assert good.returncode == 0, good.stderr
    assert fingerprint(PUBLIC) in good.stdout.decode()
    assert keygen(*verify, NAMESPACE, message=ENVELOPE + b" ").returncode != 0
    assert keygen(*verify, "file", message=ENVELOPE).returncode != 0

    novalidate = ("-Y", "check-novalidate", "-s", signature, "-n", NAMESPACE)
    assert keygen(*novalidate, message=ENVELOPE).returncode == 0
    assert keygen(*novalidate, message=ENVELOPE[:-1]).returncode != 0


@needs_ssh_keygen
@pytest.mark.parametrize(
    "options",
    [
        "",
        'namespaces="redactor-report"',
        'namespaces="file"',
        'namespaces=""',
        'namespaces="*"',
        'namespaces="redactor-*,!redactor-report"',
        'namespaces="redactor-?eport"',
        'namespaces="[r]edactor-report"',
        'NameSpaces="*port"',
        'valid-after="20260601Z"',
        'valid-after="20260602Z"',
        'valid-before="20260601Z"',
        'valid-before="20260531Z"',
        'valid-after="202605312359Z",valid-before="20260601000001Z"',
        'valid-after="20260602Z",valid-before="20260601Z"',
        'valid-after="20261301Z"',
        'valid-after="soon"',
        "namespaces=redactor-report",
        'namespaces="*",',
        'namespaces="*",namespaces="*"',
        "no-pty",
        'namespaces="*" extra',
    ],
)
def test_we_and_ssh_keygen_agree_on_options(tmp_path: Path, file: Path, options: str) -> None:
    signature = tmp_path / "sig"
    signature.write_text(ARMORED)
    file.write_text(f"me@example.com {options} {LINE} comment\n")
    judge = keygen(
        "-Y", "verify", "-f", file, "-I", "me@example.com", "-n", NAMESPACE, "-s", signature,
        "-O", "verify-time=20260601Z", message=MESSAGE,
    )  # fmt: skip
    try:
        trusted = allowed_keys(read_allowed_signers(file), NAMESPACE, NOW)
        ssh_verify(MESSAGE, ARMORED, NAMESPACE, trusted)
        ours = True
    except (AnswerIsNo, UsageError):
        ours = False
    assert ours == (judge.returncode == 0), judge.stderr


# ------------------------------------------------------------------ removed text


def test_text_hmac_is_hmac_sha256_of_the_plain_form() -> None:
    key = bytes(range(32))
    expected = hmac.new(key, b"jane example", hashlib.sha256).hexdigest()
    assert text_hmac(key, "Jane Example") == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("JANE EXAMPLE", "jane example"),
        ("  Jane \t\n Example\u00a0", "jane example"),
        ("\ufb01le", "file"),
        ("\uff11\uff12\uff13", "123"),
        ("Stra\u00dfe", "STRASSE"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_the_same_text_in_another_form_has_the_same_hmac(text: str, same: str) -> None:
    key = job_hmac_key()
    assert text_hmac(key, text) == text_hmac(key, same)


def test_other_texts_and_other_keys_have_other_hmacs() -> None:
    key = job_hmac_key()
    assert text_hmac(key, "123-45-6789") != text_hmac(key, "123-45-6780")
    assert text_hmac(key, "a b") != text_hmac(key, "ab")
    assert text_hmac(key, "x") != text_hmac(job_hmac_key(), "x")


def test_half_surrogate_pairs_do_no_harm_and_short_keys_are_refused() -> None:
    assert text_hmac(job_hmac_key(), "Jane \ud800")
    with pytest.raises(ValueError) as caught:
        text_hmac(b"short", "Jane")
    assert "Jane" not in str(caught.value)


def test_hmac_key_file(tmp_path: Path) -> None:
    key, path = job_hmac_key(), tmp_path / "key"
    write_hmac_key(path, key)
    assert len(key) == 32
    assert bytes.fromhex(path.read_text()) == key
    assert mode_of(path) == 0o600
    with pytest.raises(FileAccessError):
        write_hmac_key(tmp_path / "no folder" / "key", key)
