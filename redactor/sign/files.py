"""Small files that are for their owner alone: read, or made new, whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from redactor.errors import FileAccessError

_MAX_KEY_FILE = 64 * 1024


def read_private_file(path: Path, what: str, hint: str) -> bytes:
    """A small regular file that only its owner can read; checked on what was really opened.

    Raises FileAccessError, which names the file as `what`; `hint` says where a missing one is from.
    """
    return _read_file(path, what, hint, is_private=True)


def read_small_file(path: Path, what: str, hint: str) -> bytes:
    """The same for a file that others may read, too."""
    return _read_file(path, what, hint, is_private=False)


def _read_file(path: Path, what: str, hint: str, *, is_private: bool) -> bytes:
    try:
        # Not blocking: opening a named pipe would otherwise wait for a writer for ever.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise FileAccessError(
                    f"the {what} {path} is not a file", f"give the path of a {what}"
                )
            if is_private and stat.S_IMODE(mode) & 0o077:
                raise FileAccessError(
                    f"the {what} {path} is open to other users", f"chmod 600 {path}"
                )
            data = file.read(_MAX_KEY_FILE + 1)
    except FileNotFoundError:
        raise FileAccessError(f"there is no {what} {path}", hint) from None
    except OSError as error:
        raise FileAccessError(
            f"cannot read the {what} {path}: {error.strerror}",
            "check the path and its permissions",
        ) from None
    if len(data) > _MAX_KEY_FILE:
        raise FileAccessError(
            f"the {what} {path} is too large to be one", f"give the path of a {what}"
        )
    return data


def make_private_folder(folder: Path) -> None:
    """Makes a folder and what is missing above it, mode 0700."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Writes a file of mode 0600 that was not there before, whole or not at all."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(path, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_new_whole(path: Path, data: bytes) -> None:
    """Like `write_new`, but no other process ever sees the file half written.

    A hard link appears at once and, unlike a rename, never replaces anything.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_new(draft, data)
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        write_new(path, data)
    finally:
        draft.unlink()


def shred(path: Path) -> None:
    """Overwrites a file, removes it, and waits until both are on the disk.

    What a file system, a disk or a backup has copied elsewhere is out of reach. Raises OSError.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.write(handle, secrets.token_bytes(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
