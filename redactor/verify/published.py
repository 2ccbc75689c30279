"""Looks at a published output again: its report's signature, its digest, and what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from redactor.errors import RedactorError
from redactor.findings import Redaction
from redactor.output.publish import outputs_of
from redactor.pdf.intake import Limits, Source, frames_of, read_bytes, take_in
from redactor.pdf.overlay import without_boxes
from redactor.report import Check, PageMode, Report
from redactor.verify.run import verify
from redactor.verify.signed import read_signed, report_in
from redactor.verify.subject import Subject


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
    signed = read_signed(report_path, allowed_signers)
    report = report_in(signed)
    original = take_in(source, password) if source else None
    checks = (
        Check("signature", "SSHSIG and DSSE", True, str(signed.signer)),
        *_digests(report, data, original),
        *_contents(report, data, original),
    )
    return Verdict(checks, str(signed.signer), signed.signer.is_trusted)


def _digests(report: Report, data: bytes, original: Source | None) -> Iterator[Check]:
    same = hashlib.sha256(data).hexdigest() == report.output.sha256
    detail = "as reported" if same else "the file is not the one that the report is about"
    yield Check("output SHA-256", "hashlib", same, detail)
    if original:
        same = original.sha256 == report.input.sha256
        detail = "as reported" if same else "the source is not the one that the report is about"
        yield Check("source SHA-256", "hashlib", same, detail)


def _contents(report: Report, data: bytes, original: Source | None) -> Iterator[Check]:
    """The checks that were made before publishing, made again on the file as it is."""
    try:
        frames = frames_of(data)
        bare = without_boxes(data)
    except RedactorError as error:
        yield Check("the output opens", "QPDF", False, error.what)
        return
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
