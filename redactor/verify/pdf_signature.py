"""The signature inside the PDF: does it hold, over the whole file, as it was reported?

pyHanko looks, which did not write the file. Nothing is fetched, and no root is trusted: whose
certificate it is, is for whoever verifies to say.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cryptography import x509

from redactor.errors import MissingDependency
from redactor.report import Check, PdfSignatureInfo
from redactor.sign.pdf_signer import certificate_digest, is_valid_at, require_pyhanko
from redactor.verify.spellings import searchable
from redactor.verify.subject import Outcome, Subject
from redactor.verify.traces import hits

NAME, ENGINE = "PDF signature", "pyHanko"


def check_pdf_signature(subject: Subject) -> tuple[Outcome, ...]:
    """The file is signed as reported; no outcome where it is not to be signed."""
    if subject.signature is None:
        return ()
    try:
        problem = _problem(subject, subject.signature)
    except MissingDependency as error:
        problem = str(error)
    detail = problem or _said(subject.signature)
    return (Outcome(Check(NAME, ENGINE, not problem, detail)),)


def _said(signature: PdfSignatureInfo) -> str:
    stamp = signature.timestamp
    when = f", with a time stamp by {stamp.authority} of {stamp.time}" if stamp else ""
    return f"holds over the whole file, by certificate SHA-256 {signature.certificate}{when}"


def _problem(subject: Subject, reported: PdfSignatureInfo) -> str:
    """What is wrong with the file's signature; nothing where it is as reported."""
    require_pyhanko()
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    signatures = PdfFileReader(io.BytesIO(subject.output)).embedded_signatures
    if len(signatures) != 1:
        return f"the file has {len(signatures)} signatures"
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(signatures[0], context, skip_diff=True)
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return "it does not cover the whole file"
    if not (status.intact and status.valid):
        return "it does not hold"
    if hits([_names(signatures[0])], searchable(subject.removed)):
        return "a certificate in it names what was removed"
    return _difference(status, reported)


def _names(signature: Any) -> str:
    """All that a signature, its time stamp and their certificates say in words.

    In their own encoding a text is not told from the marks around it, which look like digits.
    """
    return "\n".join(_texts(signature.signed_data.native))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for each in value:
            yield from _texts(each)


def _difference(status: Any, reported: PdfSignatureInfo) -> str:
    """How a signature that holds is not the one that was reported."""
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    if certificate_digest(certificate) != reported.certificate:
        return "it is by another certificate than the report says"
    if _stamp(status) != reported.timestamp:
        return "its time stamp does not hold, or is not the one that the report says"
    stamp = reported.timestamp
    when = datetime.fromisoformat(stamp.time) if stamp else status.signer_reported_dt
    if when is None or not is_valid_at(certificate, when):
        return "its certificate was not valid at the time"
    return ""


def _stamp(status: Any) -> object:
    """What the time stamp vouches for; None without one, a text where it does not hold."""
    from redactor.sign.timestamp import described

    if status.timestamp_validity is None:
        return None
    return described(status.timestamp_validity) or "does not hold"
