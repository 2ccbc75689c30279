"""Rebuilds a document from an allowlist: pages, what they draw, and nothing else.

Kept: each page's boxes, rotation, content and the resources it draws with. Gone: everything else
a PDF can carry, because what is not listed here is not copied - document information, XMP,
bookmarks, named destinations, page labels, structure tree, attachments, forms, annotations,
layers, thumbnails, private data, marked-content properties such as ActualText. What is to lead
around the output is not kept either, but written anew (`write_navigation.py`).

This does not look for text in what is kept: that is burn's work, and verify's to check.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pikepdf

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.navigation import NO_NAVIGATION, Navigation
from redactor.pdf import overlay
from redactor.pdf.clean_objects import clean_objects
from redactor.pdf.drawing import counted, keep_only
from redactor.pdf.hidden import drop_hidden
from redactor.pdf.page_boxes import PRINTERS, array, put_into, rectangle
from redactor.pdf.ringing import even_images
from redactor.pdf.write_navigation import write_navigation

_PAGE_KEYS = frozenset(
    [
        "/Type",
        "/MediaBox",
        "/CropBox",
        *PRINTERS,
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
    ]
)
_VERSION = re.compile(r"1\.[0-7]|2\.0")


def sanitize(
    data: bytes,
    frames: Sequence[PageFrame],
    redactions: Sequence[Redaction],
    rebuilt: Mapping[int, Mapping[str, Box]] = MappingProxyType({}),
    navigation: Navigation = NO_NAVIGATION,
) -> tuple[bytes, tuple[tuple[str, int], ...]]:
    """The document from its allowlist with the boxes painted, and counts of what was left out.

    `rebuilt` are the pages whose content is in display space, with the boxes that they had in user
    space: they are put back into them. The same input gives the same bytes.
    """
    counts: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(data)) as old, pikepdf.new() as new:
        if n_hidden := drop_hidden(old):  # intake did it; what it missed must not come to light
            counts["hidden_layers"] += n_hidden
        counts.update(_left_out(old, navigation))
        for page in old.pages:
            keep_only(page.obj, _PAGE_KEYS | {"/Parent"}, "page", counts)
            _check_boxes(page.obj, counts)
            new.pages.append(page)
        if navigation.links:
            del counts["page/Annots"]  # each link that is not among them has been counted
        clean_objects(new, counts)
        for number, (page, frame) in enumerate(zip(new.pages, frames, strict=True), start=1):
            if number in rebuilt:
                put_into(page, frame, rebuilt[number])
            boxes = [r for r in redactions if r.page == number]
            if boxes:
                if number not in rebuilt:
                    n_evened = even_images(page, frame, [r.box for r in boxes])
                    counts.update({"image/ringing": n_evened} if n_evened else {})
                overlay.paint(new, page, frame, boxes)
        write_navigation(new, navigation, frames)
        out = io.BytesIO()
        new.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            min_version=_version(old),
        )
    return out.getvalue(), tuple(sorted(counts.items()))


def _left_out(old: pikepdf.Pdf, navigation: Navigation) -> Iterator[str]:
    """What the catalog and the document information have that is not written anew."""
    kept = {"/Type", "/Pages", *(["/Outlines"] if navigation.bookmarks else [])}
    kept |= {"/PageLabels"} if navigation.labels else set()
    for key, value in old.Root.items():
        if key not in kept and not _is(value, key == "/Lang" and navigation.language):
            yield counted("catalog", key)
    info = old.trailer.get("/Info")
    for key, value in info.items() if isinstance(info, pikepdf.Dictionary) else ():
        if not _is(value, key == "/Title" and navigation.title):
            yield counted("info", key)


def _is(value: pikepdf.Object, text: str | bool) -> bool:
    return isinstance(value, pikepdf.String) and bool(text) and str(value) == text


def _check_boxes(page: pikepdf.Object, counts: Counter[str]) -> None:
    """Of the boxes that nothing is drawn by, rectangles alone are kept, as plain numbers."""
    for key in PRINTERS:
        if key in page:
            if box := rectangle(page[key]):
                page[key] = array(box)
            else:
                counts[counted("page", key)] += 1
                del page[key]


def _version(pdf: pikepdf.Pdf) -> str:
    """The PDF version in the header, or the later one in the catalog (7.5.2)."""
    stated = str(pdf.Root.get("/Version", "")).removeprefix("/")
    return max(pdf.pdf_version, stated) if _VERSION.fullmatch(stated) else str(pdf.pdf_version)
