"""All outputs of a job, or none."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from redactor.errors import FileAccessError, UsageError
from redactor.output.publish import check_target, publish


@pytest.fixture
def outputs(tmp_path: Path) -> dict[Path, bytes]:
    return {tmp_path / name: name.encode() for name in ("out.pdf", "out.json", "out.sig")}


def fail_at(monkeypatch: pytest.MonkeyPatch, call: int) -> list[str]:
    """Makes the n-th rename fail; lists the names renamed to."""
    renamed: list[str] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if len(renamed) + 1 == call:
            raise OSError(28, "No space left on device")
        renamed.append(target.name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return renamed


def test_all_are_written_the_first_one_last(
    outputs: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = fail_at(monkeypatch, 99)
    publish(outputs)
    assert {p: p.read_bytes() for p in outputs} == outputs
    assert renamed == ["out.sig", "out.json", "out.pdf"]
    assert len(list(next(iter(outputs)).parent.iterdir())) == 3


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_failing_rename_leaves_nothing(
    outputs: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    fail_at(monkeypatch, call)
    with pytest.raises(FileAccessError, match="no space left"):
        publish(outputs)
    assert list(next(iter(outputs)).parent.iterdir()) == []


def test_a_failing_write_leaves_nothing(
    outputs: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def fsync(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(FileAccessError):
        publish(outputs)
    assert list(next(iter(outputs)).parent.iterdir()) == []


def test_an_interrupt_leaves_nothing(
    outputs: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(outputs)
    assert list(next(iter(outputs)).parent.iterdir()) == []


def test_files_are_replaced_whole(outputs: dict[Path, bytes]) -> None:
    for path in outputs:
        path.write_bytes(b"old and longer than what comes")
    publish(outputs)
    assert {p: p.read_bytes() for p in outputs} == outputs


def test_existing_files_are_kept_when_the_first_rename_fails(
    outputs: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in outputs:
        path.write_bytes(b"old")
    fail_at(monkeypatch, 1)
    with pytest.raises(FileAccessError):
        publish(outputs)
    assert {path.read_bytes() for path in outputs} == {b"old"}
    assert len(list(next(iter(outputs)).parent.iterdir())) == 3


@pytest.mark.parametrize("call", [2, 3])
def test_existing_files_are_kept_when_a_later_rename_fails(
    outputs: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    for path in outputs:
        path.write_bytes(b"old")
    fail_at(monkeypatch, call)
    with pytest.raises(FileAccessError):
        publish(outputs)
    assert {path.read_bytes() for path in outputs} == {b"old"}


def test_the_umask_holds(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        publish({tmp_path / "out.pdf": b"x"})
        assert stat.S_IMODE((tmp_path / "out.pdf").stat().st_mode) == 0o640
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)


def test_private_files_come_first_and_are_the_users_own(
    outputs: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keys").mkdir()
    key = tmp_path / "keys" / "key"
    renamed = fail_at(monkeypatch, 99)
    publish(outputs, {key: b"secret"})
    assert renamed == ["key", "out.sig", "out.json", "out.pdf"]
    assert key.read_bytes() == b"secret"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_private_files_do_not_stay_alone(
    outputs: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    fail_at(monkeypatch, call)
    with pytest.raises(FileAccessError):
        publish(outputs, {tmp_path / "key": b"secret"})
    assert list(tmp_path.iterdir()) == []


def test_handlers_are_as_before(outputs: dict[Path, bytes]) -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    publish(outputs)
    publish(outputs)
    assert [signal.getsignal(number) for number in numbers] == before
    assert len(list(next(iter(outputs)).parent.iterdir())) == 3


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="no such folder"):
        check_target(tmp_path / "none" / "out.pdf", tmp_path / "in.pdf")
    with pytest.raises(FileAccessError, match="no such file or directory"):
        publish({tmp_path / "none" / "out.pdf": b""})


def test_the_target_may_not_be_an_input(tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(b"x")
    (tmp_path / "link.pdf").symlink_to(source)
    (tmp_path / "sub").mkdir()
    for name in ("in.pdf", "link.pdf", "sub/../in.pdf"):
        with pytest.raises(UsageError, match="is the input"):
            check_target(tmp_path / name, source)
    assert source.read_bytes() == b"x"


def test_the_target_may_not_be_a_hard_link_to_an_input(tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(b"x")
    (tmp_path / "hard.pdf").hardlink_to(source)
    with pytest.raises(UsageError):
        check_target(tmp_path / "hard.pdf", source)


def test_the_target_may_not_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="is a folder"):
        check_target(tmp_path)


def test_checking_a_good_target_leaves_no_trace(tmp_path: Path) -> None:
    check_target(tmp_path / "out.pdf", tmp_path / "in.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_found_early(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(FileAccessError, match="permission denied"):
            check_target(tmp_path / "out.pdf")
    finally:
        tmp_path.chmod(0o700)
