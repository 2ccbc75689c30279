"""Verifies in a process of its own, which knows the saved bytes and nothing of how they were made.

A parser that a crafted page has led astray in this process is not the one that judges its output.
Bytes and texts go through a pipe, never through a file. Starting costs about half a second.
The process lives within the limits of the one that starts it, and ends with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from redactor import worker
from redactor.codec import decoder, encode
from redactor.errors import ExitCode, ResourceLimit
from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid
from redactor.report import Check, PdfSignatureInfo
from redactor.verify.run import verify as verify_here
from redactor.verify.subject import Outcome, Subject

_PATIENCE, _PATIENCE_PAGE = 120.0, 30.0  # seconds: for a document, and more for each page
_OVER_LIMIT = {-signal.SIGXCPU: "time", int(ExitCode.RESOURCE_LIMIT): "memory"}
_MODULE = "redactor.verify.apart"
_NAME, _ENGINE = "verification in its own process", "all"


def verify(subject: Subject) -> tuple[Outcome, ...]:
    """Every check's outcome; one failed check where the process ends otherwise than it should.

    Raises ResourceLimit where it needs more memory or CPU than a worker may take.
    """
    seconds = worker.seconds_for(len(subject.frames))
    try:
        done = subprocess.run(  # this very program
            [sys.executable, "-P", "-m", _MODULE, str(os.getpid()), str(seconds)],
            input=_packed(subject),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries may quote the document
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            timeout=_PATIENCE + _PATIENCE_PAGE * len(subject.frames),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _failed("took too long")
    except OSError as error:
        return _failed(f"could not be started: {type(error).__name__}")
    if done.returncode in _OVER_LIMIT:
        raise ResourceLimit(
            f"verifying the output took more {_OVER_LIMIT[done.returncode]} than a job may",
            "split or simplify the document",
        )
    if done.returncode:
        return _failed(f"ended with status {done.returncode}")
    try:
        outcomes = tuple(map(_outcome, json.loads(done.stdout)))
    except (ValueError, TypeError, KeyError):
        return _failed("gave no answer")
    return outcomes or _failed("gave no answer")


def _failed(why: str) -> tuple[Outcome, ...]:
    return (Outcome(Check(_NAME, _ENGINE, False, why)),)


def _packed(subject: Subject) -> bytes:
    """A line of JSON, then the three files, whose lengths it states."""
    files = (subject.output, subject.bare, subject.source)
    head = {
        "lengths": [len(data) for data in files],
        "frames": [asdict(frame) for frame in subject.frames],
        "source_frames": [asdict(frame) for frame in subject.source_frames],
        "redactions": [
            [r.page, r.box.as_tuple(), r.overlay, r.finding_id, r.also, r.brief]
            for r in subject.redactions
        ],
        "rebuilt": sorted(subject.rebuilt),
        "removed": subject.removed,
        "kept": sorted(subject.kept),
        "signature": encode(subject.signature),
    }
    return b"".join((json.dumps(head).encode("ascii"), b"\n", *files))


def _unpacked(stream: BinaryIO) -> Subject:
    head = json.loads(stream.readline())
    output, bare, source = (stream.read(length) for length in head["lengths"])
    return Subject(
        output=output,
        bare=bare,
        source=source,
        frames=tuple(map(_frame, head["frames"])),
        source_frames=tuple(map(_frame, head["source_frames"])),
        redactions=tuple(
            Redaction(page, Box(*box), overlay, finding, tuple(also), brief)
            for page, box, overlay, finding, also, brief in head["redactions"]
        ),
        rebuilt=frozenset(head["rebuilt"]),
        removed=tuple(head["removed"]),
        kept=frozenset(map(Aid, head["kept"])),
        signature=_signature(head["signature"]),
    )


def _signature(data: Any) -> PdfSignatureInfo | None:
    if data is None:
        return None
    found: PdfSignatureInfo = decoder(PdfSignatureInfo)(data, "signature")
    return found


def _frame(data: dict[str, Any]) -> PageFrame:
    return PageFrame(Box(**data["crop"]), data["rotation"], data["user_unit"])


def _outcome(data: dict[str, Any]) -> Outcome:
    check = data["check"]
    if type(check["passed"]) is not bool:
        raise ValueError("not an outcome")
    return Outcome(Check(**check), tuple(data["pages"]))


def main() -> None:
    """Reads a subject from standard input and writes the outcomes to standard output."""
    worker.serve(*map(int, sys.argv[1:]))
    answer, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    try:
        outcomes = verify_here(_unpacked(sys.stdin.buffer))
    except MemoryError:
        sys.exit(ExitCode.RESOURCE_LIMIT)
    answer.write(json.dumps([asdict(outcome) for outcome in outcomes]))


if __name__ == "__main__":
    main()
