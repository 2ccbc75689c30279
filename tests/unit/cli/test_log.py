"""The audit log through the real command: an entry a job, proofs, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from redactor.errors import ExitCode
from redactor.journal.entry import from_line
from tests.command import run
from tests.samples import sample

TERMS = ("--term", "Whitcombe", "--pages", "1")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log of one job."""
    folder = tmp_path_factory.mktemp("office")
    done = redact(folder, "a.pdf")
    assert done.returncode == ExitCode.OK, done.stderr
    return folder


def redact(folder: Path, name: str, *more: str | Path) -> CompletedProcess[str]:
    source = sample("letter")
    log = folder / "LOG"
    return run(
        "redact", source, "-o", folder / name, *TERMS, "--log", log, *more, config=folder / "keys"
    )


def test_a_job_is_entered_with_its_digests(office: Path) -> None:
    (line,) = (office / "LOG").read_bytes().splitlines()
    assert from_line(line).job.outcome == ExitCode.OK
    done = run("log", "verify", office / "LOG", "--json", config=office / "keys")
    assert json.loads(done.stdout) == {"size": 1, "heads": 1, "signed": 1}
    assert b"letter" not in line
    assert str(office).encode() not in line


@pytest.mark.parametrize("name", ["a.pdf", "a.pdf.report.json"])
def test_a_proof_is_checked_without_the_log(office: Path, tmp_path: Path, name: str) -> None:
    keys, proof = office / "keys", tmp_path / "proof.json"
    assert (
        run("log", "prove", office / "LOG", office / name, "-o", proof, config=keys).returncode == 0
    )
    assert "entry 0 of 1" in run("log", "check", proof, office / name, config=keys).stderr
    other = run("log", "check", proof, office / "a.pdf.report.json.sig", config=keys)
    assert other.returncode == ExitCode.ANSWER_IS_NO
    assert "another file" in other.stderr
    assert run("log", "check", proof, office / name, config=tmp_path / "none").returncode != 0


def test_a_changed_log_is_told_in_one_line(office: Path, tmp_path: Path) -> None:
    for name in ("LOG", "LOG.tree", "LOG.heads"):
        (tmp_path / name).write_bytes((office / name).read_bytes())
    changed = (office / "LOG").read_bytes().replace(b'"outcome":0', b'"outcome":5')
    (tmp_path / "LOG").write_bytes(changed)
    done = run("log", "verify", tmp_path / "LOG", config=office / "keys")
    assert done.returncode == ExitCode.ANSWER_IS_NO
    assert len(done.stderr.splitlines()) == 1


def test_no_job_without_its_entry(office: Path) -> None:
    (office / "b").mkdir(exist_ok=True)
    (office / "b" / "LOG").write_text("a letter\n")
    done = redact(office / "b", "b.pdf")
    assert done.returncode == ExitCode.ANSWER_IS_NO
    assert "no log" in done.stderr
    assert not (office / "b" / "b.pdf").exists()


def test_the_log_is_no_output(office: Path) -> None:
    before = (office / "LOG").read_bytes()
    done = redact(office, "LOG")
    assert done.returncode == ExitCode.USAGE
    assert (office / "LOG").read_bytes() == before


def test_a_head_kept_elsewhere(office: Path, tmp_path: Path) -> None:
    kept = tmp_path / "head"
    kept.write_text(run("log", "head", office / "LOG", config=office / "keys").stdout)
    log = ("log", "verify", office / "LOG", "--head", kept)
    assert run(*log, config=office / "keys").returncode == 0
