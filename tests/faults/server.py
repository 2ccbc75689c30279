"""Runs many real commands, limits included, without importing the libraries each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults.command import Place

# Forks for each line of JSON: folder, environment, arguments, and where the outputs go.
_PROGRAM = """
import json, os, sys
import redactor.cli.verbs
from redactor.cli.main import main
for line in sys.stdin:
    folder, environment, arguments, said = json.loads(line)
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(environment)
        sys.argv = ["redactor", *arguments]
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{said}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        try:
            main()
        except SystemExit as leave:
            os._exit(int(leave.code or 0))
        os._exit(99)
    _, status, usage = os.wait4(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss]), flush=True)
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended; `peak` is the memory of its largest process, in bytes."""

    code: int
    out: str
    err: str
    peak: int
    seconds: float


class Server:
    """A Python process with redactor loaded, which forks one more for each command."""

    def __init__(self, folder: Path) -> None:
        self._said = folder
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, place: Place, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> Ended:
        """`redactor ARGUMENTS` in the place's folder, in a process of its own."""
        assert self._process.stdin
        assert self._process.stdout
        settings = {"REDACTOR_CONFIG_DIR": str(place.config), **(environment or {})}
        asked = [str(place.work), settings, arguments, str(self._said)]
        started = time.monotonic()
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        code, peak = json.loads(self._process.stdout.readline())
        seconds = time.monotonic() - started
        out, err = ((self._said / name).read_text() for name in ("out", "err"))
        return Ended(code, out, err, peak * 1024, seconds)

    def close(self) -> None:
        self._process.communicate()
