"""Looks at a published output again: its report's signature, its digest, and what it holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from redactor.errors import FileAccessError, RedactorError
from redactor.findings import Redaction, printed
from redactor.geometry import PageFrame
from redactor.navigation import Aid
from redactor.output.publish import outputs_of
from redactor.pdf.intake import Limits, Source, frames_of, read_bytes, take_in
from redactor.pdf.lock import unlocked
from redactor.pdf.overlay import without_boxes
from redactor.report import KEPT_SETTING, TITLE_SETTING, Check, PageMode, RedactionInfo, Report
from redactor.sign.allowed_signers import matches
from redactor.sign.job_keys import job_key_path, read_hmac_key, shredded
from redactor.sign.pdf_signer import is_among, read_certificates
from redactor.trust import SignedBy
from redactor.verify.apart import verify
from redactor.verify.lock import check_lock
from redactor.verify.signed import Signed, read_trust, signed_report
from redactor.verify.subject import Subject
from redactor.verify.values import Values, check_values

_ROUNDED = 0.5  # points, about a pixel of the image that a page was read from


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every check of a published output, and whose signatures hold: its own, then added ones."""

    checks: tuple[Check, ...]
    signatures: tuple[SignedBy, ...]
    is_trusted: bool
    notes: tuple[str, ...] = ()

    @property
    def signer(self) -> str:
        """Names the key that signed the report and, where known, whose it is."""
        return str(self.signatures[0])

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


def verify_published(
    output: Path,
    report_file: Path | None = None,
    allowed_signers: Path | None = None,
    source: Path | None = None,
    password: str = "",
    rotations: Sequence[Path] = (),
    signed_by: Sequence[str] = (),
    policy_sha256: str = "",
    values: Values | None = None,
    source_password: str = "",
    pdf_certificates: Path | None = None,
) -> Verdict:
    """Checks OUT against its signed report, and, given the source, that nothing else was lost.

    Without `allowed_signers` a signature counts when it is valid, whoever made it; the verdict
    then says that the key is not known to be trusted. `rotations` are statements by which a
    trusted key named another, `signed_by` names people of `allowed_signers` who must all have
    signed; `values` are looked for where all else is well; `pdf_certificates` (PEM) must have the
    one that the PDF itself is signed with. `password` opens OUT, and the source, unless that has
    one of its own. Raises FileAccessError for a missing file, Encrypted without the password, and
    AnswerIsNo where a signature does not hold: then nothing in the report can be believed.
    """
    data = read_bytes(output, Limits())
    trust = read_trust(allowed_signers, rotations) if allowed_signers else None
    signed = signed_report(report_file or outputs_of(output)[1], trust)
    report = signed.content
    plain = unlocked(output, data, password)
    original = take_in(source, source_password or password) if source else None
    checks = [
        *_signatures(signed.signatures),
        *(_signed_by(who, signed.signatures) for who in signed_by),
        *_digests(report, data, original),
        *([_policy(report, policy_sha256)] if policy_sha256 else []),
        *_lock(report, data, plain, password),
        *_contents(report, plain, original),
        *([_pdf_signer(report, pdf_certificates)] if pdf_certificates else []),
    ]
    if values and all(check.passed for check in checks):
        key = read_hmac_key(values.key_file or _job_key(signed))
        checks += check_values(values.texts, report, key, plain)
    trusted = allowed_signers is not None
    notes = tuple(_notes(signed, pdf_certificates))
    return Verdict(tuple(checks), signed.signatures, trusted, notes)


def _job_key(signed: Signed[Report]) -> Path:
    """Where the job's key is kept by itself. Raises FileAccessError without a home folder."""
    return job_key_path(signed.sha256)


def _notes(signed: Signed[Report], pdf_certificates: Path | None) -> Iterator[str]:
    if signed.content.pdf_signature and not pdf_certificates:
        yield "whose certificate signed the PDF was not checked: give yours with --pdf-cert"
    with suppress(FileAccessError):
        if when := shredded(_job_key(signed)):
            yield f"the job's key was shredded on {when}: its report ties to no value any more"


def _signatures(signatures: Sequence[SignedBy]) -> Iterator[Check]:
    own, *added = signatures
    yield Check("signature", "SSHSIG and DSSE", True, str(own))
    for signature in added:
        yield Check("added signature", "SSHSIG", True, str(signature))


def _signed_by(who: str, signatures: Sequence[SignedBy]) -> Check:
    by = next((s for s in signatures if matches(who, s.names)), None)
    detail = by.fingerprint if by else "no signature by a key that stands for this person"
    return Check(f"signed by {who}", "SSHSIG", by is not None, detail)


def _policy(report: Report, expected: str) -> Check:
    same = report.policy.sha256 == expected
    detail = "as reported" if same else "the policy is not the one that the report names"
    return Check("policy SHA-256", "hashlib", same, detail)


def _pdf_signer(report: Report, certificates: Path) -> Check:
    """Whether the certificate that the signature was checked against is one of those given."""
    signature = report.pdf_signature
    known = read_certificates(certificates)
    same = signature is not None and is_among(signature.certificate, known)
    wrong = "it is signed with another certificate" if signature else "the PDF is not signed"
    return Check("PDF signer", "SHA-256", same, "the certificate given" if same else wrong)


def _digests(report: Report, data: bytes, original: Source | None) -> Iterator[Check]:
    same = hashlib.sha256(data).hexdigest() == report.output.sha256
    detail = "as reported" if same else "the file is not the one that the report is about"
    yield Check("output SHA-256", "hashlib", same, detail)
    if original:
        same = original.sha256 == report.input.sha256
        detail = "as reported" if same else "the source is not the one that the report is about"
        yield Check("source SHA-256", "hashlib", same, detail)


def _lock(report: Report, data: bytes, plain: bytes, password: str) -> Iterator[Check]:
    if plain != data:
        yield check_lock(data, password, len(report.pages)).check


def _pages(report: Report, frames: Sequence[PageFrame]) -> Check:
    sizes = [(page.width, page.height) for page in report.pages]
    same = len(sizes) == len(frames) and all(
        abs(a - b) <= _ROUNDED
        for size, frame in zip(sizes, frames, strict=True)
        for a, b in zip(size, frame.size, strict=True)
    )
    detail = "as reported" if same else "the number or the sizes of the pages are others"
    return Check("pages", "QPDF", same, detail)


def _redaction(reported: RedactionInfo) -> Redaction:
    overlay, brief = printed(reason.code for reason in reported.reasons)
    also = tuple(reason.finding for reason in reported.also)
    return Redaction(reported.page, reported.box, overlay, reported.finding, also, brief)


def _kept(report: Report) -> Iterator[Aid]:
    """What may lead around the output, as the report says of its policy."""
    stated = {setting.name: setting.value for setting in report.policy.resolved.settings}
    with suppress(ValueError):
        kept = json.loads(stated.get(KEPT_SETTING, "[]"))
        yield from (aid for aid in Aid if isinstance(kept, list) and aid in kept)
    if stated.get(TITLE_SETTING) == "true":
        yield Aid.TITLE


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
        redactions=tuple(map(_redaction, report.redactions)),
        rebuilt=frozenset(p.number for p in report.pages if p.mode is PageMode.REBUILT),
        removed=(),
        kept=frozenset(_kept(report)),
        signature=report.pdf_signature,
    )
    for outcome in verify(subject):
        yield outcome.check
