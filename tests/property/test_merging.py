"""Shared boxes cover what single ones covered, and take no letter that none of them took."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from redactor.findings import Action, Decision, Finding
from redactor.geometry import Box, union
from redactor.merging import merge
from redactor.plan import Plan, redactions
from redactor.words import Line, LineKind, Origin, Page, Word, part_of

letter_width = st.integers(2, 9)
heights = st.integers(6, 16)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line near the top of a page: letters of any width, words of any height, little leading."""
    x, top, words = 10.0, draw(st.integers(10, 60)), []
    for widths in draw(st.lists(st.lists(letter_width, min_size=1, max_size=6), min_size=1)):
        edges = [x]
        for width in widths:
            edges.append(edges[-1] + width)
        box = Box(x, top, edges[-1], top + draw(heights))
        is_known = draw(st.booleans())
        words.append(
            Word("x" * len(widths), box, 1, Origin.PRINT, edges=tuple(edges) if is_known else ())
        )
        x = edges[-1] + draw(st.integers(-1, 5))
    return Line(tuple(words), LineKind.PRINT)


@st.composite
def boxes(draw: st.DrawFn, page: Page) -> Box:
    """Letters of a line, or any area of the page."""
    if draw(st.integers(0, 4)) == 0:
        x, y = draw(st.integers(0, 200)), draw(st.integers(0, 60))
        return Box(x, y, x + draw(st.integers(1, 90)), y + draw(st.integers(1, 60)))
    line = draw(st.sampled_from(page.lines))
    letters = [part_of(w, at, at + 1) for w in line.words for at in range(len(w.text))]
    first = draw(st.integers(0, len(letters) - 1))
    return union(letters[first : first + draw(st.integers(1, 12))])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Page, list[Decision]]:
    page = Page(1, 2000, 200, tuple(draw(st.lists(lines(), min_size=1, max_size=4))))
    found = draw(st.lists(st.lists(boxes(page), min_size=1, max_size=2), min_size=1, max_size=7))
    return page, [
        Decision(
            Finding(f"p1-f{n}", 1, "PERSON", "", tuple(some), draw(st.sampled_from([0.5, 1])), "d"),
            Action.REDACT,
            "r",
            f"({n})",
            "",
        )
        for n, some in enumerate(found)
    ]


def taken(page: Page, over: Sequence[Box]) -> set[tuple[int, int]]:
    """The letters whose middles lie under some boxes."""
    return {
        (number, at)
        for number, word in enumerate(page.words)
        for at in range(len(word.text))
        if any(box.contains(*part_of(word, at, at + 1).center) for box in over)
    }


@given(cases(), st.sampled_from([0.0, 0.25, 1.0]))
def test_shared_boxes_take_the_same_letters(case: tuple[Page, list[Decision]], pad: float) -> None:
    page, decisions = case
    single = [box.padded(pad) for decision in decisions for box in decision.finding.boxes]
    shared = [merged.box.padded(pad) for merged in merge(decisions, page.words, pad)]
    assert taken(page, shared) == taken(page, single)
    for box in single:
        assert any(box.intersection(other) == box for other in shared)


@given(cases())
def test_no_reason_is_lost_and_none_is_made_up(case: tuple[Page, list[Decision]]) -> None:
    page, decisions = case
    made = merge(decisions, page.words, 0)
    for merged in made:
        names = [decision.finding.id for decision in merged.decisions]
        assert len(set(names)) == len(names)
        for decision in merged.decisions:
            assert any(merged.box.intersection(b) == b for b in decision.finding.boxes)
    for decision in decisions:
        for box in decision.finding.boxes:
            assert any(decision in m.decisions and m.box.intersection(box) == box for m in made)


@given(cases(), st.sampled_from([0.0, 6.0, 24.0]))
def test_burned_boxes_cover_every_part(case: tuple[Page, list[Decision]], step: float) -> None:
    page, decisions = case
    plan = Plan("", "", "", (), 0.25, step, True, 0.5, tuple(decisions))
    made = redactions(plan, [page])
    for decision in decisions:
        for box in decision.finding.boxes:
            on_page = box.padded(0.25).clipped(page.width, page.height)
            assert on_page is not None
            assert any(
                on_page.rounded().intersection(r.box) == on_page.rounded()
                and decision.finding.id in r.finding_ids
                for r in made
            )
