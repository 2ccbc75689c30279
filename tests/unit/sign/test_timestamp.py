"""A time stamp is taken only from a server that gives one for just this signature."""

from __future__ import annotations

import asyncio
import hashlib
import socket

import pytest
from asn1crypto.tsp import TimeStampReq
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from redactor import web
from redactor.errors import MissingDependency
from redactor.sign import timestamp
from redactor.sign.pdf_signer import certificate_digest
from redactor.sign.timestamp import MAX_ANSWER, Stamper
from tests.endpoint import Answer, drips, hangs_up, sends, serving, silent
from tests.responder import (
    AUTHORITY,
    STAMPING,
    authority,
    broken,
    no_nonce,
    other_algorithm,
    other_imprint,
    other_nonce,
    refused,
    rejected,
    stamps,
)

DIGEST = hashlib.sha256(b"a signature").digest()
LONG = x509.SubjectAlternativeName([x509.DNSName(f"{n:04}.example.org") for n in range(1000)])
CODE = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])


def stamper(url: str) -> Stamper:
    return Stamper(web.server_url(url, "--timestamp-url", ""))


def asked_of(url: str) -> Stamper:
    asking = stamper(url)
    asyncio.run(asking.async_timestamp(DIGEST, "sha256"))
    return asking


def test_a_server_that_vouches_for_the_time() -> None:
    with serving(stamps()) as server:
        given = asked_of(server.url).given
    assert given is not None
    own, _ = authority(STAMPING, name=AUTHORITY)
    assert given.authority == f"CN={AUTHORITY}"
    assert given.certificate == certificate_digest(own)
    assert given.time.endswith("Z")


def test_it_is_sent_a_digest_and_nothing_else() -> None:
    with serving(stamps()) as server:
        asked_of(server.url)
    (asked,) = server.asked
    request = TimeStampReq.load(asked.body).native
    imprint = request.pop("message_imprint")
    assert imprint["hashed_message"] == DIGEST
    assert asked.path == "/v1"
    assert isinstance(request.pop("nonce"), int)
    assert {name: value for name, value in request.items() if value is not None} == {
        "version": "v1",
        "cert_req": True,
    }


NONE, NOT_OURS = "gives no time stamp", "not one for this signature"
DISHONEST: dict[str, tuple[Answer, str]] = {
    "rubbish": (sends(b"no time stamp"), NONE),
    "nothing": (sends(b""), NONE),
    "much": (sends(b"0" * (MAX_ANSWER + 1)), "more than"),
    "failing": (sends(b"", 500), "status 500"),
    "redirecting": (sends(b"", 302, Location="http://127.0.0.1:9/"), "status 302"),
    "refusing": (refused(), NONE),
    "rejecting": (stamps(of_answer=rejected), NONE),
    "gone": (hangs_up, "fails"),
    "silent": (silent, "too slow"),
    "slow": (drips, "too slow"),
    "other imprint": (stamps(other_imprint), NOT_OURS),
    "other algorithm": (stamps(other_algorithm), NOT_OURS),
    "other nonce": (stamps(other_nonce), NOT_OURS),
    "no nonce": (stamps(no_nonce), NOT_OURS),
    "broken": (stamps(of_answer=broken), NOT_OURS),
    "no usage": (stamps(usages=()), NOT_OURS),
    "other usage": (stamps(usages=(CODE,)), NOT_OURS),
    "larger than its room": (stamps(usages=(STAMPING, LONG)), NOT_OURS),
}


@pytest.mark.parametrize("kind", DISHONEST)
def test_other_servers_are_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timestamp, "SECONDS", 0.5)
    answer, why = DISHONEST[kind]
    with serving(answer) as server, pytest.raises(MissingDependency, match=why) as refusal:
        asked_of(server.url)
    assert "127.0.0.1:" in str(refusal.value)
    assert "--timestamp-url" in str(refusal.value)


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(MissingDependency, match="cannot be reached"):
        asked_of(f"http://127.0.0.1:{port}/")
