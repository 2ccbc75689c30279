"""redactor keys rotate"""

from __future__ import annotations

import os
from pathlib import Path

import click

from redactor.cli import common, signing
from redactor.errors import FileAccessError, UsageError
from redactor.output.publish import check_target, publish
from redactor.provenance import created_now
from redactor.sign.agent import refuse_hardware
from redactor.sign.keys import default_key_path, new_key
from redactor.sign.public import fingerprint, public_line
from redactor.sign.rotation import sealed_rotation
from redactor.sign.signer import Ed25519Signer, SshSigner


@click.command("rotate")
@signing.key_options
@click.option("-o", "--output", type=common.FILE, help="File for the new key.")
@click.option("--to", "successor", help="A key that is there: a file, or agent:FINGERPRINT.")
@click.option(
    "--statement", type=common.FILE, help="File for the statement; default: beside the new key."
)
@click.option(
    "--new-passphrase-fd",
    type=click.IntRange(min=0),
    help="File descriptor to read the new key's passphrase from, one line; else it is asked for.",
)
@common.as_json
def command(
    choice_of_key: signing.KeyChoice,
    output: Path | None,
    successor: str | None,
    statement: Path | None,
    new_passphrase_fd: int | None,
    as_json: bool,
) -> None:
    """Let a new key take the place of an old one, and say so in a statement signed with both.

    Hand the statement and its .sig to those who trust the old key: redactor verify --rotation
    STATEMENT. Your own key (no --key, no -o, no --to) is replaced, and kept under another name.
    """
    if output and successor:
        raise UsageError("-o makes a new key and --to names one", "give one of the two")
    own = choice_of_key.key is None and not output and not successor
    if not (own or output or successor):
        raise UsageError("there is no place for the new key", "give -o FILE, or --to KEY")
    when = created_now()
    stamp = when.replace("-", "").replace(":", "")
    place = default_key_path().with_name(f"signing_key.{stamp}") if own else output
    target = statement or _beside(place)
    signature = target.with_name(target.name + ".sig")
    for path in (target, signature):
        _refuse_existing(path)
        check_target(path)
    old = choice_of_key.existing()
    refuse_hardware(old.public_key)
    new = _successor(successor, place, new_passphrase_fd)
    try:
        envelope, armored = sealed_rotation(old, new, when)
        publish({target: envelope, signature: armored})
    except BaseException:
        if place:  # the new key is of no use without its statement
            place.unlink(missing_ok=True)
        raise
    retired = _take_place(place, stamp) if own and place else None
    _show(old, new, target, retired, as_json)


def _beside(key: Path | None) -> Path:
    if key is None:
        raise UsageError("there is no place for the statement", "give --statement FILE")
    return key.with_name(key.name + ".rotation.json")


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise FileAccessError(f"there is a file already: {path}", "choose another path")


def _successor(given: str | None, place: Path | None, descriptor: int | None) -> SshSigner:
    if given:
        return signing.KeyChoice(given, descriptor).existing()
    assert place
    return Ed25519Signer(new_key(place, signing.new_passphrase(descriptor)))


def _take_place(new: Path, stamp: str) -> Path:
    """Gives the user's own key another name, and its name to the new one."""
    own = default_key_path()
    retired = own.with_name(f"{own.name}.until-{stamp}")
    try:
        own.rename(retired)
        new.rename(own)
    except OSError as error:
        raise FileAccessError(
            f"cannot rename {own}: {error.strerror}", f"the new key is {new}, put it there by hand"
        ) from None
    return retired


def _show(
    old: SshSigner, new: SshSigner, statement: Path, retired: Path | None, as_json: bool
) -> None:
    names = {"old": fingerprint(old.public_key), "new": fingerprint(new.public_key)}
    line = public_line(new.public_key, "redactor")
    if as_json:
        kept = {"retired": str(retired)} if retired else {}
        common.print_json({**names, "public": line, "statement": str(statement), **kept})
        return
    click.echo(line)
    common.say(f"{names['new']} takes the place of {names['old']}, says {statement}")
    if retired:
        common.say(f"the old key is now {retired}: keep it offline, or destroy it")
