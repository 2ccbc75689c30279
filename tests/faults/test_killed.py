"""kill -9 at any moment: the output is absent, the old one, or complete; litter is swept later."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from redactor.errors import ExitCode
from redactor.output.publish import check_target, outputs_of, publish
from tests.faults.command import Place
from tests.faults.test_interrupt import stopped

_DRAFTING = ("redactor/output/publish.py", "redactor/drafts.py")


class _KillAtLine:
    """Kills this process, as kill -9 does, at the nth line that runs in one of those files."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(_DRAFTING):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def killed_at(nth: int, job: Callable[[], object]) -> bool:
    """Does the job in a child that is killed at its nth line; whether it got that far."""
    child = os.fork()
    if child == 0:
        sys.settrace(_KillAtLine(nth))
        job()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "over an old one"])
def test_publishing_killed_anywhere(place: Place, is_there: bool) -> None:
    output, *others = outputs_of(place.work / "out.pdf")
    private = {place.config / "job_keys" / "job.key": b"new"}
    files = dict.fromkeys((output, *others), b"new")
    nth, ends = 0, set[bytes]()
    while True:
        nth += 1
        for path in files:
            path.write_bytes(b"old") if is_there else path.unlink(missing_ok=True)
        if not killed_at(nth, lambda: publish(files, private)):
            break
        found = output.read_bytes() if output.exists() else b""
        ends.add(found)
        if found == b"new":  # then it is complete
            assert all(path.read_bytes() == b"new" for path in (*others, *private))
        check_target(output)  # the next job sweeps
        publish({place.config / "job_keys" / "next.key": b""})
        assert not list(place.work.glob(".redactor-*"))
        assert not list(place.config.rglob(".redactor-*"))
    assert nth > 50
    assert ends == {b"old" if is_there else b"", b"new"}


@pytest.mark.parametrize(
    "at",
    [
        ("redactor.applying", "burn", "1"),
        ("redactor.pipeline", "publish", "1"),
        ("redactor.output.publish", "_forget_old", "1"),
    ],
    ids=["burning", "publishing", "published"],
)
def test_command_killed(place: Place, at: tuple[str, ...]) -> None:
    """What stands there verifies, however it ended."""
    assert stopped(place, signal.SIGKILL, *at, "60").returncode == -signal.SIGKILL
    assert (place.work / "out.pdf").exists() == (at[1] == "_forget_old")
    if at[1] == "_forget_old":
        assert place.run("verify", "out.pdf").code == ExitCode.OK
        assert all(path.exists() for path in outputs_of(place.work / "out.pdf"))
