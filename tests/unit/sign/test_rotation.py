"""One key names the next: followed where the old one is trusted to, and nowhere else."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import AnswerIsNo
from redactor.sign.allowed_signers import AllowedSigner, allowed_keys, principals_of
from redactor.sign.envelope import PAYLOAD_TYPE, seal
from redactor.sign.keys import PrivateKey
from redactor.sign.rotation import (
    NAMESPACE,
    Rotation,
    followed,
    open_rotation,
    sealed_rotation,
)
from redactor.sign.signer import Ed25519Signer
from redactor.sign.sshsig import NAMESPACE as REPORTS
from redactor.sign.sshsig import ssh_sign
from redactor.strict_json import canonical_json
from tests.unit.sign.given import KEY, OTHER, OTHER_PUBLIC, PUBLIC, keygen, needs_ssh_keygen

OLD, NEW = Ed25519Signer(KEY), Ed25519Signer(OTHER)
THIRD = PrivateKey.from_private_bytes(bytes(range(32)))
WHEN = "2026-06-01T12:00:00Z"
ENVELOPE, SIGNATURE = sealed_rotation(OLD, NEW, WHEN)


def at(day: int, month: int = 6) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


def test_a_statement_opens_to_what_was_said() -> None:
    assert open_rotation(ENVELOPE, SIGNATURE) == Rotation(PUBLIC, OTHER_PUBLIC, WHEN)
    payload = json.loads(base64.b64decode(json.loads(ENVELOPE)["payload"]))
    assert payload["predicateType"] == "urn:redactor:predicate:key-rotation:v1"
    assert len(json.loads(ENVELOPE)["signatures"]) == 2


@needs_ssh_keygen
def test_ssh_keygen_verifies_a_statement(tmp_path: Any) -> None:
    (tmp_path / "sig").write_bytes(SIGNATURE)
    check = ("-Y", "check-novalidate", "-n", NAMESPACE, "-s", tmp_path / "sig")
    assert keygen(*check, message=ENVELOPE).returncode == 0
    assert keygen(*check, message=ENVELOPE[:-1]).returncode != 0


def restated(*signers: Ed25519Signer, **changes: Any) -> tuple[bytes, bytes]:
    """The statement changed and signed anew by those keys, the first as the old one."""
    statement = json.loads(base64.b64decode(json.loads(ENVELOPE)["payload"]))
    for name, value in changes.items():
        part = statement["predicate"] if name in ("old", "new", "created", "more") else statement
        part[name] = value
    envelope = seal(canonical_json(statement), PAYLOAD_TYPE, *signers)
    return envelope, ssh_sign(envelope, signers[0], NAMESPACE).encode()


def test_the_helper_makes_the_very_statement() -> None:
    assert restated(OLD, NEW) == (ENVELOPE, SIGNATURE)


@pytest.mark.parametrize(
    "statement",
    [
        (ENVELOPE, ssh_sign(ENVELOPE, KEY, REPORTS).encode()),
        (ENVELOPE, ssh_sign(ENVELOPE, OTHER, NAMESPACE).encode()),
        (ENVELOPE.replace(b"payload", b"pay1oad"), SIGNATURE),
        (b"", b""),
        restated(OLD),
        restated(NEW, OLD),
        restated(OLD, NEW, created="2026-06-01"),
        restated(OLD, NEW, created="soonZ"),
        restated(OLD, NEW, created=7),
        restated(OLD, NEW, more="x"),
        restated(OLD, NEW, new="ssh-ed25519 AAAA"),
        restated(OLD, NEW, subject=[]),
        restated(OLD, NEW, predicate=[]),
        restated(OLD, NEW, predicateType="urn:redactor:predicate:redaction-report:v1"),
        restated(Ed25519Signer(THIRD), NEW),
    ],
)
def test_anything_else_is_refused(statement: tuple[bytes, bytes]) -> None:
    with pytest.raises(AnswerIsNo):
        open_rotation(*statement)


ROTATION = Rotation(PUBLIC, OTHER_PUBLIC, WHEN)


def test_the_new_key_stands_for_whom_the_old_one_stood_for() -> None:
    signers = followed([AllowedSigner(("office",), PUBLIC)], [ROTATION])
    assert allowed_keys(signers, REPORTS, at(1)) == (PUBLIC,)
    assert allowed_keys(signers, REPORTS, at(2)) == (OTHER_PUBLIC,)
    assert principals_of(OTHER_PUBLIC, signers, REPORTS, at(2)) == ("office",)
    assert principals_of(PUBLIC, signers, REPORTS, at(2)) == ()


def test_the_new_key_may_do_what_the_old_one_might() -> None:
    listed = AllowedSigner(("office",), PUBLIC, (NAMESPACE, "file"), None, at(3))
    signers = followed([listed], [ROTATION])
    assert allowed_keys(signers, REPORTS, at(2)) == ()
    assert allowed_keys(signers, "file", at(9)) == (OTHER_PUBLIC,)


@pytest.mark.parametrize(
    "listed",
    [
        AllowedSigner(("office",), OTHER_PUBLIC),
        AllowedSigner(("office",), PUBLIC, (REPORTS,)),
        AllowedSigner(("office",), PUBLIC, valid_before=at(1)),
        AllowedSigner(("office",), PUBLIC, valid_after=at(2)),
    ],
    ids=["not listed", "for reports only", "expired", "not yet"],
)
def test_it_is_not_followed_where_the_old_key_is_not_trusted_to(listed: AllowedSigner) -> None:
    with pytest.raises(AnswerIsNo, match="not trusted to name a new key"):
        followed([listed], [ROTATION])


def test_chains_are_followed_in_order_of_time() -> None:
    later = Rotation(OTHER_PUBLIC, THIRD.public_key(), "2026-07-01T00:00:00Z")
    listed = [AllowedSigner(("office",), PUBLIC)]
    signers = followed(listed, [later, ROTATION])
    assert allowed_keys(signers, REPORTS, at(2, 7)) == (THIRD.public_key(),)
    with pytest.raises(AnswerIsNo):  # the second is from before the first
        followed(listed, [replace(later, created="2026-05-01T00:00:00Z"), ROTATION])


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["old", "new", "created", "more", "subject", "predicate"]),
    st.recursive(st.none() | st.integers() | st.text(max_size=9), st.lists, max_leaves=4),
)
def test_no_statement_at_all_ends_in_a_traceback(name: str, value: Any) -> None:
    with pytest.raises(AnswerIsNo):
        open_rotation(*restated(OLD, NEW, **{name: value}))
