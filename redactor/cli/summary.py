"""What a job did, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from redactor.report import RedactionInfo, Report, VlmInfo


def lines(report: Report, source: str, output: str, report_path: str, signer: str) -> Iterator[str]:
    """The summary that `redact` and `apply` print."""
    yield f"{source} -> {output}"
    findings = {r.finding: r for r in report.redactions}
    yield f"  redacted   {len(findings)}: {_counts(findings.values()) or 'nothing'}"
    for page in report.pages:
        on_page = {r.finding: r for r in report.redactions if r.page == page.number}
        how = page.mode.value.replace("_", " ")
        why = f" ({page.reason})" if page.mode.value == "rebuilt" else ""
        if on_page or page.mode.value == "rebuilt":
            yield f"    page {page.number:<4} {_counts(on_page.values()) or 'nothing'}, {how}{why}"
    if vlm := report.reading.vlm:
        yield f"  reread     {_reread(vlm)}"
    yield f"  uncertain  {_uncertain(report, findings.values())}"
    unread = sum(page.unread for page in report.pages)
    yield f"  unread ink {_places(unread)}"
    yield f"  removed    {_sanitized(report)}"
    yield f"  verified   {len(report.checks)} checks passed"
    yield f"  report     {report_path}, signed by {signer}"


def as_dict(report: Report, output: str, report_path: str, signer: str) -> dict[str, Any]:
    """The same for machines."""
    findings = {r.finding: r for r in report.redactions}
    return {
        "output": output,
        "sha256": report.output.sha256,
        "report": report_path,
        "signer": signer,
        "redacted": dict(sorted(Counter(r.label for r in findings.values()).items())),
        "pages": [
            {
                "number": page.number,
                "mode": page.mode.value,
                "redacted": dict(
                    sorted(
                        Counter(r.label for r in findings.values() if r.page == page.number).items()
                    )
                ),
                "words": page.words,
                "uncertain_words": page.uncertain_words,
                "unread": page.unread,
            }
            for page in report.pages
        ],
        "checks": len(report.checks),
        "residual_risks": list(report.residual_risks),
    }


def _counts(redactions: Iterable[RedactionInfo]) -> str:
    counts = Counter(r.label for r in redactions)
    return ", ".join(f"{count} {label}" for label, count in sorted(counts.items()))


def _uncertain(report: Report, redactions: Iterable[RedactionInfo]) -> str:
    words = sum(page.uncertain_words for page in report.pages)
    doubtful = sum("uncertain" in r.reason for r in redactions)
    if not words and not doubtful:
        return "nothing"
    pages = ", ".join(str(p.number) for p in report.pages if p.uncertain_words)
    where = f" on page {pages}" if pages else ""
    return f"{words} words read with little confidence{where}; {doubtful} redactions rest on doubt"


def _reread(vlm: VlmInfo) -> str:
    malformed = f"; {vlm.malformed} answers were unusable" if vlm.malformed else ""
    return (
        f"{vlm.lines_sent} uncertain lines were sent to {vlm.host} ({vlm.model}): "
        f"{vlm.accepted} words taken, {vlm.rejected} not borne out by the pixels{malformed}"
    )


def _places(count: int) -> str:
    return f"{count} places looked like writing and could not be read" if count else "none"


def _sanitized(report: Report) -> str:
    total = sum(item.count for item in report.sanitized)
    return f"{total} hidden things (metadata, annotations, scripts ...)" if total else "nothing"
