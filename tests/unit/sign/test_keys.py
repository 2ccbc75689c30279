"""Private keys: made, read and refused."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import FileAccessError, UsageError
from redactor.sign.job_keys import job_hmac_key, write_hmac_key
from redactor.sign.keys import (
    PrivateKey,
    default_key_path,
    load_key,
    load_or_create_default_key,
    new_key,
)
from redactor.sign.public import fingerprint, public_line
from tests.unit.sign.given import KEY, PUBLIC, mode_of


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
