"""Redacts every PDF of some folders by the real command and tabulates how each one ended.

    python -m benchmarks.folder [--jobs 2] DIR...

A line a file: exit code, seconds, pages, the most memory that all its processes took, name, and
the command's last line where it refused. Exits 1 when a file ended in a traceback, in an
undocumented exit code, took longer than a minute a page, or left anything behind in spite of a
failure.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from benchmarks.memory import watched
from redactor.errors import ExitCode
from redactor.output.publish import outputs_of
from redactor.pipeline import plan_path

_PATIENCE = 3600  # seconds a file
_HANG = 60  # seconds a page
_DOCUMENTED = frozenset(ExitCode) - {ExitCode.OTHER}
_LEFT: dict[int, frozenset[str]] = {
    ExitCode.OK: frozenset(path.name for path in outputs_of(Path("out.pdf"))),
    ExitCode.PERSON_MUST_DECIDE: frozenset([plan_path(Path("out.pdf")).name]),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How the command ended on a file. `peak` is bytes; `left` names what lies in its folder.

    `pages` is 1 where nobody can count them.
    """

    source: Path
    code: int
    seconds: float
    peak: int
    said: str
    left: frozenset[str]
    pages: int = 1

    def faults(self) -> Iterator[str]:
        """What is otherwise than documented."""
        if self.code not in _DOCUMENTED:
            yield "undocumented exit code"
        if "Traceback" in self.said:
            yield "traceback"
        if self.seconds > _HANG * self.pages:
            yield "over a minute a page"
        if self.left != _LEFT.get(self.code, frozenset()):
            yield "leftovers"

    def __str__(self) -> str:
        why = self.said.strip().splitlines()[-1] if self.code and self.said.strip() else ""
        faults = "".join(f"  [{fault}]" for fault in self.faults())
        size = f"{self.pages:>3} pages {self.peak / 2**20:5.0f} MB"
        return f"{self.code:>3} {self.seconds:6.1f} s {size}  {self.source.name}  {why}{faults}"


def pages_of(source: Path) -> int:
    """How many pages a file has, as far as QPDF can tell."""
    try:
        with pikepdf.open(source) as pdf:
            return max(1, len(pdf.pages))
    except (pikepdf.PasswordError, pikepdf.PdfError, RuntimeError, ValueError):
        return 1


def run_one(source: Path) -> Ended:
    """Redacts a file into a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        process = subprocess.Popen(  # the program's own command
            [sys.executable, "-m", "redactor", "redact", source, "-o", f"{folder}/out.pdf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process, watched(process.pid) as peak:
            _, said = process.communicate(timeout=_PATIENCE)
        seconds = time.perf_counter() - started
        left = frozenset(path.name for path in Path(folder).iterdir())
    return Ended(source, process.returncode, seconds, peak.bytes, said, left, pages_of(source))


def summary(ends: Sequence[Ended]) -> Iterator[str]:
    """The figures over all files."""
    codes = Counter(ended.code for ended in ends)
    yield f"{len(ends)} files: " + ", ".join(f"{n} x {code}" for code, n in sorted(codes.items()))
    faults = Counter(fault for ended in ends for fault in ended.faults())
    yield "faults: " + (", ".join(f"{n} {fault}" for fault, n in sorted(faults.items())) or "none")
    slowest = max(ends, key=lambda ended: ended.seconds)
    largest = max(ends, key=lambda ended: ended.peak)
    yield f"longest: {slowest.seconds:.1f} s ({slowest.source.name})"
    yield f"most memory: {largest.peak / 2**20:.0f} MB ({largest.source.name})"


def main() -> None:
    """Runs the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    files = [path for folder in given.folders for path in sorted(folder.glob("*.pdf"))]
    ends = []
    with ThreadPoolExecutor(given.jobs) as pool:
        for ended in pool.map(run_one, files):
            ends.append(ended)
            sys.stdout.write(f"{ended}\n")
            sys.stdout.flush()
    sys.stdout.write("".join(f"{line}\n" for line in summary(ends)))
    sys.exit(any(any(ended.faults()) for ended in ends))


if __name__ == "__main__":
    main()
