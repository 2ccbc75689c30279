"""Tables of figures in Markdown, and their places in the README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, without a line feed at its end."""
    lines = [_row(header), "|" + "---|" * len(header), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_between(marker: str, text: str, path: Path = ROOT / "README.md") -> None:
    """Puts text between `<!-- marker -->` and `<!-- /marker -->` of a file.

    Raises ValueError where the file does not have both.
    """
    pattern = rf"(?s)(<!-- {marker} -->\n).*?(<!-- /{marker} -->)"
    changed, found = re.subn(
        pattern, lambda m: f"{m[1]}{text}\n{m[2]}", path.read_text(encoding="utf-8")
    )
    if not found:
        raise ValueError(f"{path.name} has no place marked {marker}")
    path.write_text(changed, encoding="utf-8")
