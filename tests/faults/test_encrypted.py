"""Encrypted inputs and outputs, by the real command: who has the password gets in, nobody else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.errors import ExitCode
from tests.faults.cases import encrypted
from tests.faults.command import LINE_WITH_HINT, SECRETS, Place

_REDACT = ("redact", "in.pdf", "-o", "out.pdf")
_PASSWORD = "corrèct horse"


@pytest.fixture
def password_file(place: Place) -> Path:
    file = place.work / "password.txt"
    file.write_text(f"{_PASSWORD}\nnot this line\n")
    return file


def test_the_right_password_opens_the_input(place: Place, password_file: Path) -> None:
    place.document.write_bytes(encrypted(_PASSWORD))
    done = place.run(*_REDACT, "--password-file", password_file)
    assert done.code == ExitCode.OK, done.err
    with pikepdf.open(place.work / "out.pdf") as pdf:
        assert not pdf.is_encrypted
    done = place.run(
        "verify", "out.pdf", "--source", "in.pdf", "--source-password-file", password_file
    )
    assert done.code == ExitCode.OK, done.err


def test_owner_restrictions_are_reported(place: Place) -> None:
    """They bind nobody who can open the file, and are not carried over."""
    forbidding = pikepdf.Permissions(extract=False, modify_assembly=False, print_highres=False)
    with pikepdf.open(io.BytesIO(place.document.read_bytes())) as pdf:
        pdf.save(
            place.document.with_name("bound.pdf"),
            encryption=pikepdf.Encryption(owner="owner", user="", allow=forbidding),
        )
    done = place.run("redact", "bound.pdf", "-o", "out.pdf")
    assert done.code == ExitCode.OK, done.err
    assert (
        "restricted the owner of the source forbade extract, modify assembly, print highres;"
        in done.err
    )
    with pikepdf.open(place.work / "out.pdf") as pdf:
        assert not pdf.is_encrypted
        assert all(pdf.allow)


def test_without_restrictions_nothing_is_said(place: Place) -> None:
    done = place.run(*_REDACT)
    assert "restricted" not in done.err
    assert "encrypted" not in done.err


@pytest.fixture
def locked(place: Place, password_file: Path) -> Place:
    """A place with an encrypted output."""
    done = place.run(*_REDACT, "--encrypt", password_file)
    assert done.code == ExitCode.OK, done.err
    assert "encrypted  with AES-256" in done.err
    assert _PASSWORD not in done.err
    return place


def test_only_the_password_opens_the_output(locked: Place) -> None:
    data = (locked.work / "out.pdf").read_bytes()
    for wrong in ("", "wrong"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(data, password=wrong or None)
        with pymupdf.open(stream=data, filetype="pdf") as document:
            assert document.needs_pass
            assert not document.authenticate(wrong)
    with pymupdf.open(stream=data, filetype="pdf") as document:
        assert document.authenticate(_PASSWORD)
        text = document[0].get_text()
    assert "Patient" in text
    assert not any(secret in text for secret in SECRETS)
    with pikepdf.open(io.BytesIO(data), password=_PASSWORD) as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.stream_method.name == "aesv3"


def test_the_published_bytes_are_what_is_verified(locked: Place, password_file: Path) -> None:
    verify = ("verify", "out.pdf", "--source", "in.pdf", "--json")
    done = locked.run(*verify, "--password-file", password_file)
    assert done.code == ExitCode.OK, done.err
    assert done.err == ""
    checks = {check["name"]: check for check in json.loads(done.out)["checks"]}
    assert checks["encryption"]["passed"]
    assert checks["output SHA-256"]["passed"]
    (locked.work / "wrong.txt").write_text("wrong\n")
    for options in ((), ("--password-file", "wrong.txt")):
        done = locked.run(*verify, *options)
        assert done.code == ExitCode.ENCRYPTED
        assert LINE_WITH_HINT.fullmatch(done.err)


def test_a_plan_is_applied_under_a_password(place: Place, password_file: Path) -> None:
    assert place.run("plan", "in.pdf", "-o", "plan.json").code == ExitCode.OK
    done = place.run("apply", "plan.json", "in.pdf", "-o", "out.pdf", "--encrypt", password_file)
    assert done.code == ExitCode.OK, done.err
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(place.work / "out.pdf")


@pytest.mark.parametrize(
    "password",
    ["", "\nsecond line", "x" * 128, "é" * 64, "ﬁne", "tab\there", "null\0here"],
    ids=["empty", "second line", "long", "long in UTF-8", "ligature", "tab", "null"],
)
def test_passwords_that_open_nothing_elsewhere(place: Place, password: str) -> None:
    (place.work / "password.txt").write_text(password)
    before = place.listing()
    done = place.run(*_REDACT, "--encrypt", "password.txt")
    assert done.code == ExitCode.USAGE
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert "password.txt" in done.err
    assert place.listing() == before


def test_the_password_file_is_not_replaced(place: Place) -> None:
    (place.work / "out.pdf").write_text("secret\n")
    done = place.run(*_REDACT, "--encrypt", "out.pdf")
    assert done.code == ExitCode.USAGE
    assert (place.work / "out.pdf").read_text() == "secret\n"
