"""Verification in a process of its own: the same answer, and no way to pass without one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from redactor.errors import ResourceLimit
from redactor.verify import apart, process
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


def standing_by(monkeypatch: pytest.MonkeyPatch, code: str, patience: float = 60) -> None:
    """Has a process stand by that does something else than verify."""

    def become(_parent: int, line: socket.socket) -> NoReturn:
        os.dup2(line.fileno(), 1)
        os.execv(sys.executable, [sys.executable, "-c", code])

    monkeypatch.setattr(process, "become", become)
    monkeypatch.setattr(apart, "_PATIENCE", patience)
    monkeypatch.setattr(apart, "_PATIENCE_PAGE", 0.0)
    apart.stand_by()


Start = Callable[..., None]


NO_ANSWER = "gave no answer"
ENDS = [
    ("raise SystemExit(3)", "ended with status 3"),
    ("import os; os.kill(os.getpid(), 9)", "ended with status -9"),
    ("import os; os.abort()", "ended with status -6"),
    ("pass", NO_ANSWER),
    ("print('[]')", NO_ANSWER),
    ("print('{}')", NO_ANSWER),
    ("print('not JSON')", NO_ANSWER),
    ('print(\'[{"check": {"passed": true}, "pages": []}]\')', NO_ANSWER),
    ("print('[1]')", NO_ANSWER),
    (
        'print(\'[{"check": {"name": "", "engine": "", "passed": 1, "detail": ""},'
        ' "pages": []}]\')',
        NO_ANSWER,
    ),
]


@pytest.mark.parametrize(("code", "detail"), ENDS)
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


@pytest.mark.parametrize(("code", "detail"), ENDS)
def test_so_is_one_that_stood_by(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    detail: str,
) -> None:
    standing_by(monkeypatch, code)
    (outcome,) = apart.verify(clean)
    assert not outcome.check.passed
    assert outcome.check.detail == detail


def test_one_that_dies_before_it_has_read_the_files_is_a_failure(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standing_by(monkeypatch, "raise SystemExit(3)")
    (outcome,) = apart.verify(replace(clean, output=bytes(10**7)))
    assert outcome.check.detail == "ended with status 3"


@pytest.mark.parametrize("start", [ending, standing_by])
@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import os; os.kill(os.getpid(), 24)", "time"),
        ("raise SystemExit(10)", "memory"),
    ],
)
def test_what_takes_too_much_is_over_a_limit(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    start: Start,
    code: str,
    what: str,
) -> None:
    start(monkeypatch, code)
    with pytest.raises(ResourceLimit, match=f"more {what} than"):
        apart.verify(clean)


@pytest.mark.parametrize("start", [ending, standing_by])
def test_a_process_that_hangs_is_a_failure(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    start: Start,
) -> None:
    start(monkeypatch, "import time; time.sleep(60)", 0.5)
    (outcome,) = apart.verify(clean)
    assert outcome.check.detail == "took too long"
    assert not outcome.check.passed


def test_one_that_stands_by_knows_nothing_of_this_process_later_and_answers_once(
    clean: Subject,  # noqa: F811
) -> None:
    apart.stand_by()
    spare = apart._spare
    assert spare
    assert apart.verify(clean) == verify_here(clean)
    assert apart._spare is None
    with pytest.raises(ChildProcessError):  # it has ended, and nobody is left to wait for
        os.waitpid(spare.number, os.WNOHANG)
    assert apart.verify(clean) == verify_here(clean)


def test_one_that_stands_by_ends_with_what_it_was_split_off_from() -> None:
    code = (
        "from redactor.verify import apart; apart.stand_by();"
        "print(apart._spare.number, flush=True); import os; os._exit(0)"
    )
    done = _run([sys.executable, "-c", code], capture_output=True, check=True)
    number = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{number}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{number}").exists()


def test_a_program_that_cannot_be_started_is_a_failure(
    clean: Subject,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    (outcome,) = apart.verify(clean)
    assert not outcome.check.passed
