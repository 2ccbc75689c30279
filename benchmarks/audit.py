"""Audits every PDF of a folder, beside Free Law Project's x-ray on the same files.

    python -m benchmarks.audit DIR [--xray PYTHON]

x-ray (`pip install x-ray`) pins another PyMuPDF, so it runs in an environment of its own, whose
interpreter is given; without one, it is measured where it can be imported, else left out. Each
side opens the files one after the other in one process; seconds are the processor's, of the audit
alone. x-ray looks for text under rectangles only: what it cannot find counts as ours alone.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks import tables
from redactor.audit.leak import Level
from redactor.audit.run import audit
from redactor.errors import RedactorError

_PEER = """
import asyncio, inspect, json, sys, time
import xray
for path in sys.argv[1:]:
    began = time.process_time()
    try:
        found = xray.inspect(path)
        found = asyncio.run(found) if inspect.isawaitable(found) else found
        count = sum(map(len, found.values()))
    except Exception:
        count = -1
    print(json.dumps([count, time.process_time() - began]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many leaks were found in a file (-1: it was refused), and how long that took."""

    found: int
    seconds: float

    @property
    def verdict(self) -> str:
        return "refused" if self.found < 0 else "leaks" if self.found else "nothing"


def ours(paths: Sequence[Path]) -> list[Outcome]:
    """This project's audit; notices do not count."""
    outcomes = []
    for path in paths:
        began = time.process_time()
        try:
            found = len(audit(path).of(Level.LEAK))
        except RedactorError:
            found = -1
        outcomes.append(Outcome(found, time.process_time() - began))
    return outcomes


def peer(paths: Sequence[Path], python: str | None) -> list[Outcome] | None:
    """x-ray's outcomes; None where it is not installed."""
    if python is None and importlib.util.find_spec("xray") is None:
        return None
    done = subprocess.run(  # the interpreter that the user named
        [python or sys.executable, "-c", _PEER, *map(str, paths)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # MuPDF's messages
        encoding="utf-8",
        errors="replace",  # so do its warnings, on stdout
        check=True,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    return [Outcome(*json.loads(line)) for line in lines]


def table(paths: Sequence[Path], mine: Sequence[Outcome], theirs: Sequence[Outcome]) -> str:
    """A row for each file in which either found something, and sums."""
    rows: list[tuple[str, ...]] = [
        (path.name, str(a.found), str(b.found), f"{a.seconds:.3f}", f"{b.seconds:.3f}")
        for path, a, b in zip(paths, mine, theirs, strict=True)
        if a.found > 0 or b.found > 0
    ]
    rows.append(("all", *(_sum(o) for o in (mine, theirs)), *(_seconds(o) for o in (mine, theirs))))
    header = ("file", "redactor", "x-ray", "redactor s", "x-ray s")
    return tables.markdown(header, rows)


def _sum(outcomes: Sequence[Outcome]) -> str:
    return f"{sum(o.found > 0 for o in outcomes)} files"


def _seconds(outcomes: Sequence[Outcome]) -> str:
    return f"{sum(o.seconds for o in outcomes):.2f}"


def agreement(mine: Sequence[Outcome], theirs: Sequence[Outcome]) -> str:
    """In words: how many files both see alike, and how many one alone finds leaks in."""
    pairs = list(zip(mine, theirs, strict=True))
    alike = sum(a.verdict == b.verdict for a, b in pairs)
    alone = sum(a.found > 0 >= b.found for a, b in pairs)
    missed = sum(b.found > 0 >= a.found for a, b in pairs)
    return (
        f"{len(pairs)} files: same verdict on {alike}; "
        f"leaks found by redactor alone in {alone}, by x-ray alone in {missed}"
    )


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--xray", "python", help="A Python in which x-ray is installed.")
def main(folder: Path, python: str | None) -> None:
    """Audit and compare."""
    paths = sorted(folder.glob("*.pdf"))
    mine, theirs = ours(paths), peer(paths, python)
    if theirs is None:
        click.echo(f"{_sum(mine)} of {len(paths)} leak, {_seconds(mine)} s (x-ray not installed)")
        return
    click.echo(table(paths, mine, theirs))
    click.echo(agreement(mine, theirs))


if __name__ == "__main__":
    sys.exit(main())
