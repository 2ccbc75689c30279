"""Measures how long printed pages take to read on one core, and how much memory reading takes.

    python -m benchmarks.reading_speed

Seconds are of processor time a page, the median of three runs after one to warm up, rendering
excluded: all readers see the same pages of the samples, at the pipeline's dpi, in the same run.
The peak of memory is that of a fresh process that reads one page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean, median

from benchmarks.readers import Reader
from redactor.ink import PageImage
from redactor.pdf.intake import take_in
from redactor.pdf.render import render
from tests.samples import sample

_PRINT = (("letter", 1), ("court_filing", 1), ("discharge_summary", 1))
_MIXED = (("mixed_record", 2),)
_RUNS = 3


def measure(read_by: Mapping[str, Reader]) -> dict[str, dict[str, float]]:
    """For each reader: seconds a printed page of the samples."""
    pages = [_page(*page) for page in _PRINT]
    return {
        name: {"print_seconds": fmean(_seconds(read, page) for page in pages)}
        for name, read in read_by.items()
    }


def peak_mb() -> float:
    """The most memory, in MB, that a fresh process of ours held while it read one page."""
    return max(_peak_mb(name, number) for name, number in (*_PRINT, *_MIXED))


def processor_time() -> float:
    """Seconds that this process and the commands that it ran have had."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _page(name: str, number: int) -> PageImage:
    return render(take_in(sample(name)), number)


def _seconds(read: Reader, image: PageImage) -> float:
    taken = []
    for _ in range(_RUNS + 1):
        start = processor_time()
        read(image)
        taken.append(processor_time() - start)
    return median(taken[1:])


def _peak_mb(name: str, number: int) -> float:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading_speed", "--peak", name, str(number)],
        capture_output=True,
        check=True,
        text=True,
    )
    return float(run.stdout)


def _high_water_mark() -> float:
    """MB; of this program alone, where getrusage counts what its parent held before."""
    rows = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(row.split()[1]) / 1024 for row in rows if row.startswith("VmHWM"))


def main() -> None:
    """Prints the figures as JSON."""
    from benchmarks import readers

    if sys.argv[1:2] == ["--peak"]:
        readers.ours(_page(sys.argv[2], int(sys.argv[3])))
        sys.stdout.write(f"{_high_water_mark():.0f}\n")
        return
    figures = measure({"ours": readers.ours, "rapidocr": readers.rapidocr})
    sys.stdout.write(json.dumps(figures | {"peak_mb": {"ours": peak_mb()}}, indent=1) + "\n")


if __name__ == "__main__":
    main()
