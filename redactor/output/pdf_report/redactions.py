"""What was removed, a row a place with its picture, and what was found and left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.platypus import Flowable, Spacer

from redactor.findings import POLICY
from redactor.output.evidence import SignedReport
from redactor.output.in_words import (
    counted,
    is_uncertain,
    label_in_words,
    listed,
    percent,
    place_in_words,
)
from redactor.output.pdf_report.pages import part, section, table
from redactor.output.pdf_report.pictures import AROUND, Around, Marked, Picture, Pictures
from redactor.output.pdf_report.text import (
    BODY,
    NUMBER,
    SMALL,
    SOFT_SMALL,
    STRONG,
    UNCERTAIN,
    paragraph,
)
from redactor.report import PageInfo, Reason, RedactionInfo

_HEAD: Final[tuple[str, ...]] = ("Place", "What, and why", "Rule, code, law", "How sure")
_ROWS: Final = 200
"""Rows of what was left that are listed."""


def removed(signed: SignedReport, pictures: Pictures) -> Iterator[Flowable]:
    """Every place that was redacted, by page."""
    yield from section("What was removed, and why")
    if not signed.report.redactions:
        yield paragraph("Nothing was.")
        return
    yield paragraph(
        "A row a place. Read: how surely the words there were read. Found: how sure the detector "
        "is of what they are. UNCERTAIN: one of the two falls short of what the policy asks, and "
        "the place was removed all the same.",
        BODY,
        400,
    )
    by_page: dict[int, list[RedactionInfo]] = defaultdict(list)
    for redaction in signed.report.redactions:
        by_page[redaction.page].append(redaction)
    pages = {page.number: page for page in signed.report.pages}
    for number, found in sorted(by_page.items()):
        title = f"Page {number}: {counted(len(found), 'place')}"
        yield from _page(signed, title, pages.get(number), found, pictures.get(number))


def _page(
    signed: SignedReport,
    title: str,
    page: PageInfo | None,
    found: Sequence[RedactionInfo],
    picture: Picture | None,
) -> Iterator[Flowable]:
    yield from part(title)
    rows = [
        [
            _place(each, page, picture),
            [line for reason in each.reasons for line in _what(reason)],
            [line for reason in each.reasons for line in _rule(signed, reason)],
            [line for reason in each.reasons for line in _how_sure(reason)],
        ]
        for each in found
    ]
    head: tuple[str, ...] = _HEAD
    widths: tuple[float, ...] = (70, 180, 150, 70)
    if picture:
        head, widths = ("Page", *_HEAD), (50, AROUND[0] + 8, 154, 120, 62)
        rows = [[[Marked(picture, each.box)], *row] for each, row in zip(found, rows, strict=True)]
    yield table(head, rows, widths)


def _place(each: RedactionInfo, page: PageInfo | None, picture: Picture | None) -> list[Flowable]:
    seen: list[Flowable] = [Around(picture, each.box), Spacer(0, 1)] if picture else []
    where = f", {place_in_words(each.box, page)}" if page else ""
    return [*seen, paragraph(f"{each.id}{where}", SOFT_SMALL, 60)]


def _what(each: Reason) -> list[Flowable]:
    by = "" if each.decided_by == POLICY else f"Decided by {each.decided_by}."
    lines = [
        paragraph(label_in_words(each.label), STRONG, 60),
        paragraph(each.reason, SMALL),
        paragraph(f"Found by {each.detector}.", SOFT_SMALL, 90),
    ]
    return [*lines, paragraph(by, STRONG, 90)] if by else lines


def _rule(signed: SignedReport, each: Reason) -> list[Flowable]:
    lines = [paragraph(each.rule or "(no rule)", STRONG, 80)]
    if each.code:
        lines.append(paragraph(each.code, SMALL, 120))
    if cite := signed.cite_of(each.rule):
        lines.append(paragraph(cite, SOFT_SMALL, 160))
    return [*lines]


def _how_sure(each: Reason) -> list[Flowable]:
    lines = [
        paragraph(f"read {percent(each.confidence)}", SMALL),
        paragraph(f"found {percent(each.score)}", SMALL),
    ]
    return [paragraph("UNCERTAIN", UNCERTAIN), *lines] if is_uncertain(each) else [*lines]


def declined(signed: SignedReport) -> Iterator[Flowable]:
    """What was found and left, by kind and reason; it is still in the PDF."""
    yield from section("What was found and left")
    groups: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    findings: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for each in signed.report.declined:
        key = (each.label, each.rule, each.reason, each.decided_by)
        groups[key].append(each.page)
        findings[key].add(each.finding)
    if not groups:
        yield paragraph("Nothing: all that was found was removed.")
        return
    yield paragraph(
        "Candidates that the policy, or a person, decided to leave. They are still in the PDF.",
    )
    ordered = sorted(groups, key=lambda key: (-len(findings[key]), key))
    rows: list[list[Any]] = [
        [
            paragraph(label_in_words(label), STRONG, 60),
            paragraph(reason, SMALL),
            paragraph(rule, SMALL, 80),
            paragraph("policy" if by == POLICY else by, SMALL, 80),
            paragraph(f"{len(findings[label, rule, reason, by]):,}", NUMBER),
            paragraph(listed(groups[label, rule, reason, by]), SMALL),
        ]
        for label, rule, reason, by in ordered[:_ROWS]
    ]
    head = ("Kind", "Why it was left", "Rule", "Decided by", "How many", "Pages")
    yield table(head, rows, (3, 5, 2.2, 1.8, 1.5, 2.5))
    if len(ordered) > _ROWS:
        more = len(ordered) - _ROWS
        yield paragraph(f"{counted(more, 'more row')}: redactor report csv lists them all.")
