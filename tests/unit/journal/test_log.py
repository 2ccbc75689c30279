"""A log, and every way to change it behind the back of whoever signed it."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.journal import check, store
from redactor.journal.entry import Job
from redactor.journal.tree import HASH_BYTES
from redactor.sign.allowed_signers import AllowedSigner, read_allowed_signers
from redactor.sign.keys import PrivateKey
from redactor.sign.public import public_line

TIME = "2026-01-31T12:00:00Z"
KEY = PrivateKey.generate()
OTHER = PrivateKey.generate()


def signer(key: PrivateKey) -> tuple[AllowedSigner, ...]:
    return (AllowedSigner(("office",), key.public_key()),)


TRUSTED = signer(KEY)


def digest(number: int) -> str:
    return f"{number:064x}"


def job(number: int) -> Job:
    return Job(TIME, 0, digest(3 * number), digest(3 * number + 1), digest(3 * number + 2))


def made(path: Path, runs: tuple[int, ...] = (3, 1, 7)) -> Path:
    """A log of some runs with so many jobs each."""
    number = 0
    for count in runs:
        store.append(path, [job(number + at) for at in range(count)], KEY, TIME)
        number += count
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return made(tmp_path / "LOG")


def test_a_log_is_whole(log: Path) -> None:
    assert check.check(log, TRUSTED) == check.Checked(11, 3, 11)


@pytest.mark.parametrize("number", range(11))
@pytest.mark.parametrize("which", [0, 1, 2])
def test_every_document_has_a_proof_that_needs_no_log(log: Path, number: int, which: int) -> None:
    proof = check.prove(log, digest(3 * number + which), TRUSTED)
    entry, head = check.check_proof(check.read_proof(check.proof_bytes(proof)), TRUSTED)
    assert entry.job == job(number)
    assert head.size == 11


def test_what_is_not_in_it_has_none(log: Path) -> None:
    with pytest.raises(AnswerIsNo, match="no entry"):
        check.prove(log, digest(999), TRUSTED)


def rewrite(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    """A change of the lines of the log."""

    def changed(log: Path) -> None:
        log.write_bytes(b"".join(change(log.read_bytes().splitlines(keepends=True))))

    return changed


def of(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A change of the file LOG.name."""

    def changed(log: Path) -> None:
        file = log.with_name(f"LOG.{name}")
        file.write_bytes(change(file.read_bytes()))

    return changed


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def last_without_trace(log: Path) -> None:
    """Takes the last entry and its hashes away."""
    rewrite(lambda lines: lines[:-1])(log)
    of("tree", lambda data: data[: 18 * HASH_BYTES])(log)


def made_anew(log: Path) -> None:
    """The whole log again, with one job left out; the heads stay."""
    heads = log.with_name("LOG.heads").read_bytes()
    for file in store.LogFiles(log).all:
        file.unlink()
    store.append(log, [job(number) for number in range(11) if number != 4] + [job(99)], KEY, TIME)
    log.with_name("LOG.heads").write_bytes(heads)


def signed_by_another(log: Path) -> None:
    store.append(log, [job(50)], OTHER, TIME)


CHANGES: dict[str, Callable[[Path], None]] = {
    "a digest of an entry": rewrite(lambda lines: [*lines[:4], flip_digest(lines[4]), *lines[5:]]),
    "the outcome": rewrite(
        lambda lines: [lines[0].replace(b'"outcome":0', b'"outcome":5'), *lines[1:]]
    ),
    "an entry less": rewrite(lambda lines: lines[:4] + lines[5:]),
    "the first less": rewrite(lambda lines: lines[1:]),
    "the last less": rewrite(lambda lines: lines[:-1]),
    "the last less, in the tree too": last_without_trace,
    "one twice": rewrite(lambda lines: [*lines, lines[-1]]),
    "two in the other order": rewrite(lambda lines: [lines[1], lines[0], *lines[2:]]),
    "one put in between": rewrite(lambda lines: [*lines[:2], lines[5], *lines[2:]]),
    "an empty line": rewrite(lambda lines: [*lines, b"\n"]),
    "the end of the last": rewrite(lambda lines: [*lines[:-1], lines[-1][:-1]]),
    "all of them": rewrite(lambda lines: []),
    "blanks": rewrite(lambda lines: [lines[0].replace(b",", b", "), *lines[1:]]),
    "a hash": of("tree", lambda data: flipped(data, 100)),
    "a hash less": of("tree", lambda data: data[:-HASH_BYTES]),
    "a hash more": of("tree", lambda data: data + b"\0" * HASH_BYTES),
    "no tree": of("tree", lambda data: b""),
    "a head": of("heads", lambda data: flipped(data, 60)),
    "a signature": of("heads", lambda data: flipped(data, len(data) - 20)),
    "a head of another": signed_by_another,
    "no JSON for a head": of("heads", lambda data: data + b"{}\n"),
    "all anew": made_anew,
}


