"""Marks that are no words as findings, with what a barcode says looked through like any text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from redactor.detect.spans import Span
from redactor.findings import Finding
from redactor.words import Page

_DETECTOR = "marks"


def mark_findings(page: Page, find_spans: Callable[[str], Sequence[Span]]) -> Iterator[Finding]:
    """A finding for each mark, and one for each span of a barcode's text, with the mark's box.

    A part of a barcode cannot be taken out: whatever is found in it takes it whole.
    """
    for mark in page.marks:
        yield Finding(
            "", page.number, mark.label, mark.text, (mark.box,), mark.confidence, _DETECTOR
        )
        for span in find_spans(mark.text) if mark.text else ():
            text = mark.text[span.start : span.end]
            yield Finding("", page.number, span.label, text, (mark.box,), span.score, span.detector)
