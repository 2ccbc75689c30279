"""redactor keys new, show, rotate, sign, shred"""

from __future__ import annotations

from pathlib import Path

import click

from redactor.cli import common, keys_rotate, keys_shred, keys_sign, signing
from redactor.sign.keys import default_key_path, new_key
from redactor.sign.public import AnyKey, fingerprint, public_line


@click.group("keys")
def command() -> None:
    """Make, show and replace the keys that sign reports; sign, and destroy a job's key."""


@command.command("new")
@click.option("-o", "--output", type=common.FILE, help="Key file; default: your own key.")
@signing.passphrase_option
@common.as_json
def new(output: Path | None, passphrase_fd: int | None, as_json: bool) -> None:
    """Make an Ed25519 key. Never replaces a file.

    On a terminal a passphrase is asked for; without one the key is as safe as its file.
    """
    path = output or default_key_path()
    key = new_key(path, signing.new_passphrase(passphrase_fd))
    try:
        _show(key.public_key(), str(path), as_json)
    except OSError:  # the key stands all the same
        common.say_unshown()


@command.command("show")
@signing.key_options
@common.as_json
def show(choice_of_key: signing.KeyChoice, as_json: bool) -> None:
    """Print the public key as an OpenSSH line, and its fingerprint."""
    shown = choice_of_key.key or str(default_key_path())
    _show(choice_of_key.public_key(), shown, as_json)


def _show(public: AnyKey, path: str, as_json: bool) -> None:
    line, name = public_line(public, "redactor"), fingerprint(public)
    if as_json:
        common.print_json({"path": path, "public": line, "fingerprint": name})
        return
    click.echo(line)
    click.echo(name)


for module in (keys_rotate, keys_sign, keys_shred):
    command.add_command(module.command)
