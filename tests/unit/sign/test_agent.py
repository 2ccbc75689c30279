"""Signing through agents: the real ssh-agent, a token, and agents that talk nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.errors import AnswerIsNo, FileAccessError, RedactorError, ResourceLimit, UsageError
from redactor.sign.agent import VARIABLE, AgentSigner, agent_keys, agent_signer
from redactor.sign.allowed_signers import read_allowed_signers
from redactor.sign.envelope import PAYLOAD_TYPE, open_envelope, seal
from redactor.sign.keys import load_key, new_key
from redactor.sign.public import fingerprint, key_blob, public_line
from redactor.sign.ssh_signature import ssh_holds, ssh_signature
from redactor.sign.sshsig import NAMESPACE, embedded_key, ssh_sign, ssh_verify
from redactor.sign.wire import string
from tests.agents import SSH_AGENT, answering, ssh_add, ssh_agent, token, token_key
from tests.unit.sign.given import (
    ENVELOPE,
    KEY,
    MESSAGE,
    OTHER_PUBLIC,
    PAYLOAD,
    PUBLIC,
    keygen,
    needs_ssh_keygen,
)

needs_ssh_agent = pytest.mark.skipif(SSH_AGENT is None, reason="ssh-agent is not installed")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    new_key(tmp_path / "key")
    return tmp_path / "key"


@pytest.fixture
def agent(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with ssh_agent(key_file) as path:
        monkeypatch.setenv(VARIABLE, path)
        yield path


@needs_ssh_agent
def test_a_key_in_the_agent_signs_what_its_file_signs(agent: str, key_file: Path) -> None:
    key = load_key(key_file)
    public = key.public_key()
    for wanted in (public, fingerprint(public)):
        signer = agent_signer(wanted)
        assert open_envelope(seal(PAYLOAD, PAYLOAD_TYPE, signer), [public]) == PAYLOAD
        armored = ssh_sign(MESSAGE, signer)
        assert ssh_verify(MESSAGE, armored, NAMESPACE, [public]) == public
        assert armored == ssh_sign(MESSAGE, key)  # Ed25519 is deterministic


@needs_ssh_agent
@needs_ssh_keygen
def test_keys_of_other_kinds_are_passed_over(agent: str, tmp_path: Path, key_file: Path) -> None:
    keygen("-q", "-t", "ecdsa", "-N", "", "-f", tmp_path / "other")
    ssh_add(agent, tmp_path / "other")
    line = keygen("-y", "-f", key_file).stdout.decode()
    assert [public_line(key) for key in agent_keys(agent)] == [" ".join(line.split()[:2])]


@needs_ssh_agent
def test_a_key_that_is_not_there_is_refused(agent: str) -> None:
    with pytest.raises(FileAccessError, match="no Ed25519 key SHA256:"):
        agent_signer(OTHER_PUBLIC)
    signer = agent_signer(next(agent_keys(agent)))
    ssh_add(agent, "-D")
    with pytest.raises(FileAccessError, match="refused"):
        signer.ssh_sign(MESSAGE)


@needs_ssh_agent
def test_what_is_too_large_for_an_agent_is_refused(agent: str) -> None:
    signer = agent_signer(next(agent_keys(agent)))
    room = 256 * 1024 - len(string(key_blob(signer.public_key))) - 4 - 4 - 1
    assert signer.ssh_sign(bytes(room))
    with pytest.raises(ResourceLimit, match="too large"):
        signer.ssh_sign(bytes(room + 1))
    assert ssh_sign(bytes(room + 1), signer)  # which signs a digest


def test_without_an_agent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(UsageError, match=VARIABLE):
        agent_signer(PUBLIC)
    for path in (str(tmp_path / "nothing"), "x" * 200):
        monkeypatch.setenv(VARIABLE, path)
        with pytest.raises(FileAccessError, match="SSH agent"):
            agent_signer(PUBLIC)


_ONE_KEY = (1).to_bytes(4, "big")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        b"\0\0\0\0",
        b"\xff\xff\xff\xff",
        string(b"\x0c"),
        string(b"\x0c" + _ONE_KEY),
        string(b"\x0c" + _ONE_KEY + string(b"x")),
        string(b"\x05"),
        string(b"\x0e" + string(b"")),
    ],
    ids=repr,
)
def test_nonsense_for_an_answer(answer: bytes) -> None:
    with answering(lambda _: answer) as path, pytest.raises(FileAccessError, match="SSH agent"):
        list(agent_keys(path))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x0e",
        b"\x0e" + string(b"rubbish"),
        b"\x0e" + string(ssh_signature(PUBLIC, bytes(64))),
        b"\x0e" + string(ssh_signature(PUBLIC, KEY.sign(b"something else"))),
        b"\x0e" + string(ssh_signature(PUBLIC, KEY.sign(MESSAGE))) + b"more",
        b"\x05",
    ],
    ids=lambda body: repr(body)[:30],
)
def test_a_signature_that_does_not_hold_is_never_taken(body: bytes) -> None:
    with answering(lambda _: string(body)) as path, pytest.raises(FileAccessError):
        AgentSigner(path, PUBLIC).ssh_sign(MESSAGE)
    good = b"\x0e" + string(ssh_signature(PUBLIC, KEY.sign(MESSAGE)))
    with answering(lambda _: string(good)) as path:
        assert AgentSigner(path, PUBLIC).ssh_sign(MESSAGE)


# ------------------------------------------------------------------ tokens


@pytest.fixture
def armored_by_token(monkeypatch: pytest.MonkeyPatch) -> str:
    with answering(token(KEY)) as path:
        monkeypatch.setenv(VARIABLE, path)
        return ssh_sign(ENVELOPE, agent_signer(fingerprint(token_key(KEY))))


def test_a_token_makes_ssh_signatures(armored_by_token: str) -> None:
    public = token_key(KEY)
    assert ssh_verify(ENVELOPE, armored_by_token, NAMESPACE, [PUBLIC, public]) == public
    assert embedded_key(armored_by_token) == public
    with pytest.raises(AnswerIsNo, match="does not match"):
        ssh_verify(ENVELOPE + b" ", armored_by_token, NAMESPACE, [public])
    with pytest.raises(AnswerIsNo, match="not trusted"):  # the same point, but not in a token
        ssh_verify(ENVELOPE, armored_by_token, NAMESPACE, [PUBLIC])


@needs_ssh_keygen
def test_ssh_keygen_verifies_what_a_token_signed(armored_by_token: str, tmp_path: Path) -> None:
    signature, allowed = tmp_path / "sig", tmp_path / "allowed"
    signature.write_text(armored_by_token)
    allowed.write_text(f"me@example.com {public_line(token_key(KEY), 'token')}\n")
    verify = ("-Y", "verify", "-f", allowed, "-I", "me@example.com", "-s", signature, "-n")
    judge = keygen(*verify, NAMESPACE, message=ENVELOPE)
    assert judge.returncode == 0, judge.stderr
    assert keygen(*verify, NAMESPACE, message=ENVELOPE + b" ").returncode != 0
    assert [signer.key for signer in read_allowed_signers(allowed)] == [token_key(KEY)]


def test_a_token_signs_no_envelope(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(token(KEY)) as path:
        signer = AgentSigner(path, token_key(KEY))
        with pytest.raises(UsageError, match="cannot sign a report's envelope"):
            seal(PAYLOAD, PAYLOAD_TYPE, signer)


def test_a_token_that_nobody_touched_does_not_count() -> None:
    with answering(token(KEY, flags=0)) as path, pytest.raises(RedactorError):
        AgentSigner(path, token_key(KEY)).ssh_sign(MESSAGE)


def test_flags_and_counter_of_a_token_are_signed() -> None:
    with answering(token(KEY)) as path:
        blob = AgentSigner(path, token_key(KEY)).ssh_sign(MESSAGE)
    assert ssh_holds(token_key(KEY), blob, MESSAGE)
    for at in range(len(blob)):
        changed = blob[:at] + bytes([blob[at] ^ 2]) + blob[at + 1 :]
        assert not ssh_holds(token_key(KEY), changed, MESSAGE)
    assert not ssh_holds(token_key(KEY), blob + b"\0", MESSAGE)
    assert not ssh_holds(PUBLIC, blob, MESSAGE)
