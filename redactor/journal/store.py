"""The three files of a log, to which is only ever added.

`LOG` has a line of JSON an entry, each with the digest of the one before it; `LOG.tree` the hashes
of the Merkle tree over these lines (`tree`), which could be made anew from them; `LOG.heads` a
signed head a run. Lines are written and synced before hashes, and those before the head, so that
whatever is interrupted leaves a log that says less, never one that says something else.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.journal import head as heads
from redactor.journal import tree
from redactor.journal.entry import NO_ENTRY, Entry, Job, from_line, line_digest, to_line
from redactor.journal.head import Head
from redactor.sign.keys import PrivateKey
from redactor.sign.signer import SshSigner

_LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class LogFiles:
    """Where a log lies."""

    log: Path

    @property
    def tree(self) -> Path:
        return self.log.with_name(self.log.name + ".tree")

    @property
    def heads(self) -> Path:
        return self.log.with_name(self.log.name + ".heads")

    @property
    def all(self) -> tuple[Path, Path, Path]:
        return self.log, self.tree, self.heads


def append(path: Path, jobs: Sequence[Job], key: PrivateKey | SshSigner, time: str) -> Head:
    """Adds an entry a job and a head signed by `key`; makes the log where there is none.

    Raises FileAccessError where it cannot be written, AnswerIsNo where it is no log, or one that
    something was taken out of.
    """
    files = LogFiles(path)
    with _locked(path):
        last = _last_entry(path)
        size = last[0].number + 1 if last else 0
        previous = line_digest(last[1]) if last else NO_ENTRY
        added = []
        for number, job in enumerate(jobs, start=size):
            added.append(to_line(Entry(number, previous, job)))
            previous = line_digest(added[-1])
        _check_tree(files, size)
        _add(path, b"".join(line + b"\n" for line in added))
        _grow_tree(files, size, added)
        size += len(added)
        with files.tree.open("rb") as stored:
            root = tree.root(size, reader(stored.fileno()))
        head = Head(size, root.hex(), time)
        _add(files.heads, heads.sealed(head, key) + b"\n")
    return head


def check_ready(path: Path) -> None:
    """Fails early where nothing could be added. Raises as `append` does."""
    files = LogFiles(path)
    with _locked(path):
        last = _last_entry(path)
        _check_tree(files, last[0].number + 1 if last else 0)


def lines(path: Path, start: int = 0) -> Iterator[bytes]:
    """The lines of a log from one on, without their ends. Raises AnswerIsNo where one has none."""
    with _opened(path) as file:
        for number, line in enumerate(file):
            if not line.endswith(b"\n") or len(line) > _LONGEST_LINE:
                raise AnswerIsNo(
                    f"{path}, line {number + 1}: not a whole entry",
                    "keep a copy; where a crash cut it off, remove this last line",
                )
            if number >= start:
                yield line[:-1]


def parsed(path: Path, line: bytes, number: int) -> Entry:
    """The entry in a line. Raises AnswerIsNo where it is not the one that belongs there."""
    try:
        entry = from_line(line)
    except ValueError as error:
        raise AnswerIsNo(f"{path}, line {number + 1}: {error}", "the log was changed") from None
    if entry.number != number:
        raise AnswerIsNo(
            f"{path}, line {number + 1}: this is entry {entry.number}",
            "entries were removed, added or moved",
        )
    return entry


def reader(handle: int) -> tree.Read:
    """Reads stored hashes from an open tree file. Raises AnswerIsNo where it ends too early."""

    def read(place: int) -> bytes:
        found = os.pread(handle, tree.HASH_BYTES, place * tree.HASH_BYTES)
        if len(found) != tree.HASH_BYTES:
            raise AnswerIsNo("the log's tree is shorter than the log", "the tree was changed")
        return found

    return read


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _failed(path, error) from None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time; the others wait."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise _failed(path, error) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _last_entry(path: Path) -> tuple[Entry, bytes] | None:
    """The last entry and its line; None of an empty log."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - _LONGEST_LINE - 1))
        tail = file.read()
    if not tail:
        return None
    if not tail.endswith(b"\n"):
        raise AnswerIsNo(
            f"{path} ends within an entry",
            "keep a copy; where a crash cut it off, remove this last line",
        )
    line = tail[:-1].rpartition(b"\n")[2]
    try:
        return from_line(line), line
    except ValueError as error:
        raise AnswerIsNo(f"{path}: {error}", "it is no log, or it was changed") from None


def _check_tree(files: LogFiles, size: int) -> None:
    """Raises AnswerIsNo where the tree knows of more entries than there are."""
    if files.tree.exists() and _stored(files) > tree.stored_count(size):
        raise AnswerIsNo(f"{files.log} has fewer entries than its tree", "entries were removed")


def _stored(files: LogFiles) -> int:
    return files.tree.stat().st_size // tree.HASH_BYTES


def _grow_tree(files: LogFiles, size: int, added: Sequence[bytes]) -> None:
    """Adds the hashes of what was added to `size` entries, and of those that a crash left out."""
    try:
        handle = os.open(files.tree, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise _failed(files.tree, error) from None
    try:
        have = _entries_in(os.fstat(handle).st_size // tree.HASH_BYTES)
        os.ftruncate(handle, tree.stored_count(have) * tree.HASH_BYTES)
        known: dict[int, bytes] = {}
        stored = reader(handle)
        place = tree.stored_count(have)
        left_out = islice(lines(files.log, have), size - have) if have < size else ()
        for number, line in enumerate(chain(left_out, added), start=have):
            for hashed in tree.completed(
                number, tree.leaf_hash(line), lambda at: known.get(at) or stored(at)
            ):
                known[place] = hashed
                place += 1
        os.lseek(handle, 0, os.SEEK_END)
        _write_all(handle, b"".join(known.values()))
        os.fsync(handle)
    except OSError as error:
        raise _failed(files.tree, error) from None
    finally:
        os.close(handle)


def _entries_in(stored: int) -> int:
    """Of how many entries a tree of so many hashes has all."""
    low, high = 0, stored
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tree.stored_count(middle) <= stored else (low, middle - 1)
    return low


def _add(path: Path, data: bytes) -> None:
    """Adds to a file, all of it or nothing."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise _failed(path, error) from None
    try:
        before = os.fstat(handle).st_size
        try:
            _write_all(handle, data)
            os.fsync(handle)
        except OSError as error:
            os.ftruncate(handle, before)
            raise _failed(path, error) from None
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _failed(path: Path, error: OSError) -> FileAccessError:
    return FileAccessError(
        f"{path}: {(error.strerror or 'cannot be used').lower()}",
        "check the path, its permissions and free space",
    )
