"""Carries a plan out, and lets nothing through that is not proved clean.

Pages are redacted in place where verification bears that out, else built anew from their pixels.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redactor import plan as plans
from redactor.audit.obscured import obscured_pages
from redactor.errors import UsageError, VerificationFailed
from redactor.findings import Action, Finding, Redaction
from redactor.ink import PageImage, find_ink
from redactor.keeping import carried_out
from redactor.ocr import recognizers
from redactor.pdf.burn import burn
from redactor.pdf.intake import Source
from redactor.pdf.lock import locked, unlocked
from redactor.pdf.overlay import without_boxes
from redactor.pdf.page_pixels import rendered
from redactor.pdf.rebuild import RebuiltPage, rebuild
from redactor.pdf.risk import risky_pages
from redactor.pdf.sanitize import sanitize
from redactor.pdf.signature import signed as add_signature
from redactor.provenance import moment_now
from redactor.report import PdfSignatureInfo
from redactor.sign.pdf_signer import PdfSigner
from redactor.stages import Applied, Planned, Tick, no_tick
from redactor.verify.apart import verify
from redactor.verify.lock import check_lock
from redactor.verify.rereading import check_reread, resting_on_pixels
from redactor.verify.subject import Outcome, Subject
from redactor.words import Line, Page

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Closing:
    """What is done to a clean output: put under a password, or signed inside. Not both: a reader
    that checks the signature would have to be given the password.
    """

    new_password: str = field(default="", repr=False)
    pdf_signer: PdfSigner | None = None

    def __post_init__(self) -> None:
        if self.new_password and self.pdf_signer:
            raise UsageError("--encrypt and --pdf-key cannot go together", "leave one of them out")


OPEN = Closing()


def apply(
    planned: Planned, mode: str = "auto", tick: Tick = no_tick, closing: Closing = OPEN
) -> Applied:
    """Burns, sanitizes, closes and verifies; pages not provably clean in place are rebuilt.

    `mode` is "auto", "always" (rebuild every page) or "never". What is verified is what is
    published: the signed bytes, or the encrypted ones, opened with their password. Raises
    VerificationFailed; then nothing may be published.
    """
    frames = planned.source.frames
    redactions = plans.redactions(planned.plan, planned.pages)
    removed = removed_texts(planned, redactions)
    guides, left_out = carried_out(planned.source, planned.plan.keeping, removed, redactions)
    reasons = _reasons_to_rebuild(planned.source, redactions, mode)
    while True:
        tick("burning", 0, 1)
        rebuilt = {n: _rebuilt(planned, redactions, n) for n in reasons}
        burned = burn(planned.source, redactions, rebuilt)
        boxes = {number: planned.source.boxes[number - 1] for number in rebuilt}
        clean, counts = sanitize(burned, frames, redactions, boxes, guides)
        output, plain, signature, lock = _closed(clean, closing, len(frames))
        subject = Subject(
            output=plain,
            bare=without_boxes(plain),
            source=planned.source.data,
            frames=frames,
            source_frames=frames,
            redactions=redactions,
            rebuilt=frozenset(rebuilt),
            removed=removed,
            kept=planned.plan.keeping.written,
            signature=signature,
        )
        outcomes = (*lock, *verify(subject))
        if all(outcome.check.passed for outcome in outcomes):  # else the pixels are not final yet
            outcomes += _reread(planned, subject, tick)
        tick("burning", 1, 1)
        checks = tuple(outcome.check for outcome in outcomes)
        for check in checks:
            _log.debug("%s (%s): %s", check.name, check.engine, check.detail)
        if all(check.passed for check in checks):
            items = tuple(sorted((*counts, *left_out.items())))
            unclear = obscured_pages(plain)
            return Applied(
                output, redactions, reasons, items, checks, removed, mode, signature, unclear
            )
        failed_in_place = _failed_in_place(outcomes, reasons) if mode != "never" else {}
        if not failed_in_place:
            failed = "; ".join(f"{c.name}: {c.detail}" for c in checks if not c.passed)
            hint = "; try --rebuild always" if len(reasons) < len(frames) else ""
            raise VerificationFailed(
                f"the output failed its own checks: {failed}", "nothing was written" + hint
            )
        reasons |= failed_in_place


def _closed(
    clean: bytes, closing: Closing, n_pages: int
) -> tuple[bytes, bytes, PdfSignatureInfo | None, tuple[Outcome, ...]]:
    """The file as published, the same once opened, its signature, and the check of its lock."""
    if closing.new_password:
        output = locked(clean, closing.new_password)
        plain = unlocked(Path("the output"), output, closing.new_password)
        return output, plain, None, (check_lock(output, closing.new_password, n_pages),)
    if signer := closing.pdf_signer:
        output, signature = add_signature(clean, signer.room, moment_now(), signer.sign)
        return output, output, signature, ()
    return clean, clean, None, ()


def removed_texts(planned: Planned, redactions: Sequence[Redaction]) -> tuple[str, ...]:
    """The texts of the redacted findings that stand nowhere among the words that stay.

    A text can be a name in one place and a common word in another, where the policy keeps it.
    """
    gone = {
        " ".join(text.split())
        for decision in planned.plan.decisions
        if decision.action is Action.REDACT
        for text in _texts(decision.finding, planned.pages)
    }
    staying = "\n".join(_staying(page, redactions) for page in planned.pages)
    return tuple(
        sorted(
            t for t in gone if t and not re.search(rf"(?<![^\W_]){re.escape(t)}(?![^\W_])", staying)
        )
    )


def _staying(page: Page, redactions: Sequence[Redaction]) -> str:
    """The words of a page that no box touches, in reading order."""
    boxes = [r.box for r in redactions if r.page == page.number]
    return " ".join(w.text for w in page.words if not any(w.box.overlaps(b) for b in boxes))


def _texts(finding: Finding, pages: Sequence[Page]) -> tuple[str, ...]:
    """A finding's text; where a plan file brought it without, the words under its boxes."""
    if finding.text:
        return (finding.text,)
    page = next(page for page in pages if page.number == finding.page)
    words = [w for w in page.words if any(b.contains(*w.box.center) for b in finding.boxes)]
    return (" ".join(word.text for word in words),) if words else ()


