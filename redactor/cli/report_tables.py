"""redactor report csv, log"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from redactor.cli import common
from redactor.cli.report_files import (
    read_report,
    report_argument,
    review_of,
    say_trust,
    signers_option,
    trust_as_dict,
)
from redactor.errors import UsageError
from redactor.output.decisions import STYLES, code_counts, decisions, exemption_log
from redactor.output.evidence import SignedReport
from redactor.output.pdf_report.log import pdf_log
from redactor.output.publish import publish
from redactor.output.tables import as_dicts, csv_text, xlsx
from redactor.pdf.thumbnails import wide_font
from redactor.verify.signed import signature_of

output_option = click.option("-o", "--output", type=common.FILE, help="File; default: stdout.")


@click.command("csv")
@report_argument
@output_option
@signers_option
@common.as_json
def csv_command(
    report_file: Path, output: Path | None, allowed_signers: Path | None, as_json: bool
) -> None:
    """Write every decision of the signed REPORT as a row of CSV."""
    (signed,) = _read([report_file], output, allowed_signers)
    table = decisions(signed)
    said = {**trust_as_dict(signed), "decisions": as_dicts(table)}
    _put(output, csv_text(table).encode(), said if as_json else None)


@click.command("log")
@click.argument("report_files", metavar="REPORT...", nargs=-1, required=True, type=common.FILE)
@output_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "pdf"]),
    help="Default: by the name of the file, else csv.",
)
@click.option(
    "--style",
    type=click.Choice(STYLES),
    default=STYLES[0],
    show_default=True,
    help="Columns for a release under the FOIA, or for a privilege log.",
)
@click.option("--counts", is_flag=True, help="In CSV: only how many places have which code.")
@signers_option
@common.as_json
def log_command(
    report_files: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    style: str,
    counts: bool,
    allowed_signers: Path | None,
    as_json: bool,
) -> None:
    """Write the log of what was withheld in documents, from their signed REPORTs.

    For each place its page, code, law and basis, and how many places have which code.
    """
    form = form or _form_of(output)
    if counts and form != "csv":
        raise UsageError("--counts belongs to CSV", "the other formats have the counts anyway")
    if form != "csv" and output is None:
        raise UsageError(f"{form} does not go to stdout", "name a file with -o")
    reports = _read(report_files, output, allowed_signers)
    makers: Mapping[str, Callable[[], bytes]] = {
        "csv": lambda: csv_text(
            code_counts(reports) if counts else exemption_log(reports, style)
        ).encode(),
        "xlsx": lambda: xlsx([exemption_log(reports, style), code_counts(reports)]),
        "pdf": lambda: pdf_log(reports, style, wide_font),
    }
    said = {
        "reports": [trust_as_dict(signed) for signed in reports],
        "counts": as_dicts(code_counts(reports)),
        "log": as_dicts(exemption_log(reports, style)),
    }
    _put(output, makers[form](), said if as_json else None)


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lower() if output else ""
    return suffix[1:] if suffix in (".xlsx", ".pdf") else "csv"


def _read(
    files: Sequence[Path], output: Path | None, allowed_signers: Path | None
) -> list[SignedReport]:
    """The reports, once it is known that the output can be written; says who signed each."""
    if output:
        beside = [path for file in files for path in (signature_of(file), review_of(file))]
        common.check_outputs([output], *files, *beside, allowed_signers)
    reports = []
    for file in files:
        signed = read_report(file, allowed_signers)
        say_trust(file, signed)
        reports.append(signed)
    return reports


def _put(output: Path | None, data: bytes, as_json: object) -> None:
    """Writes the file whole or not at all; without one, the data goes to stdout."""
    if output:
        publish({output: data})
    if as_json is not None:
        common.print_json(as_json)
    elif output is None:
        click.echo(data.decode(), nl=False)
