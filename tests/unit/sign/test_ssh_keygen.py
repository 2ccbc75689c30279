"""ssh-keygen, the judge of our keys, signatures and lists of signers."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.errors import AnswerIsNo, FileAccessError, UsageError
from redactor.sign.allowed_signers import allowed_keys, read_allowed_signers
from redactor.sign.keys import load_key, new_key
from redactor.sign.public import fingerprint, public_line
from redactor.sign.sshsig import NAMESPACE, embedded_key, ssh_sign, ssh_verify
from tests.unit.sign.given import (
    ARMORED,
    ENVELOPE,
    KEY,
    LINE,
    MESSAGE,
    NOW,
    PUBLIC,
    keygen,
    needs_ssh_keygen,
)


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
