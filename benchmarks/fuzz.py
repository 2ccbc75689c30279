"""Feeds mutated PDFs to everything but recognition, and counts how each one ends.

    python -m benchmarks.fuzz [--count 10000] [--first 0] [--keep DIR] [--results FILE]

Each mutant is taken in, rendered, its text layer read, every fifth word redacted, sanitized and
verified, in a process within a worker's limits. It ends in a verified output, in a documented
error, or in a fault: another exception, a crash, or no end within a minute. Exits 1 for a fault;
`--keep` writes the files that caused one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from benchmarks.mutation import mutated, seeds
from redactor import applying, worker
from redactor.errors import RedactorError
from redactor.findings import Action, Decision, Finding
from redactor.ink import find_ink
from redactor.pdf.intake import take_in
from redactor.pdf.render import render
from redactor.pdf.text_layer import read_text_layer
from redactor.plan import Plan
from redactor.reading import merge
from redactor.stages import Planned
from redactor.verify.run import verify
from redactor.words import Page

_PATIENCE = 60  # seconds of CPU for a file
_EACH = 5  # one word of so many is redacted
_VERIFIED = "output verified"


def outcome(path: Path) -> str:
    """How a file ends: verified, the name of a documented error, or a fault and where it was."""
    try:
        _redacted(path)
    except RedactorError as error:
        return type(error).__name__
    except MemoryError:
        return "ResourceLimit"
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"fault: {type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
    return _VERIFIED


def _redacted(path: Path) -> None:
    source = take_in(path)
    pages = []
    for number in range(1, len(source.frames) + 1):
        image = render(source, number)
        layer = read_text_layer(source, number)
        pages.append(merge(number, image, find_ink(image), layer, ()))
    decisions = tuple(decision for page in pages for decision in _decisions(page))
    plan = Plan(source.sha256, "fuzz", "", (), 0.25, 0.0, True, 0.5, decisions)
    with (
        mock.patch.object(applying, "verify", verify),  # here, not in one more process each
        mock.patch.object(applying, "_reread", return_value=()),
    ):
        applying.apply(Planned(source, tuple(pages), plan))


def _decisions(page: Page) -> Iterator[Decision]:
    for index, word in enumerate(page.words):
        if index % _EACH == 0:
            name = f"p{page.number}-f{index}"
            finding = Finding(name, page.number, "WORD", word.text, (word.box,), 1.0, "fuzz")
            yield Decision(finding, Action.REDACT, "fuzz", "F", "")


def endings(first: int, count: int) -> Iterator[tuple[int, str, float]]:
    """Number, outcome and seconds of each mutant. A process that dies is followed by another."""
    following, end = first, first + count
    while following < end:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _work(writing, following, end)
        os.close(writing)
        started = time.monotonic()
        with os.fdopen(reading) as lines:
            for line in lines:
                number, ended, seconds = json.loads(line)
                yield number, ended, seconds
                following, started = number + 1, time.monotonic()
        _, status = os.waitpid(child, 0)
        if following < end:
            name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "exit"
            yield following, f"fault: ended by {name}", time.monotonic() - started
            following += 1


def _work(writing: int, first: int, end: int) -> None:
    memory = worker.Limits().memory
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    originals = seeds()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.pdf"
        for number in range(first, end):
            path.write_bytes(mutated(number, originals))
            signal.setitimer(signal.ITIMER_PROF, _PATIENCE)  # its signal ends the process
            started = time.monotonic()
            ended = outcome(path)
            line = json.dumps([number, ended, time.monotonic() - started])
            os.write(writing, f"{line}\n".encode())
    os._exit(0)


def main() -> None:
    """Runs the mutants that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for the files that caused a fault")
    parser.add_argument("--results", type=Path, help="JSON file for the figures")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    longest, started = 0.0, time.monotonic()
    for number, ended, seconds in endings(given.first, given.count):
        counts[ended] += 1
        longest = max(longest, seconds)
        if ended.startswith("fault"):
            sys.stdout.write(f"mutant {number}: {ended}\n")
            sys.stdout.flush()
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{number}.pdf").write_bytes(mutated(number, seeds()))
    figures = {
        "mutants": given.count,
        "first": given.first,
        "outcomes": dict(counts.most_common()),
        "longest_seconds": round(longest, 1),
        "minutes": round((time.monotonic() - started) / 60),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if given.results:
        given.results.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.exit(any(ended.startswith("fault") for ended in counts))


if __name__ == "__main__":
    main()
