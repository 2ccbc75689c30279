"""A report as a PDF for people who have never seen the tool."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable, PageBreak

from redactor.output.evidence import SignedReport
from redactor.output.pdf_report import redactions, sections
from redactor.output.pdf_report.cover import cover
from redactor.output.pdf_report.pages import About, document
from redactor.output.pdf_report.pictures import Pictures
from redactor.output.pdf_report.text import prepare, shortened


def pdf_report(signed: SignedReport, pictures: Pictures, wide_font: Callable[[], bytes]) -> bytes:
    """The PDF; the same report, pictures and trust give the same bytes.

    `pictures` are of pages of the redacted PDF, by number; where one is missing its places have
    none. `wide_font` gives a TrueType font for letters that the usual one lacks.
    """
    prepare(wide_font)
    report = signed.report
    story: list[Flowable] = [
        *cover(signed),
        PageBreak(),
        *redactions.removed(signed, pictures),
        *redactions.declined(signed),
        *sections.pages(report),
        *sections.checks(report),
        *sections.risks(report),
        *sections.checked_by_hand(signed),
        *sections.basis(report),
        *sections.how_to_check(signed),
    ]
    title = f"Redaction report on {shortened(signed.name, 80)}"
    return document(
        About(title, f"PDF {report.output.sha256[:16]}… report {signed.sha256[:16]}…"), story
    )
