"""The verbs, together. Importing this imports all libraries that the work needs."""

from __future__ import annotations

import importlib.metadata
import logging
import sys

import click

from redactor.cli import (
    apply,
    audit,
    detect,
    keys,
    log,
    models,
    plan,
    policy,
    read,
    redact,
    report,
    verify,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(importlib.metadata.version("redactor"), prog_name="redactor")
@click.option("--debug", is_flag=True, help="Log what is done to stderr. Never logs document text.")
def cli(debug: bool) -> None:
    """Redact PDFs, printed and handwritten, to the exact word; verify and sign the result."""
    if debug:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)


for module in (
    redact,
    plan,
    apply,
    verify,
    audit,
    report,
    read,
    detect,
    policy,
    keys,
    models,
    log,
):
    cli.add_command(module.command)
