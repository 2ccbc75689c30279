"""What leads around a document: its title and language, bookmarks, links and page labels.

All of it as data, read from one file and written anew into another: no object of the old file is
copied. Texts are the document's and never appear in a repr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from redactor.geometry import Box

LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
"""A plain language tag: a language, and perhaps a script and a region.

Of BCP 47 (RFC 5646, 2.1) no more: variants, extensions and private use can say anything.
"""


class Aid(StrEnum):
    """What of it a policy can keep."""

    BOOKMARKS = "bookmarks"
    LINKS = "links"
    PAGE_LABELS = "page_labels"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Target:
    """A page, and the point of it (page space) that is shown at the top left; None: any."""

    page: int
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline, with those below it; without a target it is a heading."""

    title: str = field(repr=False)
    target: Target | None
    is_open: bool = False
    children: tuple[Bookmark, ...] = ()

    @property
    def titles(self) -> Iterator[str]:
        """Its own and those below it, in order."""
        yield self.title
        for child in self.children:
            yield from child.titles

    def titled(self, change: Callable[[str], str]) -> Bookmark:
        """The same with each of its titles changed."""
        children = tuple(child.titled(change) for child in self.children)
        return replace(self, title=change(self.title), children=children)


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page (page space) that leads to an address or to a place in the document."""

    page: int
    box: Box
    leads_to: str | Target = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageLabels:
    """How pages are called from `first` (from 1) on: a prefix, then a number from `start` on.

    `style` is a PDF numbering style (D, R, r, A or a), or "" for no number.
    """

    first: int
    style: str
    prefix: str = field(repr=False)
    start: int = 1


@dataclass(frozen=True, slots=True)
class Navigation:
    """All of it for one document; "" and () where there is none."""

    title: str = field(default="", repr=False)
    language: str = ""
    bookmarks: tuple[Bookmark, ...] = ()
    links: tuple[Link, ...] = ()
    labels: tuple[PageLabels, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it holds, each once, in an order that depends on nothing else."""
        found = (
            self.title,
            *(text for bookmark in self.bookmarks for text in bookmark.titles),
            *(link.leads_to for link in self.links if isinstance(link.leads_to, str)),
            *(labels.prefix for labels in self.labels),
        )
        return tuple(dict.fromkeys(filter(None, found)))


NO_NAVIGATION = Navigation()


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a policy keeps of it, and what was decided for one document.

    `title` is a text that the policy sets, `language` a tag; "" leaves the document's own.
    `refused` are places in the `texts` of the document's navigation that did not pass.
    """

    keep: tuple[Aid, ...] = ()
    title: str = field(default="", repr=False)
    language: str = ""
    refused: tuple[int, ...] = ()

    @property
    def written(self) -> frozenset[Aid]:
        """What the output may have."""
        return frozenset((*self.keep, Aid.TITLE) if self.title else self.keep)


NOTHING_KEPT = Keeping()


def is_language(tag: str) -> bool:
    """Whether it is a plain one: see `LANGUAGE`."""
    return re.fullmatch(LANGUAGE, tag) is not None
