"""Milliseconds of CPU that burning, sanitizing and verifying take on a page with a text layer.

    python -m benchmarks.burning DIR [--every 100]

Of each PDF whose pages all have a text layer, every so-manieth word of letters is a term that is
removed wherever it stands. No page is recognized: only the stages after the decisions are timed.
A line a file, and at the end the mean of each stage and, within verify, of each check; and beside
them what PyMuPDF alone takes for its own redaction of the same boxes, with nothing sanitized or
verified, as a measure of the machine. Files of which a page has to be rebuilt from its pixels are
named and left out of the means.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pymupdf

from redactor import plan as plans
from redactor.applying import removed_texts
from redactor.errors import RedactorError
from redactor.findings import Action, Decision, Finding, Redaction
from redactor.pdf.burn import burn
from redactor.pdf.intake import take_in
from redactor.pdf.overlay import without_boxes
from redactor.pdf.risk import risky_pages
from redactor.pdf.sanitize import sanitize
from redactor.pdf.text_layer import read_text_layer
from redactor.plan import Plan
from redactor.stages import Planned
from redactor.verify import run
from redactor.verify.apart import stand_by, verify
from redactor.verify.subject import Subject
from redactor.words import Page

_BORN_DIGITAL = 20  # words on every page: fewer, and it is a scan
_REBUILT = "has pages that are rebuilt"

_T = TypeVar("_T")


class Clock:
    """Seconds of CPU by stage, those of processes that it waits for included."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def time(self, stage: str, work: Callable[[], _T]) -> _T:
        """What the work gives, its time added to the stage's."""
        started = _cpu()
        try:
            return work()
        finally:
            self.seconds[stage] += _cpu() - started  # type: ignore[assignment]


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def planned(path: Path, every: int) -> Planned | None:
    """What is to go from a file; None where a page has no text layer to speak of."""
    source = take_in(path)
    pages = []
    for number, frame in enumerate(source.frames, start=1):
        page = Page(number, *frame.size, read_text_layer(source, number))
        if len(page.words) < _BORN_DIGITAL:
            return None
        pages.append(page)
    named = [w.text for p in pages for w in p.words if len(w.text) >= 4 and w.text.isalpha()]
    terms = set(named[::every])
    decisions = tuple(_decisions(pages, terms))
    digest = hashlib.sha256().hexdigest()
    plan = Plan(digest, "terms", digest, (), 0.25, 6, False, 0.5, decisions)
    return Planned(source, tuple(pages), plan)


def _decisions(pages: list[Page], terms: set[str]) -> Iterator[Decision]:
    for page in pages:
        for index, word in enumerate(page.words):
            if word.text in terms:
                identifier = f"p{page.number}-f{index}"
                found = Finding(
                    identifier, page.number, "TERM", word.text, (word.box,), 1.0, "term"
                )
                yield Decision(found, Action.REDACT, "term", "", "a term")


def by_pymupdf_alone(job: Planned, boxes: Sequence[Redaction]) -> bytes:
    """The boxes by PyMuPDF's own means, saved as its manual says."""
    with pymupdf.open(stream=job.source.data, filetype="pdf") as document:
        for number in sorted({box.page for box in boxes}):
            page = document[number - 1]
            for box in boxes:
                if box.page == number:
                    page.add_redact_annot(box.box.as_tuple(), fill=(0, 0, 0))
            page.apply_redactions()
        data: bytes = document.tobytes(garbage=4, deflate=True)
        return data


def redact(job: Planned, clock: Clock) -> str:
    """Redacts and verifies; says what went wrong, if anything."""
    source = job.source
    boxes = plans.redactions(job.plan, job.pages)
    if clock.time("burn", lambda: risky_pages(source, boxes)):
        return _REBUILT
    clock.time("PyMuPDF alone", lambda: by_pymupdf_alone(job, boxes))
    burned = clock.time("burn", lambda: burn(source, boxes, {}))
    output, _ = clock.time("sanitize", lambda: sanitize(burned, source.frames, boxes))
    subject = Subject(
        output=output,
        bare=clock.time("verify", lambda: without_boxes(output)),
        source=source.data,
        frames=source.frames,
        source_frames=source.frames,
        redactions=boxes,
        rebuilt=frozenset(),
        removed=removed_texts(job, boxes),
    )
    outcomes = clock.time("verify", lambda: verify(subject))
    for check in run.CHECKS:
        clock.time(f"  {check.__name__}", partial(check, subject))
    failed = [o.check for o in outcomes if not o.check.passed]
    return "; ".join(f"{check.name} ({check.engine}): {check.detail}" for check in failed)


def main() -> None:
    """Times the files of the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=100)
    arguments = parser.parse_args()
    total, n_pages = Clock(), 0
    for path in sorted(arguments.folder.glob("*.pdf")):
        clock = Clock()
        try:
            stand_by()  # as before a document of the command's
            job = planned(path, arguments.every)
            if job is None:
                continue
            failed = redact(job, clock)
        except RedactorError as error:
            sys.stdout.write(f"{path.name}: {type(error).__name__}\n")
            continue
        pages = len(job.pages)
        stages = sum(clock.seconds[stage] for stage in ("burn", "sanitize", "verify"))
        sys.stdout.write(
            f"{stages * 1000 / pages:7.0f} ms/page {pages:4} pages "
            f"{len(job.plan.decisions):5} words {path.name}  {failed}\n"
        )
        sys.stdout.flush()
        if failed != _REBUILT:
            n_pages += pages
            total.seconds.update(clock.seconds)
    for stage, seconds in total.seconds.items():
        sys.stdout.write(f"{seconds * 1000 / max(n_pages, 1):7.1f} ms/page {stage}\n")
    sys.stdout.write(f"{n_pages} pages\n")


if __name__ == "__main__":
    main()
