"""What a job did, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from redactor.codec import encode
from redactor.pdf.intake import OWNER_FORBIDS
from redactor.report import OBSCURED, PdfSignatureInfo, Reason, Report, VlmInfo
from redactor.verify.lock import ENCRYPTION
from redactor.words import MarkLabel


def lines(report: Report, source: str, output: str, report_path: str, signer: str) -> Iterator[str]:
    """The summary that `redact` and `apply` print."""
    yield f"{source} -> {output}"
    findings = report.removed()
    yield f"  redacted   {len(findings)}: {_counts(findings.values()) or 'nothing'}"
    for page in report.pages:
        on_page = report.removed(page.number)
        how = page.mode.value.replace("_", " ")
        why = f" ({page.reason})" if page.mode.value == "rebuilt" else ""
        if on_page or page.mode.value == "rebuilt":
            yield f"    page {page.number:<4} {_counts(on_page.values()) or 'nothing'}, {how}{why}"
    if vlm := report.reading.vlm:
        yield f"  reread     {reread(vlm)}"
    yield f"  uncertain  {_uncertain(report, findings.values())}"
    unread = sum(page.ink.unread for page in report.pages)
    yield f"  unread ink {_places(unread)}"
    yield f"  marks      {_marks(report)}"
    yield from (f"  risk       {r}" for r in report.residual_risks if r.endswith(OBSCURED))
    yield f"  removed    {_sanitized(report)}"
    if forbidden := _forbidden(report):
        yield f"  restricted the owner of the source forbade {forbidden}; the output does not"
    if any(check.name == ENCRYPTION for check in report.checks):
        yield "  encrypted  with AES-256; only the new password opens it"
    yield f"  verified   {len(report.checks)} checks passed"
    if report.pdf_signature:
        yield f"  PDF signed {_pdf_signature(report.pdf_signature)}"
    yield f"  report     {report_path}, signed by {signer}"


def as_dict(report: Report, output: str, report_path: str, signer: str) -> dict[str, Any]:
    """The same for machines."""
    return {
        "output": output,
        "sha256": report.output.sha256,
        "report": report_path,
        "signer": signer,
        "redacted": _by_label(report.removed().values()),
        "pages": [
            {
                "number": page.number,
                "mode": page.mode.value,
                "redacted": _by_label(report.removed(page.number).values()),
                "words": page.words,
                "uncertain_words": page.uncertain_words,
                "unread": page.ink.unread,
            }
            for page in report.pages
        ],
        "checks": len(report.checks),
        "residual_risks": list(report.residual_risks),
        "pdf_signature": encode(report.pdf_signature),
    }


def _pdf_signature(signature: PdfSignatureInfo) -> str:
    stamp = signature.timestamp
    when = f", time stamped by {stamp.authority} at {stamp.time}" if stamp else ""
    return f"by certificate SHA-256 {signature.certificate}{when}"


def _counts(redactions: Iterable[Reason]) -> str:
    return ", ".join(f"{count} {label}" for label, count in _by_label(redactions).items())


def _by_label(redactions: Iterable[Reason]) -> dict[str, int]:
    return dict(sorted(Counter(r.label for r in redactions).items()))


def _uncertain(report: Report, redactions: Iterable[Reason]) -> str:
    words = sum(page.uncertain_words for page in report.pages)
    doubtful = sum("uncertain" in r.reason for r in redactions)
    if not words and not doubtful:
        return "nothing"
    pages = ", ".join(str(p.number) for p in report.pages if p.uncertain_words)
    where = f" on page {pages}" if pages else ""
    return f"{words} words read with little confidence{where}; {doubtful} redactions rest on doubt"


def reread(vlm: VlmInfo) -> str:
    """What was sent to an endpoint, and what came of it."""
    malformed = f"; {vlm.malformed} answers were unusable" if vlm.malformed else ""
    return (
        f"{vlm.lines_sent} uncertain lines were sent to {vlm.host} ({vlm.model}): "
        f"{vlm.accepted} words taken, {vlm.rejected} not borne out by the pixels{malformed}"
    )


def _marks(report: Report) -> str:
    """Signatures, stamps and the like: how many were redacted, how many left alone."""
    labels = {label.value for label in MarkLabel}
    redacted = {f: r for f, r in report.removed().items() if r.label in labels}
    kept = {d.finding: d for d in report.declined if d.label in labels}
    parts = [
        f"{how} {_counts(found.values())}"
        for how, found in (("redacted", redacted), ("kept", kept))
        if found
    ]
    return "; ".join(parts) or "none"


def _places(count: int) -> str:
    return f"{count} places looked like writing and could not be read" if count else "none"


def _forbidden(report: Report) -> str:
    names = (item.item for item in report.sanitized if item.item.startswith(OWNER_FORBIDS))
    return ", ".join(name.removeprefix(OWNER_FORBIDS).replace("_", " ") for name in names)


def _sanitized(report: Report) -> str:
    total = sum(item.count for item in report.sanitized)
    return f"{total} hidden things (metadata, annotations, scripts ...)" if total else "nothing"
