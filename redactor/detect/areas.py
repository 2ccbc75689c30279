"""All that stands in a place of a page, or was written in a way: the rules with `area`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from redactor.detect.page_text import PageText, Piece, findings_of, page_text
from redactor.detect.spans import Span
from redactor.findings import Finding
from redactor.geometry import Box
from redactor.policy.model import Rule
from redactor.words import MarkLabel, Origin, Page

_SCORE = 1.0


class AreaDetector:
    """Takes all that lies in the areas of some rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rule for rule in rules if rule.area)

    def find(self, page: Page) -> Iterator[Finding]:
        """A finding for each run of words on a line, for each mark and each piece of unread ink.

        A word, a mark or ink is in a region by the center of its box. Where a rule asks for ways of
        writing, a signature counts as handwriting, and what else is no word has none.
        """
        source = page_text(page)
        for rule in self._rules:
            if rule.pages is None or rule.pages.contains(page.number):
                yield from findings_of(source, _runs(source, rule))
                yield from _wordless(page, rule)


def _runs(source: PageText, rule: Rule) -> Iterator[Span]:
    def key(piece: Piece) -> tuple[int, bool]:
        return piece.line, _is_meant(piece, rule)

    for (_, meant), run in groupby(source.pieces, key):
        pieces = list(run)
        if meant:
            yield Span(pieces[0].start, pieces[-1].end, rule.labels[0], _SCORE, f"rule:{rule.id}")


def _is_meant(piece: Piece, rule: Rule) -> bool:
    return _in_region(piece.word.box, rule) and (
        rule.origin is None or piece.word.origin in rule.origin
    )


def _wordless(page: Page, rule: Rule) -> Iterator[Finding]:
    signature = frozenset((Origin.HANDWRITING,))
    things = [(mark.box, signature) for mark in page.marks if mark.label is MarkLabel.SIGNATURE]
    if rule.origin is None:
        things += [(m.box, frozenset()) for m in page.marks if m.label is not MarkLabel.SIGNATURE]
        things += [(box, frozenset()) for box in page.ink.unread]
    bare = Finding("", page.number, rule.labels[0], "", (), _SCORE, f"rule:{rule.id}")
    for box, origins in things:
        is_meant = rule.origin is None or origins.intersection(rule.origin)
        if is_meant and _in_region(box, rule):
            yield replace(bare, boxes=(box,), origins=origins)


def _in_region(box: Box, rule: Rule) -> bool:
    return rule.region is None or rule.region.contains(*box.center)
