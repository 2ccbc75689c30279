"""Is a log whole? And the proof that a document is in it."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.journal import head as heads
from redactor.journal import tree
from redactor.journal.entry import NO_ENTRY, Entry, from_line, line_digest
from redactor.journal.head import Head
from redactor.journal.store import LogFiles, lines, parsed, reader
from redactor.sign.allowed_signers import AllowedSigner
from redactor.strict_json import canonical_json, strict_json


@dataclass(frozen=True, slots=True)
class Checked:
    """A log that is whole: its entries, and how many of them its signed heads cover."""

    size: int
    heads: int
    signed: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the log of a head: its line, the audit path, and the head's envelope."""

    line: bytes
    path: tuple[bytes, ...]
    envelope: bytes


def check(path: Path, trusted: Sequence[AllowedSigner], known: Sequence[bytes] = ()) -> Checked:
    """Reads the whole log: every entry in its place, every hash, every head.

    `known` are envelopes of heads that were kept elsewhere: the log must still begin as they say.
    Raises AnswerIsNo naming the first thing that is wrong.
    """
    files = LogFiles(path)
    signed = tuple(_heads(files.heads, trusted))
    kept = tuple(_opened(envelope, trusted, "the head kept elsewhere") for envelope in known)
    size = _check_entries(files)
    with _binary(files.tree) as stored:
        read = reader(stored.fileno())
        for head in (*signed, *kept):
            _check_head(path, head, size, read)
    return Checked(size, len(signed), max((head.size for head in signed), default=0))


def prove(path: Path, digest: str, trusted: Sequence[AllowedSigner]) -> Proof:
    """The proof that the last job with a digest (hex: of input, output or report) is in the log.

    It takes the newest head, reads a few hashes and no other entry. Raises AnswerIsNo where no
    entry has the digest, or the newest head does not cover it.
    """
    files = LogFiles(path)
    envelope = newest_head(path)
    head = _opened(envelope, trusted, str(files.heads))
    line = _find(path, digest)
    number = _number(line)
    if number >= head.size:
        raise AnswerIsNo(f"{path}: entry {number} is under no signed head", "sign the log first")
    with _binary(files.tree) as stored:
        audit = tree.inclusion(number, head.size, reader(stored.fileno()))
    proof = Proof(line, audit, envelope)
    check_proof(proof, trusted)
    return proof


def newest_head(log: Path) -> bytes:
    """The envelope of the newest head of a log. Raises AnswerIsNo where there is none."""
    last, path = b"", LogFiles(log).heads
    for line in lines(path):
        last = line
    if not last:
        raise AnswerIsNo(f"{path} has no signed head", "sign the log first")
    return last


def check_proof(proof: Proof, trusted: Sequence[AllowedSigner]) -> tuple[Entry, Head]:
    """The entry and the head that a proof is of, once it held. Raises AnswerIsNo."""
    head = _opened(proof.envelope, trusted, "the proof's head")
    try:
        entry = from_line(proof.line)
        found = tree.root_from(tree.leaf_hash(proof.line), entry.number, head.size, proof.path)
    except ValueError as error:
        raise AnswerIsNo(f"the proof does not hold: {error}", "do not rely on it") from None
    if found.hex() != head.root:
        raise AnswerIsNo("the proof does not lead to the root of its head", "do not rely on it")
    return entry, head


def proof_bytes(proof: Proof) -> bytes:
    """The proof as JSON."""
    return canonical_json(
        {
            "entry": proof.line.decode("utf-8"),
            "path": [step.hex() for step in proof.path],
            "head": json.loads(proof.envelope),
        }
    )


def read_proof(data: bytes) -> Proof:
    """The inverse of `proof_bytes`. Raises AnswerIsNo where it is none."""
    try:
        found = strict_json(data)
        path = tuple(bytes.fromhex(step) for step in found["path"])
        if any(len(step) != tree.HASH_BYTES for step in path):
            raise ValueError("a hash has another length")
        return Proof(found["entry"].encode("utf-8"), path, canonical_json(found["head"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise AnswerIsNo("this is no proof", "make one with: redactor log prove") from None


def _check_entries(files: LogFiles) -> int:
    """How many entries there are, once each is in its place and the tree has just their hashes."""
    size, previous = 0, NO_ENTRY
    with _binary(files.tree) as stored:
        read = reader(stored.fileno())
        for number, line in enumerate(lines(files.log)):
            if parsed(files.log, line, number).previous != previous:
                raise AnswerIsNo(
                    f"{files.log}, line {number + 1}: does not follow the line before it",
                    "an entry was changed, removed or put in between",
                )
            place = tree.stored_count(number)
            for hashed in tree.completed(number, tree.leaf_hash(line), read):
                if read(place) != hashed:
                    raise AnswerIsNo(
                        f"{files.log}, line {number + 1}: not what the tree says of it",
                        "the entry or the tree was changed",
                    )
                place += 1
            size, previous = number + 1, line_digest(line)
        if stored.seek(0, 2) != tree.stored_count(size) * tree.HASH_BYTES:
            raise AnswerIsNo(f"{files.log} has fewer entries than its tree", "entries were removed")
    return size


def _check_head(path: Path, head: Head, size: int, read: tree.Read) -> None:
    if not 0 <= head.size <= size:
        raise AnswerIsNo(
            f"{path} has {size} entries, a signed head says {head.size}", "entries were removed"
        )
    if tree.root(head.size, read).hex() != head.root:
        raise AnswerIsNo(
            f"{path}: the first {head.size} entries are not those that were signed",
            "the log was written anew",
        )


def _heads(path: Path, trusted: Sequence[AllowedSigner]) -> Iterator[Head]:
    for number, line in enumerate(lines(path), start=1):
        yield _opened(line, trusted, f"{path}, line {number}")


def _opened(envelope: bytes, trusted: Sequence[AllowedSigner], where: str) -> Head:
    try:
        return heads.opened(envelope, trusted)
    except ValueError as error:
        raise AnswerIsNo(f"{where}: {error}", "do not rely on it") from None
    except AnswerIsNo as error:
        raise AnswerIsNo(f"{where}: {error.what}", "do not rely on it") from None


def _find(path: Path, digest: str) -> bytes:
    """The last line with a digest."""
    with _binary(path) as file:
        try:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            raise _not_in(path) from None
        with data:
            at = data.rfind(b'_sha256":"' + digest.encode("ascii") + b'"')
            if at < 0:
                raise _not_in(path)
            return data[data.rfind(b"\n", 0, at) + 1 : data.find(b"\n", at)]


def _not_in(path: Path) -> AnswerIsNo:
    return AnswerIsNo(f"no entry of {path} has this digest", "is it the right log?")


def _number(line: bytes) -> int:
    try:
        return from_line(line).number
    except ValueError as error:
        raise AnswerIsNo(f"the entry found: {error}", "the log was changed") from None


def _binary(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise FileAccessError(
            f"{path}: {(error.strerror or 'cannot be read').lower()}",
            "the files LOG, LOG.tree and LOG.heads belong together",
        ) from None
