"""Writes all outputs of a job, or none: drafts beside them, synced, then renamed into place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from redactor.errors import FileAccessError, UsageError


def check_target(output: Path, *inputs: Path) -> None:
    """Fails early where nothing could be written at the end.

    Raises UsageError when the output would replace an input, FileAccessError when its folder is
    missing or closed to us.
    """
    folder = output.parent
    if any(output.resolve() == path.resolve() for path in inputs):
        raise UsageError(f"{output} is the input", "give the output another name")
    if output.is_dir():
        raise FileAccessError(f"{output} is a folder", "give a file name with -o")
    if not folder.is_dir():
        raise FileAccessError(f"{folder}: no such folder", "make it first")
    _draft(output, b"", synced=False).unlink()


def publish(files: Mapping[Path, bytes]) -> None:
    """Writes every file, the first one last, so that it never stands there without the others.

    Raises FileAccessError; then none of the files is there but those from before.
    """
    drafts: dict[Path, Path] = {}
    done: list[Path] = []
    new = [path for path in files if not path.exists()]
    try:
        for path, data in files.items():
            drafts[path] = _draft(path, data)
        for path in reversed(list(files)):
            _rename(drafts.pop(path), path)
            done.append(path)
        _sync_folder(next(iter(files)).parent)
    except BaseException:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        for path in done:
            if path in new:
                path.unlink(missing_ok=True)
        raise


def _draft(path: Path, data: bytes, *, synced: bool = True) -> Path:
    """The data in a hidden file of the same folder, on disk."""
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".redactor-", suffix=".part", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
        return draft
    except BaseException as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _cannot_write(path, error) from error
        raise


def _rename(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> FileAccessError:
    reason = (error.strerror or "cannot be written").lower()
    return FileAccessError(f"{path}: {reason}", "check the folder's permissions and free space")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
