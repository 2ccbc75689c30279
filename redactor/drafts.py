"""Hidden files beside outputs to come: made so that nobody takes those of a living job for litter.

Whoever writes a draft holds a lock on it (flock(2)), which ends with the process, however it ends.
A draft that can be locked is therefore a dead job's, and may go.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path

_PREFIX = ".redactor-"
_KINDS = (".part", ".old")


def hidden(path: Path, kind: str) -> Path:
    """A new name beside `path`; `kind` is "part" for a draft, "old" for a file to be replaced."""
    return path.with_name(f"{_PREFIX}{secrets.token_hex(8)}.{kind}")


def create(draft: Path, mode: int) -> int:
    """A new, locked draft, open for writing: its handle. Raises OSError."""
    while True:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        handle = os.open(draft, flags, mode)
        with suppress(OSError):  # a file system that knows no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), draft.stat()):
                return handle
        os.close(handle)  # swept away before it was locked


def hold(path: Path) -> int | None:
    """Keeps a file from being swept away under another name until the handle is closed.

    None where there is no such file, or nobody may read it: then it is not swept either.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return handle


def sweep(folder: Path) -> None:
    """Removes the drafts that dead jobs left in a folder. Never fails: it is not what was asked."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(_PREFIX) and path.name.endswith(_KINDS):
                with suppress(OSError):
                    _remove_if_dead(path)


def _remove_if_dead(draft: Path) -> None:
    handle = os.open(draft, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft.unlink()
    finally:
        os.close(handle)
