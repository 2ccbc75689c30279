"""redactor audit"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from redactor.audit import run
from redactor.audit.leak import Audit, Leak, Level
from redactor.audit.overlay import overlay
from redactor.cli import common
from redactor.errors import AnswerIsNo, RedactorError, UsageError
from redactor.output.publish import publish


@click.command("audit")
@click.argument("sources", metavar="PDF...", nargs=-1, required=True, type=common.FILE)
@click.option(
    "--show-text",
    is_flag=True,
    help="Print the hidden text that was found, too, instead of only how long it is.",
)
@click.option("--strict", is_flag=True, help="Exit 1 for notices, too.")
@click.option(
    "--overlay",
    "picture",
    metavar="OUT.pdf",
    type=common.FILE,
    help="Write a copy of the pages, as pictures, with each leak outlined. For one PDF.",
)
@common.password_option
@common.as_json
def command(
    sources: tuple[Path, ...],
    show_text: bool,
    strict: bool,
    picture: Path | None,
    password_file: Path | None,
    as_json: bool,
) -> None:
    """Find what redacted PDFs, anyone's, still tell: hidden text, pictures and old revisions.

    Exits 1 where a leak is found. Notices are what most files carry (a title, an author, texts
    that describe pictures) and do not count. Of several PDFs all are audited; the exit code is
    the worst one.
    """
    if picture and len(sources) > 1:
        raise UsageError("--overlay is for one PDF", "audit them one by one")
    if picture:
        common.check_outputs((picture,), *sources, password_file)
    password = common.password_from(password_file)
    audits: list[Audit] = []
    errors: list[RedactorError] = []
    for source in sources:
        try:
            audits.append(_audited(source, password))
        except RedactorError as error:
            errors.append(error)
    if picture and audits:
        publish({picture: overlay(audits[0], password)})
    if as_json and audits:
        found = {str(audit.path): _by_page(audit.found, show_text) for audit in audits}
        common.print_json(found if len(sources) > 1 else found[str(sources[0])])
    elif audits:
        _print(audits, show_text, in_full=len(sources) == 1)
    leaking = sum(bool(audit.found if strict else audit.of(Level.LEAK)) for audit in audits)
    if leaking:
        what = f"{leaking} of {len(sources)} files leak" if len(sources) > 1 else "the file leaks"
        errors.append(AnswerIsNo(what, "redact the original anew, and publish that"))
    _end(errors)


def _audited(source: Path, password: str) -> Audit:
    with common.naming(source), common.progress() as tick:
        return run.audit(source, password, lambda done, total: tick("auditing", done, total))


def _end(errors: list[RedactorError]) -> None:
    """With the worst exit code; what went wrong elsewhere is said before."""
    if errors:
        *others, worst = sorted(errors, key=lambda error: error.exit_code)
        for error in others:
            common.say(f"redactor: {error}")
        raise worst


def _by_page(found: Iterable[Leak], show_text: bool) -> dict[str, list[dict[str, Any]]]:
    """x-ray's form: page -> leaks; page 0 is the document as a whole."""
    pages: dict[str, list[dict[str, Any]]] = {}
    for leak in found:
        entry = {
            "type": leak.kind.value,
            "bbox": leak.box.rounded().as_tuple() if leak.box else None,
            "level": leak.level.value,
            "characters": leak.characters,
        }
        pages.setdefault(str(leak.page), []).append(entry | _text(leak, show_text))
    return pages


def _text(leak: Leak, show_text: bool) -> dict[str, str]:
    return {"text": common.printable(leak.text)} if show_text else {}


def _print(audits: Iterable[Audit], show_text: bool, in_full: bool) -> None:
    for audit in audits:
        for leak in audit.found if in_full else ():
            click.echo(_line(leak, show_text))
        counts = {level: len(audit.of(level)) for level in Level}
        leaks, notices = counts[Level.LEAK] or "no", counts[Level.NOTICE] or "no"
        click.echo(f"{audit.path}: {leaks} leaks, {notices} notices on {audit.n_pages} pages")


def _line(leak: Leak, show_text: bool) -> str:
    where = f"page {leak.page}" if leak.page else "document"
    at = "at {:.0f},{:.0f}-{:.0f},{:.0f}".format(*leak.box.as_tuple()) if leak.box else ""
    text = json.dumps(leak.text, ensure_ascii=True) if show_text else ""
    size = f"{leak.characters} characters" if leak.characters else ""
    parts = (f"{where:<9} {leak.level.value:<6} {leak.kind.value}", at, size, text)
    return "  ".join(part for part in parts if part)
