"""The rest of a report: pages, checks, risks, what it all rests on, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph, Spacer

from redactor.output.evidence import SignedReport
from redactor.output.in_words import counted
from redactor.output.pdf_report.pages import part, section, table
from redactor.output.pdf_report.text import (
    BAD,
    BODY,
    CODE,
    GOOD,
    NUMBER,
    SMALL,
    STRONG,
    Style,
    paragraph,
)
from redactor.report import PageInfo, PageMode, Report

_PASSED = Style("passed", parent=STRONG, textColor=GOOD)
_FAILED = Style("failed", parent=STRONG, textColor=BAD)


def checked_by_hand(signed: SignedReport) -> Iterator[Flowable]:
    """What people found who checked samples of what stays."""
    if not signed.reviews:
        return
    yield from section("Checked by hand")
    yield paragraph(
        "Places that were not redacted, drawn by lot, were looked at by a person. From how many "
        "had been missed there follows how many may have been missed in all of the document, at "
        "most, with a confidence of 95 % (exact bound of Clopper and Pearson, 1934).",
        BODY,
        600,
    )
    head = ("Who", "When", "Checked", "Missed", "At most missed of all", "Signed with")
    rows = []
    for each in signed.reviews:
        review = each.review
        for what, checked in (("word", review.words), ("page", review.pages)):
            if checked.checked:
                of = f"{counted(checked.checked, what)} of {checked.population:,}"
                at_most = f"{checked.bound * 100:.2f} %"
                cells = (review.by, review.created, of, f"{checked.missed:,}", at_most)
                rows.append([paragraph(cell, SMALL) for cell in (*cells, each.signer)])
    yield table(head, rows, (3, 3, 3, 1.4, 2.4, 5))


def pages(report: Report) -> Iterator[Flowable]:
    """How each page was redacted and why so, and how well it was read."""
    yield from section("Pages")
    yield paragraph(
        "In place: what lay under the boxes was taken out of the page itself. Rebuilt: the page is "
        "an image of itself, made anew, with the words that stay as invisible text.",
        BODY,
        400,
    )
    head = ("Page", "How", "Why so", "Words", "Read with doubt", "Places unread")
    yield table(head, [_page(page) for page in report.pages], (1, 1.6, 5, 1.4, 1.8, 1.8))


def _page(page: PageInfo) -> list[Paragraph]:
    numbers = (page.words, page.uncertain_words, page.ink.unread)
    return [
        paragraph(page.number, STRONG),
        paragraph("rebuilt" if page.mode is PageMode.REBUILT else "in place", SMALL),
        paragraph(page.reason, SMALL),
        *(paragraph(f"{number:,}", NUMBER) for number in numbers),
    ]


def checks(report: Report) -> Iterator[Flowable]:
    """Every check of the saved file, and what it found."""
    yield from section("Checks of the saved file")
    rows = [
        [
            paragraph("passed" if check.passed else "FAILED", _PASSED if check.passed else _FAILED),
            paragraph(check.name, SMALL),
            paragraph(check.engine, SMALL),
            paragraph(check.detail, SMALL),
        ]
        for check in report.checks
    ]
    if rows:
        yield table(("Result", "What was checked", "By", "What was looked at"), rows, (1, 3, 2, 4))
    else:
        yield paragraph("The report lists none: nothing is known of what the file holds.")


def risks(report: Report) -> Iterator[Flowable]:
    """What no check can rule out."""
    yield from section("Risks that remain")
    if not report.residual_risks:
        yield paragraph("The report names none.")
    for risk in report.residual_risks:
        yield paragraph(f"•  {risk}", BODY, 400)


def basis(report: Report) -> Iterator[Flowable]:
    """The policy, the models, the libraries and the settings that the result rests on."""
    yield from section("What the result rests on")
    yield from part(f"Rules of the policy {report.policy.name}, in order")
    rules = report.policy.resolved.rules
    if rules:
        head = ("Rule", "Finds", "Does", "Code", "Law", "Leaves", "Only where")
        rows = [
            [
                paragraph(rule.id, STRONG, 60),
                paragraph(f"{rule.kind}: {', '.join(rule.labels)}", SMALL, 160),
                paragraph(rule.action, SMALL),
                paragraph(rule.code, SMALL, 60),
                paragraph(rule.cite, SMALL, 120),
                paragraph(rule.keep, SMALL, 60),
                paragraph(rule.limits, SMALL, 120),
            ]
            for rule in rules
        ]
        yield table(head, rows, (3.1, 3.4, 1.1, 1.6, 2.8, 1.3, 1.8))
    yield from _pairs(
        "Settings of the policy", [(s.name, s.value) for s in report.policy.resolved.settings]
    )
    yield from _pairs("How pages were read", _reading(report))
    yield from _pairs(
        "Models", [(f"{m.name} {m.version or ''}".strip(), m.sha256) for m in report.models]
    )
    yield from _pairs("Software", [(p.name, p.version) for p in report.packages])
    yield from _pairs(
        "Hidden things that were taken out", [(s.item, f"{s.count:,}") for s in report.sanitized]
    )


def _reading(report: Report) -> list[tuple[str, str]]:
    reading = report.reading
    said = [
        ("mode", reading.mode.value),
        ("engine", reading.engine),
        ("resolution", f"{reading.dpi} dpi"),
        ("weight of the word list", f"{reading.lexicon_weight:g}"),
    ]
    if vlm := reading.vlm:
        sent = f"{counted(vlm.lines_sent, 'image')} of lines, {vlm.accepted:,} words taken"
        said.append(("sent to", f"{vlm.host} ({vlm.model}): {sent}"))
    return said


def _pairs(title: str, pairs: list[tuple[str, str]]) -> Iterator[Flowable]:
    if pairs:
        yield from part(title)
        rows = [[paragraph(name, SMALL, 80), paragraph(value, CODE, 160)] for name, value in pairs]
        yield table(("Name", "Value"), rows, (2, 4))


def how_to_check(signed: SignedReport) -> Iterator[Flowable]:
    """What to do where one would rather not believe this paper."""
    yield from section("How to check this without us")
    yield paragraph(
        "This PDF is a reading copy and is not signed itself. What is signed is the report's file. "
        "With ssh-keygen, which comes with OpenSSH, and a list of the keys you trust:",
        BODY,
        400,
    )
    name = signed.name
    for command in (
        f"sha256sum {name}",
        "ssh-keygen -Y verify -f allowed_signers -I WHO -n redactor-report "
        f"-s {name}.report.json.sig < {name}.report.json",
        f"redactor verify {name} --allowed-signers allowed_signers",
    ):
        yield paragraph(command, CODE, 400)
    yield Spacer(0, 4)
    yield paragraph(
        "The first must print the SHA-256 of the redacted PDF on page 1; the second says whose "
        "signature holds; the third looks at the PDF again with engines other than the one that "
        "wrote it. docs/report-format.md explains each field of the report.",
        BODY,
        400,
    )
