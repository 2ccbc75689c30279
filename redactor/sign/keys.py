"""Private keys: making one, reading one, and where the user's own lies. Ed25519 (RFC 8032)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from redactor.errors import FileAccessError, KeyLocked, UsageError
from redactor.sign.files import make_private_folder, read_private_file, write_new_whole

PrivateKey = Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class KeyKind:
    """What a key is called in messages, where one is from, its form, what gives its passphrase."""

    name: str
    origin: str
    form: str
    option: str


_SIGNING = KeyKind(
    "signing key",
    "make one with: redactor keys new",
    "give an Ed25519 key in OpenSSH or PEM form",
    "--passphrase-fd",
)


def new_key(path: Path, passphrase: bytes | None = None) -> PrivateKey:
    """Makes a key and its file: OpenSSH format, mode 0600, missing folders 0700.

    Raises FileAccessError when anything is at `path` already; nothing is ever overwritten.
    """
    if passphrase == b"":
        raise UsageError("the passphrase for the new key is empty", "give one, or none at all")
    key = PrivateKey.generate()
    encryption = (
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption()
    )
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, encryption
    )
    try:
        make_private_folder(path.parent)
        write_new_whole(path, data)
    except FileExistsError:
        raise FileAccessError(
            f"there is a file already: {path}", "choose another path; keys are never overwritten"
        ) from None
    except OSError as error:
        raise FileAccessError(
            f"cannot write the key {path}: {error.strerror}",
            "check the folder's permissions and free space",
        ) from None
    return key


def load_key(path: Path, passphrase: bytes | None = None) -> PrivateKey:
    """Reads an Ed25519 private key in OpenSSH or PEM (PKCS #8) form.

    Raises KeyLocked when it needs a passphrase, FileAccessError when it is missing, readable by
    others, or something else.
    """
    key = read_key(path, passphrase, _SIGNING)
    if not isinstance(key, PrivateKey):
        raise FileAccessError(
            f"the signing key {path} is not an Ed25519 key", "make one with: redactor keys new"
        )
    return key


def read_key(path: Path, passphrase: bytes | None, kind: KeyKind) -> object:
    """A private key of any algorithm, in OpenSSH or PEM form. Raises as `load_key` does."""
    data = read_private_file(path, kind.name, kind.origin)
    openssh = data.lstrip().startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----")
    load = serialization.load_ssh_private_key if openssh else serialization.load_pem_private_key
    try:
        return load(data, passphrase)
    except TypeError:  # cryptography's way to say that passphrase and key do not go together
        raise _passphrase_error(path, kind, given=passphrase is not None) from None
    except (ValueError, UnsupportedAlgorithm):
        what = f"cannot read the {kind.name} {path}: damaged, or not a private key"
        if passphrase is not None:
            what += ", or the passphrase is wrong"
        raise FileAccessError(what, kind.form) from None


def default_key_path() -> Path:
    """Where the key is that signs when the user names none.

    In $REDACTOR_CONFIG_DIR, or in `redactor` under $XDG_CONFIG_HOME or ~/.config. A relative
    $XDG_CONFIG_HOME is ignored (XDG Base Directory Specification, Basics).
    """
    if own := os.environ.get("REDACTOR_CONFIG_DIR"):
        return Path(own) / "signing_key"
    xdg = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    try:
        base = xdg if xdg.is_absolute() else Path.home() / ".config"
    except RuntimeError:
        raise FileAccessError(
            "there is no home folder to keep a signing key in", "set REDACTOR_CONFIG_DIR"
        ) from None
    return base / "redactor" / "signing_key"


def load_or_create_default_key() -> tuple[PrivateKey, bool]:
    """The user's own key, and whether it was made just now. Safe to call from many processes."""
    path = default_key_path()
    if not os.path.lexists(path):
        try:
            return new_key(path), True
        except FileAccessError:
            if not os.path.lexists(path):  # else another process made it meanwhile
                raise
    return load_key(path), False


def _passphrase_error(path: Path, kind: KeyKind, *, given: bool) -> FileAccessError:
    if given:
        return FileAccessError(f"the {kind.name} {path} has no passphrase", "give none")
    return KeyLocked(f"the {kind.name} {path} needs a passphrase", f"give it with {kind.option}")
