"""Reads what was signed, once its signature held: reports, and reviews of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from redactor import sign
from redactor.errors import AnswerIsNo
from redactor.pdf.intake import Limits, read_bytes
from redactor.report import Report
from redactor.statement import from_bytes
from redactor.trust import Signer


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signed file holds, the SHA-256 (hex) of the file, and who signed it."""

    payload: bytes = field(repr=False)
    sha256: str
    signer: Signer


def signature_of(path: Path) -> Path:
    """Where the SSHSIG over a signed file lies."""
    return path.with_name(path.name + ".sig")


def read_signed(path: Path, allowed_signers: Path | None) -> Signed:
    """The payload of the envelope in `path`, whose signature lies beside it.

    Without `allowed_signers` a signature counts when it is valid, whoever made it. Raises
    FileAccessError for a missing file and AnswerIsNo where the signature does not hold: then
    nothing in the file can be believed.
    """
    envelope = read_bytes(path, Limits())
    signature = read_bytes(signature_of(path), Limits())
    if allowed_signers is None:
        trusted: tuple[sign.PublicKey, ...] = (sign.embedded_key(signature),)
        signers: tuple[sign.AllowedSigner, ...] = ()
    else:
        signers = sign.read_allowed_signers(allowed_signers)
        trusted = sign.allowed_keys(signers, sign.NAMESPACE)
    key = sign.ssh_verify(envelope, signature, sign.NAMESPACE, trusted)
    return Signed(
        payload=sign.open_envelope(envelope, [key]),
        sha256=hashlib.sha256(envelope).hexdigest(),
        signer=Signer(
            sign.fingerprint(key),
            sign.principals_of(key, signers, sign.NAMESPACE),
            allowed_signers is not None,
        ),
    )


def report_in(signed: Signed) -> Report:
    """The report that was signed. Raises AnswerIsNo where it is none."""
    try:
        return from_bytes(signed.payload)
    except ValueError as error:
        raise AnswerIsNo(
            "the report is signed, but is not one of ours", "was it made by another version?"
        ) from error
