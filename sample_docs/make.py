"""Makes every sample document: ``python -m sample_docs.make [--out DIR]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from sample_docs import (
    benefits_application,
    court_filing,
    discharge_summary,
    intake_form,
    letter,
    mixed_record,
)
from sample_docs.pdf import Made

MAKERS: dict[str, Callable[[], Made]] = {
    "letter": letter.make,
    "intake_form": intake_form.make,
    "benefits_application": benefits_application.make,
    "court_filing": court_filing.make,
    "discharge_summary": discharge_summary.make,
    "mixed_record": mixed_record.make,
}


def make_all(folder: Path) -> list[Path]:
    """Write every document and its truth into ``folder``; gives the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = list[Path]()
    for name, maker in MAKERS.items():
        made = maker()
        pdf, truth = folder / f"{name}.pdf", folder / f"{name}.truth.json"
        pdf.write_bytes(made.pdf)
        truth.write_text(made.truth, encoding="utf-8", newline="\n")
        written += [pdf, truth]
    return written


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="sample_docs.make", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="DIR")
    for path in make_all(parser.parse_args().out):
        sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
