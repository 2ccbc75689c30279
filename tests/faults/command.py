"""Runs the command so that what it says and what it leaves behind can be looked at."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from redactor.cli.main import main
from redactor.sign.keys import new_key
from tests.documents import text_pdf

LINE = re.compile(r"redactor: .+\n")
LINE_WITH_HINT = re.compile(r"redactor: .+ \(.+\)\n")
PAGE = [(10.0, 30.0, "Patient: John Smith"), (10.0, 60.0, "SSN 212-09-7694 is on file.")]
SECRETS = ("John", "Smith", "212-09-7694")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """A folder to work in, with a small document, and a folder of keys beside it."""

    work: Path
    config: Path

    @property
    def document(self) -> Path:
        return self.work / "in.pdf"

    def listing(self) -> dict[str, str]:
        """Every file and folder, hidden ones too, with a digest of what it holds."""
        found: dict[str, str] = {}
        for root in (self.work, self.config):
            for path in sorted(root.rglob("*")):
                plain = path.is_file() and not path.is_symlink() and os.access(path, os.R_OK)
                content = path.read_bytes() if plain else b""
                found[str(path)] = hashlib.sha256(content).hexdigest() if plain else "-"
        return found

    def environment(self) -> dict[str, str]:
        return {**os.environ, "OMP_NUM_THREADS": "1", "REDACTOR_CONFIG_DIR": str(self.config)}

    def run(self, *arguments: str | Path) -> Done:
        """`redactor ARGUMENTS` in this process."""
        out, err, code = io.StringIO(), io.StringIO(), 0
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = [(number, signal.getsignal(number)) for number in numbers]
        try:
            with (
                contextlib.chdir(self.work),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
                mock.patch.dict(
                    os.environ,
                    {"REDACTOR_CONFIG_DIR": str(self.config), "REDACTOR_WORKER": "0"},
                ),
                mock.patch.object(sys, "argv", ["redactor", *map(str, arguments)]),
            ):
                main()
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 1
        finally:
            for number, handler in before:
                signal.signal(number, handler)
        return Done(code, out.getvalue(), err.getvalue())

    def spawn(
        self,
        *arguments: str | Path,
        prefix: Sequence[str | Path] = (),
        env: Mapping[str, str] | None = None,
    ) -> Done:
        """`redactor ARGUMENTS` in a process of its own, `prefix` before it (`setpriv ...`)."""
        done = subprocess.run(
            [*map(str, prefix), sys.executable, "-m", "redactor", *map(str, arguments)],
            cwd=self.work,
            env={**self.environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def start(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """A Python program, which is told how to run redactor by `-c`, still running."""
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            cwd=self.work,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Redactor leaves ignored what is: so it is where these tests run under nohup.
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        )


def make_place(folder: Path) -> Place:
    """A place with a signing key and a folder of job keys, as after a first use."""
    place = Place(folder / "work", folder / "config")
    place.work.mkdir(parents=True)
    place.config.mkdir(mode=0o700)
    (place.config / "job_keys").mkdir(mode=0o700)
    new_key(place.config / "signing_key")
    place.document.write_bytes(text_pdf(PAGE, width=240, height=90))
    return place
