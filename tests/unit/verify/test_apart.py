"""Verification in a process of its own: the same answer, and no way to pass without one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from redactor.verify import apart
from redactor.verify.run import verify as verify_here
from redactor.verify.subject import Subject
from tests.unit.verify.test_checks import clean, coded  # noqa: F401 - a fixture

_run = subprocess.run


def test_it_answers_as_this_process_does(clean: Subject) -> None:  # noqa: F811
    assert apart.verify(clean) == verify_here(clean)
    broken = replace(clean, output=clean.output + b"Zebulon", removed=("Zebulon", "Ærøskøbing"))
    assert apart.verify(broken) == verify_here(broken)
    assert not all(o.check.passed for o in apart.verify(broken))


def test_it_knows_the_codes_of_a_box(tmp_path: Path) -> None:
    subject = coded(tmp_path, 20)
    assert all(outcome.check.passed for outcome in apart.verify(subject))


def ending(monkeypatch: pytest.MonkeyPatch, code: str, patience: float = 60) -> None:
    """Has another program run in place of the verifier."""

    def run(command: list[str], **options: object) -> object:
        return _run([sys.executable, "-c", code], **{**options, "timeout": patience})  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("raise SystemExit(3)", "ended with status 3"),
        ("import os; os.kill(os.getpid(), 9)", "ended with status -9"),
        ("import os; os.abort()", "ended with status -6"),
        ("pass", "gave no answer"),
        ("print('[]')", "gave no answer"),
        ("print('{}')", "gave no answer"),
        ("print('not JSON')", "gave no answer"),
        ('print(\'[{"check": {"passed": true}, "pages": []}]\')', "gave no answer"),
        ("print('[1]')", "gave no answer"),
        (
            'print(\'[{"check": {"name": "", "engine": "", "passed": 1, "detail": ""},'
            ' "pages": []}]\')',
            "gave no answer",
        ),
    ],
)
def test_a_process_that_dies_or_says_nonsense_is_a_failure(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    detail: str,
) -> None:
    ending(monkeypatch, code)
    (outcome,) = apart.verify(clean)
    assert not outcome.check.passed
    assert outcome.check.detail == detail


def test_a_process_that_hangs_is_a_failure(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ending(monkeypatch, "import time; time.sleep(60)", patience=0.5)
    (outcome,) = apart.verify(clean)
    assert not outcome.check.passed


def test_a_program_that_cannot_be_started_is_a_failure(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    (outcome,) = apart.verify(clean)
    assert not outcome.check.passed
