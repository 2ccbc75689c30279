"""Every decision of a report as a row, and the log of exemptions that agencies publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from redactor.findings import Action
from redactor.output.evidence import SignedReport
from redactor.output.in_words import is_uncertain, label_in_words, place_in_words
from redactor.output.tables import Cell, Table
from redactor.report import Candidate, DeclinedInfo, PageInfo, Reason, RedactionInfo

NO_CODE: Final = "(no code)"

_DECISIONS: Final = (
    *("action", "id", "finding", "page", "left", "top", "right", "bottom", "label", "rule", "code"),
    *("citation", "confidence", "score", "uncertain", "detector", "decided_by", "reason"),
)
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "foia": (
        *("Entry", "Document", "Page", "Place", "Exemption", "Citation", "Information withheld"),
        "Basis",
    ),
    "privilege": (
        *("Control number", "Document", "Page", "Place", "Privilege or protection", "Authority"),
        *("Nature of what is withheld", "Basis"),
    ),
}
STYLES: Final = tuple(_HEADS)
"""How the log's columns are named: after the exemptions of 5 U.S.C. 552(b), whose last sentences
want the amount and the exemption shown, or after Fed. R. Civ. P. 26(b)(5)(A), which wants the claim
and the nature of what is withheld described without revealing it."""


def decisions(signed: SignedReport) -> Table:
    """A row for each finding of each box that was burned, then for each box that was left."""
    report = signed.report
    burned = ((each, reason) for each in report.redactions for reason in each.reasons)
    left = ((each, each) for each in report.declined)
    rows = tuple(_decision(signed, each, reason) for each, reason in (*burned, *left))
    return Table("Decisions", _DECISIONS, rows)


def _decision(signed: SignedReport, each: Candidate, reason: Reason) -> tuple[Cell, ...]:
    action = Action.KEEP if isinstance(each, DeclinedInfo) else Action.REDACT
    return (
        action.value,
        each.id,
        reason.finding,
        each.page,
        *each.box.as_tuple(),
        reason.label,
        reason.rule,
        reason.code,
        signed.cite_of(reason.rule),
        reason.confidence,
        reason.score,
        "yes" if is_uncertain(reason) else "no",
        reason.detector,
        reason.decided_by,
        reason.reason,
    )


def exemption_log(reports: Sequence[SignedReport], style: str) -> Table:
    """A row for each place that was redacted, in order of document, page and position.

    `style` is one of STYLES.
    """
    places = (place for signed in reports for place in _places(signed))
    rows = tuple((number, *place) for number, place in enumerate(places, start=1))
    return Table("Log", _HEADS[style], rows)


def _places(signed: SignedReport) -> Iterator[tuple[Cell, ...]]:
    pages = {page.number: page for page in signed.report.pages}
    ordered = sorted(signed.report.redactions, key=lambda r: (r.page, r.box.y0, r.box.x0))
    for each in ordered:
        yield (
            signed.name,
            each.page,
            _place(each, pages),
            ", ".join(_codes(each)),
            _each_once(signed.cite_of(reason.rule) for reason in each.reasons),
            _each_once(label_in_words(reason.label) for reason in each.reasons),
            _each_once(reason.reason for reason in each.reasons),
        )


def _codes(each: RedactionInfo) -> tuple[str, ...]:
    """The codes of a box, each once."""
    return tuple(dict.fromkeys(reason.code or NO_CODE for reason in each.reasons))


def _each_once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _place(each: Candidate, pages: Mapping[int, PageInfo]) -> str:
    """In words, and the corner in inches: what a person with a ruler can find."""
    page = pages.get(each.page)
    words = f"{place_in_words(each.box, page)}, " if page else ""
    return f"{words}{each.box.x0 / 72:.1f} in from the left, {each.box.y0 / 72:.1f} in from the top"


def code_counts(reports: Sequence[SignedReport]) -> Table:
    """How many places were redacted under each code, on how many pages, in how many documents.

    A place counts under each of its codes.
    """
    places: Counter[str] = Counter()
    pages: dict[str, set[tuple[int, int]]] = {}
    for number, signed in enumerate(reports):
        for each in signed.report.redactions:
            for code in _codes(each):
                places[code] += 1
                pages.setdefault(code, set()).add((number, each.page))
    rows = tuple(
        (code, count, len(pages[code]), len({document for document, _ in pages[code]}))
        for code, count in sorted(places.items(), key=lambda item: (-item[1], item[0]))
    )
    return Table("Counts", ("Code", "Places", "Pages", "Documents"), rows)
