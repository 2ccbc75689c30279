"""`redactor redact` and `apply` where the PDF is to be signed and cannot be, and where it can."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from redactor.errors import ExitCode
from tests.certificates import DAY, NOW, certificate, p256, written
from tests.faults.command import LINE_WITH_HINT, Done, Place
from tests.unit.cli.test_keys import descriptor

BOTH = ("--pdf-key", "pdf.key", "--pdf-cert", "pdf.crt")
URL = "--timestamp-url"
IN_TIME = "https://tsa.example.org/tsr"
REDACT = ("redact", "in.pdf", "-o", "out.pdf", "--mode", "ocr")


@pytest.fixture
def keyed(place: Place) -> Place:
    written(place.work, key := p256(), certificate(key))
    return place


def refused(place: Place, *options: str) -> Done:
    """A run that must leave nothing behind, and say one line."""
    before = place.listing()
    done = place.run(*REDACT, *options)
    assert place.listing() == before
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err), done.err
    return done


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (BOTH[:2], "--pdf-key alone"),
        (BOTH[2:], "--pdf-cert alone"),
        ((URL, IN_TIME), "--timestamp-url alone"),
        (("--pdf-passphrase-fd", "0"), "--pdf-passphrase-fd alone"),
        ((*BOTH, URL, "tsa.example.org"), "no URL"),
        ((*BOTH, URL, "ftp://tsa.example.org"), "no URL"),
        ((*BOTH, URL, "https://me:secret@tsa.example.org/"), "more than a host"),
        ((*BOTH, "-o", "pdf.key"), "is the input"),
        ((*BOTH, "-o", "pdf.crt"), "is the input"),
    ],
)
def test_options_that_make_no_sense(keyed: Place, options: tuple[str, ...], said: str) -> None:
    done = refused(keyed, *options)
    assert done.code == ExitCode.USAGE
    assert said in done.err


def expired(place: Place) -> None:
    written(place.work, key := p256(), certificate(key, start=NOW - 2 * DAY, end=NOW - DAY))


def of_another(place: Place) -> None:
    written(place.work, p256(), certificate(p256()))


def p384(place: Place) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    written(place.work, key, certificate(key))


def locked(place: Place) -> None:
    written(place.work, key := p256(), certificate(key), passphrase=b"opens it")


def missing(place: Place) -> None:
    (place.work / "pdf.key").unlink()


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (expired, ExitCode.USAGE, "is not valid now"),
        (of_another, ExitCode.USAGE, "is not that of the key"),
        (p384, ExitCode.FILE_ACCESS, "is not a P-256 key"),
        (locked, ExitCode.FILE_ACCESS, "--pdf-passphrase-fd"),
        (missing, ExitCode.FILE_ACCESS, "there is no key for PDFs"),
    ],
)
def test_keys_that_cannot_sign(
    keyed: Place, spoil: Callable[[Place], None], code: ExitCode, said: str
) -> None:
    spoil(keyed)
    done = refused(keyed, *BOTH)
    assert done.code == code
    assert said in done.err


def test_without_the_extra(keyed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    done = refused(keyed, *BOTH)
    assert done.code == ExitCode.MISSING_DEPENDENCY
    assert 'pip install "redactor[pades]"' in done.err


def test_no_time_stamp_no_output(keyed: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    done = refused(keyed, *BOTH, URL, f"http://127.0.0.1:{port}/")
    assert done.code == ExitCode.MISSING_DEPENDENCY
    assert f"the time-stamp server 127.0.0.1:{port} cannot be reached" in done.err


def test_a_certificate_that_names_what_goes(keyed: Place) -> None:
    written(keyed.work, key := p256(), certificate(key, "John Smith"))
    done = refused(keyed, *BOTH)
    assert done.code == ExitCode.VERIFICATION_FAILED
    assert "PDF signature: a certificate in it names what was removed" in done.err


def test_apply_signs_and_verify_knows_the_certificate(keyed: Place) -> None:
    locked(keyed)
    assert keyed.run("plan", "in.pdf", "-o", "plan.json", "--mode", "ocr").code == ExitCode.OK
    with descriptor(b"opens it\n") as number:
        options = (*BOTH, "--pdf-passphrase-fd", number)
        done = keyed.run("apply", "plan.json", "in.pdf", "-o", "out.pdf", *options)
    assert done.code == ExitCode.OK, done.err
    done = keyed.run("verify", "out.pdf")
    assert done.code == ExitCode.OK, done.err
    assert "give yours with --pdf-cert" in done.err
    of_another(keyed)
    done = keyed.run("verify", "out.pdf", "--pdf-cert", "pdf.crt")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert "FAIL PDF signer (SHA-256): it is signed with another certificate" in done.err


def test_a_pdf_that_is_not_signed(keyed: Place) -> None:
    assert keyed.run(*REDACT).code == ExitCode.OK
    assert b"/AcroForm" not in (keyed.work / "out.pdf").read_bytes()
    done = keyed.run("verify", "out.pdf", "--pdf-cert", "pdf.crt")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert "FAIL PDF signer (SHA-256): the PDF is not signed" in done.err
