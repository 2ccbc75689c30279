"""redactor report schema, pdf, csv, log, sample, reviewed"""

from __future__ import annotations

import click

from redactor.cli import common, report_pdf, report_sample, report_tables
from redactor.statement_schema import review_schema, schema


@click.group("report")
def command() -> None:
    """Show signed reports to people, and check samples of what stayed."""


for each in (
    report_pdf.command,
    report_tables.csv_command,
    report_tables.log_command,
    report_sample.sample_command,
    report_sample.reviewed_command,
):
    command.add_command(each)


@command.command("schema")
@click.option("--review", is_flag=True, help="Of what `report reviewed` signs.")
@common.as_json
def show_schema(review: bool, as_json: bool) -> None:
    """Print the format of reports as JSON Schema; docs/report-format.md explains it."""
    common.print_json(review_schema() if review else schema())
