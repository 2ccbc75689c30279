"""What words and boxes of a form look like: what tells a label from a value where no rule does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from redactor.detect.forms.layout import Run, Token
from redactor.geometry import Box

_MARK = 2  # letters of a cell that is but a mark


def is_data(tokens: Sequence[Token]) -> bool:
    """Whether words look filled in: handwritten, unread or with digits."""
    return any(t.is_hand or any(char.isdigit() for char in t.text) for t in tokens)


def is_figure(tokens: Sequence[Token]) -> bool:
    """Whether a cell is a number, a mark or handwriting: a row of such is one row of a table."""
    text = "".join(token.text for token in tokens)
    letters = sum(char.isalpha() for char in text)
    return letters <= _MARK or tokens[0].is_hand or letters < sum(char.isdigit() for char in text)


def is_capital(tokens: Sequence[Token]) -> bool:
    """Whether words are in capitals throughout."""
    return all(token.text == token.text.upper() for token in tokens)


def is_unlike(a: Run, b: Run) -> bool:
    """Whether one of two is in capitals or has digits, and the other not."""
    a_looks, b_looks = ((is_capital(run.tokens), is_data(run.tokens)) for run in (a, b))
    return a_looks != b_looks


def has_gap(tokens: Sequence[Token], most: float) -> bool:
    """Whether more than `most` points part some words of a line."""
    return any(b.box.x0 - a.box.x1 > most for a, b in pairwise(tokens))


def common(a: Box, b: Box) -> float:
    """How far boxes lie over each other across the page, in points; 0 where they do not."""
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0))


def is_aligned(a: Box, b: Box, slack: float) -> bool:
    """Whether boxes begin, end or have their middles at one place across the page."""
    ends = (a.x0 - b.x0, a.x1 - b.x1, a.center[0] - b.center[0])
    return min(map(abs, ends)) <= slack


def is_in_column(box: Box, first: Box, slack: float) -> bool:
    """Whether a line begins where the first one of a column does, or lies within it."""
    starts_there = abs(box.x0 - first.x0) <= slack
    return starts_there or (box.x0 >= first.x0 and box.x1 <= first.x1 + slack)
