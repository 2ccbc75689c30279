"""Envelopes: ours open, tampered ones do not, and foreign tools agree."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from redactor.errors import AnswerIsNo
from redactor.sign.envelope import PAYLOAD_TYPE, open_envelope, seal
from redactor.sign.public import PublicKey, fingerprint
from redactor.sign.signer import Ed25519Signer, Signature
from tests.unit.sign.given import ENVELOPE, KEY, OTHER, OTHER_PUBLIC, PAYLOAD, PUBLIC, flipped


def unsealed(data: bytes = ENVELOPE) -> Any:
    return json.loads(data)


def test_an_envelope_opens_for_the_key_that_sealed_it() -> None:
    assert open_envelope(ENVELOPE, [OTHER_PUBLIC, PUBLIC]) == PAYLOAD
    assert unsealed() == {
        "payload": base64.b64encode(PAYLOAD).decode(),
        "payloadType": "application/vnd.in-toto+json",
        "signatures": [{"keyid": fingerprint(PUBLIC), "sig": unsealed()["signatures"][0]["sig"]}],
    }


def test_the_signature_is_over_the_pae_of_the_specification() -> None:
    """protocol.md, Test Vectors, gives this encoding."""
    envelope = unsealed(seal(b"hello world", "http://example.com/HelloWorld", Ed25519Signer(KEY)))
    pae = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    PUBLIC.verify(base64.b64decode(envelope["signatures"][0]["sig"]), pae)


def test_the_payload_type_is_counted_in_bytes() -> None:
    kind = "application/vnd.ex\u00e4mple+json"
    envelope = seal(PAYLOAD, kind, Ed25519Signer(KEY))
    pae = b"DSSEv1 29 %b %d %b" % (kind.encode(), len(PAYLOAD), PAYLOAD)
    PUBLIC.verify(base64.b64decode(unsealed(envelope)["signatures"][0]["sig"]), pae)
    assert open_envelope(envelope, [PUBLIC], kind) == PAYLOAD


@pytest.mark.parametrize("trusted", [[], [OTHER_PUBLIC]], ids=["nobody", "another"])
def test_an_envelope_opens_for_nobody_else(trusted: list[PublicKey]) -> None:
    with pytest.raises(AnswerIsNo, match="trusted"):
        open_envelope(ENVELOPE, trusted)


def test_the_keyid_decides_nothing() -> None:
    envelope = unsealed()
    signature = envelope["signatures"][0]
    signature["keyid"] = fingerprint(OTHER_PUBLIC)
    data = json.dumps(envelope).encode()
    assert open_envelope(data, [PUBLIC]) == PAYLOAD
    with pytest.raises(AnswerIsNo):
        open_envelope(data, [OTHER_PUBLIC])
    del signature["keyid"]
    assert open_envelope(json.dumps(envelope).encode(), [PUBLIC]) == PAYLOAD


def test_one_trusted_signature_of_several_is_enough() -> None:
    envelope = unsealed()
    second = unsealed(seal(PAYLOAD, PAYLOAD_TYPE, Ed25519Signer(OTHER)))["signatures"][0]
    envelope["signatures"].append(second)
    assert open_envelope(json.dumps(envelope).encode(), [OTHER_PUBLIC]) == PAYLOAD


def test_another_payload_type_is_refused_even_when_signed() -> None:
    envelope = seal(PAYLOAD, "text/plain", Ed25519Signer(KEY))
    with pytest.raises(AnswerIsNo, match="type"):
        open_envelope(envelope, [PUBLIC])
    swapped = {**unsealed(envelope), "payloadType": PAYLOAD_TYPE}
    with pytest.raises(AnswerIsNo, match="trusted"):
        open_envelope(json.dumps(swapped).encode(), [PUBLIC])


def test_url_safe_base64_is_accepted_but_not_a_mixture() -> None:
    payload = bytes.fromhex("fbffbf3e3f") * 3
    envelope = unsealed(seal(payload, PAYLOAD_TYPE, Ed25519Signer(KEY)))
    assert set(envelope["payload"]) >= set("+/")
    safe = {**envelope, "payload": base64.urlsafe_b64encode(payload).decode()}
    assert open_envelope(json.dumps(safe).encode(), [PUBLIC]) == payload
    mixed = {**envelope, "payload": envelope["payload"].replace("+", "-")}
    with pytest.raises(AnswerIsNo, match="base64"):
        open_envelope(json.dumps(mixed).encode(), [PUBLIC])


def test_a_second_spelling_of_the_same_base64_is_refused() -> None:
    """RFC 4648, 3.5: the last digit may carry bits that decode to nothing."""
    envelope = unsealed()
    digits = envelope["signatures"][0]["sig"]
    assert digits.endswith("==")
    other = digits[:-3] + chr(ord(digits[-3]) + 1) + "=="
    assert base64.b64decode(other) == base64.b64decode(digits)
    envelope["signatures"][0]["sig"] = other
    with pytest.raises(AnswerIsNo, match="base64"):
        open_envelope(json.dumps(envelope).encode(), [PUBLIC])


def test_unknown_keys_of_the_envelope_are_ignored() -> None:
    envelope = {**unsealed(), "later": [1, 2]}
    assert open_envelope(json.dumps(envelope).encode(), [PUBLIC]) == PAYLOAD


SIG = unsealed()["signatures"][0]["sig"]


@pytest.mark.parametrize(
    "change",
    [
        {"payload": None},
        {"payload": 7},
        {"payload": "*"},
        {"payload": "\u00e9"},
        {"payload": "QQ"},
        {"payload": "QR=="},
        {"payloadType": None},
        {"payloadType": "\ud800"},
        {"signatures": None},
        {"signatures": []},
        {"signatures": {}},
        {"signatures": ["x"]},
        {"signatures": [{}]},
        {"signatures": [{"sig": 1}]},
        {"signatures": [{"sig": ""}]},
        {"signatures": [{"sig": "QQ=="}]},
        {"signatures": [{"sig": SIG, "keyid": 1}]},
        {"signatures": [{"sig": SIG}] * 1000},
    ],
    ids=lambda change: repr(change)[:40],
)
def test_malformed_envelopes_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerIsNo):
        open_envelope(json.dumps({**unsealed(), **change}).encode(), [PUBLIC])


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text('{}[]",:0123456789eE-. nulltrefasigp', max_size=60).map(str.encode)
)
@example(b"[" * 100_000)
@example(b'{"payload":' * 100_000)
@example(b"7" * 10_000)
@example(ENVELOPE.decode().encode("utf-16"))
@example(ENVELOPE[:-1] + b',"payload":""}')
def test_no_bytes_at_all_end_in_a_traceback(data: bytes) -> None:
    with pytest.raises(AnswerIsNo):
        open_envelope(data, [PUBLIC])


@pytest.mark.parametrize("part", ["payload", "sig"])
def test_every_byte_of_payload_and_signature_counts(part: str) -> None:
    for bits in (1, 0x80):
        envelope = unsealed()
        holder = envelope if part == "payload" else envelope["signatures"][0]
        original = base64.b64decode(holder[part])
        for at in range(len(original)):
            holder[part] = base64.b64encode(flipped(original, at, bits)).decode()
            with pytest.raises(AnswerIsNo):
                open_envelope(json.dumps(envelope).encode(), [PUBLIC])


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, len(ENVELOPE) - 1), value=st.integers(0, 255))
def test_a_changed_byte_of_the_envelope_never_changes_what_comes_out(at: int, value: int) -> None:
    changed = ENVELOPE[:at] + bytes([value]) + ENVELOPE[at + 1 :]
    try:
        assert open_envelope(changed, [PUBLIC]) == PAYLOAD
    except AnswerIsNo:
        return
    if changed != ENVELOPE:  # only what is not signed, or the other base64 alphabet, may differ
        before, after = unsealed(), unsealed(changed)
        before["signatures"][0].pop("keyid", "")
        after["signatures"][0] = {"sig": after["signatures"][0]["sig"]}
        swap = str.maketrans("-_", "+/")
        assert json.loads(json.dumps(after).translate(swap)) == json.loads(
            json.dumps(before).translate(swap)
        )


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_signature_fits_no_other_payload(payload: bytes, other: bytes) -> None:
    envelope = seal(payload, PAYLOAD_TYPE, Ed25519Signer(KEY))
    assert open_envelope(envelope, [PUBLIC]) == payload
    if other != payload:
        forged = {**unsealed(envelope), "payload": base64.b64encode(other).decode()}
        with pytest.raises(AnswerIsNo):
            open_envelope(json.dumps(forged).encode(), [PUBLIC])


def test_a_plug_in_signer_seals() -> None:
    class Token:
        def sign(self, payload: bytes) -> Signature:
            return Signature("token-1", OTHER.sign(payload))

    envelope = seal(PAYLOAD, PAYLOAD_TYPE, Token())
    assert unsealed(envelope)["signatures"][0]["keyid"] == "token-1"
    assert open_envelope(envelope, [OTHER_PUBLIC]) == PAYLOAD


def test_securesystemslib_verifies_our_envelope() -> None:
    dsse = pytest.importorskip("securesystemslib.dsse", reason="securesystemslib is missing")
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import SSlibKey

    def their_key(key: PublicKey) -> Any:
        value = {"public": key.public_bytes_raw().hex()}
        return SSlibKey(fingerprint(PUBLIC), "ed25519", "ed25519", value)

    envelope = dsse.Envelope.from_dict(unsealed())
    assert set(envelope.verify([their_key(PUBLIC)], 1)) == {fingerprint(PUBLIC)}
    assert envelope.payload == PAYLOAD
    with pytest.raises(VerificationError):
        envelope.verify([their_key(OTHER_PUBLIC)], 1)
    envelope.payload += b" "
    with pytest.raises(VerificationError):
        envelope.verify([their_key(PUBLIC)], 1)


def test_we_open_an_envelope_that_securesystemslib_made() -> None:
    dsse = pytest.importorskip("securesystemslib.dsse", reason="securesystemslib is missing")
    from securesystemslib.signer import CryptoSigner

    envelope = dsse.Envelope(PAYLOAD, PAYLOAD_TYPE, {})
    envelope.sign(CryptoSigner(KEY))
    assert open_envelope(json.dumps(envelope.to_dict()).encode(), [PUBLIC]) == PAYLOAD
