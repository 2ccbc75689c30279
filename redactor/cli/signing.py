"""The key that a verb signs with: where it is, and how its passphrase is asked for."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from redactor.cli import common
from redactor.errors import FileAccessError, KeyLocked, UsageError
from redactor.sign.agent import agent_signer
from redactor.sign.keys import PrivateKey, default_key_path, load_key, load_or_create_default_key
from redactor.sign.public import HARDWARE_KEY_TYPE, KEY_TYPE, AnyKey, parse_public_line
from redactor.sign.signer import Ed25519Signer, SshSigner

AGENT = "agent:"
Loaded = TypeVar("Loaded")

_MAX_PUBLIC_FILE = 16 * 1024
_MAX_PASSPHRASE = 4096  # bytes

passphrase_option = click.option(
    "--passphrase-fd",
    type=click.IntRange(min=0),
    help="File descriptor to read the key's passphrase from, one line; else it is asked for.",
)


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """The options that say which key signs, as given."""

    key: str | None
    passphrase_fd: int | None

    @property
    def file(self) -> Path | None:
        """The file that is read, so that no output may take its place."""
        if self.key is None:
            return default_key_path()
        return None if self.key.startswith(AGENT) else Path(self.key)

    def signer(self) -> SshSigner:
        """The key in a file or an agent, or the user's own, made now if there is none.

        Raises FileAccessError, UsageError.
        """
        if self.key is None:
            return Ed25519Signer(unlocked(default_key_path(), self.passphrase_fd, _own_key))
        if self.key.startswith(AGENT):
            return agent_signer(self.key.removeprefix(AGENT))
        path = Path(self.key)
        if public := _public_key(path):
            return agent_signer(public)
        return Ed25519Signer(unlocked(path, self.passphrase_fd, partial(load_key, path)))

    def existing(self) -> SshSigner:
        """The same, but the user's own key must be there. Raises FileAccessError, UsageError."""
        return self.signer() if self.key else replace(self, key=str(default_key_path())).signer()

    def public_key(self) -> AnyKey:
        """The public half, for which a public key file is enough."""
        public = _public_key(self.file) if self.file else None
        return public or self.existing().public_key


key_options = common.gathered(
    "choice_of_key",
    KeyChoice,
    (
        click.option(
            "--key",
            help="What signs the report: an Ed25519 key file, a public key whose private half an "
            "SSH agent has, or agent:FINGERPRINT.",
        ),
        passphrase_option,
    ),
)


def unlocked(path: Path, descriptor: int | None, load: Callable[[bytes | None], Loaded]) -> Loaded:
    """What `load` gives for the passphrase at a descriptor, or for none, or for one asked for.

    Raises KeyLocked where one is needed and nobody can be asked, and what `load` raises.
    """
    if descriptor is not None:
        return load(passphrase_from(descriptor))
    try:
        return load(None)
    except KeyLocked:
        if not sys.stdin.isatty():
            raise
        return load(ask(f"Passphrase of {path}: "))


def new_passphrase(descriptor: int | None) -> bytes | None:
    """For a new key: from a file descriptor, or asked for twice on a terminal; None for none.

    Raises UsageError.
    """
    if descriptor is not None:
        return passphrase_from(descriptor)
    if not sys.stdin.isatty():
        return None
    passphrase = ask("Passphrase for the new key (empty for none): ")
    if passphrase != ask("The same again: "):
        raise UsageError("the two passphrases are not the same", "start again")
    return passphrase or None


def passphrase_from(descriptor: int) -> bytes:
    """The first line that stands at an open file descriptor. Raises UsageError."""
    data = b""
    try:
        while b"\n" not in data and len(data) <= _MAX_PASSPHRASE:
            more = os.read(descriptor, 1)  # and not a byte of what follows the line
            if not more:
                break
            data += more
    except OSError:
        raise UsageError(
            f"there is nothing to read at file descriptor {descriptor}",
            "open it, as in: --passphrase-fd 3 3< FILE",
        ) from None
    passphrase = data.split(b"\n")[0].removesuffix(b"\r")
    if not 0 < len(passphrase) <= _MAX_PASSPHRASE:
        raise UsageError(
            f"there is no passphrase at file descriptor {descriptor}",
            f"write one line of up to {_MAX_PASSPHRASE} bytes to it",
        )
    return passphrase


def ask(question: str) -> bytes:
    """What a person types without its being shown. Raises UsageError."""
    try:
        return getpass.getpass(question).encode("utf-8", "surrogateescape")
    except EOFError:
        raise UsageError("no answer was given", "start again") from None


def _own_key(passphrase: bytes | None) -> PrivateKey:
    if passphrase is not None:
        return load_key(default_key_path(), passphrase)
    key, created = load_or_create_default_key()
    if created:
        path = default_key_path()
        common.say(f"made a signing key for you: {path} (keep it, and back it up)")
    return key


def _public_key(path: Path) -> AnyKey | None:
    """The key in the file where that holds a public one, as a `.pub` file of OpenSSH does."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            line = file.read(_MAX_PUBLIC_FILE).decode("utf-8", "replace").strip()
        if not line.startswith((f"{KEY_TYPE} ", f"{HARDWARE_KEY_TYPE} ")):
            return None
        return parse_public_line(line)
    except OSError:  # which reading it as a private key will say
        return None
    except ValueError as error:
        raise FileAccessError(
            f"{path} is not a usable public key: {error}", "give the .pub file of an Ed25519 key"
        ) from None
