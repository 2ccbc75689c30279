"""Looks at a published output again: its report's signature, its digest, and what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from redactor import sign
from redactor.errors import AnswerIsNo, RedactorError
from redactor.findings import Redaction
from redactor.geometry import PageFrame
from redactor.output.publish import outputs_of
from redactor.pdf.intake import Limits, Source, frames_of, read_bytes, take_in
from redactor.pdf.overlay import without_boxes
from redactor.report import Check, PageMode, Report, from_bytes
from redactor.verify.run import verify
from redactor.verify.subject import Subject

_ROUNDED = 0.5  # points, about a pixel of the image that a page was read from


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every check of a published output; `signer` names the key and, where known, whose it is."""

    checks: tuple[Check, ...]
    signer: str
    is_trusted: bool

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


def verify_published(
    output: Path,
    report_file: Path | None = None,
    allowed_signers: Path | None = None,
    source: Path | None = None,
    password: str = "",
) -> Verdict:
    """Checks OUT against its signed report, and, given the source, that nothing else was lost.

    Without `allowed_signers` a signature counts when it is valid, whoever made it; the verdict
    then says that the key is not known to be trusted. Raises FileAccessError for a missing file
    and AnswerIsNo where the signature does not hold: then nothing in the report can be believed.
    """
    data = read_bytes(output, Limits())
    report_path = report_file or outputs_of(output)[1]
    envelope = read_bytes(report_path, Limits())
    signature = read_bytes(report_path.with_name(report_path.name + ".sig"), Limits())
    key, signer = _signer(envelope, signature, allowed_signers)
    report = _report(envelope, key)
    original = take_in(source, password) if source else None
    checks = (
        Check("signature", "SSHSIG and DSSE", True, signer),
        *_digests(report, data, original),
        *_contents(report, data, original),
    )
    return Verdict(checks, signer, allowed_signers is not None)


def _signer(
    envelope: bytes, signature: bytes, allowed_signers: Path | None
) -> tuple[sign.PublicKey, str]:
    """The key whose signature holds, and words on whose it is."""
    if allowed_signers is None:
        key = sign.ssh_verify(envelope, signature, sign.NAMESPACE, [sign.embedded_key(signature)])
        return key, f"{sign.fingerprint(key)}, not known to be trusted (no --allowed-signers)"
    signers = sign.read_allowed_signers(allowed_signers)
    trusted = sign.allowed_keys(signers, sign.NAMESPACE)
    key = sign.ssh_verify(envelope, signature, sign.NAMESPACE, trusted)
    names = ", ".join(sign.principals_of(key, signers, sign.NAMESPACE))
    return key, f"{sign.fingerprint(key)}, {names}"


def _report(envelope: bytes, key: sign.PublicKey) -> Report:
    payload = sign.open_envelope(envelope, [key])
    try:
        return from_bytes(payload)
    except ValueError as error:
        raise AnswerIsNo(
            "the report is signed, but is not one of ours", "was it made by another version?"
        ) from error


def _digests(report: Report, data: bytes, original: Source | None) -> Iterator[Check]:
    same = hashlib.sha256(data).hexdigest() == report.output.sha256
    detail = "as reported" if same else "the file is not the one that the report is about"
    yield Check("output SHA-256", "hashlib", same, detail)
    if original:
        same = original.sha256 == report.input.sha256
        detail = "as reported" if same else "the source is not the one that the report is about"
        yield Check("source SHA-256", "hashlib", same, detail)


def _pages(report: Report, frames: Sequence[PageFrame]) -> Check:
    sizes = [(page.width, page.height) for page in report.pages]
    same = len(sizes) == len(frames) and all(
        abs(a - b) <= _ROUNDED
        for size, frame in zip(sizes, frames, strict=True)
        for a, b in zip(size, frame.size, strict=True)
    )
    detail = "as reported" if same else "the number or the sizes of the pages are others"
    return Check("pages", "QPDF", same, detail)


def _contents(report: Report, data: bytes, original: Source | None) -> Iterator[Check]:
    """The checks that were made before publishing, made again on the file as it is."""
    try:
        frames = frames_of(data)
        bare = without_boxes(data)
    except RedactorError as error:
        yield Check("the output opens", "QPDF", False, error.what)
        return
    yield _pages(report, frames)
    subject = Subject(
        output=data,
        bare=bare,
        source=original.data if original else b"",
        frames=frames,
        source_frames=original.frames if original else (),
        redactions=tuple(Redaction(r.page, r.box, r.code, r.finding) for r in report.redactions),
        rebuilt=frozenset(p.number for p in report.pages if p.mode is PageMode.REBUILT),
        removed=(),
    )
    for outcome in verify(subject):
        yield outcome.check
