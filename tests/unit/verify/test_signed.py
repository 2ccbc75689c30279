"""What is read from a signed file is what was signed, by whom it says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.provenance import sealed, sealed_bytes
from redactor.sign.keys import PrivateKey
from redactor.sign.public import public_line
from redactor.verify.signed import Trust, read_trust, signature_of, signed_report
from tests.unit.test_report import REPORT

KEY = PrivateKey.generate()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "out.pdf.report.json"
    envelope, signature = sealed(REPORT, KEY)
    path.write_bytes(envelope)
    signature_of(path).write_bytes(signature)
    return path


def signers(folder: Path, key: PrivateKey, options: str = "") -> Trust:
    path = folder / "allowed"
    line = public_line(key.public_key())
    path.write_text(f"office@example.com {options}{line}\n")
    return read_trust(path)


def test_a_trusted_signature(file: Path) -> None:
    signed = signed_report(file, signers(file.parent, KEY))
    assert signed.content == REPORT
    assert signed.signatures[0].is_trusted
    assert signed.signatures[0].names == ("office@example.com",)
    assert signed.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert str(signed.signatures[0]).endswith(", office@example.com")


def test_a_signature_by_nobody_knows_whom(file: Path) -> None:
    signed = signed_report(file, None)
    assert signed.content == REPORT
    assert not signed.signatures[0].is_trusted
    assert signed.signatures[0].names == ()
    assert "not known to be trusted" in str(signed.signatures[0])


@pytest.mark.parametrize("options", ['namespaces="other" ', 'valid-before="20200101" '])
def test_a_key_that_may_not_sign_this(file: Path, options: str) -> None:
    with pytest.raises(AnswerIsNo, match="not trusted"):
        signed_report(file, signers(file.parent, KEY, options))


def test_anothers_key(file: Path) -> None:
    with pytest.raises(AnswerIsNo, match="not trusted"):
        signed_report(file, signers(file.parent, PrivateKey.generate()))


def test_a_changed_report(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(AnswerIsNo, match="does not match"):
        signed_report(file, None)


def test_no_signature(file: Path) -> None:
    signature_of(file).unlink()
    with pytest.raises(FileAccessError, match=r"\.sig"):
        signed_report(file, None)


@pytest.mark.parametrize("payload", [b"{}", b"null", b"\xff", json.dumps({"a": 1}).encode()])
def test_something_else_that_was_signed(file: Path, payload: bytes) -> None:
    envelope, signature = sealed_bytes(payload, KEY)
    file.write_bytes(envelope)
    signature_of(file).write_bytes(signature)
    with pytest.raises(AnswerIsNo, match="not one of ours"):
        signed_report(file, None)
