"""Lines that stand together: the blocks that hOCR and ALTO want around lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redactor.geometry import Box
from redactor.words import Line

_GAP = 1.0  # times the lower of two lines: more blank paper than that parts them


def blocks(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines in reading order, cut wherever the next one is not just under the last one."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or not _continues(lines[index - 1].box, lines[index].box):
            yield tuple(lines[start:index])
            start = index


def _continues(above: Box, below: Box) -> bool:
    gap = below.y0 - above.y1
    lower = min(above.height, below.height)
    side_by_side = min(above.x1, below.x1) - max(above.x0, below.x0)
    return side_by_side > 0 and -lower / 2 <= gap <= _GAP * lower
