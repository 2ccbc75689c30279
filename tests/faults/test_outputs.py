"""Nowhere to write, or no room: exit 5 and nothing left, whatever was there before untouched."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redactor.cli import redact
from redactor.errors import ExitCode, FileAccessError
from redactor.output.publish import publish
from tests.faults.command import LINE_WITH_HINT, Done, Place
from tests.faults.test_inputs import assert_refused, without_override

_REDACT = ("redact", "in.pdf", "-o", "out.pdf")


def own_mounts() -> list[str]:
    """A prefix that runs a command where it may mount; skips where that is not allowed."""
    unshare = shutil.which("unshare")
    prefix = [unshare or "", "-rm"]
    if (
        not unshare
        or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this system lets nobody mount in a namespace of one's own")
    return prefix


def mounted(place: Place, options: str) -> Done:
    """Redacts into a tmpfs with those options; stdout lists what is in it afterwards."""
    (place.work / "small").mkdir()
    script = (
        f'mount -t tmpfs -o {options} none small || exit 99; "$@"; code=$?; '
        "find small -mindepth 1; exit $code"
    )
    done = place.spawn(
        "redact", "in.pdf", "-o", "small/out.pdf", prefix=[*own_mounts(), "sh", "-c", script, "sh"]
    )
    if done.code == 99:
        pytest.skip("a tmpfs cannot be mounted here")
    return done


@pytest.mark.parametrize("options", ["size=8k", "size=1m,nr_inodes=3"])
def test_disk_full(place: Place, options: str) -> None:
    before = place.listing()
    done = mounted(place, options)
    assert_refused(done, ExitCode.FILE_ACCESS, "small/out.pdf")
    assert "no space left" in done.err
    assert {k: v for k, v in place.listing().items() if not k.endswith("/small")} == before


def test_read_only_file_system(place: Place) -> None:
    done = mounted(place, "ro")
    assert_refused(done, ExitCode.FILE_ACCESS, "small/out.pdf")
    assert "read-only" in done.err


def test_folder_closed_to_us(place: Place) -> None:
    prefix = without_override()
    closed = place.work / "closed"
    closed.mkdir(mode=0o500)
    before = place.listing()
    done = place.spawn("redact", "in.pdf", "-o", "closed/out.pdf", prefix=prefix)
    assert_refused(done, ExitCode.FILE_ACCESS, "closed/out.pdf")
    assert place.listing() == before


def test_folder_that_we_cannot_enter(place: Place) -> None:
    prefix = without_override()
    (place.work / "shut").mkdir(mode=0)
    done = place.spawn("redact", "in.pdf", "-o", "shut/out.pdf", prefix=prefix)
    assert_refused(done, ExitCode.FILE_ACCESS, "shut/out.pdf")


def test_file_size_limit(place: Place) -> None:
    """As under a quota: the report (4 KiB) does not fit, the PDF does."""
    before = place.listing()

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    done = subprocess.run(
        [sys.executable, "-m", "redactor", *_REDACT],
        cwd=place.work,
        env=place.environment(),
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    ended = Done(done.returncode, done.stdout, done.stderr)
    assert_refused(ended, ExitCode.FILE_ACCESS, "out.pdf.report.json")
    assert place.listing() == before


def failing(after: int, error: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """`call`, but its `after`-th use raises OSError."""
    left = [after]

    def instead(*arguments: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(error, os.strerror(error))
        return call(*arguments, **options)

    return instead


def break_publishing(patch: pytest.MonkeyPatch, where: str, nth: int) -> None:
    """Makes the nth draft (its sync) or the nth rename fail."""
    if where == "sync":
        patch.setattr(os, "fsync", failing(nth, errno.ENOSPC, os.fsync))
    else:
        patch.setattr(Path, "replace", failing(nth, errno.EIO, Path.replace))


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("where", ["sync", "rename"])
def test_failure_at_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, nth: int
) -> None:
    break_publishing(monkeypatch, where, nth)
    with pytest.raises(FileAccessError):
        publish({tmp_path / name: b"data" for name in ("a", "b", "c")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", ["sync", "rename"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_failure_leaves_earlier_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, nth: int
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"earlier")
    break_publishing(monkeypatch, where, nth)
    with pytest.raises(FileAccessError):
        publish({tmp_path / name: b"data" for name in ("a", "b", "c")})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == dict.fromkeys("abc", b"earlier")


@pytest.mark.parametrize("where", ["sync", "rename"])
def test_failed_publishing_by_the_command(
    place: Place, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before = place.listing()
    # The job's HMAC key is synced first.
    break_publishing(monkeypatch, where, 3)
    assert_refused(place.run(*_REDACT), ExitCode.FILE_ACCESS, "out.pdf")
    assert place.listing() == before


def test_failed_key_of_the_job(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.listing()
    break_publishing(monkeypatch, "sync", 1)
    done = place.run(*_REDACT)
    assert done.code == ExitCode.FILE_ACCESS
    assert "job_keys" in done.err
    assert place.listing() == before


def test_failed_key_of_the_job_has_a_hint(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    break_publishing(monkeypatch, "sync", 1)
    assert LINE_WITH_HINT.fullmatch(place.run(*_REDACT).err)


def test_special_file_is_not_replaced(place: Place) -> None:
    os.mkfifo(place.work / "out.pdf")
    place.run(*_REDACT)
    assert stat.S_ISFIFO((place.work / "out.pdf").stat().st_mode)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_nobody_to_tell(place: Place, stream: str) -> None:
    """When stdout or stderr cannot be written, that is either no failure, or leaves nothing."""
    before = place.listing()
    with Path("/dev/full").open("w") as full:
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        done = subprocess.run(
            [sys.executable, "-m", "redactor", *_REDACT, *(["--json"] * (stream == "stdout"))],
            cwd=place.work,
            env=place.environment(),
            check=False,
            **{**streams, stream: full},
        )
    assert done.returncode == ExitCode.OK or place.listing() == before


def test_interrupted_while_telling(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.listing()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(redact, "show", interrupt)
    done = place.run(*_REDACT)
    assert done.code == ExitCode.OK or place.listing() == before
