"""redactor report pdf"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from redactor.cli import common
from redactor.cli.report_files import (
    pictures_of,
    read_report,
    report_argument,
    review_of,
    say_trust,
    signers_option,
    the_output,
    trust_as_dict,
)
from redactor.output.pdf_report.pictures import Picture
from redactor.output.pdf_report.report import pdf_report
from redactor.output.publish import publish
from redactor.pdf.thumbnails import wide_font
from redactor.verify.signed import signature_of


@click.command("pdf")
@report_argument
@click.option("-o", "--output", required=True, type=common.FILE, help="REPORT.pdf")
@click.option("--redacted", type=common.FILE, help="The redacted PDF, for pictures of its pages.")
@click.option(
    "--review",
    "reviews",
    multiple=True,
    type=common.FILE,
    help="A review beside REPORT.review.json, which is taken by itself. Repeatable.",
)
@signers_option
@common.as_json
def command(
    report_file: Path,
    output: Path,
    redacted: Path | None,
    reviews: tuple[Path, ...],
    allowed_signers: Path | None,
    as_json: bool,
) -> None:
    """Write the signed REPORT as a PDF for people.

    What was removed, why, by which rule, how sure it is, who looked at it, and whether to trust it.
    """
    inputs = (report_file, signature_of(report_file), review_of(report_file), redacted)
    common.check_outputs([output], *inputs, *reviews, allowed_signers)
    signed = read_report(report_file, allowed_signers, reviews)
    pictures: dict[int, Picture] = {}
    if redacted:
        source = the_output(redacted, signed)
        signed = replace(signed, is_output_seen=True)
        pictures = pictures_of(source, sorted({r.page for r in signed.report.redactions}))
    publish({output: pdf_report(signed, pictures, wide_font)})
    if as_json:
        common.print_json({"output": str(output), **trust_as_dict(signed)})
    else:
        say_trust(report_file, signed)
