"""Reads what leads around a document from a file that was taken in (ISO 32000-2, 12.3, 12.4, 12.6).

Of every object only what is asked for here is looked at; what is damaged, too deep, or leads out of
the document by other ways than a web or e-mail address is passed over, and counted.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf

from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid, Bookmark, Link, Navigation, PageLabels, Target, is_language
from redactor.pdf.hidden import dictionaries

_DEEPEST = 32  # bookmarks below bookmarks, nodes of trees below nodes
_MOST = 50_000  # bookmarks, links, names or ranges of labels
_LONGEST = 2000  # characters of a text
_ADDRESS = re.compile(r"(?i:https?://|mailto:)[!-~]+")
_STYLES = frozenset(["/D", "/R", "/r", "/A", "/a"])
# Where the coordinates of the top left corner stand in a destination (table 149).
_CORNERS = {"/XYZ": (2, 3), "/FitH": (None, 2), "/FitBH": (None, 2), "/FitR": (2, 5)}


def read_navigation(
    data: bytes, frames: Sequence[PageFrame], wanted: frozenset[Aid]
) -> tuple[Navigation, Counter[str]]:
    """What there is of what is wanted, always with the language; and counts of what is unusable.

    `data` is a working PDF (`intake.Source`), `frames` are those of its pages.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        reader = _Reader(pdf, frames)
        found = Navigation(
            title=reader.title() if Aid.TITLE in wanted else "",
            language=reader.language(),
            bookmarks=reader.bookmarks() if Aid.BOOKMARKS in wanted else (),
            links=tuple(reader.links()) if Aid.LINKS in wanted else (),
            labels=reader.labels() if Aid.PAGE_LABELS in wanted else (),
        )
    return found, reader.unusable


class _Reader:
    """One open document. `unusable` counts what was passed over."""

    def __init__(self, pdf: pikepdf.Pdf, frames: Sequence[PageFrame]) -> None:
        self._root = pdf.Root
        self._info = pdf.trailer.get("/Info")
        self._pages = list(pdf.pages)
        self._frames = frames
        numbered = list(enumerate(self._pages, start=1))
        self._numbers = {page.obj.objgen: number for number, page in reversed(numbered)}
        self._named = _Named(pdf.Root)
        self.unusable: Counter[str] = Counter()

    def title(self) -> str:
        return _text(_entry(self._info, "/Title"))

    def language(self) -> str:
        tag = _text(self._root.get("/Lang"))
        return tag if is_language(tag) else ""

    def bookmarks(self) -> tuple[Bookmark, ...]:
        return self._below(self._root.get("/Outlines"), set(), 0)

    def _below(
        self, parent: pikepdf.Object | None, seen: set[tuple[int, int]], depth: int
    ) -> tuple[Bookmark, ...]:
        found = []
        item = _entry(parent, "/First")
        while isinstance(item, pikepdf.Dictionary):
            if item.objgen in seen or len(seen) >= _MOST or depth > _DEEPEST:
                self.unusable["bookmarks_unusable"] += 1
                break
            seen.add(item.objgen)
            found.append(
                Bookmark(
                    title=_text(item.get("/Title")),
                    target=self._target_of(item),
                    is_open=_whole(item.get("/Count"), 0) > 0,
                    children=self._below(item, seen, depth + 1),
                )
            )
            item = item.get("/Next")
        return tuple(found)

    def links(self) -> Iterator[Link]:
        """The links that can be kept, page by page."""
        kept = 0
        for number, (page, frame) in enumerate(
            zip(self._pages, self._frames, strict=True), start=1
        ):
            for note in dictionaries(page.obj.get("/Annots")):
                if note.get("/Subtype") != "/Link":
                    continue
                link = self._link(note, number, frame) if kept < _MOST else None
                if link is None:
                    self.unusable["links_unusable"] += 1
                    continue
                kept += 1
                yield link

    def _link(self, note: pikepdf.Object, number: int, frame: PageFrame) -> Link | None:
        corners = _numbers(note.get("/Rect"))
        if len(corners) != 4:
            return None
        ax, ay, bx, by = corners
        in_user = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        box = frame.to_page(in_user).clipped(*frame.size)
        leads_to = _address(note.get("/A")) or self._target_of(note) or self._turn(note, number)
        return Link(number, box, leads_to) if box and leads_to else None

    def _target_of(self, holder: pikepdf.Object) -> Target | None:
        """Where a bookmark or a link leads in this document, if it does."""
        if "/Dest" in holder:
            return self._target(holder["/Dest"])
        action = holder.get("/A")
        if _entry(action, "/S") == "/GoTo":
            return self._target(_entry(action, "/D"))
        return None

    def _turn(self, note: pikepdf.Object, number: int) -> Target | None:
        """The page that a link on page `number` turns to (12.6.4.12), if there is one."""
        last = len(self._pages)
        turns = {"First": 1, "Prev": number - 1, "Next": number + 1, "Last": last}
        action = note.get("/A")
        name = str(_entry(action, "/N")) if _entry(action, "/S") == "/Named" else ""
        to = turns.get(name.removeprefix("/").removesuffix("Page"), 0)
        return Target(to) if 0 < to <= last else None

    def _target(self, value: Any) -> Target | None:
        if isinstance(value, pikepdf.Name | pikepdf.String):
            value = self._named.destination(value)
        if isinstance(value, pikepdf.Dictionary):
            value = value.get("/D")
        parts = list(value) if isinstance(value, pikepdf.Array) else []
        number = self._number(parts[0]) if parts else None
        if number is None:
            return None
        return Target(number, self._corner(parts, self._frames[number - 1]))

    def _number(self, page: Any) -> int | None:
        """The number of a page, given as itself or as its index."""
        if isinstance(page, pikepdf.Dictionary):
            return self._numbers.get(page.objgen)
        index = _whole(page, -1)
        return index + 1 if 0 <= index < len(self._pages) else None

    def _corner(self, parts: Sequence[Any], frame: PageFrame) -> tuple[float, float] | None:
        """The point of the page, in page space, that a destination shows at the top left."""
        across, up = _CORNERS.get(str(parts[1]) if len(parts) > 1 else "", (None, None))
        top = _number_at(parts, up)
        if top is None:
            return None
        left = _number_at(parts, across)
        x, y = frame.point_to_page(frame.crop.x0 if left is None else left, top)
        width, height = frame.size
        return min(max(x, 0.0), width), min(max(y, 0.0), height)

    def labels(self) -> tuple[PageLabels, ...]:
        """The ranges in order, the first of them for page 1 where there is any."""
        ranges: dict[int, PageLabels] = {}
        for index, entry in _leaves(self._root.get("/PageLabels"), "/Nums"):
            first = _whole(index, -1) + 1
            if not (0 < first <= len(self._pages) and isinstance(entry, pikepdf.Dictionary)):
                self.unusable["page_labels_unusable"] += 1
                continue
            style = str(entry.get("/S", ""))
            ranges[first] = PageLabels(
                first,
                style.removeprefix("/") if style in _STYLES else "",
                _text(entry.get("/P"), keeps_ends=True),
                max(1, _whole(entry.get("/St"), 1)),
            )
        if ranges and 1 not in ranges:
            ranges[1] = PageLabels(1, "D", "")
        return tuple(ranges[first] for first in sorted(ranges))


