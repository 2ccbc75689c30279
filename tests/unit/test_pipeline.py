"""Jobs in the audit log."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor import pipeline
from redactor.errors import FileAccessError
from redactor.journal.entry import Job, from_line
from redactor.sign.keys import PrivateKey


@pytest.mark.parametrize(
    ("error", "code"),
    [(FileAccessError("no space", ""), 5), (KeyboardInterrupt(), 130), (MemoryError(), 15)],
)
def test_a_job_that_fails_after_its_entry_has_another(
    tmp_path: Path, error: BaseException, code: int
) -> None:
    log, key = tmp_path / "LOG", PrivateKey.generate()
    job = Job("2026-01-31T12:00:00Z", 0, "ab" * 32, "cd" * 32, "ef" * 32)
    with pytest.raises(type(error)), pipeline._entered(job, log, key):
        raise error
    first, second = (from_line(line).job for line in log.read_bytes().splitlines())
    assert first == job
    assert (second.outcome, second.input_sha256, second.output_sha256) == (code, "ab" * 32, "")
