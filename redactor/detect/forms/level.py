"""A form that was scanned askew, turned so that its lines run level and its columns plumb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redactor.detect.forms.layout import Layout, Run, Token
from redactor.geometry import Box

_LONG = 8.0  # heights of a line from which a run tells how it runs
_LEAST = 0.002  # rise a point, under which a page is level: an inch in forty
_LETTERS, _UPRIGHT = 4, 1.5  # a word of so many letters, so many times as high as wide, is turned
_MOST = 0.1  # rise a point of a line that was drawn so, on no page that went through a scanner


def leveled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens where they would stand on a level page: boxes moved, and of the same size.

    What covers them stays where it is.
    """
    tokens = [token for token in tokens if not _is_turned(token)]
    rise = _rise(Layout(tokens))
    if not _LEAST <= abs(rise) <= _MOST:
        return list(tokens)
    return [replace(token, box=_turned(token.box, rise)) for token in tokens]


def _is_turned(token: Token) -> bool:
    """Whether a word runs up or down the page: no line of the form goes through it."""
    return len(token.text) >= _LETTERS and token.box.height > _UPRIGHT * token.box.width


def _rise(layout: Layout) -> float:
    """How far lines go down a point to the right: the median, long runs counting for more."""
    rises = sorted(_rises(layout.runs, layout.height))
    half = sum(weight for _, weight in rises) / 2
    for rise, weight in rises:
        half -= weight
        if half <= 0:
            return rise
    return 0.0


def _rises(runs: Sequence[Run], height: float) -> Iterator[tuple[float, float]]:
    """The rise of each long run, and the length that it was taken over, in points."""
    for run in runs:
        words = [token.box.center for token in run.tokens if token.key]
        if len(words) > 1 and (length := words[-1][0] - words[0][0]) > _LONG * height:
            yield (words[-1][1] - words[0][1]) / length, length


def _turned(box: Box, rise: float) -> Box:
    """A box moved as its middle moves when the page turns about its top left corner."""
    x, y = box.center
    dx, dy = rise * y, -rise * x
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
