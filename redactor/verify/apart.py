"""Verifies in a process of its own, which knows the saved bytes and nothing of how they were made.

A parser that a crafted page has led astray in this process is not the one that judges its output.
Bytes and texts go through a pipe, never through a file. A worker splits that process off before it
opens its document; everybody else, and who verifies once more, starts it as a program, which takes
half a second.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass

from redactor import worker
from redactor.errors import ExitCode, ResourceLimit
from redactor.report import Check
from redactor.verify import process
from redactor.verify.subject import Outcome, Subject

_PATIENCE, _PATIENCE_PAGE = 120.0, 30.0  # seconds: for a document, and more for each page
_OVER_LIMIT = {-signal.SIGXCPU: "time", int(ExitCode.RESOURCE_LIMIT): "memory"}
_NAME, _ENGINE = "verification in its own process", "all"
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class _Spare:
    """A process that waits for a subject: its number, and the line to it."""

    number: int
    line: socket.socket


_spare: _Spare | None = None


def stand_by() -> None:
    """Splits off the process that will verify, unless one stands by.

    For a worker that has not opened a document yet, nor started a thread: the process has what is
    loaded so far, and would hold locks that other threads held.
    """
    global _spare
    if _spare:
        return
    parent, (ours, theirs) = os.getpid(), socket.socketpair()
    number = os.fork()
    if number == 0:
        ours.close()
        process.become(parent, theirs)
    theirs.close()
    _spare = _Spare(number, ours)


def verify(subject: Subject) -> tuple[Outcome, ...]:
    """Every check's outcome; one failed check where the process ends otherwise than it should.

    Raises ResourceLimit where it needs more memory or CPU than a worker may take.
    """
    global _spare
    question = process.packed(subject, worker.seconds_for(len(subject.frames)))
    patience = _PATIENCE + _PATIENCE_PAGE * len(subject.frames)
    spare, _spare = _spare, None
    try:
        status, answer = _ask(spare, question, patience) if spare else _run(question, patience)
    except TimeoutError:
        return _failed("took too long")
    except OSError as error:
        return _failed(f"could not be started: {type(error).__name__}")
    if status in _OVER_LIMIT:
        raise ResourceLimit(
            f"verifying the output took more {_OVER_LIMIT[status]} than a job may",
            "split or simplify the document",
        )
    if status:
        return _failed(f"ended with status {status}")
    try:
        return process.outcomes(answer) or _failed("gave no answer")
    except (ValueError, TypeError, KeyError):
        return _failed("gave no answer")


def _failed(why: str) -> tuple[Outcome, ...]:
    return (Outcome(Check(_NAME, _ENGINE, False, why)),)


def _run(question: bytes, patience: float) -> tuple[int, bytes]:
    """The exit status of a program that was asked, and what it answered. Raises OSError."""
    try:
        done = subprocess.run(  # this very program
            [sys.executable, "-P", "-m", process.__name__, str(os.getpid())],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries may quote the document
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    return done.returncode, done.stdout


def _ask(spare: _Spare, question: bytes, patience: float) -> tuple[int, bytes]:
    """The same of the process that stood by, which then is no more. Raises TimeoutError."""
    try:
        answer = _exchange(spare.line, question, time.monotonic() + patience)
    except TimeoutError:
        os.kill(spare.number, signal.SIGKILL)
        raise
    except OSError:  # it ended before it had read it all
        answer = b""
    finally:
        spare.line.close()
        _, status = os.waitpid(spare.number, 0)
    return os.waitstatus_to_exitcode(status), answer


def _exchange(line: socket.socket, question: bytes, deadline: float) -> bytes:
    """What comes back on a line until its other end is closed. Raises TimeoutError, OSError."""
    line.settimeout(deadline - time.monotonic())
    line.sendall(question)
    line.shutdown(socket.SHUT_WR)
    answer = bytearray()
    while chunk := line.recv(_CHUNK):
        answer += chunk
        line.settimeout(max(0.001, deadline - time.monotonic()))
    return bytes(answer)
