"""HMACs of removed text."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest

from redactor.errors import FileAccessError
from redactor.sign.job_keys import job_hmac_key, text_hmac, write_hmac_key
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
