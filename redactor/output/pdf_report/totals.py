"""Totals as charts, and the digests by which files are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from reportlab.platypus import Flowable, Table, TableStyle

from redactor.output.evidence import SignedReport
from redactor.output.in_words import counted, label_in_words
from redactor.output.pdf_report.pages import WIDTH, table
from redactor.output.pdf_report.pictures import Bar
from redactor.output.pdf_report.text import CODE, NUMBER, SMALL, paragraph
from redactor.report import Report

_BARS: Final = 10
"""Bars of a chart; what comes after them is one more."""


def charts(report: Report) -> Table:
    """How many findings were removed, by kind and by rule."""
    findings = report.removed().values()
    labels = Counter(label_in_words(r.label) for r in findings)
    rules = Counter(r.rule or "(no rule)" for r in findings)
    half = WIDTH / 2 - 6
    cells = [[_chart("Findings removed, by kind", labels, half), _chart("By rule", rules, half)]]
    flat = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, colWidths=[WIDTH / 2] * 2, style=TableStyle(flat))


def _chart(title: str, counts: Counter[str], width: float) -> list[Flowable]:
    most = counts.most_common(_BARS)
    if rest := sum(counts.values()) - sum(count for _, count in most):
        most.append((f"{len(counts) - len(most)} others", rest))
    if not most:
        return [paragraph(title, SMALL), paragraph("none", SMALL)]
    longest = max(count for _, count in most)
    room = width * 0.42
    rows = [
        [paragraph(name, SMALL, 60), Bar(count / longest, room), paragraph(f"{count:,}", NUMBER)]
        for name, count in most
    ]
    tight = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    sizes = [width * 0.44, room + 4, width * 0.14 - 4]
    return [paragraph(title, SMALL), Table(rows, colWidths=sizes, style=TableStyle(tight))]


def digests(signed: SignedReport) -> Table:
    """What the report speaks of and what decided, by digest."""
    report = signed.report
    signature = report.pdf_signature
    stamp = signature.timestamp if signature else None
    rows: Iterable[tuple[str, str]] = (
        ("Redacted PDF", f"SHA-256 {report.output.sha256}"),
        *([("Signed inside by", f"SHA-256 {signature.certificate}")] if signature else ()),
        *([("", f"time stamp of {stamp.time} by {stamp.authority}")] if stamp else ()),
        ("Source", f"SHA-256 {report.input.sha256}"),
        ("", f"{counted(report.input.size, 'byte')}, {counted(report.input.pages, 'page')}"),
        ("This report's file", f"SHA-256 {signed.sha256}"),
        ("Policy", f"SHA-256 {report.policy.sha256}"),
        ("Program's code", f"SHA-256 {report.tool.code}"),
        ("", f"{report.tool.name} {report.tool.version}"),
    )
    return table(
        ("What", "By which it is known"),
        [[paragraph(name, SMALL), paragraph(value, CODE)] for name, value in rows],
        (1, 4),
    )
