"""redactor keys new, show"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import sign
from redactor.cli import common


@click.group("keys")
def command() -> None:
    """Make and show the key that signs reports."""


@command.command("new")
@click.option("-o", "--output", type=common.FILE, help="Key file; default: your own key.")
@common.as_json
def new(output: Path | None, as_json: bool) -> None:
    """Make an Ed25519 key. Never replaces a file."""
    path = output or sign.default_key_path()
    key = sign.new_key(path)
    try:
        _show(key, path, as_json)
    except OSError:  # the key stands all the same
        common.say_unshown()


@command.command("show")
@common.key_option
@common.as_json
def show(key_file: Path | None, as_json: bool) -> None:
    """Print the public key as an OpenSSH line, and its fingerprint."""
    path = key_file or sign.default_key_path()
    _show(sign.load_key(path), path, as_json)


def _show(key: sign.PrivateKey, path: Path, as_json: bool) -> None:
    public = key.public_key()
    line, fingerprint = sign.public_line(public, "redactor"), sign.fingerprint(public)
    if as_json:
        common.print_json({"path": str(path), "public": line, "fingerprint": fingerprint})
        return
    click.echo(line)
    click.echo(fingerprint)
