"""redactor models list"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline
from redactor.cli import common
from redactor.modes import ReadingSettings
from redactor.policy.load import load


@click.group("models")
def command() -> None:
    """What reads and recognizes."""


@command.command("list")
@common.policy_option
@common.model_option
@common.as_json
def list_models(policy: str, model: Path | None, as_json: bool) -> None:
    """List the models that a job under a policy uses, with their digests."""
    entries = pipeline.model_digests(load(policy), ReadingSettings(model=model))
    if as_json:
        common.print_json([{"name": n, "version": v, "sha256": d} for n, v, d in entries])
        return
    for name, version, digest in entries:
        click.echo(f"{name:<24} {version:<12} sha256 {digest}")
