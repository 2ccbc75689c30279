"""Programs that are not ours verify what the command published, and refuse one flipped bit."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.end_to_end.conftest import Job

OFFICER = "officer@example.org"
SPKI = bytes.fromhex("302a300506032b6570032100")  # before a raw Ed25519 key (RFC 8410, 4)


@dataclass(frozen=True)
class Published:
    """What an auditor is handed, and the public key (raw) that he had before."""

    output: bytes
    envelope: bytes
    signature: bytes
    key: bytes
    folder: Path

    @property
    def statement(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(base64.b64decode(json.loads(self.envelope)["payload"]))
        return found

    def with_payload(self, payload: bytes) -> Published:
        """The same with another statement in the envelope."""
        parts = {**json.loads(self.envelope), "payload": base64.b64encode(payload).decode()}
        return replace(self, envelope=json.dumps(parts, sort_keys=True).encode())

    def with_signature(self, change: Callable[[bytes], bytes]) -> Published:
        """The same with other signatures in and beside the envelope."""
        parts = json.loads(self.envelope)
        sig = base64.b64decode(parts["signatures"][0]["sig"])
        parts["signatures"][0]["sig"] = base64.b64encode(change(sig)).decode()
        begin, *lines, end, last = self.signature.split(b"\n")
        blob = change(base64.b64decode(b"".join(lines)))
        armor = b"\n".join((begin, base64.b64encode(blob), end, last))
        return replace(self, envelope=json.dumps(parts).encode(), signature=armor)


@pytest.fixture
def published(redacted: Callable[[str], Job], tmp_path: Path) -> Published:
    job = redacted("letter")
    line = run("keys", "show", config=job.config).stdout.splitlines()[0]
    key = base64.b64decode(line.split()[1])[-32:]
    files = job.output, job.report, job.report.with_name(job.report.name + ".sig")
    output, envelope, signature = (path.read_bytes() for path in files)
    return Published(output, envelope, signature, key, tmp_path)


def ssh_keygen(given: Published) -> bool:
    """The SSHSIG over the envelope's bytes."""
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + given.key
    allowed, signature = given.folder / "allowed", given.folder / "sig"
    allowed.write_text(f"{OFFICER} ssh-ed25519 {base64.b64encode(blob).decode()}\n")
    signature.write_bytes(given.signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", OFFICER]
    command += ["-n", "redactor-report", "-s", signature]
    return done(command, given.envelope)


def openssl(given: Published) -> bool:
    """The envelope's own signature, over the encoding that DSSE signs."""
    envelope = json.loads(given.envelope)
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"].encode()
    names = ("key.der", "sig.bin", "pae.bin")
    key, signature, message = (given.folder / name for name in names)
    key.write_bytes(SPKI + given.key)
    signature.write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
    message.write_bytes(b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload))
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER"]
    return done([*command, "-inkey", key, "-sigfile", signature, "-in", message])


def securesystemslib(given: Published) -> bool:
    """The envelope's own signature, as in-toto's library reads envelopes."""
    dsse = pytest.importorskip("securesystemslib.dsse", reason="securesystemslib is missing")
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import SSlibKey

    envelope = dsse.Envelope.from_dict(json.loads(given.envelope))
    (keyid,) = envelope.signatures
    key = SSlibKey(keyid, "ed25519", "ed25519", {"public": given.key.hex()})
    try:
        return bool(set(envelope.verify([key], 1)) == {keyid})
    except VerificationError:
        return False


def done(command: list[Any], message: bytes = b"") -> bool:
    found = subprocess.run(
        [str(part) for part in command], input=message, capture_output=True, check=False
    )
    return found.returncode == 0


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


Judge = Callable[[Published], bool]

by_judge = pytest.mark.parametrize(
    "judge",
    [
        pytest.param(ssh_keygen, marks=needs("ssh-keygen")),
        pytest.param(openssl, marks=needs("openssl")),
        securesystemslib,
    ],
)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def whole(judge: Judge, given: Published, policy_sha256: str) -> bool:
    """All that an auditor does without us: signature, then digests of the PDF and the policy."""
    if not judge(given):
        return False
    statement = given.statement
    named = statement["subject"][0]["digest"]["sha256"]
    found = hashlib.sha256(given.output).hexdigest(), statement["predicate"]["policy"]["sha256"]
    return found == (named, policy_sha256)


@pytest.fixture
def policy_sha256(tmp_path: Path) -> str:
    listed = json.loads(run("policy", "check", "default", "--json", config=tmp_path).stdout)
    digest: str = listed[0]["sha256"]
    return digest


@by_judge
def test_they_accept_what_was_published(
    judge: Judge, published: Published, policy_sha256: str
) -> None:
    assert whole(judge, published, policy_sha256)


@by_judge
def test_they_refuse_one_flipped_bit(
    judge: Judge, published: Published, policy_sha256: str
) -> None:
    for what, changed in one_bit_off(published):
        assert not whole(judge, changed, policy_sha256), what
    assert not whole(judge, published, flipped(policy_sha256.encode(), 7).decode())


def one_bit_off(given: Published) -> Iterator[tuple[str, Published]]:
    payload = base64.b64decode(json.loads(given.envelope)["payload"])
    at = payload.index(b'"policy":{"name":') + 20
    yield "envelope", given.with_payload(flipped(payload, len(payload) // 2))
    yield "policy", given.with_payload(flipped(payload, at))
    yield "PDF", replace(given, output=flipped(given.output, len(given.output) // 2))
    yield "signature", given.with_signature(lambda data: flipped(data, len(data) - 1))
    yield "key", replace(given, key=flipped(given.key, 3))
