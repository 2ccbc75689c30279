"""Stopped from outside: 130, one line, nothing left; at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from redactor import applying, pipeline
from redactor.errors import ExitCode
from redactor.output.publish import check_target, publish
from redactor.policy.load import load
from redactor.sign.keys import load_key
from redactor.stages import Applied, Planned
from tests.documents import text_pdf
from tests.faults.command import PAGE, Place

# Runs redactor; where MODULE.NAME is called for the Nth time, says so on stdout, then takes a nap.
_STOPPING = """
import importlib, os, sys, time
module, name, nth, nap = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
from redactor.cli.main import main
holder = importlib.import_module(module)
call = getattr(holder, name)
def instead(*arguments, **options):
    global nth
    nth -= 1
    if nth == 0:
        os.write(1, b"here\\n")
        time.sleep(nap)
    return call(*arguments, **options)
setattr(holder, name, instead)
sys.argv = ["redactor", *sys.argv[5:]]
main()
"""
_REDACT = ("redact", "in.pdf", "-o", "out.pdf")
_NAP = "60"
_DRAFTING = ("redactor/output/publish.py", "redactor/drafts.py")


def stopped(place: Place, number: int, *at: str) -> subprocess.CompletedProcess[bytes]:
    """Sends the signal once the command is there."""
    process = place.start(_STOPPING, *at, *_REDACT)
    assert process.stdout
    assert process.stdout.readline() == b"here\n"
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess([], process.returncode, out, err)


@pytest.mark.parametrize(
    ("number", "at"),
    [
        (signal.SIGINT, ("redactor.pipeline", "find_ink", "2", "0.3")),
        (signal.SIGINT, ("redactor.applying", "burn", "1", _NAP)),
        (signal.SIGINT, ("redactor.output.publish", "_rename", "3", _NAP)),
        (signal.SIGTERM, ("redactor.pipeline", "find_ink", "2", "0.3")),
        (signal.SIGTERM, ("redactor.output.publish", "_sync_folder", "1", _NAP)),
    ],
    ids=[
        "int reading",
        "int burning",
        "int publishing",
        "term reading",
        "term publishing",
    ],
)
def test_stopped(place: Place, number: int, at: tuple[str, ...]) -> None:
    if at[-1] != _NAP:
        place.document.write_bytes(text_pdf(*[PAGE] * 12))
    before = place.listing()
    done = stopped(place, number, *at)
    assert done.returncode == ExitCode.INTERRUPTED, done.stderr
    assert done.stdout == b""
    assert done.stderr == b"redactor: interrupted, nothing was written\n"
    assert place.listing() == before


def test_stopped_says_one_line(place: Place) -> None:
    done = stopped(place, signal.SIGINT, "redactor.applying", "burn", "1", _NAP)
    assert done.stderr.count(b"\n") == 1


def test_hang_up(place: Place) -> None:
    before = place.listing()
    stopped(place, signal.SIGHUP, "redactor.output.publish", "_rename", "1", _NAP)
    assert place.listing() == before


def test_stopped_while_starting(place: Place) -> None:
    program = """
import os, signal, sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "redactor.pipeline":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
import runpy
runpy.run_module("redactor", run_name="__main__")
"""
    process = place.start(program, *_REDACT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in err


def test_killed(place: Place) -> None:
    """Nothing can be cleaned up; but no file ever has the name of the output."""
    done = stopped(place, signal.SIGKILL, "redactor.output.publish", "_rename", "3", _NAP)
    assert done.returncode == -signal.SIGKILL
    assert not (place.work / "out.pdf").exists()


def test_nobody_reads(place: Place) -> None:
    """`redactor read IN | true`."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "redactor", "read", "in.pdf"],
            cwd=place.work,
            env=place.environment(),
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.stderr.count(b"\n") <= 1
    assert b"Traceback" not in done.stderr
    assert done.returncode == ExitCode.OTHER


# At any moment: between any two lines of Python a signal may arrive.


class _AtLine:
    """Raises KeyboardInterrupt at the nth line that runs in one of those files."""

    def __init__(self, nth: int, *names: str) -> None:
        self.left, self.names, self.where = nth, names, ""

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(self.names):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                self.where = f"{frame.f_code.co_name}:{frame.f_lineno}"
                raise KeyboardInterrupt
        return self


def everywhere(names: tuple[str, ...], job: Callable[[], object], look: Callable[[], Any]) -> int:
    """Interrupts `job` at every line in turn; what `look` sees must be as before each time.

    Returns at how many lines; fails naming those after which something was left.
    """
    before = look()
    left: list[str] = []
    for nth in range(1, 2000):
        tracer = _AtLine(nth, *names)
        sys.settrace(tracer)
        try:
            job()
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(None)
        if not tracer.where:
            assert not left, f"interrupted at {', '.join(left)}"
            return nth
        if look() != before:
            left.append(tracer.where)
            for path, content in look().items():
                if path not in before and content != "-":
                    Path(path).unlink()
    raise AssertionError("it does not end")


def test_publishing_stopped_anywhere(place: Place) -> None:
    files = {place.work / name: b"data" for name in ("a", "b", "c")}
    private = {place.config / "job_keys" / "job.key": b"key"}
    assert everywhere(_DRAFTING, lambda: publish(files, private), place.listing) > 20


def test_checking_stopped_anywhere(place: Place) -> None:
    output = place.work / "out.pdf"
    assert everywhere(_DRAFTING, lambda: check_target(output), place.listing) > 10


def test_finishing_stopped_anywhere(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDACTOR_CONFIG_DIR", str(place.config))
    planned: Planned = pipeline.plan(place.document, load("default"))
    applied: Applied = applying.apply(planned)
    monkeypatch.setattr(pipeline, "apply", lambda *_: applied)
    monkeypatch.setattr(pipeline, "publish", lambda *_: None)
    key = load_key(place.config / "signing_key")

    def job() -> None:
        pipeline.finish(planned, place.work / "out.pdf", key)

    assert everywhere(("redactor/pipeline.py",), job, place.listing) > 5
