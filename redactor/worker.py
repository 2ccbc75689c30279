"""Does the work on a document in a process of its own, which may be stopped, starved or crash.

The command forks before any library is loaded: the parent stays small and only waits, the child
(the worker) does the work, in a session of its own, within limits that the kernel keeps. Whatever
becomes of it, the parent says so in one line, ends what it started, and clears up its drafts. If
the parent dies the kernel kills the worker (on Linux; elsewhere its time limits do).

A hostile document is to be refused by the caps of `pdf.intake` before it comes to this; the limits
here are for what nobody foresaw. Who uses redactor as a library works in their own process.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from redactor.drafts import sweep
from redactor.errors import RedactorError, ResourceLimit, UsageError

VERBS = frozenset(["redact", "plan", "apply", "read", "verify", "audit"])
"""The verbs that open a document of the user's."""

OFF_VARIABLE = "REDACTOR_WORKER"
MEMORY_VARIABLE = "REDACTOR_MAX_MEMORY"
SECONDS_VARIABLE = "REDACTOR_MAX_SECONDS"
STEP_VARIABLE = "REDACTOR_MAX_STEP_SECONDS"

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_GRACE = 10.0  # seconds a worker has to end after it was asked to
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}
_STACK = 120 * 2**20  # bytes: libraries recurse along chains of objects
_COPIES = 8  # of a document that are in memory at the same time, at most
_SMALL = 32 * 2**20  # bytes: for what is smaller there is room
_PR_SET_PDEATHSIG = 1  # prctl(2)
_NOTE_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use up.

    `memory` is bytes that only it can write, with what else it maps 2 GB: a letter page takes
    0.6 GB, the largest that is taken (A0) nearly all. Large documents get more. (Address space
    would count what is merely reserved.)
    `seconds` are for the whole job, of wall clock, and of CPU on each core. `step_seconds` are of
    CPU, for opening the document, for each page read, burned and verified: a dense page takes ten.
    It is not of wall clock, so that a busy machine or a slow endpoint stops nobody.
    `file_bytes` are for one file: no output is near that, and a disk is not to be filled.
    """

    memory: int = 1952 * 2**20
    seconds: int = 12 * 3600
    step_seconds: int = 30
    file_bytes: int = 4 * 2**30


class _Note:
    """What a worker is at, and where its drafts lie: in memory that both processes see."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, _NOTE_BYTES)
        self.said: dict[str, str] = {}
        self._folders: list[str] = []

    def write(self, key: str, value: str) -> None:
        self.said[key] = value
        self._save()

    def add_folder(self, folder: Path) -> None:
        if (name := str(folder.absolute())) not in self._folders:
            self._folders.append(name)
            self._save()

    def _save(self) -> None:
        data = json.dumps([self.said, self._folders]).encode() + b"\n"
        if len(data) <= _NOTE_BYTES:
            self._shared[: len(data)] = data

    def read(self) -> tuple[dict[str, str], list[Path]]:
        """What was written last; nothing where the worker was killed while it wrote."""
        try:
            said, folders = json.loads(self._shared[:].split(b"\n", 1)[0])
        except ValueError:
            return {}, []
        return said, [Path(folder) for folder in folders]


@dataclass(slots=True)
class _Self:
    """A worker's view of itself."""

    note: _Note
    limits: Limits


_own: _Self | None = None  # in a worker only


def is_wanted(arguments: list[str]) -> bool:
    """Whether a command line opens a document, and nobody has turned workers off."""
    return verb_of(arguments) in VERBS and os.environ.get(OFF_VARIABLE) != "0"


def verb_of(arguments: list[str]) -> str:
    """What a command line says is to be done."""
    return next((a for a in arguments if not a.startswith("-")), "")


def is_one() -> bool:
    """Whether this process is a worker."""
    return _own is not None


def limits_from(environment: dict[str, str]) -> Limits:
    """The limits as the environment sets them. Raises UsageError."""
    limits = Limits()
    if text := environment.get(MEMORY_VARIABLE):
        limits = replace(limits, memory=memory_size(text, MEMORY_VARIABLE))
    for variable, key in ((SECONDS_VARIABLE, "seconds"), (STEP_VARIABLE, "step_seconds")):
        if text := environment.get(variable):
            if not (text.isascii() and text.isdigit() and 0 < int(text[:10]) < 10**8):
                raise UsageError(f"{variable} is no number of seconds", "write it like 600")
            limits = replace(limits, **{key: int(text)})
    return limits


def memory_size(text: str, name: str) -> int:
    """Bytes from "3G", "1500M" or a plain number; `name` says whose it is. Raises UsageError."""
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if not (number.isascii() and number.isdigit() and len(number) < 16 and unit in ("", *_UNITS)):
        raise UsageError(f"{name} is no amount of memory", "write it like 4G or 1500M")
    return int(number) * _UNITS.get(unit, 1)


def fork() -> int | None:
    """Splits off a worker: None in it. In the parent its exit code, once it has ended.

    Where the worker did not exit by itself, raises in the parent what ended it: ResourceLimit,
    KeyboardInterrupt, or RedactorError for a crash. UsageError for limits that make no sense.
    """
    limits = limits_from(dict(os.environ))
    note, parent = _Note(), os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, _FORWARDED)
    child = os.fork()
    if child == 0:
        _become_worker(note, limits, parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _FORWARDED)
        return None
    watch = _Watch(child, limits.seconds)
    watch.install()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _FORWARDED)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    watch.end()  # while the process, and so its group's number, is still its own
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    said, folders = note.read()
    for folder in folders:
        sweep(folder)
    if watch.was_stopped:
        raise KeyboardInterrupt
    raise _ending(os.WTERMSIG(status), said, limits)


