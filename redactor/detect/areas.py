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
        """A finding for each run of words on a line, and one for the place itself.

        Pictures, rules and what does not show have no words, and go with their place. Where a rule
        asks for ways of writing there is only what was written so: words, by the center of their
        boxes, and for handwriting the signatures.
        """
        source = page_text(page)
        for rule in self._rules:
            if rule.pages is None or rule.pages.contains(page.number):
                yield from findings_of(source, _runs(source, rule))
                yield from _signatures(page, rule) if rule.origin else _place(page, rule)


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


def _place(page: Page, rule: Rule) -> Iterator[Finding]:
    """All of the rule's region that is on the page; without one all of the page."""
    region = rule.region or Box(0, 0, page.width, page.height)
    box = region.clipped(page.width, page.height)
    if box:
        yield replace(_bare(page, rule), boxes=(box,))


def _signatures(page: Page, rule: Rule) -> Iterator[Finding]:
    handwriting = frozenset((Origin.HANDWRITING,))
    for mark in page.marks:
        is_meant = mark.label is MarkLabel.SIGNATURE and handwriting.intersection(rule.origin or ())
        if is_meant and _in_region(mark.box, rule):
            yield replace(_bare(page, rule), boxes=(mark.box,), origins=handwriting)


def _bare(page: Page, rule: Rule) -> Finding:
    return Finding("", page.number, rule.labels[0], "", (), _SCORE, f"rule:{rule.id}")


def _in_region(box: Box, rule: Rule) -> bool:
    return rule.region is None or rule.region.contains(*box.center)
