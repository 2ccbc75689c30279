"""Measures the audit log: adding to it, checking it whole, and proving one document.

    python -m benchmarks.audit_log [--entries 1000000] [--write]

With --write the figures go to benchmarks/results/audit_log.json.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from benchmarks import tables
from redactor.journal import check, store
from redactor.journal.entry import Job
from redactor.sign.allowed_signers import AllowedSigner
from redactor.sign.keys import PrivateKey

_RESULTS = tables.RESULTS / "audit_log.json"
_TIME = "2026-01-31T12:00:00Z"
_RUN = 50_000  # documents of one run
_PROOFS = 20


def job(number: int) -> Job:
    """A job whose digests follow from its number."""
    digests = (hashlib.sha256(f"{number} {part}".encode()).hexdigest() for part in range(3))
    return Job(_TIME, 0, *digests)


def seconds(work: Callable[..., Any], *given: Any) -> float:
    """How long some work takes."""
    began = time.perf_counter()
    work(*given)
    return time.perf_counter() - began


def measure(folder: Path, entries: int) -> dict[str, float]:
    """The figures for a log of so many entries."""
    log, key = folder / "LOG", PrivateKey.generate()
    trusted = (AllowedSigner(("office",), key.public_key()),)
    made = 0.0
    for start in range(0, entries, _RUN):
        jobs = [job(number) for number in range(start, min(entries, start + _RUN))]
        made += seconds(store.append, log, jobs, key, _TIME)
    proofs = [
        seconds(check.prove, log, job(number).output_sha256, trusted)
        for number in range(0, entries, entries // _PROOFS)
    ]
    one = seconds(store.append, log, [job(entries)], key, _TIME)
    return {
        "entries": entries,
        "megabytes": round(sum(f.stat().st_size for f in store.LogFiles(log).all) / 1e6, 1),
        "seconds_to_make": round(made, 1),
        "seconds_to_add_one": round(one, 4),
        "seconds_to_prove_one_median": round(statistics.median(proofs), 3),
        "seconds_to_prove_one_most": round(max(proofs), 3),
        "seconds_to_check_all": round(seconds(check.check, log, trusted), 1),
    }


@click.command()
@click.option("--entries", default=1_000_000, show_default=True)
@click.option("--write", is_flag=True, help="Publish the figures.")
def main(entries: int, write: bool) -> None:
    """Measure, print, and with --write publish."""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), entries)
    for name, value in figures.items():
        click.echo(f"{name:30} {value}")
    if write:
        _RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