def flip_digest(line: bytes) -> bytes:
    return line.replace(digest(12).encode(), digest(13 + 5000).encode())


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_change_goes_unseen(log: Path, change: Callable[[Path], None]) -> None:
    change(log)
    with pytest.raises(AnswerIsNo):
        check.check(log, TRUSTED)


def test_a_head_kept_elsewhere_shows_a_log_cut_back(log: Path) -> None:
    kept = check.newest_head(log)
    for file in store.LogFiles(log).all:
        file.unlink()
    made(log, (3,))
    assert check.check(log, TRUSTED).size == 3
    with pytest.raises(AnswerIsNo, match="has 3 entries, a signed head says 11"):
        check.check(log, TRUSTED, [kept])


def test_entries_after_the_last_head_are_told(log: Path) -> None:
    heads = log.with_name("LOG.heads")
    heads.write_bytes(b"".join(heads.read_bytes().splitlines(keepends=True)[:-1]))
    assert check.check(log, TRUSTED) == check.Checked(11, 2, 4)
    with pytest.raises(AnswerIsNo, match="under no signed head"):
        check.prove(log, digest(30), TRUSTED)


@pytest.mark.parametrize("file", ["", ".tree", ".heads"])
def test_a_file_that_is_missing_is_named(log: Path, file: str) -> None:
    (log.parent / f"LOG{file}").unlink()
    with pytest.raises((AnswerIsNo, FileAccessError), match=f"LOG{file}: no such file"):
        check.check(log, TRUSTED)


@pytest.mark.parametrize("left", [0, 1, 31, 32, 100, 300])
def test_a_crash_before_the_tree_is_made_good(log: Path, left: int) -> None:
    tree = log.with_name("LOG.tree")
    tree.write_bytes(tree.read_bytes()[:left])
    store.append(log, [job(11)], KEY, TIME)
    assert check.check(log, TRUSTED).size == 12


def test_an_entry_cut_by_a_crash_stops_the_next_and_is_not_lost(log: Path) -> None:
    cut = log.read_bytes()[:-30]
    log.write_bytes(cut)
    with pytest.raises(AnswerIsNo, match="ends within an entry"):
        store.append(log, [job(11)], KEY, TIME)
    assert log.read_bytes() == cut


def test_what_is_no_log_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "LOG"
    file.write_text("a letter\n")
    with pytest.raises(AnswerIsNo, match="no log"):
        store.append(file, [job(0)], KEY, TIME)
    assert file.read_text() == "a letter\n"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="no such file"):
        store.append(tmp_path / "none" / "LOG", [job(0)], KEY, TIME)


def test_a_key_is_trusted_only_in_its_time(log: Path) -> None:
    late = read_allowed_signers(
        _signers_file(log.parent, f'valid-after="20270101Z" {public_line(KEY.public_key())}')
    )
    with pytest.raises(AnswerIsNo, match="trusted"):
        check.check(log, late)
    past = read_allowed_signers(
        _signers_file(log.parent, f'valid-before="20260201Z" {public_line(KEY.public_key())}')
    )
    assert check.check(log, past).size == 11


def _signers_file(folder: Path, line: str) -> Path:
    file = folder / "allowed_signers"
    file.write_text(f"office {line}\n")
    return file


def _write(path: Path, number: int) -> None:
    for at in range(10):
        store.append(path, [job(100 * number + at)], KEY, TIME)


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "LOG"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(path, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert check.check(path, TRUSTED) == check.Checked(40, 40, 40)


PROOF_CHANGES: dict[str, Callable[[dict[str, object]], object]] = {
    "another entry": lambda proof: proof | {"entry": str(proof["entry"]).replace("0d", "0e")},
    "a step less": lambda proof: proof | {"path": list(proof["path"])[:-1]},  # type: ignore[call-overload]
    "no steps": lambda proof: proof | {"path": []},
    "short steps": lambda proof: proof | {"path": ["00"]},
    "no hex": lambda proof: proof | {"path": ["zz"]},
    "no head": lambda proof: proof | {"head": {}},
    "no entry": lambda proof: {key: proof[key] for key in ("path", "head")},
    "a number for an entry": lambda proof: proof | {"entry": 5},
    "a list": lambda proof: [proof],
}


@pytest.mark.parametrize("change", PROOF_CHANGES.values(), ids=PROOF_CHANGES)
def test_no_changed_proof_holds(log: Path, change: Callable[[dict[str, object]], object]) -> None:
    proof = json.loads(check.proof_bytes(check.prove(log, digest(13), TRUSTED)))
    changed = change(proof)
    assert changed != proof
    with pytest.raises(AnswerIsNo):
        check.check_proof(check.read_proof(json.dumps(changed).encode()), TRUSTED)


def test_a_proof_is_by_someone_trusted(log: Path) -> None:
    proof = check.prove(log, digest(13), TRUSTED)
    with pytest.raises(AnswerIsNo, match="trusted"):
        check.check_proof(proof, signer(OTHER))
