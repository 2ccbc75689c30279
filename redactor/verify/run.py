"""All checks of a saved output, in order."""

from __future__ import annotations

import pikepdf
import pypdfium2

from redactor.report import Check
from redactor.verify.areas import check_blank_areas
from redactor.verify.glyphs import check_kept_glyphs, check_no_glyph_under_boxes
from redactor.verify.subject import Outcome, Subject
from redactor.verify.traces import check_bytes, check_page_texts, check_structure


def verify(subject: Subject) -> tuple[Outcome, ...]:
    """Every check's outcome. A check that could not run has failed.

    Left out are only those with nothing to compare: removed texts where none are given, kept
    characters where the source is not.
    """
    try:
        return (
            check_structure(subject),
            check_no_glyph_under_boxes(subject),
            check_blank_areas(subject),
            *(check_page_texts(subject) if subject.removed else ()),
            *((check_bytes(subject),) if subject.removed else ()),
            *((check_kept_glyphs(subject),) if subject.source else ()),
        )
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError, ValueError) as error:
        check = Check("the output opens", "all", False, f"stopped by {type(error).__name__}")
        return (Outcome(check),)
