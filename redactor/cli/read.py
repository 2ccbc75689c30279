"""redactor read"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline
from redactor.cli import common
from redactor.output import words
from redactor.policy.model import Settings


@click.command("read")
@click.argument("source", metavar="IN", type=common.FILE)
@click.option(
    "--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--dpi",
    type=click.IntRange(72, 600),
    default=200,
    show_default=True,
    help="Pixels an inch of the page images, and of the bounds in JSON.",
)
@common.password_option
@common.reading_options
def command(
    source: Path,
    form: str,
    as_json: bool,
    dpi: int,
    password_file: Path | None,
    reading: common.ReadingChoice,
) -> None:
    """Print every word of the PDF IN: text layer, print and handwriting, in reading order."""
    password = common.password_from(password_file)
    settings = reading.settings(Settings())
    with common.naming(source), common.progress() as tick:
        document = pipeline.read(source, password, dpi, tick, settings)
    if as_json or form == "json":
        click.echo(words.to_json(document.pages, dpi, pipeline.reading_models(settings)))
    else:
        click.echo(words.to_text(document.pages))
