"""Runs the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(
    *arguments: str | Path, config: Path, env: dict[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """`redactor ARGUMENTS` with its keys in the folder `config`."""
    return subprocess.run(
        [sys.executable, "-m", "redactor", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "REDACTOR_CONFIG_DIR": str(config),
            **(env or {}),
        },
    )
