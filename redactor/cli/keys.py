"""redactor keys new, show"""

from __future__ import annotations

from pathlib import Path

import click

from redactor.cli import common
from redactor.sign.keys import PrivateKey, default_key_path, load_key, new_key
from redactor.sign.public import fingerprint, public_line


@click.group("keys")
def command() -> None:
    """Make and show the key that signs reports."""


@command.command("new")
@click.option("-o", "--output", type=common.FILE, help="Key file; default: your own key.")
@common.as_json
def new(output: Path | None, as_json: bool) -> None:
    """Make an Ed25519 key. Never replaces a file."""
    path = output or default_key_path()
    key = new_key(path)
    try:
        _show(key, path, as_json)
    except OSError:  # the key stands all the same
        common.say_unshown()


@command.command("show")
@common.key_option
@common.as_json
def show(key_file: Path | None, as_json: bool) -> None:
    """Print the public key as an OpenSSH line, and its fingerprint."""
    path = key_file or default_key_path()
    _show(load_key(path), path, as_json)


def _show(key: PrivateKey, path: Path, as_json: bool) -> None:
    public = key.public_key()
    line, name = public_line(public, "redactor"), fingerprint(public)
    if as_json:
        common.print_json({"path": str(path), "public": line, "fingerprint": name})
        return
    click.echo(line)
    click.echo(name)
