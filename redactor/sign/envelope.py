"""The envelope around a report: DSSE (secure-systems-lab/dsse, protocol.md and envelope.md, v1.0).

In-toto tools read it. What is read from an envelope is hostile until a signature held: bad bytes of
any kind end in AnswerIsNo, and nothing read from them is ever quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from redactor.errors import AnswerIsNo
from redactor.sign.public import AnyKey, PublicKey, holds
from redactor.sign.signer import Signer
from redactor.sign.wire import base64_of, bytes_of
from redactor.strict_json import canonical_json, strict_json

PAYLOAD_TYPE = "application/vnd.in-toto+json"

_MAX_SIGNATURES = 64


def seal(payload: bytes, payload_type: str, *signers: Signer) -> bytes:
    """A DSSE envelope around `payload`, signed by each, as canonical JSON (envelope.md)."""
    signatures = [signer.sign(pae(payload_type, payload)) for signer in signers]
    return canonical_json(
        {
            "payload": base64_of(payload),
            "payloadType": payload_type,
            "signatures": [{"keyid": s.keyid, "sig": base64_of(s.value)} for s in signatures],
        }
    )


def open_envelope(
    data: bytes, trusted: Sequence[AnyKey], payload_type: str = PAYLOAD_TYPE
) -> bytes:
    """The payload, once a signature by a trusted key held (protocol.md, Protocol).

    Raises AnswerIsNo otherwise, whatever is wrong. A signature's keyid is no part of what is
    signed and decides nothing: every signature is tried with every trusted key. Unknown keys of
    the JSON are ignored.
    """
    try:
        payload, found_type, signatures = _parse_envelope(data)
        signed = pae(found_type, payload)
    except ValueError as error:
        raise AnswerIsNo(f"the report is not a signed envelope: {error}") from None
    keys = [key for key in trusted if isinstance(key, PublicKey)]
    if not any(holds(key, signature, signed) for signature in signatures for key in keys):
        raise AnswerIsNo("no signature in the report's envelope is by a trusted key")
    if found_type != payload_type:
        raise AnswerIsNo(f"the envelope's payload is not of type {payload_type}")
    return payload


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's Pre-Authentication Encoding: what is signed (protocol.md, Signature Definition)."""
    try:
        kind = payload_type.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("its payloadType is not text") from None
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _parse_envelope(data: bytes) -> tuple[bytes, str, list[bytes]]:
    envelope = strict_json(data)
    if not isinstance(envelope, dict):
        raise ValueError("it is not a JSON object")
    payload_type, signatures = envelope.get("payloadType"), envelope.get("signatures")
    if not isinstance(payload_type, str):
        raise ValueError("it has no payloadType")
    if not isinstance(signatures, list) or not 0 < len(signatures) <= _MAX_SIGNATURES:
        raise ValueError(f"it has not between 1 and {_MAX_SIGNATURES} signatures")
    return (
        _either_base64(envelope.get("payload"), "payload"),
        payload_type,
        [_parse_signature(signature) for signature in signatures],
    )


def _parse_signature(signature: object) -> bytes:
    if not isinstance(signature, dict) or not isinstance(signature.get("keyid", ""), str):
        raise ValueError("a signature is malformed")
    return _either_base64(signature.get("sig"), "sig")


def _either_base64(value: object, name: str) -> bytes:
    """Standard or URL-safe base64: a verifier accepts either (protocol.md, Protocol)."""
    if not isinstance(value, str):
        raise ValueError(f"it has no {name}")
    if not set(value) & set("+/"):
        value = value.translate(str.maketrans("-_", "+/"))
    try:
        return bytes_of(value)
    except ValueError as error:
        raise ValueError(f"its {name} is {error}") from None
