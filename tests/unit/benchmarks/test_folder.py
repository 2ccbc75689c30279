"""Which endings the benchmark over folders calls faults, and how it sums up memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.folder import Ended, summary
from benchmarks.memory import of_family
from redactor.errors import ExitCode

_OUTPUTS = frozenset(["out.pdf", "out.pdf.report.json", "out.pdf.report.json.sig"])
_DONE = Ended(Path("a.pdf"), ExitCode.OK, 5.0, 100, "a.pdf -> out.pdf\n", _OUTPUTS)
_REFUSED = Ended(Path("b.pdf"), ExitCode.RESOURCE_LIMIT, 2.0, 300, "redactor: b\n", frozenset())
_LEFT_TO_A_PERSON = replace(
    _REFUSED, code=ExitCode.PERSON_MUST_DECIDE, left=frozenset(["out.pdf.plan.json"])
)


@pytest.mark.parametrize(
    ("ended", "faults"),
    [
        (_DONE, []),
        (_REFUSED, []),
        (_LEFT_TO_A_PERSON, []),
        (replace(_DONE, seconds=61.0), ["over a minute a page"]),
        (replace(_DONE, seconds=61.0, pages=2), []),
        (replace(_DONE, left=frozenset(["out.pdf"])), ["leftovers"]),
        (replace(_REFUSED, left=frozenset([".redactor-1.part"])), ["leftovers"]),
        (replace(_LEFT_TO_A_PERSON, left=_OUTPUTS), ["leftovers"]),
        (replace(_REFUSED, code=15), ["undocumented exit code"]),
        (replace(_REFUSED, code=-11), ["undocumented exit code"]),
        (replace(_REFUSED, said="Traceback (most recent call last):\n"), ["traceback"]),
    ],
)
def test_faults(ended: Ended, faults: list[str]) -> None:
    assert list(ended.faults()) == faults


def test_summary() -> None:
    lines = list(summary([_DONE, _REFUSED, replace(_DONE, seconds=90.0)]))
    assert lines[0] == "3 files: 2 x 0, 1 x 10"
    assert lines[1] == "faults: 1 over a minute a page"
    assert lines[2] == "longest: 90.0 s (a.pdf)"


def test_memory_is_that_of_all_descendants() -> None:
    processes = {1: (0, 1), 10: (1, 20), 11: (10, 300), 12: (11, 4000), 13: (1, 50000)}
    assert of_family(10, processes) == 4320
    assert of_family(99, processes) == 0
