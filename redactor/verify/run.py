"""All checks of a saved output, in order."""

from __future__ import annotations

import functools
from collections.abc import Callable

from redactor.report import Check
from redactor.verify.areas import check_blank_areas
from redactor.verify.beside import check_nothing_beside
from redactor.verify.boxes import check_boxes_as_decided, check_boxes_opaque
from redactor.verify.glyphs import (
    check_glyphs,
    check_glyphs_by_mupdf,
    check_glyphs_by_pdfminer,
)
from redactor.verify.hidden import check_nothing_hidden
from redactor.verify.images import check_images
from redactor.verify.pdf_signature import check_pdf_signature
from redactor.verify.rendering import check_same_outside
from redactor.verify.structure import check_structure
from redactor.verify.subject import Outcome, Subject
from redactor.verify.traces import check_bytes, check_page_texts

CHECKS: tuple[Callable[[Subject], Outcome | tuple[Outcome, ...]], ...] = (
    check_structure,
    check_boxes_as_decided,
    check_boxes_opaque,
    check_glyphs,
    check_glyphs_by_mupdf,
    check_glyphs_by_pdfminer,
    check_images,
    check_blank_areas,
    check_page_texts,
    check_bytes,
    check_nothing_beside,
    check_nothing_hidden,
    check_same_outside,
    check_pdf_signature,
)
"""Those with nothing to compare give no outcome: removed texts where none are given, what was kept
where the source is not, a signature where there is to be none."""


def verify(subject: Subject) -> tuple[Outcome, ...]:
    """Every check's outcome. A check that could not run has failed."""
    return tuple(
        found
        for check in CHECKS
        for found in attempt(_name(check), "all", functools.partial(check, subject))
    )


def attempt(
    name: str, engine: str, check: Callable[[], Outcome | tuple[Outcome, ...]]
) -> tuple[Outcome, ...]:
    """What a check gives; a failed one of that name and engine where it could not run."""
    try:
        found = check()
    except MemoryError:
        raise
    except Exception as error:
        return (Outcome(Check(name, engine, False, f"stopped by {type(error).__name__}")),)
    return found if isinstance(found, tuple) else (found,)


def _name(check: Callable[[Subject], Outcome | tuple[Outcome, ...]]) -> str:
    return check.__name__.removeprefix("check_").replace("_", " ")
