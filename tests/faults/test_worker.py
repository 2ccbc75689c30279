"""A worker that crashes, is starved or killed: one line, the documented code, nothing left."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from redactor.errors import ExitCode
from tests.faults.command import LINE_WITH_HINT, SECRETS, Place

# Runs redactor; in its worker MODULE.NAME does that instead, the Nth time it is called.
_INSTEAD = """
import importlib, os, signal, sys, time
module, name, nth, deed = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
from redactor.cli.main import main
holder = importlib.import_module(module)
call = getattr(holder, name)
def spin():
    while True:
        pass
def instead(*arguments, **options):
    global nth
    nth -= 1
    if nth == 0:
        eval(deed)
    return call(*arguments, **options)
setattr(holder, name, instead)
sys.argv = ["redactor", *sys.argv[5:]]
main()
"""
_REDACT = ("redact", "in.pdf", "-o", "out.pdf")
_BURN = ("redactor.applying", "burn", "1")
_LAST_RENAME = ("redactor.output.publish", "_rename", "4")


def die(number: int) -> str:
    return f"os.kill(os.getpid(), {int(number)})"


@pytest.mark.parametrize(
    ("at", "deed", "code", "names"),
    [
        (_BURN, die(signal.SIGSEGV), ExitCode.OTHER, "SIGSEGV"),
        (_BURN, die(signal.SIGABRT), ExitCode.OTHER, "SIGABRT"),
        (_BURN, die(signal.SIGKILL), ExitCode.RESOURCE_LIMIT, "in.pdf: killed from outside"),
        (_LAST_RENAME, die(signal.SIGKILL), ExitCode.RESOURCE_LIMIT, "killed from outside"),
        (_BURN, "bytearray(2**40)", ExitCode.RESOURCE_LIMIT, "out of memory"),
        (_BURN, "spin()", ExitCode.RESOURCE_LIMIT, "in.pdf: burning page 1 took more than 3 s"),
        (_BURN, "time.sleep(99)", ExitCode.RESOURCE_LIMIT, "in.pdf: the job took more than 12 s"),
    ],
    ids=["segv", "abort", "kill", "kill publishing", "memory", "step", "time"],
)
def test_ends_as_documented(
    place: Place,
    at: tuple[str, ...],
    deed: str,
    code: ExitCode,
    names: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "spin" in deed:
        monkeypatch.setenv("REDACTOR_MAX_STEP_SECONDS", "3")
    if "sleep" in deed:
        monkeypatch.setenv("REDACTOR_MAX_SECONDS", "12")
    before = place.listing()
    process = place.start(_INSTEAD, *at, deed, *_REDACT)
    out, err = process.communicate(timeout=100)
    assert process.returncode == code, err
    assert out == b""
    assert LINE_WITH_HINT.fullmatch(err.decode())
    assert names in err.decode()
    assert not any(secret in err.decode() for secret in SECRETS)
    after = place.listing()
    if at is _LAST_RENAME:  # killed between two renames: whole files only, and no PDF
        assert not (place.work / "out.pdf").exists()
        assert not [name for name in after if "/.redactor-" in name]
    else:
        assert after == before


def test_dies_with_its_parent(place: Place) -> None:
    deed = "print(os.getpid(), flush=True) or time.sleep(99)"
    process = place.start(_INSTEAD, *_BURN, deed, *_REDACT)
    assert process.stdout
    worker = int(process.stdout.readline())
    process.kill()
    process.communicate(timeout=20)
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            break
        time.sleep(0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_what_it_started_ends_with_it(place: Place) -> None:
    start = "__import__('subprocess').Popen(['sleep', '98765'])"
    deed = f"print({start}.pid, flush=True) or {die(signal.SIGSEGV)}"
    process = place.start(_INSTEAD, *_BURN, deed, *_REDACT)
    out, _ = process.communicate(timeout=100)
    time.sleep(0.2)
    stat = Path(f"/proc/{int(out)}/stat")
    assert not stat.exists() or " Z " in stat.read_text()


def test_one_that_does_not_listen_is_killed(place: Place) -> None:
    """Twice asked, it has no more time."""
    deed = "signal.signal(signal.SIGINT, signal.SIG_IGN); print('here', flush=True); spin()"
    before = place.listing()
    process = place.start(_INSTEAD.replace("eval(deed)", "exec(deed)"), *_BURN, deed, *_REDACT)
    assert process.stdout
    process.stdout.readline()
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
    _, err = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert err == b"redactor: interrupted, nothing was written\n"
    assert place.listing() == before
