"""The first page of a report: the five questions that everyone asks, and what answers rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from redactor.output.evidence import SignedReport
from redactor.output.in_words import counted, is_uncertain, label_in_words, listed
from redactor.output.pdf_report.pages import WIDTH, bookmarked, part
from redactor.output.pdf_report.text import (
    BODY,
    DOUBT,
    GOOD,
    PART,
    SUBTITLE,
    TITLE,
    Style,
    markup,
    paragraph,
    shortened,
)
from redactor.output.pdf_report.totals import charts, digests
from redactor.report import Report
from redactor.trust import SignedBy


def cover(signed: SignedReport) -> Iterator[Flowable]:
    """The title, the state of the signature, the answers, the digests and the totals."""
    report = signed.report
    yield bookmarked("Redaction report", TITLE)
    yield paragraph(f"{signed.name}, report made on {report.created}", SUBTITLE)
    yield _banner(signed)
    yield Spacer(0, 8)
    for question, answer in _answers(signed):
        yield KeepTogether([paragraph(question, PART), paragraph(answer, BODY, 1500)])
    yield from part("Totals")
    yield charts(report)
    yield from part("What this report speaks of")
    yield digests(signed)


def _banner(signed: SignedReport) -> Table:
    """Green only where somebody trusted signed and the PDF is the one that was signed for."""
    lines = [_signature(signed), _file(signed)]
    is_good = signed.signer.is_trusted and signed.is_output_seen
    color: Color = GOOD if is_good else DOUBT
    style = Style("banner", parent=BODY, textColor=color, spaceAfter=2)
    cells = [
        [Paragraph(f"<b>{markup(head)}</b> {markup(shortened(text, 500))}", style)]
        for head, text in lines
    ]
    marked = TableStyle(
        [("LINEBEFORE", (0, 0), (0, -1), 3, color), ("LEFTPADDING", (0, 0), (-1, -1), 8)]
    )
    return Table(cells, colWidths=[WIDTH], style=marked)


def _signature(signed: SignedReport) -> tuple[str, str]:
    own, *added = signed.signatures
    if own.is_trusted:
        others = "".join(f", and by {_named(each)}" for each in added)
        return "Signature verified.", f"Signed by {_named(own)}, a signer you allow{others}."
    also = "".join(f" and {each.fingerprint}" for each in added)
    return (
        "Whose signature it is was not checked.",
        "The report is unchanged since it was signed, but no list of allowed signers was given: "
        f"anyone may have signed it. The key is {own.fingerprint}{also}.",
    )


def _named(signer: SignedBy) -> str:
    return f"{', '.join(signer.names)} ({signer.fingerprint})"


def _file(signed: SignedReport) -> tuple[str, str]:
    if signed.is_output_seen:
        return (
            "The PDF is the one.",
            "Its SHA-256 is the one that was signed for; pictures are of it.",
        )
    return (
        "The PDF was not looked at.",
        "Compare its SHA-256 with the one below: if it differs, this report is about another file.",
    )


def _answers(signed: SignedReport) -> Iterator[tuple[str, str]]:
    report = signed.report
    yield "What was removed?", _removed(report)
    yield "Why, and by which rule?", _why(report)
    yield "How sure is it?", _how_sure(report)
    yield "Who looked at it?", _who(signed)
    yield "Can I trust this file?", _trust(signed)


def _removed(report: Report) -> str:
    if not report.redactions:
        return f"Nothing: no place on {counted(report.input.pages, 'page')} was redacted."
    findings = report.removed().values()
    kinds = Counter(label_in_words(finding.label) for finding in findings).most_common(8)
    named = ", ".join(f"{kind} ({count:,})" for kind, count in kinds)
    more = len({finding.label for finding in findings}) - len(kinds)
    pages = len({r.page for r in report.redactions})
    hidden = sum(item.count for item in report.sanitized)
    rest = f", and {counted(more, 'other kind')}" if more > 0 else ""
    return (
        f"{counted(len(report.redactions), 'place')} on {pages:,} of "
        f"{counted(report.input.pages, 'page')}, for {counted(len(findings), 'finding')}: "
        f"{named}{rest}. {counted(hidden, 'hidden thing')} (metadata, scripts, attachments and the "
        "like) went, too. Each place is listed below with its picture."
    )


def _why(report: Report) -> str:
    rules = {finding.rule for finding in report.removed().values()}
    only = report.job.pages
    pages = f" Only pages {listed(list(only))} were searched." if only else ""
    terms = f" {counted(report.job.terms, 'text')} named by the user went wherever found."
    return (
        f'The policy "{report.policy.name}" decided, by {counted(len(rules), "rule")} that applied '
        f"here; each place below names its rule, its code and the law."
        f"{terms if report.job.terms else ''}{pages}"
    )


def _how_sure(report: Report) -> str:
    doubtful = sum(map(is_uncertain, report.removed().values()))
    words = sum(page.uncertain_words for page in report.pages)
    unread = sum(page.ink.unread for page in report.pages)
    on = [page.number for page in report.pages if page.uncertain_words or page.ink.unread]
    doubt = (
        f"{counted(doubtful, 'finding')} of those removed rest on doubt and are marked UNCERTAIN."
    )
    if not on:
        return f"{doubt} Every word was read with confidence, and no writing was left unread."
    return (
        f"{doubt} {counted(words, 'word')} were read with little confidence and "
        f"{counted(unread, 'place')} that look like writing could not be read, on page "
        f"{listed(on)}: what these say, nobody knows for sure."
    )


def _who(signed: SignedReport) -> str:
    report = signed.report
    people = "; ".join(
        f"{who.name} decided on {counted(who.redacted + who.kept, 'finding')}"
        for who in report.reviewers
    )
    looked = (
        f"{people}. The policy decided on all else."
        if people
        else ("No person decided on any finding: the policy alone did.")
    )
    if not signed.reviews:
        return f"{looked} Nobody has entered a check of a sample by hand."
    found = "; ".join(
        f"{each.review.by} checked {counted(each.review.words.checked, 'place')} that stayed and "
        f"found {each.review.words.missed:,} missed"
        for each in signed.reviews
    )
    return f"{looked} By hand, {found}: see Checked by hand."


def _trust(signed: SignedReport) -> str:
    report = signed.report
    failed = [check.name for check in report.checks if not check.passed]
    engines = len({check.engine for check in report.checks})
    checks = (
        f"{counted(len(failed), 'check')} of {len(report.checks)} FAILED: {', '.join(failed)}."
        if failed
        else f"All {counted(len(report.checks), 'check')} of the saved file passed, made with "
        f"{counted(engines, 'engine')}."
    )
    if signed.signer.is_trusted and signed.is_output_seen:
        said = "Somebody you allow signed for this very file."
    else:
        said = "Only once you know who signed, and that the PDF is the one: see above."
    risks = len(report.residual_risks)
    left = f" {counted(risks, 'risk')} that no check can rule out: see Risks that remain."
    return f"{said} {checks}{left if risks else ''}"
