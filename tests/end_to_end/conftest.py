"""Every sample is redacted once a test run, by the real command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import run
from tests.samples import sample


@dataclass(frozen=True)
class Job:
    """A finished run of `redactor redact` on a sample."""

    name: str
    output: Path
    config: Path
    stderr: str

    @property
    def report(self) -> Path:
        return self.output.with_name(self.output.name + ".report.json")


@pytest.fixture(scope="session")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Job]:
    """The job of a sample by name; tests of one sample share an xdist group, so it runs once."""
    jobs: dict[str, Job] = {}

    def get(name: str) -> Job:
        if name not in jobs:
            folder = tmp_path_factory.mktemp(name)
            output, config = folder / "out.pdf", folder / "config"
            result = run("redact", sample(name), "-o", output, config=config)
            assert result.returncode == 0, result.stderr
            jobs[name] = Job(name, output, config, result.stderr)
        return jobs[name]

    return get
