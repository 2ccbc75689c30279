"""Draws by lot what a person is to check in a redacted PDF: anyone can draw the same again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from redactor.errors import UsageError
from redactor.geometry import Box
from redactor.quality import Place, PlaceKind, Sample
from redactor.report import Report
from redactor.words import Page

_HALF = 0.5  # of a place: what boxes cover more of is theirs
_SEED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def check_seed(seed: str) -> None:
    """Raises UsageError unless a seed is fit for a file and a table."""
    if not _SEED.fullmatch(seed):
        raise UsageError(
            "--seed is not 1 to 64 letters, digits, - and _, the first a letter or digit",
            "take a word, or the date",
        )


def draw(
    pages: Sequence[Page], report: Report, report_sha256: str, seed: str, words: int, whole: int
) -> Sample:
    """`words` of what stays on the pages as they were read, and `whole` pages, by lot.

    Of all candidates those come first whose SHA-256 with the seed and the PDF's digest is smallest
    (see docs/report-format.md): no generator of random numbers has to be trusted, or to stay as it
    is. Places are in order of page and position, words first. Where there are fewer than asked for,
    all are taken. Raises UsageError for a seed that is none.
    """
    check_seed(seed)
    lot = f"{seed}:{report.output.sha256}"
    kept = set(_kept(pages, report))
    drawn = (*_first(kept, words, lot), *_first(map(_sheet, pages), whole, lot))
    return Sample(report_sha256, report.output.sha256, seed, len(kept), drawn)


def _sheet(page: Page) -> Place:
    return Place(PlaceKind.PAGE, page.number, Box(0, 0, page.width, page.height).rounded())


def _kept(pages: Iterable[Page], report: Report) -> Iterator[Place]:
    """The words that boxes do not cover, and ink that looks like writing.

    What is read in a box is the code printed on it.
    """
    for page in pages:
        boxes = [r.box for r in report.redactions if r.page == page.number]
        words = ((PlaceKind.WORD, word.box) for word in page.words)
        unread = ((PlaceKind.UNREAD, box) for box in page.ink.unread)
        for kind, box in (*words, *unread):
            if sum(box.covered_by(taken) for taken in boxes) < _HALF:
                yield Place(kind, page.number, box.rounded())


def _order(place: Place) -> tuple[int, float, float, str, Box]:
    return place.page, place.box.y0, place.box.x0, place.kind, place.box


def _first(places: Iterable[Place], count: int, lot: str) -> list[Place]:
    drawn = sorted(places, key=lambda place: _ticket(place, lot))[:count]
    return sorted(drawn, key=_order)


def _ticket(place: Place, lot: str) -> bytes:
    corners = ":".join(f"{v:.3f}" for v in place.box.as_tuple())
    return hashlib.sha256(f"{lot}:{place.kind}:{place.page}:{corners}".encode()).digest()
