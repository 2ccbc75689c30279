"""Every sample is redacted once a test run, by the real command."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import run
from tests.samples import sample

_PATIENCE = 600  # seconds to wait for another worker's run


@dataclass(frozen=True)
class Job:
    """A finished run of `redactor redact` on a sample."""

    name: str
    output: Path
    config: Path

    @property
    def report(self) -> Path:
        return self.output.with_name(self.output.name + ".report.json")


@pytest.fixture(scope="session")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Job]:
    """The job of a sample by name. The first worker to ask runs it, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def get(name: str) -> Job:
        folder = shared / f"redacted-{name}"
        job, done = Job(name, folder / "out.pdf", folder / "config"), folder / "done.json"
        try:
            folder.mkdir()
        except FileExistsError:
            _wait_for(done)
        else:
            result = run("redact", sample(name), "-o", job.output, config=job.config)
            draft = folder / "draft.json"
            draft.write_text(json.dumps([result.returncode, result.stderr]))
            draft.rename(done)
        code, stderr = json.loads(done.read_text())
        assert code == 0, stderr
        return job

    return get


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not path.exists():
        assert time.monotonic() < deadline, f"no {path.name} in {_PATIENCE} s"
        time.sleep(0.2)
