"""Writes what leads around a document into a file that has none of it, object by object.

Places are explicit: pages and points, no names. A link has no border, so that a page looks as it
was verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pikepdf

from redactor.geometry import PageFrame
from redactor.navigation import Bookmark, Link, Navigation, Target
from redactor.pdf.page_boxes import array

_PRINTED = 4  # annotation flag (ISO 32000-2, table 167): archives ask for it


def write_navigation(pdf: pikepdf.Pdf, navigation: Navigation, frames: Sequence[PageFrame]) -> None:
    """Adds it to a document whose pages have these frames."""
    root, writer = pdf.Root, _Writer(pdf, frames)
    if navigation.language:
        root["/Lang"] = pikepdf.String(navigation.language)
    if navigation.title:
        pdf.docinfo["/Title"] = pikepdf.String(navigation.title)
        root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    if navigation.bookmarks:
        root["/Outlines"] = writer.outlines(navigation.bookmarks)
    for link in navigation.links:
        writer.link(link)
    if navigation.labels:
        root["/PageLabels"] = _labels(navigation)


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, frames: Sequence[PageFrame]) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._frames = frames

    def outlines(self, bookmarks: Sequence[Bookmark]) -> pikepdf.Object:
        outlines = self._pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
        shown = self._below(outlines, bookmarks)
        outlines["/Count"] = shown
        return outlines

    def _below(self, parent: pikepdf.Object, bookmarks: Sequence[Bookmark]) -> int:
        """Hangs items below one; how many of them show when it is open (12.3.3)."""
        items = [self._pdf.make_indirect(pikepdf.Dictionary()) for _ in bookmarks]
        shown = len(items)
        for item, bookmark in zip(items, bookmarks, strict=True):
            item["/Title"] = pikepdf.String(bookmark.title)
            item["/Parent"] = parent
            if bookmark.target:
                item["/Dest"] = self._destination(bookmark.target)
            if bookmark.children:
                below = self._below(item, bookmark.children)
                item["/Count"] = below if bookmark.is_open else -below
                shown += below if bookmark.is_open else 0
        for before, after in pairwise(items):
            before["/Next"], after["/Prev"] = after, before
        if items:
            parent["/First"], parent["/Last"] = items[0], items[-1]
        return shown

    def link(self, link: Link) -> None:
        frame, page = self._frames[link.page - 1], self._pages[link.page - 1]
        note = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link,
            Rect=array(frame.to_user(link.box)),
            Border=pikepdf.Array([0, 0, 0]),
            F=_PRINTED,
        )
        if isinstance(link.leads_to, Target):
            note["/Dest"] = self._destination(link.leads_to)
        else:
            address = pikepdf.String(link.leads_to)
            note["/A"] = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
        if "/Annots" not in page:
            page["/Annots"] = pikepdf.Array()
        page["/Annots"].append(self._pdf.make_indirect(note))

    def _destination(self, target: Target) -> pikepdf.Object:
        point: tuple[float | None, float | None] = (None, None)
        if target.point:
            x, y = self._frames[target.page - 1].point_to_user(*target.point)
            point = round(x, 3), round(y, 3)
        page = self._pages[target.page - 1]
        return pikepdf.Array([page, pikepdf.Name.XYZ, *point, None])


def _labels(navigation: Navigation) -> pikepdf.Object:
    listed: list[object] = []
    for labels in navigation.labels:
        entry = pikepdf.Dictionary()
        if labels.style:
            entry["/S"] = pikepdf.Name("/" + labels.style)
        if labels.prefix:
            entry["/P"] = pikepdf.String(labels.prefix)
        if labels.start > 1:
            entry["/St"] = labels.start
        listed += [labels.first - 1, entry]
    return pikepdf.Dictionary(Nums=pikepdf.Array(listed))
