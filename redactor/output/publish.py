"""Writes all outputs of a job, or none: drafts beside them, synced, then renamed into place."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from redactor import drafts, worker
from redactor.errors import FileAccessError, UsageError

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class _Change:
    """A file to come. The names of its draft and of what keeps the old file are chosen first.

    So they are known however early it ends, and whatever bears them can be removed.
    """

    path: Path
    data: bytes = field(repr=False)
    mode: int  # before the umask
    draft: Path
    old: Path


def outputs_of(output: Path) -> tuple[Path, Path, Path]:
    """The redacted PDF, the report on it, and the report's signature."""
    report = output.with_name(output.name + ".report.json")
    return output, report, report.with_name(report.name + ".sig")


def check_target(output: Path, *inputs: Path) -> None:
    """Fails early where nothing could be written at the end, or an input would be replaced.

    Raises UsageError when the output is an input, under whatever name, FileAccessError when
    something else than a file is there, or its folder is missing or closed to us.
    """
    there = _status(output)
    for path in inputs:
        found = _status(path)
        if there and found and os.path.samestat(there, found):
            raise UsageError(f"{output} is the input {path}", "give the output another name")
    if there and stat.S_ISDIR(there.st_mode):
        raise FileAccessError(f"{output} is a folder", "give a file name with -o")
    if there and not stat.S_ISREG(there.st_mode):
        raise FileAccessError(f"{output} is not a plain file", "give a file name with -o")
    if not output.parent.is_dir():
        raise FileAccessError(f"{output.parent}: no such folder", "make it first")
    _try_folder(output)


def publish(files: Mapping[Path, bytes], private: Mapping[Path, bytes] | None = None) -> None:
    """Writes every file, the first one last, so that it never stands there without the others.

    Those in `private` are for the user's eyes only (mode 0600) and come before all others.
    Raises FileAccessError; then, as after an interrupt, everything is as it was before. Drafts of
    jobs that were killed are swept.
    """
    worker.end_of_steps()  # to be timed out now would help nobody
    secret = [_change(path, data, 0o600) for path, data in (private or {}).items()]
    plain = [_change(path, data, 0o666) for path, data in files.items()]
    changes = [*secret, *plain]
    for folder in {change.path.parent for change in changes}:
        worker.drafts_in(folder)
        drafts.sweep(folder)
    started: list[_Change] = []
    held: list[int] = []  # open files: locks that tell our drafts from a dead job's
    handlers = _python_handlers()
    try:
        for change in changes:
            _write(change.path, change.draft, change.data, change.mode, held)
        for change in (*secret, *reversed(plain)):
            started.append(change)
            _keep(change, held)
            _rename(change.draft, change.path)
        for folder in {change.path.parent for change in changes}:
            _sync_folder(folder)
        # From here on the job is done: an interrupt comes too late.
        _hold_back(handlers)
        _forget_old(changes)
        _close(held)
        _let_through(handlers)
    except BaseException:
        _hold_back(handlers)
        _undo(changes, started)
        _close(held)
        _let_through(handlers)
        raise


def _status(path: Path) -> os.stat_result | None:
    """What is at a path; None where nothing is."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _failed(path, error, "check the path and the permissions of its folder") from error


def _try_folder(output: Path) -> None:
    """Makes a hidden file beside the output, and removes it."""
    worker.drafts_in(output.parent)
    drafts.sweep(output.parent)
    trial = drafts.hidden(output, "part")
    held: list[int] = []
    try:
        _write(output, trial, b"", 0o600, held, synced=False)
        trial.unlink()
    except BaseException:
        with contextlib.suppress(OSError):  # so that what went wrong first is said
            trial.unlink(missing_ok=True)
        raise
    finally:
        _close(held)


def _change(path: Path, data: bytes, mode: int) -> _Change:
    return _Change(path, data, mode, drafts.hidden(path, "part"), drafts.hidden(path, "old"))


def _write(
    path: Path, draft: Path, data: bytes, mode: int, held: list[int], *, synced: bool = True
) -> None:
    """The data in the draft of `path`, on disk; `held` gets its handle, to be closed."""
    try:
        held.append(drafts.create(draft, mode))
        left = memoryview(data)
        while left:
            left = left[os.write(held[-1], left) :]
        if synced:
            os.fsync(held[-1])
    except OSError as error:
        raise _cannot_write(path, error) from error


def _keep(change: _Change, held: list[int]) -> None:
    """Gives the file that is there a second, hidden name, until all is done."""
    if (handle := drafts.hold(change.path)) is not None:
        held.append(handle)
    try:
        os.link(change.path, change.old, follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError:  # a file system without hard links
        try:
            change.path.rename(change.old)
        except OSError as error:
            raise _cannot_write(change.path, error) from error


def _close(held: list[int]) -> None:
    while held:
        os.close(held.pop())


def _rename(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _undo(changes: list[_Change], started: list[_Change]) -> None:
    for change in started:
        with contextlib.suppress(OSError):
            if os.path.lexists(change.old):
                change.old.rename(change.path)
                # Two names of one file: then a rename does nothing (rename(2)).
                change.old.unlink(missing_ok=True)
            elif not change.draft.exists():
                change.path.unlink(missing_ok=True)
    for change in changes:
        with contextlib.suppress(OSError):
            change.draft.unlink(missing_ok=True)


def _forget_old(changes: list[_Change]) -> None:
    for change in changes:
        with contextlib.suppress(OSError):
            change.old.unlink(missing_ok=True)


def _python_handlers() -> dict[signal.Signals, Any]:
    """What Python code is called on which signal, in this thread.

    A signal mask would not do: the kernel would give the signal to another thread, and Python
    calls the handler in the main one all the same.
    """
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    return {number: handler for number, handler in handlers.items() if callable(handler)}


def _hold_back(handlers: Mapping[signal.Signals, Any]) -> None:
    with contextlib.suppress(ValueError):  # not in the main thread: it is never interrupted
        for number in handlers:
            signal.signal(number, _ignore)


def _let_through(handlers: Mapping[signal.Signals, Any]) -> None:
    with contextlib.suppress(ValueError):
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Not SIG_IGN, which processes that are started meanwhile would inherit."""


def _cannot_write(path: Path, error: OSError) -> FileAccessError:
    return _failed(path, error, "check the folder's permissions and free space")


def _failed(path: Path, error: OSError | ValueError, hint: str) -> FileAccessError:
    reason = (getattr(error, "strerror", None) or "not a usable path").lower()
    return FileAccessError(f"{path}: {reason}", hint)


def _sync_folder(folder: Path) -> None:
    """Makes the renames last over a power cut, where the file system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
