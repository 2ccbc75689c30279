"""Audits a file: looks for leaks of every kind.

The file is read as it came, by MuPDF (pages) and QPDF (objects): what intake would put right is
what is looked for. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pymupdf

from redactor.audit.carried import attachments, bookmarks, metadata
from redactor.audit.covered import hidden_text
from redactor.audit.cropped import cropped_parts
from redactor.audit.layers import hidden_layers
from redactor.audit.leak import Audit, Kind, Leak, Level
from redactor.audit.marked import replacement_texts
from redactor.audit.notes import notes_and_values, unapplied_redactions
from redactor.audit.obscured import obscured_parts
from redactor.audit.pictures import covered_pictures, shows_box
from redactor.audit.raster import rasters_of
from redactor.audit.revisions import after_end, old_revisions, orphans
from redactor.audit.scene import scene_of
from redactor.audit.shown import Shown
from redactor.errors import NotAPdf
from redactor.geometry import PageFrame
from redactor.pdf.intake import (
    Limits,
    drawable,
    explicit_frames,
    opened,
    read_bytes,
)

Progress = Callable[[int, int], object]
_SLUG = 3  # pages with something off the page at the same place: a printer's mark


def audit(path: Path, password: str = "", progress: Progress | None = None) -> Audit:
    """Every leak in a file. Raises FileAccessError, NotAPdf, Encrypted or ResourceLimit.

    `progress` is told how many pages of how many are done.
    """
    limits = Limits()
    raw = read_bytes(path, limits)
    with opened(path, raw, password, limits) as pdf:
        frames = explicit_frames(path, pdf)
        with drawable(str(path)):
            found, shown = _of_pages(path, raw, password, pdf, frames, progress)
            found += _of_objects(pdf, frames, shown)
    found += [*after_end(raw), *old_revisions(raw, password, shown)]
    return Audit(
        path, len(frames), tuple(sorted(_without_slugs(found), key=lambda leak: leak.page))
    )


def _of_pages(
    path: Path,
    raw: bytes,
    password: str,
    pdf: pikepdf.Pdf,
    frames: tuple[PageFrame, ...],
    progress: Progress | None,
) -> tuple[list[Leak], Shown]:
    """What the pages hide, and what they show."""
    found: list[Leak] = []
    said: list[str] = []
    scans: list[bool] = []
    boxed: set[int] = set()
    with pymupdf.open(stream=raw, filetype="pdf") as document:
        if document.needs_pass:
            document.authenticate(password)
        has_bookmarks = bool(document.get_toc(simple=True))
        if document.page_count != len(frames):
            raise NotAPdf(f"{path}: PDF engines disagree on the number of pages", "export it again")
        for number, frame in enumerate(frames, start=1):
            page = document[number - 1]
            scene = scene_of(page, number, frame)
            found += [
                *hidden_text(scene),
                *covered_pictures(scene),
                *unapplied_redactions(page, scene),
            ]
            for raster in rasters_of(page):
                found += [*obscured_parts(raster, scene), *cropped_parts(raster, scene)]
            said.append(scene.said)
            scans.append(scene.is_scan)
            boxed |= {number} if has_bookmarks and shows_box(scene) else set()
            if progress:
                progress(number, len(frames))
        shown = Shown(said, scans)
        found += [*bookmarks(document, shown, boxed), *hidden_layers(pdf, document, frames)]
    return found, shown


def _of_objects(pdf: pikepdf.Pdf, frames: tuple[PageFrame, ...], shown: Shown) -> Iterator[Leak]:
    """What the objects of the file say that its pages do not."""
    for number, (page, frame) in enumerate(zip(pdf.pages, frames, strict=True), start=1):
        yield from notes_and_values(page, number, frame, shown)
    yield from replacement_texts(pdf, shown)
    yield from attachments(pdf)
    yield from metadata(pdf, shown)
    yield from orphans(pdf, shown)


def _without_slugs(found: Iterable[Leak]) -> Iterator[Leak]:
    """Text off the page at the same place of several pages is a notice: job numbers and marks."""
    leaks = list(found)
    places = Counter(place for leak in leaks if (place := _off_page(leak)))
    for leak in leaks:
        place = _off_page(leak)
        yield replace(leak, level=Level.NOTICE) if place and places[place] >= _SLUG else leak


def _off_page(leak: Leak) -> tuple[int, int] | None:
    is_off = leak.kind is Kind.OFF_PAGE_TEXT and leak.box is not None
    return (round(leak.box.x0), round(leak.box.y0)) if is_off and leak.box else None
