"""The fuzzing benchmark: its mutants stay the same, and what it calls a fault."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pikepdf
import pytest

from benchmarks import fuzz
from benchmarks.mutation import mutated, seeds
from redactor.errors import NotAPdf
from tests.documents import text_pdf

_LINE = [(10.0, 30.0, "Patient: John Smith of Springfield")]


def test_mutants_are_reproducible_and_differ() -> None:
    originals = seeds()
    first = [mutated(number, originals) for number in range(30)]
    assert first == [mutated(number, originals) for number in range(30)]
    assert len(set(first) - set(originals)) > 25  # a few put what was there in its own place


def test_seeds_end_in_verified_outputs(tmp_path: Path) -> None:
    (tmp_path / "seed.pdf").write_bytes(text_pdf(_LINE, width=240, height=60))
    assert fuzz.outcome(tmp_path / "seed.pdf") == "output verified"


def fail(error: Exception) -> object:
    raise error


@pytest.mark.parametrize(
    ("error", "ended"),
    [
        (NotAPdf("x"), "NotAPdf"),
        (MemoryError(), "ResourceLimit"),
        (KeyError("x"), "fault: KeyError at test_fuzz.py:"),
        (pikepdf.PdfError("x"), "fault: PdfError at test_fuzz.py:"),
    ],
)
def test_outcomes(
    tmp_path: Path, error: Exception, ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "take_in", lambda _: fail(error))
    assert fuzz.outcome(tmp_path / "x.pdf").startswith(ended)


def test_a_crash_is_one_fault_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash_at_second(path: Path) -> str:
        if path.read_bytes() == b"1":
            os.kill(os.getpid(), signal.SIGKILL)
        return "output verified"

    monkeypatch.setattr(fuzz, "seeds", lambda: ())
    monkeypatch.setattr(fuzz, "mutated", lambda number, _: b"%d" % number)
    monkeypatch.setattr(fuzz, "outcome", crash_at_second)
    found = [(number, ended) for number, ended, _ in fuzz.endings(0, 4)]
    assert found == [
        (0, "output verified"),
        (1, "fault: ended by SIGKILL"),
        (2, "output verified"),
        (3, "output verified"),
    ]
