"""The process that verifies: what it is given, what it answers, and how it ends.

It is a program of its own, or was split off from a worker before a document was opened. It lives
within the limits of the one that asks, and ends with it. It ends with 0 after an answer, with
ExitCode.RESOURCE_LIMIT for want of memory, by SIGXCPU for want of CPU.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from dataclasses import asdict
from typing import Any, BinaryIO, NoReturn

from redactor import worker
from redactor.codec import decoder, encode
from redactor.errors import ExitCode
from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid
from redactor.report import Check, PdfSignatureInfo
from redactor.verify.run import verify
from redactor.verify.subject import Outcome, Subject


def packed(subject: Subject, seconds: int) -> bytes:
    """A line of JSON, then the three files, whose lengths it states.

    `seconds` of CPU are what verifying may take; 0 for no limit.
    """
    files = (subject.output, subject.bare, subject.source)
    head = {
        "seconds": seconds,
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


def outcomes(answer: bytes) -> tuple[Outcome, ...]:
    """What a process that verified has answered. Raises ValueError, TypeError, KeyError."""
    return tuple(map(_outcome, json.loads(answer)))


def _outcome(data: dict[str, Any]) -> Outcome:
    check = data["check"]
    if type(check["passed"]) is not bool:
        raise ValueError("not an outcome")
    return Outcome(Check(**check), tuple(data["pages"]))


def become(parent: int, line: socket.socket) -> NoReturn:
    """Makes this process, just split off from `parent`, one that verifies what comes on a line."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    status: int = ExitCode.OTHER
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):  # libraries may quote the document
            os.dup2(nowhere, stream)
        with line, line.makefile("rb") as questions, line.makefile("wb") as answers:
            status = _answer(parent, questions, answers)
    finally:
        os._exit(status)  # not back into what the one that asks was about to do


def main() -> None:
    """Reads a subject from standard input and writes the outcomes to standard output."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints is no answer
    sys.exit(_answer(int(sys.argv[1]), sys.stdin.buffer, answers))


def _answer(parent: int, questions: BinaryIO, answers: BinaryIO) -> int:
    worker.end_with(parent)
    try:
        head = json.loads(questions.readline())
        worker.limit_cpu(head["seconds"])
        found = verify(_unpacked(head, questions))
    except MemoryError:
        return ExitCode.RESOURCE_LIMIT
    answers.write(json.dumps([asdict(outcome) for outcome in found]).encode("ascii"))
    answers.flush()
    return ExitCode.OK


def _unpacked(head: dict[str, Any], files: BinaryIO) -> Subject:
    output, bare, source = (files.read(length) for length in head["lengths"])
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


if __name__ == "__main__":
    main()
