"""Lines that stand together."""

from __future__ import annotations

import pytest

from redactor.geometry import Box
from redactor.output.blocks import blocks
from redactor.words import Line, LineKind, Origin, Word

FIRST = Box(10, 10, 100, 20)


def line(box: Box) -> Line:
    return Line((Word("x", box, 1.0, Origin.PRINT),), LineKind.PRINT)


@pytest.mark.parametrize(
    ("second", "together"),
    [
        (Box(10, 24, 100, 34), True),
        (Box(10, 30, 100, 40), True),
        (Box(10, 31, 100, 41), False),  # more than a line of blank paper
        (Box(10, 18, 100, 28), True),  # touching: tight leading
        (Box(10, 12, 100, 22), False),  # on the same row
        (Box(110, 10, 200, 20), False),  # beside it
        (Box(100, 24, 200, 34), False),  # below, but no part of it under the first
        (Box(99, 24, 200, 34), True),
        (Box(10, 0, 100, 8), False),  # above: the next column
        (Box(10, 24, 100, 27), False),  # a low line: what is near is measured by it
    ],
)
def test_two_lines(second: Box, together: bool) -> None:
    assert len(list(blocks([line(FIRST), line(second)]))) == (1 if together else 2)


def test_no_line_is_lost() -> None:
    lines = [line(Box(0, y, 9, y + 5)) for y in (0, 6, 40, 46, 52, 0)]
    found = list(blocks(lines))
    assert [len(block) for block in found] == [2, 3, 1]
    assert [item for block in found for item in block] == lines
    assert list(blocks([])) == []
