"""Says what a person found who checked a sample of what stayed, and what follows, signed."""

from __future__ import annotations

import importlib.metadata
import math

from redactor.bounds import CONFIDENCE, miss_rate_bound
from redactor.engine import TOOL, code_digest
from redactor.errors import UsageError
from redactor.provenance import created_now, sealed_bytes
from redactor.quality import Checked, QualityReview, Sample, sample_digest, to_bytes
from redactor.report import OutputInfo, Report, ToolInfo
from redactor.sign.keys import PrivateKey
from redactor.sign.signer import SshSigner

_DIGITS = 6
"""Decimals of a bound in a statement; it is rounded up, so that it never says too little."""


def review(
    report: Report, sample: Sample, missed_words: int, missed_pages: int, by: str
) -> QualityReview:
    """The review of a sample of this report's output. Raises UsageError where counts cannot be."""
    return QualityReview(
        output=OutputInfo(report.output.sha256),
        report=sample.report,
        sample=sample_digest(sample),
        seed=sample.seed,
        words=_checked(len(sample.words), sample.population, missed_words, "--missed"),
        pages=_checked(len(sample.pages), report.input.pages, missed_pages, "--missed-pages"),
        confidence=CONFIDENCE,
        by=by,
        created=created_now(),
        tool=ToolInfo(TOOL, importlib.metadata.version(TOOL), code_digest()),
    )


def sealed_review(made: QualityReview, key: PrivateKey | SshSigner) -> tuple[bytes, bytes]:
    """The review as a DSSE envelope, and the SSHSIG over the envelope's bytes."""
    return sealed_bytes(to_bytes(made), key)


def _checked(checked: int, population: int, missed: int, option: str) -> Checked:
    if not 0 <= missed <= checked:
        raise UsageError(f"{option} {missed} is not from 0 to {checked}", "count again")
    scaled = math.ceil(miss_rate_bound(missed, checked) * 10.0**_DIGITS)
    return Checked(checked, population, missed, scaled / 10.0**_DIGITS)
