"""The command line's frame: starts the verbs, and says how every failure ends.

What opens a document is done in a worker process (redactor.worker). Libraries are imported in
`_run`, not here: it takes seconds that only the worker needs to spend, and an interrupt or a
library that is missing must end as documented even then.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

from redactor import worker
from redactor.errors import BadPolicy, ExitCode, RedactorError

_VERIFYING = frozenset(["redact", "apply", "verify"])  # the verbs that check an output
_OPENCV_NO_MEMORY = -4  # cv::Error::StsNoMem


class _Interrupts:
    """Turns signals into KeyboardInterrupt, until it is over, and remembers that one came."""

    def __init__(self) -> None:
        self.came = False
        self.over = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if not self.over:
            self.came = True
            raise KeyboardInterrupt

    def install(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # As under nohup, what is ignored stays so.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self)


def main() -> NoReturn:
    """Runs a command and exits with its documented code."""
    interrupts = _Interrupts()
    message, code = "", int(ExitCode.OK)
    try:
        interrupts.install()
        ended = worker.fork() if worker.is_wanted(sys.argv[1:]) else None
        if ended is None:
            _run()
        else:
            code = ended
    except KeyboardInterrupt:
        message, code = "interrupted, nothing was written", ExitCode.INTERRUPTED
    except Exception as error:
        message, code = _ending(error)
        if interrupts.came:  # and surfaced as something else
            message, code = "interrupted, nothing was written", ExitCode.INTERRUPTED
    interrupts.over = True
    _leave(message, code)


def _run() -> None:
    """Not by click's own `main`, which writes an empty line when interrupted."""
    if worker.is_one() and worker.verb_of(sys.argv[1:]) in _VERIFYING:
        from redactor.verify import apart

        apart.stand_by()
    from redactor.cli.verbs import cli

    with cli.make_context("redactor", sys.argv[1:]) as context:
        cli.invoke(context)


def _ending(error: Exception) -> tuple[str, ExitCode]:
    """What to say about a failure, if anything, and the exit code."""
    if isinstance(error, BadPolicy):
        return str(error).replace("\n", "; "), error.exit_code
    if isinstance(error, RedactorError):
        return str(error), error.exit_code
    if isinstance(error, BrokenPipeError):
        return "", ExitCode.OTHER
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        # Files that are written say so themselves, with their names.
        return "no space left to print on (check what stdout leads to)", ExitCode.FILE_ACCESS
    if isinstance(error, ImportError):
        name = error.name or "a library"
        return f"cannot load {name} (install redactor anew)", ExitCode.MISSING_DEPENDENCY
    if _is_out_of_memory(error):
        hint = "give the job more, or split the document"
        where = ", ".join(filter(None, (worker.doing(), "out of memory")))
        return f"{where} ({hint})", ExitCode.RESOURCE_LIMIT
    return _ending_of_click(error) or _unexpected(error)


def _is_out_of_memory(error: Exception) -> bool:
    """Libraries in C++ have their own ways of saying so: OpenCV a code, ONNX Runtime a word."""
    said = str(error)
    return (
        isinstance(error, MemoryError)
        or getattr(error, "code", None) == _OPENCV_NO_MEMORY
        or any(sign in said for sign in ("bad_alloc", "Failed to allocate memory"))
    )


def _ending_of_click(error: Exception) -> tuple[str, ExitCode] | None:
    from click import Abort, ClickException, exceptions

    if isinstance(error, exceptions.Exit):
        return "", ExitCode(error.exit_code)
    if isinstance(error, exceptions.NoArgsIsHelpError):
        error.show()
        return "", ExitCode.USAGE
    if isinstance(error, ClickException):
        return f"{error.format_message()} (see redactor --help)", ExitCode.USAGE
    if isinstance(error, Abort):
        return "interrupted, nothing was written", ExitCode.INTERRUPTED
    return None


def _unexpected(error: Exception) -> tuple[str, ExitCode]:
    """Only the kind and the place: a message could quote the document."""
    import logging

    logging.getLogger(__name__).debug("unexpected %s", _where(error))
    hint = "this is a bug: please report it"
    return f"unexpected {_where(error)}, nothing was written ({hint})", ExitCode.OTHER


def _where(error: BaseException) -> str:
    """The kind of an error and the line of code it came from."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place


def _leave(message: str, code: int) -> NoReturn:
    try:
        if message:
            sys.stderr.write(f"redactor: {_in_one_line(message)}\n")
    except OSError:
        pass
    for stream in (sys.stdout, sys.stderr):
        _hush(stream)
    worker.leave(code)
    sys.exit(code)


def _in_one_line(message: str) -> str:
    """A file's name may hold anything: line ends and the like are shown escaped."""
    shown = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)
    return "".join(shown)


def _hush(stream: Any) -> None:
    """Lets a stream that fails swallow what it still holds, so that leaving does not fail, too."""
    try:
        stream.flush()
    except (OSError, ValueError):
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
        except (OSError, ValueError):
            pass
