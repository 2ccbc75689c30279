"""Where labels are printed on a form: the ones that are asked for, and others by their looks.

A label is one where it stands as such: it starts a cell or follows a value, and a colon, blank
space, a line to write on or handwriting comes after it. In running prose its words are no label.
The printed phrase is taken whole: "Mother's name" and "Name of school" are not the label "Name".
A remark in brackets belongs to the label ("Name (please print)"), and so does what a stroke or an
ampersand joins to it up to the colon ("Name / phone:"). Where a longer label that is asked for
stands in the same place, the place is its.
"""

from __future__ import annotations

from dataclasses import dataclass

from redactor.detect.forms.label_words import is_usual
from redactor.detect.forms.labels import LabelIndex, Match
from redactor.detect.forms.layout import Kind, Layout, Run, Token
from redactor.detect.forms.phrases import (
    colon_phrases,
    content_start,
    ends_label,
    head_phrase,
    label_end,
    starts_label,
)
from redactor.geometry import Box, union

_NEAR = 1.0  # heights of a line between the lines of one label


@dataclass(frozen=True, slots=True)
class Place:
    """A printed label: label number `label`, on `run` up to token `end`, in which `box` it stands.

    `start` is its first token; of a label on two lines that of the last line, which `run` is.
    `has_colon`: a colon ends it. `first` is the run that it begins on.
    """

    label: int
    first: Run
    run: Run
    start: int
    end: int
    box: Box
    has_colon: bool

    @property
    def height(self) -> float:
        return self.run.height

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens on its last line."""
        return self.run.tokens[self.start : self.end]


class Printed:
    """The labels of a page: `places` of those asked for, and for every run where labels begin."""

    def __init__(self, layout: Layout, index: LabelIndex) -> None:
        self.layout = layout
        self.places: list[Place] = []
        self._starts: dict[int, set[int]] = {}
        for run in layout.runs:
            self._look(run, index)
        for run in layout.runs:
            starts = self._starts.setdefault(run.number, set())
            starts.update(colon_phrases(run, starts))
            starts.update(head_phrase(run))

    def unit(self, place: Place) -> float:
        """The height of a line near a label: small print goes with values of the usual size."""
        return max(place.height, self.layout.height)

    def begins(self, run: Run, at: int) -> bool:
        """Whether a label begins on that token."""
        return at in self._starts[run.number]

    def is_asked(self, run: Run) -> bool:
        """Whether a label that is asked for stands on a run."""
        return any(place.run is run for place in self.places)

    def is_label(self, run: Run) -> bool:
        """Whether a run begins with a label, or is nothing but words that labels are made of."""
        first = content_start(run)
        return (
            run.tokens[0].kind is Kind.TICK
            or self.begins(run, first)
            or self.begins(run, 0)
            or is_usual(run.tokens[first:])
        )

    def _look(self, run: Run, index: LabelIndex) -> None:
        tokens = run.tokens
        below = self._second_line(run)
        keys = [_key(token) for token in (*tokens, *(below.tokens if below else ()))]
        found = [
            (match, place)
            for match in index.matches(keys, len(tokens))
            if (place := self._place(run, below, match)) is not None
        ]
        for match, place in found:
            if not any(_is_inside(match, other) for other, _ in found):
                self.places.append(place)
                self._starts.setdefault(run.number, set()).add(match.start)
                if place.run is not run:
                    self._starts.setdefault(place.run.number, set()).add(0)

    def _second_line(self, run: Run) -> Run | None:
        """The run that may go on with a label: right under this one, and where it begins."""
        box = run.box
        for other in self.layout.below(box, _NEAR * run.height):
            centered = abs(other.box.center[0] - box.center[0]) < run.height
            if centered or abs(other.box.x0 - box.x0) < 3 * run.height:
                return other
        return None

    def _place(self, run: Run, below: Run | None, match: Match) -> Place | None:
        tokens, n = run.tokens, len(run.tokens)
        if not starts_label(run, match.start, match.end - match.start > 1):
            return None
        if match.end <= n:
            end, has_colon = label_end(tokens, match.end)
            if not has_colon and not ends_label(run, match.start, end):
                return None
            box = union(token.box for token in tokens[match.start : match.end])
            return Place(match.label, run, run, match.start, end, box, has_colon)
        if below is None or match.start > content_start(run):
            return None
        end, has_colon = label_end(below.tokens, match.end - n)
        if not has_colon and not ends_label(below, 0, end):
            return None
        parts = (*tokens[match.start :], *below.tokens[: match.end - n])
        return Place(
            match.label, run, below, 0, end, union(token.box for token in parts), has_colon
        )


def _key(token: Token) -> str:
    return token.key if token.kind in (Kind.TEXT, Kind.COLON) else "\0"


def _is_inside(match: Match, other: Match) -> bool:
    """Whether a longer label has the place."""
    return (
        other.start <= match.start
        and match.end <= other.end
        and match.end - match.start < other.end - other.start
    )
