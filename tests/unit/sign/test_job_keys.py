"""HMACs of removed text."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

import pytest

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.sign.job_keys import (
    job_hmac_key,
    read_hmac_key,
    shred_hmac_key,
    shredded,
    text_hmac,
    write_hmac_key,
)
from tests.unit.sign.given import mode_of


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


def test_a_shredded_key_is_gone_and_the_time_is_known(tmp_path: Path) -> None:
    path = tmp_path / "job.key"
    write_hmac_key(path, job_hmac_key())
    assert len(read_hmac_key(path)) == 32
    assert shredded(path) == ""
    shred_hmac_key(path, "2026-06-01T12:00:00Z")
    assert not path.exists()
    assert shredded(path) == "2026-06-01T12:00:00Z"
    with pytest.raises(AnswerIsNo, match="was shredded on 2026-06-01T12:00:00Z"):
        read_hmac_key(path)
    with pytest.raises(AnswerIsNo):
        shred_hmac_key(path, "2026-06-02T12:00:00Z")


def test_shredding_overwrites_before_it_removes(tmp_path: Path) -> None:
    path, other_name = tmp_path / "job.key", tmp_path / "other name of the same file"
    key = job_hmac_key()
    write_hmac_key(path, key)
    os.link(path, other_name)
    shred_hmac_key(path, "2026-06-01T12:00:00Z")
    assert key.hex().encode() not in other_name.read_bytes()
    assert len(other_name.read_bytes()) == 65


@pytest.mark.parametrize(
    "data", [b"", b"rubbish\n", b"ab" * 31 + b"\n", b"ab" * 33 + b"\n", b"\xff" * 64]
)
def test_nothing_but_a_job_key_is_shredded(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(FileAccessError, match="not the key of a job"):
        shred_hmac_key(path, "2026-06-01T12:00:00Z")
    assert path.read_bytes() == data


def test_a_link_is_not_followed_to_what_is_shredded(tmp_path: Path) -> None:
    key, link = tmp_path / "key", tmp_path / "link"
    write_hmac_key(key, job_hmac_key())
    link.symlink_to(key)
    with pytest.raises(FileAccessError, match="cannot shred"):
        shred_hmac_key(link, "2026-06-01T12:00:00Z")
    assert len(read_hmac_key(key)) == 32


def test_a_job_key_open_to_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "job.key"
    write_hmac_key(path, job_hmac_key())
    path.chmod(0o644)
    with pytest.raises(FileAccessError, match="open to other users"):
        read_hmac_key(path)
