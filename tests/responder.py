"""A time-stamp server (RFC 3161) on loopback, honest or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.tsp import TimeStampReq
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from tests.certificates import certificate
from tests.endpoint import Answer, Asked, sends

AUTHORITY = "Time Office"
STAMPING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
Change = Callable[[Any], None]


@cache
def authority(
    *usages: x509.ExtensionType, name: str = AUTHORITY
) -> tuple[x509.Certificate, DummyTimeStamper]:
    """Its certificate, and what makes its tokens."""
    key = rsa.generate_private_key(65537, 2048)
    own = certificate(key, name, *usages)
    der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(der, pkcs8, serialization.NoEncryption())
    stamper = DummyTimeStamper(
        Certificate.load(own.public_bytes(der)), PrivateKeyInfo.load(private)
    )
    return own, stamper


def unchanged(_: Any) -> None:
    """Leaves a request or an answer as it is."""


def stamps(
    of_request: Change = unchanged,
    of_answer: Change = unchanged,
    usages: tuple[x509.ExtensionType, ...] = (STAMPING,),
    name: str = AUTHORITY,
) -> Answer:
    """Answers with a time stamp; what was asked for and what is answered may be changed."""

    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        request = TimeStampReq.load(asked.body)
        of_request(request)
        stamper = authority(*usages, name=name)[1]
        found = asyncio.run(stamper.async_request_tsa_response(request)).copy()
        of_answer(found)
        sends(found.dump(force=True))(handler, asked)

    return answer


def other_imprint(request: Any) -> None:
    request["message_imprint"]["hashed_message"] = bytes(32)


def other_algorithm(request: Any) -> None:
    request["message_imprint"]["hash_algorithm"]["algorithm"] = "sha3_256"


def other_nonce(request: Any) -> None:
    request["nonce"] = 7


def no_nonce(request: Any) -> None:
    del request["nonce"]


def broken(answer: Any) -> None:
    """One bit of the token's signature is another."""
    (signer,) = answer["time_stamp_token"]["content"]["signer_infos"]
    value = signer["signature"].native
    signer["signature"] = value[:-1] + bytes([value[-1] ^ 1])


def refused() -> Answer:
    """Says no, as a server does that takes no requests of this kind (RFC 3161, 2.4.2)."""
    return sends(bytes.fromhex("30053003020102"))


def rejected(answer: Any) -> None:
    answer["status"]["status"] = "rejection"
