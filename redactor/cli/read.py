"""redactor read"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline
from redactor.cli import common
from redactor.output import words


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
def command(source: Path, form: str, as_json: bool, dpi: int, password_file: Path | None) -> None:
    """Print every word of the PDF IN: text layer, print and handwriting, in reading order."""
    password = common.password_from(password_file)
    with common.naming(source), common.progress() as tick:
        _, pages = pipeline.read(source, password, dpi, tick)
    if as_json or form == "json":
        click.echo(words.to_json(pages, dpi, pipeline.reading_models()))
    else:
        click.echo(words.to_text(pages))
