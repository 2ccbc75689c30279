"""redactor read"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from redactor import pipeline
from redactor.cli import common, summary
from redactor.errors import UsageError
from redactor.modes import ReadingSettings
from redactor.output.alto import to_alto
from redactor.output.hocr import to_hocr
from redactor.output.publish import publish
from redactor.output.words import to_json, to_text
from redactor.policy.model import Settings
from redactor.provenance import vlm_info
from redactor.stages import Document, Tick

_WRITERS = {
    "json": to_json,
    "hocr": to_hocr,
    "alto": to_alto,
}
_FORMATS = ("text", *_WRITERS, "pdf")


@click.command("read")
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("-o", "--output", type=common.FILE, help="File to write; stdout if not given.")
@click.option(
    "--overlay",
    is_flag=True,
    help="With --format pdf: draw word boxes, reading order and unread ink on the pages.",
)
@click.option(
    "--dpi",
    type=click.IntRange(72, 600),
    default=200,
    show_default=True,
    help="Pixels an inch of the page images, and of the bounds in JSON, hOCR and ALTO.",
)
@common.password_option
@common.reading_options
def command(
    source: Path,
    form: str,
    as_json: bool,
    output: Path | None,
    overlay: bool,
    dpi: int,
    password_file: Path | None,
    reading: common.ReadingChoice,
) -> None:
    """Read every word of the PDF IN: text layer, print and handwriting, in reading order."""
    form = "json" if as_json else form
    _check(form, overlay, output)
    if output:
        common.check_outputs([output], source, password_file)
    password = common.password_from(password_file)
    settings = reading.settings(Settings())
    with common.naming(source), common.progress() as tick:
        document = pipeline.read(source, password, dpi, tick, settings)
        data = _written(document, form, dpi, settings, overlay, tick)
    if settings.vlm:
        common.say(summary.reread(vlm_info(settings.vlm, document.rereading)))
    if output:
        publish({output: data})
    else:
        click.echo(data if form == "pdf" else data.decode(), nl=False)


def _written(
    document: Document,
    form: str,
    dpi: int,
    settings: ReadingSettings,
    overlay: bool,
    tick: Tick,
) -> bytes:
    if form == "pdf":
        return pipeline.searchable_pdf(document, dpi, overlay, tick)
    if form == "text":
        return f"{to_text(document.pages)}\n".encode()
    engine = pipeline.reading_engine(settings, dpi)
    return f"{_WRITERS[form](document.pages, dpi, engine)}\n".encode()


def _check(form: str, overlay: bool, output: Path | None) -> None:
    """Raises UsageError for what makes no sense, before anything is read."""
    if overlay and form != "pdf":
        raise UsageError(f"--overlay draws on a PDF, not on {form}", "add --format pdf")
    if form == "pdf" and not output and sys.stdout.isatty():
        raise UsageError("a PDF cannot be shown on a terminal", "give a file name with -o")