def at(document: Path) -> None:
    """Has the parent know which document the worker is at, and allows for its size."""
    if _own:
        _own.note.write("where", str(document))
        with suppress(OSError):
            more = max(0, document.stat().st_size - _SMALL)
            _limit(_memory_resource(), _own.limits.memory + _COPIES * more)


def step(what: str, times: int = 1) -> None:
    """Begins a step of the work ("reading page 3"), which may take `times` the time of one."""
    if _own:
        _own.note.write("step", what)
        signal.setitimer(signal.ITIMER_PROF, _own.limits.step_seconds * times)


def doing() -> str:
    """What the worker is at, for people ("in.pdf: reading page 3"); nothing outside of one."""
    return ": ".join(_own.note.said.values()) if _own else ""


def end_of_steps() -> None:
    """What follows is no work on the document, and is not timed."""
    if _own:
        signal.setitimer(signal.ITIMER_PROF, 0)


def seconds_for(times: int) -> int:
    """CPU that a program may take to which a worker gives a step of its work; 0 for no limit."""
    return _own.limits.step_seconds * times if _own else 0


def limit_cpu(seconds: int) -> None:
    """Limits the CPU that this process may take in all; 0 for no limit."""
    if seconds:
        _limit(resource.RLIMIT_CPU, seconds)


def end_with(parent: int) -> None:
    """Has the kernel kill this process when its parent dies, where it can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died meanwhile
            os.kill(os.getpid(), signal.SIGKILL)


def drafts_in(folder: Path) -> None:
    """Has the parent clear up the drafts in a folder if the worker cannot."""
    if _own:
        _own.note.add_folder(folder)


def leave(code: int) -> None:
    """Ends the process if it is a worker: at once, past libraries that wait for lost threads."""
    if _own:
        os._exit(code)


def _become_worker(note: _Note, limits: Limits, parent: int) -> None:
    global _own
    os.setsid()
    end_with(parent)
    _own = _Self(note, limits)
    _limit(resource.RLIMIT_CORE, 0)  # it would hold the document's text
    _limit(_memory_resource(), limits.memory)
    _limit(resource.RLIMIT_CPU, limits.seconds * (os.cpu_count() or 1))
    _limit(resource.RLIMIT_STACK, _STACK)
    _limit(resource.RLIMIT_FSIZE, limits.file_bytes)
    for number in (signal.SIGPROF, signal.SIGUSR1, signal.SIGXCPU):  # they end it, at once
        signal.signal(number, signal.SIG_DFL)
    step("starting")


def _memory_resource() -> int:
    return resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS


def _limit(kind: int, most: int) -> None:
    """Sets the soft limit, never above the hard one."""
    _, hard = resource.getrlimit(kind)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # not known here, or used up already
        resource.setrlimit(kind, (soft, hard))


def _ending(number: int, said: dict[str, str], limits: Limits) -> RedactorError:
    """What ended a worker: the signal that it died of, and what it was at."""
    where, what = said.get("where", "the document"), said.get("step", "the work")
    if number == signal.SIGPROF:
        return ResourceLimit(
            f"{where}: {what} took more than {limits.step_seconds} seconds of CPU (a page)",
            f"split or simplify the document, or set {STEP_VARIABLE}",
        )
    if number in (signal.SIGXCPU, signal.SIGUSR1):
        return ResourceLimit(
            f"{where}: the job took more than {limits.seconds} seconds, at {what}",
            f"split the document, or set {SECONDS_VARIABLE}",
        )
    if number == signal.SIGKILL:
        return ResourceLimit(
            f"{where}: killed from outside at {what}, most likely for want of memory",
            "give the machine more, or split the document",
        )
    name = signal.Signals(number).name
    return RedactorError(
        f"{where}: a library crashed at {what} ({name}), nothing was written",
        "the file is damaged or this is a bug: please report it",
    )


class _Watch:
    """The parent's handlers: passes signals on, and ends a worker that takes too long."""

    def __init__(self, child: int, seconds: int) -> None:
        self.was_stopped = False
        self._is_over = False
        self._child = child
        self._seconds = seconds

    def install(self) -> None:
        for number in _FORWARDED:
            # As under nohup, what is ignored stays so.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._forward)
        signal.signal(signal.SIGALRM, self._time_is_up)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def end(self) -> None:
        """The worker has ended: so does what it started."""
        self._is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        with suppress(OSError):
            os.killpg(self._child, signal.SIGKILL)

    def _forward(self, number: int, _frame: FrameType | None) -> None:
        self._send(signal.SIGKILL if self.was_stopped else number)  # when asked twice, at once
        self.was_stopped = True
        signal.setitimer(signal.ITIMER_REAL, _GRACE)

    def _time_is_up(self, _number: int, _frame: FrameType | None) -> None:
        self._send(signal.SIGKILL if self.was_stopped else signal.SIGUSR1)

    def _send(self, number: int) -> None:
        if not self._is_over:  # then the number may be another's
            with suppress(OSError):
                os.kill(self._child, number)
