"""The log of exemptions as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reportlab.platypus import Flowable

from redactor.output import tables
from redactor.output.decisions import code_counts, exemption_log
from redactor.output.evidence import SignedReport
from redactor.output.in_words import counted
from redactor.output.pdf_report.pages import About, bookmarked, document, section, table
from redactor.output.pdf_report.text import CODE, NUMBER, SMALL, SUBTITLE, TITLE, paragraph, prepare

_WIDTHS: Final = (1.1, 2.6, 1, 2.8, 2.2, 2.8, 2.4, 3.4)
_TITLES: Final = {"foia": "Exemption log", "privilege": "Privilege log"}


def pdf_log(reports: Sequence[SignedReport], style: str, wide_font: Callable[[], bytes]) -> bytes:
    """The PDF: counts by code, the documents and who signed for them, and every place."""
    prepare(wide_font)
    title = _TITLES[style]
    log, counts = exemption_log(reports, style), code_counts(reports)
    story: list[Flowable] = [
        bookmarked(title, TITLE),
        paragraph(
            f"{counted(len(log.rows), 'place')} withheld in {counted(len(reports), 'document')}",
            SUBTITLE,
        ),
        *section("Counts by code"),
        _table(counts, (5, 2, 2, 2)),
        *section("Documents"),
        table(
            ("Document", "Pages", "SHA-256 of the PDF", "Signed by"),
            [
                [
                    paragraph(each.name, SMALL, 120),
                    paragraph(f"{each.report.input.pages:,}", NUMBER),
                    paragraph(each.report.output.sha256, CODE),
                    paragraph(each.signer, SMALL),
                ]
                for each in reports
            ],
            (3, 0.9, 5, 4),
        ),
        *section("Places withheld"),
        _table(log, _WIDTHS),
    ]
    return document(About(title, f"{title}, {counted(len(reports), 'document')}"), story)


def _table(data: tables.Table, widths: Sequence[float]) -> Flowable:
    rows = [
        [
            paragraph(cell, SMALL) if isinstance(cell, str) else paragraph(f"{cell:,}", NUMBER)
            for cell in row
        ]
        for row in data.rows
    ]
    return table(data.head, rows, widths)
