"""Redacts every PDF of a folder by the real command and tabulates how each one ended.

    python -m benchmarks.folder DIR

A line a file: exit code, seconds, name, and the command's last line where it refused. Exits 1 when
a file ended in a traceback, in an undocumented exit code, or left an output in spite of a failure.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from redactor.errors import ExitCode

_PATIENCE = 3600  # seconds a file


def run_one(source: Path, folder: Path) -> tuple[int, float, str, bool]:
    """Exit code, seconds, what was said on stderr, and whether the ending is as documented."""
    output = folder / "out.pdf"
    started = time.perf_counter()
    done = subprocess.run(  # the program's own command
        [sys.executable, "-m", "redactor", "redact", str(source), "-o", str(output)],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    seconds = time.perf_counter() - started
    documented = done.returncode in set(ExitCode) - {ExitCode.OTHER}
    consistent = output.exists() == (done.returncode == ExitCode.OK)
    good = documented and consistent and "Traceback" not in done.stderr
    return done.returncode, seconds, done.stderr, good


def main() -> None:
    """Runs the folder named on the command line."""
    files = sorted(Path(sys.argv[1]).glob("*.pdf"))
    bad = 0
    for source in files:
        with tempfile.TemporaryDirectory() as folder:
            code, seconds, said, good = run_one(source, Path(folder))
        bad += not good
        why = said.strip().splitlines()[-1] if code and said.strip() else ""
        sys.stdout.write(f"{code:>3} {seconds:6.1f} s  {source.name}  {why}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(files)} files, {bad} ended otherwise than documented\n")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
