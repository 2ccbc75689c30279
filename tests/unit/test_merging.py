"""Which boxes are one, which only touch, and what a shared box may not take."""

from __future__ import annotations

import pytest

from redactor.findings import Action, Decision, Finding
from redactor.geometry import Box
from redactor.merging import merge, overlap
from redactor.words import Origin, Word

LINE = Box(100, 100, 160, 110)


def decision(number: int, *boxes: Box, score: float = 0.9, code: str = "") -> Decision:
    finding = Finding(f"p1-f{number}", 1, "PERSON", "x", boxes, score, "d")
    return Decision(finding, Action.REDACT, "r", code, "because")


def word(text: str, box: Box) -> Word:
    """A word whose letters are all as wide."""
    step = box.width / len(text)
    edges = tuple(box.x0 + step * at for at in range(len(text) + 1))
    return Word(text, box, 1.0, Origin.TEXT_LAYER, edges=edges)


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (LINE, True),
        (Box(120, 101, 140, 109), True),  # inside
        (Box(158, 100, 158.8, 110), True),  # a lone narrow letter inside
        (Box(150, 100, 200, 110), True),
        (Box(150, 97, 200, 111), True),  # with taller letters
        (Box(60, 100, 103, 108), True),  # a letter of it
        (Box(40, 40, 300, 300), True),  # an area around it
        (Box(159, 100, 200, 110), False),  # italics that overhang the next word
        (Box(160, 100, 200, 110), False),
        (Box(162, 100, 200, 110), False),
        (Box(100, 108, 160, 118), False),  # the line below, at tight leading
        (Box(100, 110, 160, 120), False),
        (Box(130, 60, 230, 160), False),  # an area that takes a half of it
        (Box(130, 104, 230, 124), False),
    ],
)
def test_what_overlaps(other: Box, is_one: bool) -> None:
    assert overlap(LINE, other) is is_one
    assert overlap(other, LINE) is is_one


def test_overlapping_findings_share_one_box_with_all_reasons() -> None:
    name = decision(1, Box(100, 100, 150, 110), score=0.6)
    place = decision(2, Box(130, 99, 200, 110), score=0.9)
    far = decision(3, Box(220, 100, 240, 110))
    bridge = decision(4, Box(190, 100, 205, 110), score=0.7)
    shared, alone = merge([name, place, far, bridge], (), 0.25)
    assert shared.box == Box(100, 99, 205, 110)
    assert shared.decisions == (place, bridge, name)
    assert (alone.box, alone.decisions) == (Box(220, 100, 240, 110), (far,))


def test_a_finding_on_two_lines_has_two_boxes() -> None:
    first, second = Box(100, 100, 160, 110), Box(20, 112, 60, 122)
    both, single = decision(1, first, second), decision(2, second)
    assert [(m.box, m.decisions) for m in merge([both, single], (), 0)] == [
        (first, (both,)),
        (second, (both, single)),
    ]


def test_of_equal_scores_the_largest_is_the_strongest_then_the_first() -> None:
    small, large, same = decision(1, Box(110, 100, 120, 110)), decision(2, LINE), decision(3, LINE)
    (shared,) = merge([small, large, same], (), 0)
    assert shared.decisions == (large, same, small)


def test_one_finding_is_named_once() -> None:
    (shared,) = merge([decision(1, LINE, LINE.padded(-1))], (), 0)
    assert len(shared.decisions) == 1


NUMBER = word("536-22-8726", Box(100, 100, 210, 110))  # letters 10 wide; the last four stay
FIRST_FIVE = Box(100, 100, 160, 110)


def test_what_a_rule_keeps_is_not_swallowed() -> None:
    label = decision(2, Box(60, 100, 120, 110))
    (shared,) = merge([decision(1, FIRST_FIVE), label], [NUMBER], 0.25)
    assert shared.box == Box(60, 100, 160, 110)
    assert not shared.box.contains(*Box(170, 100, 180, 110).center)


def test_what_is_kept_goes_where_another_finding_takes_it() -> None:
    whole = decision(2, NUMBER.box)
    (shared,) = merge([decision(1, FIRST_FIVE), whole], [NUMBER], 0.25)
    assert shared.box == NUMBER.box


ABOVE = word("above", Box(100, 86, 160, 97))
SHORT, TALL = Box(100, 100, 160, 110), Box(140, 92, 220, 111)


@pytest.mark.parametrize(
    ("beside", "taken", "count"),
    [
        ((), (), 1),
        ((word("above", Box(100, 80, 139, 91)),), (), 1),
        ((ABOVE,), (), 2),  # the union would cut it where only the short box is below it
        ((word("above", Box(100, 90, 139, 97)),), (), 2),
        ((ABOVE,), (decision(3, ABOVE.box),), 2),  # it goes anyhow: its own box and the union
    ],
)
def test_a_union_takes_no_word_that_nobody_decided_to_take(
    beside: tuple[Word, ...], taken: tuple[Decision, ...], count: int
) -> None:
    made = merge([decision(1, SHORT), decision(2, TALL), *taken], beside, 0.25)
    assert len(made) == count


def test_a_word_whose_letters_have_no_edges_is_one_letter() -> None:
    unknown = Word("above", Box(100, 90, 139, 97), 1.0, Origin.PRINT)
    assert len(merge([decision(1, SHORT), decision(2, TALL)], [unknown], 0.25)) == 2


def test_nothing_gives_nothing() -> None:
    assert merge([], [NUMBER], 0.25) == ()
