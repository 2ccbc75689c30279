"""Time stamps (RFC 3161): a server's signed word that a signature was there at a time.

It is sent the SHA-256 of the signature, and nothing else. What it answers is checked here, before
it goes into a file: its own signature, the digest it is about, and the number used once.
"""

from __future__ import annotations

import http.client
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult

from asn1crypto.cms import ContentInfo
from asn1crypto.tsp import TimeStampResp
from cryptography import x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from redactor import web
from redactor.errors import MissingDependency
from redactor.report import TimestampInfo
from redactor.sign.pdf_signer import MAX_TOKEN, certificate_digest

MAX_ANSWER = 64 * 1024  # bytes
SECONDS = 30.0  # to connect, and then to answer
_GRANTED = ("granted", "granted_with_mods")
_LONGEST = 200  # characters of an authority's name
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


class Stamper(TimeStamper):
    """Asks one server, once; `given` is what it vouched for."""

    def __init__(self, server: SplitResult) -> None:
        super().__init__()
        self._server = server
        self.given: TimestampInfo | None = None

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> ContentInfo:
        """The server's token for a digest. Raises MissingDependency where there is none to be had
        or it is not what was asked for."""
        nonce, request = self.request_cms(message_digest, md_algorithm)
        answer = self._ask(request.dump())
        token = _token(answer)
        if token is None:
            raise self._failure("gives no time stamp")
        self.given = await _held(token, message_digest, md_algorithm, nonce)
        if not self.given:
            raise self._failure("gives a time stamp that is not one for this signature")
        return token

    def _ask(self, request: bytes) -> bytes:
        path = self._server.path or "/"
        try:
            status, answer = web.post(self._server, path, request, _HEADERS, SECONDS, MAX_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise self._failure(web.reason(error)) from None
        if status != 200:
            raise self._failure(f"answers with HTTP status {status}")
        if len(answer) > MAX_ANSWER:
            raise self._failure(f"answers with more than {MAX_ANSWER} bytes")
        return answer

    def _failure(self, what: str) -> MissingDependency:
        return MissingDependency(
            f"the time-stamp server {self._server.netloc} {what}",
            "nothing was written; check --timestamp-url, or leave it out",
        )


def _token(answer: bytes) -> ContentInfo | None:
    """The token of an answer that grants one."""
    try:
        response = TimeStampResp.load(answer, strict=True)
        is_granted = response["status"]["status"].native in _GRANTED
        return response["time_stamp_token"] if is_granted else None
    except (ValueError, TypeError, KeyError):  # also an answer that says no and has no token
        return None


async def _held(
    token: ContentInfo, digest: bytes, algorithm: str, nonce: int
) -> TimestampInfo | None:
    """What a token vouches for, if it is about that digest and nonce and its signature holds."""
    try:
        signed = token["content"]
        info = signed["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        is_ours = (
            len(token.dump()) <= MAX_TOKEN
            and imprint["hash_algorithm"]["algorithm"].native == algorithm
            and info["nonce"].native == nonce
        )
        context = ValidationContext(trust_roots=[], allow_fetching=False)
        found = await validate_tst_signed_data(signed, context, lambda _: digest)
        return described(TimestampSignatureStatus(**found)) if is_ours else None
    except Exception:  # whatever the parser of a hostile answer comes up with
        return None


def described(status: Any) -> TimestampInfo | None:
    """What pyHanko found about a time stamp, to be reported; None where it does not hold.

    It holds by its own certificate, which must be one for time stamps; whom to believe is not
    decided here.
    """
    usage = status.signing_cert.extended_key_usage_value
    if not (status.intact and status.valid and usage and "time_stamping" in usage.native):
        return None
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    name = "".join(c if c.isprintable() else "?" for c in certificate.subject.rfc4514_string())
    return TimestampInfo(
        name[:_LONGEST], certificate_digest(certificate), _moment(status.timestamp)
    )


def _moment(time: datetime) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")
