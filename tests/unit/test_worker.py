"""Which commands get a worker, and within which limits."""

from __future__ import annotations

import pytest

from redactor import worker
from redactor.errors import UsageError


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("redact in.pdf -o out.pdf", True),
        ("--debug read in.pdf", True),
        ("verify out.pdf", True),
        ("keys new redact", False),
        ("policy show read", False),
        ("detect -", False),
        ("--help", False),
        ("", False),
    ],
)
def test_what_opens_a_document_gets_one(
    line: str, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(worker.OFF_VARIABLE, raising=False)
    assert worker.is_wanted(line.split()) is wanted
    monkeypatch.setenv(worker.OFF_VARIABLE, "0")
    assert not worker.is_wanted(line.split())


@pytest.mark.parametrize(
    ("text", "size"),
    [("1", 1), ("1500M", 1500 * 2**20), ("4g", 4 * 2**30), ("2K", 2048)],
)
def test_memory_sizes(text: str, size: int) -> None:
    assert worker.memory_size(text, "x") == size


@pytest.mark.parametrize("text", ["", "G", "-1", "1.5G", "4GB", "4T", "٤G", "1 G", "9" * 20])
def test_what_is_no_memory_size(text: str) -> None:
    with pytest.raises(UsageError, match="x is no amount of memory"):
        worker.memory_size(text, "x")


def test_limits_from_the_environment() -> None:
    assert worker.limits_from({}) == worker.Limits()
    given = {
        worker.MEMORY_VARIABLE: "2G",
        worker.SECONDS_VARIABLE: "60",
        worker.STEP_VARIABLE: "5",
    }
    limits = worker.limits_from(given)
    assert (limits.memory, limits.seconds, limits.step_seconds) == (2**31, 60, 5)


@pytest.mark.parametrize("variable", [worker.SECONDS_VARIABLE, worker.STEP_VARIABLE])
@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "9" * 12])
def test_seconds_that_are_none(variable: str, text: str) -> None:
    with pytest.raises(UsageError, match=variable):
        worker.limits_from({variable: text})
