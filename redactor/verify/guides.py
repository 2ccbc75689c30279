"""What leads around the output: there only where the policy keeps it, and then in one plain form.

Bookmarks, links, page labels, title and language may stand in a file in many ways. One way each is
allowed here, key by key, so that nothing can hide in another. That no text of theirs holds what was
removed is asked by `traces.py`, of every string of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any

import pikepdf

from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid, is_language

_ITEM = frozenset(["/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/Dest"])
_OUTLINES = frozenset(["/Type", "/First", "/Last", "/Count"])
_LINK = frozenset(["/Subtype", "/Rect", "/Border", "/F", "/A", "/Dest"])
_LABEL = frozenset(["/S", "/P", "/St"])
_ADDRESS = re.compile(r"(?i:https?://|mailto:)[!-~]+")
_TOUCHES = 0.05  # points by which a link may reach under a box, from rounding
_HOLDERS = {
    Aid.BOOKMARKS: ["/Outlines"],
    Aid.PAGE_LABELS: ["/PageLabels"],
    Aid.TITLE: ["/ViewerPreferences"],
}


class Guides:
    """What leads around one file, of which `kept` may be there.

    `boxes` are the redaction boxes of the pages, in page space, by the pages' numbers.
    """

    def __init__(self, pdf: pikepdf.Pdf, kept: Set[Aid], frames: Sequence[PageFrame]) -> None:
        self._pdf = pdf
        self._kept = kept
        self._frames = frames
        self._pages = {page.obj.objgen for page in pdf.pages}

    def keys_of(self, obj: pikepdf.Object) -> frozenset[str]:
        """The keys by which an object of the file may lead to what is kept.

        That the catalog names a language is always well: a plain tag says nothing.
        """
        if obj.objgen == self._pdf.Root.objgen:
            return frozenset(["/Lang"]).union(*(_HOLDERS.get(aid, ()) for aid in self._kept))
        is_linked = Aid.LINKS in self._kept and obj.objgen in self._pages
        return frozenset(["/Annots"]) if is_linked else frozenset()

    @property
    def allows_title(self) -> bool:
        return Aid.TITLE in self._kept

    def problems(self, boxes: dict[int, tuple[Box, ...]]) -> Iterator[str]:
        """What is there in another form than ours."""
        root = self._pdf.Root
        if "/Lang" in root and not is_language(_said(root["/Lang"])):
            yield "a language that is no plain tag"
        info = self._pdf.trailer.get("/Info")
        if info is not None and not _has_only(info, {"/Title"}):
            yield "document information beside the title"
        view = root.get("/ViewerPreferences")
        if view is not None and not _has_only(view, {"/DisplayDocTitle"}):
            yield "viewer preferences beside the title's"
        if "/Outlines" in root:
            yield from self._outlines(root["/Outlines"])
        if "/PageLabels" in root:
            yield from _labels(root["/PageLabels"])
        if Aid.LINKS in self._kept:
            for number, page in enumerate(self._pdf.pages, start=1):
                yield from self._links(page, number, boxes.get(number, ()))

    def _outlines(self, outlines: pikepdf.Object) -> Iterator[str]:
        if not _has_only(outlines, _OUTLINES):
            yield "bookmarks: a key of their own"
            return
        waiting, seen = [outlines.get("/First")], set()
        while waiting:
            item = waiting.pop()
            if item is None:
                continue
            if not _has_only(item, _ITEM) or item.objgen in seen:
                yield "a bookmark that is not as ours are"
                return
            seen.add(item.objgen)
            if "/Dest" in item and not self._is_place(item["/Dest"]):
                yield "a bookmark that leads elsewhere than to a page"
            waiting += [item.get("/First"), item.get("/Next")]

    def _links(self, page: pikepdf.Page, number: int, boxes: Sequence[Box]) -> Iterator[str]:
        for note in page.obj.get("/Annots", ()):
            if not (_has_only(note, _LINK) and note.get("/Subtype") == "/Link"):
                yield f"page {number}: an annotation that is no plain link"
                continue
            if not (self._is_place(note.get("/Dest")) or _is_address(note.get("/A"))):
                yield f"page {number}: a link that leads elsewhere than to a page or an address"
            if self._is_under(note.get("/Rect"), number, boxes):
                yield f"page {number}: a link under a box"

    def _is_under(self, rect: Any, number: int, boxes: Sequence[Box]) -> bool:
        ax, ay, bx, by = map(float, rect)
        in_user = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        common = map(self._frames[number - 1].to_page(in_user).intersection, boxes)
        return any(part and min(part.width, part.height) > _TOUCHES for part in common)

    def _is_place(self, value: Any) -> bool:
        """Whether it is a page of this file and a point on it."""
        if not isinstance(value, pikepdf.Array) or len(value) != 5 or value[1] != "/XYZ":
            return False
        page, _, *numbers = list(value)
        is_page = isinstance(page, pikepdf.Dictionary) and page.objgen in self._pages
        return is_page and all(n is None or not isinstance(n, pikepdf.Object) for n in numbers)


def _labels(labels: pikepdf.Object) -> Iterator[str]:
    if not _has_only(labels, {"/Nums"}):
        yield "page labels: a key of their own"
        return
    if not all(_has_only(entry, _LABEL) for entry in list(labels.get("/Nums", ()))[1::2]):
        yield "page labels that are not as ours are"


def _is_address(action: Any) -> bool:
    return (
        _has_only(action, {"/S", "/URI"})
        and action.get("/S") == "/URI"
        and _ADDRESS.fullmatch(_said(action.get("/URI"))) is not None
    )


def _has_only(value: Any, keys: Set[str]) -> bool:
    return isinstance(value, pikepdf.Dictionary) and keys >= set(value.keys())


def _said(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""