def _reasons_to_rebuild(
    source: Source, redactions: Sequence[Redaction], mode: str
) -> dict[int, str]:
    """The pages that are rebuilt from the start, and why."""
    if mode == "always":
        return dict.fromkeys(range(1, len(source.frames) + 1), "asked for")
    if mode == "never":
        return {}
    return risky_pages(source, redactions)


def _rebuilt(planned: Planned, redactions: Sequence[Redaction], number: int) -> RebuiltPage:
    page = planned.pages[number - 1]
    boxes = [r.box for r in redactions if r.page == number]
    image = rendered(planned.source, number)
    return rebuild(image, planned.source.frames[number - 1].size, boxes, page.words)


def _reread(planned: Planned, subject: Subject, tick: Tick) -> tuple[Outcome, ...]:
    """The check of what can be read from the output's pixels, by the engine that read the source's.

    Never by a model on an endpoint: nothing of an output is sent anywhere.
    """
    reading = planned.plan.reading
    recognizer = recognizers.load(reading.engine, reading.mode, planned.model)
    numbers = resting_on_pixels(subject, planned.pages)

    def read_again(number: int, image: PageImage) -> tuple[Line, ...]:
        tick("reading again", numbers.index(number), len(numbers))
        return recognizers.read_page(reading.engine, recognizer, number, image, find_ink(image))

    return check_reread(subject, planned.source, numbers, reading.engine, read_again)


def _failed_in_place(outcomes: Sequence[Outcome], rebuilt: Container[int]) -> dict[int, str]:
    """The pages that failed a check and are not rebuilt yet, and which check that was."""
    return {
        page: f"in place it failed: {outcome.check.name}"
        for outcome in reversed(outcomes)
        if not outcome.check.passed
        for page in sorted(outcome.pages)
        if page not in rebuilt
    }