class _Named:
    """The named destinations, read when the first of them is asked for (12.3.2.4)."""

    def __init__(self, root: pikepdf.Object) -> None:
        self._root = root
        self._by_name: Mapping[bytes, Any] | None = None

    def destination(self, name: pikepdf.Object) -> Any:
        """What a name or string stands for; None for nothing."""
        if isinstance(name, pikepdf.Name):
            return _entry(self._root.get("/Dests"), str(name))
        if self._by_name is None:
            tree = _entry(self._root.get("/Names"), "/Dests")
            self._by_name = {
                bytes(key): value
                for key, value in _leaves(tree, "/Names")
                if isinstance(key, pikepdf.String)
            }
        return self._by_name.get(bytes(name))


def _leaves(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs in a name tree or a number tree (7.9.6, 7.9.7), as far as it makes sense."""
    waiting, seen, given = [(tree, 0)], set(), 0
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
            continue
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        listed = node.get(key)
        pairs = list(listed) if isinstance(listed, pikepdf.Array) else []
        for pair in zip(pairs[::2], pairs[1::2], strict=False):
            given += 1
            if given > _MOST:
                return
            yield pair
        waiting += [(kid, depth + 1) for kid in reversed(dictionaries(node.get("/Kids")))]


def _entry(holder: Any, key: str) -> Any:
    return holder.get(key) if isinstance(holder, pikepdf.Dictionary) else None


def _address(action: Any) -> str:
    """The web or e-mail address that an action opens; "" for any other action."""
    if _entry(action, "/S") != "/URI":
        return ""
    value = action.get("/URI")
    address = str(value) if isinstance(value, pikepdf.String) else ""
    return address if len(address) <= _LONGEST and _ADDRESS.fullmatch(address) else ""


def _text(value: Any, *, keeps_ends: bool = False) -> str:
    """A text string in one line, without what does not show: nobody could see it go."""
    if not isinstance(value, pikepdf.String):
        return ""
    given = str(value)[:_LONGEST]
    shown = "".join(" " if char.isspace() else char for char in given)
    plain = "".join(char for char in shown if char.isprintable())
    return plain if keeps_ends else " ".join(plain.split())


def _numbers(value: Any) -> list[float]:
    """A PDF array of numbers; none where one of them is something else."""
    parts = list(value) if isinstance(value, pikepdf.Array) else []
    found = [_number_at(parts, index) for index in range(len(parts))]
    return [] if None in found else [number for number in found if number is not None]


def _number_at(parts: Sequence[Any], index: int | None) -> float | None:
    if index is None or index >= len(parts) or isinstance(parts[index], bool):
        return None
    try:
        number = float(parts[index])
    except (TypeError, ValueError):
        return None
    return number if abs(number) < 1e6 else None


def _whole(value: Any, default: int) -> int:
    number = _number_at([value], 0)
    return default if number is None else int(number)
