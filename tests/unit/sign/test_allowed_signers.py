"""Whose keys are trusted, for what and when."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import FileAccessError, UsageError
from redactor.sign.allowed_signers import (
    AllowedSigner,
    allowed_keys,
    principals_of,
    read_allowed_signers,
)
from redactor.sign.public import public_line
from redactor.sign.sshsig import NAMESPACE
from tests.unit.sign.given import LINE, NOW, OTHER_PUBLIC, PUBLIC


def signers(path: Path, text: str) -> tuple[AllowedSigner, ...]:
    path.write_text(text, encoding="utf-8")
    return read_allowed_signers(path)


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
