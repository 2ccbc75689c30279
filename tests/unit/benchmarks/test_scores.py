from dataclasses import dataclass

import pytest

from benchmarks.scores import (
    Errors,
    auroc,
    calibration_error,
    character_errors,
    match,
    plain,
    same_place,
    tokens,
    total,
    word_errors,
)
from redactor.geometry import Box


@dataclass(frozen=True)
class At:
    """A word on one line: from x0 to x1."""

    text: str
    x0: float
    x1: float

    @property
    def box(self) -> Box:
        return Box(self.x0, 0, self.x1, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O'Clock,", "oclock"),
        ("pro-Communist", "procommunist"),
        ("9/3/92", "9392"),
        ("Straße", "strasse"),
        ("É", "é"),
        ("#", ""),
        ("_", ""),
    ],
)
def test_only_letters_and_digits_without_case_are_compared(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_tokens_without_a_letter_or_digit_are_dropped() -> None:
    assert tokens('He said ,\n" # No. 9 "') == ("he", "said", "no", "9")


@pytest.mark.parametrize(
    ("truth", "reading", "characters", "words"),
    [
        ("the cat sat", "the cat sat", Errors(0, 11), Errors(0, 3)),
        ("The cat, sat.", "the CAT sat", Errors(0, 11), Errors(0, 3)),
        ("the cat sat", "the cot sat", Errors(1, 11), Errors(1, 3)),
        ("the cat sat", "the catsat", Errors(1, 11), Errors(2, 3)),
        ("the cat sat", "the sat", Errors(4, 11), Errors(1, 3)),
        ("the cat sat", "the big cat sat", Errors(4, 11), Errors(1, 3)),
        ("the cat", "cat the", Errors(6, 7), Errors(2, 2)),
        ("a\n b", "a  b", Errors(0, 3), Errors(0, 2)),
        ("a", "", Errors(1, 1), Errors(1, 1)),
    ],
)
def test_errors_by_hand(truth: str, reading: str, characters: Errors, words: Errors) -> None:
    assert character_errors(truth, reading) == characters
    assert word_errors(truth, reading) == words


def test_long_pages_weigh_more() -> None:
    assert total([Errors(1, 1), Errors(0, 9)]).rate == pytest.approx(0.1)


@pytest.mark.parametrize(("edits", "rate"), [(0, 0.0), (3, 1.0)])
def test_what_is_invented_where_nothing_stands_is_wrong(edits: int, rate: float) -> None:
    assert Errors(edits, 0).rate == rate


def test_the_place_is_that_of_the_largest_common_area() -> None:
    boxes = [Box(0, 0, 10, 10), Box(20, 0, 30, 10), Box(40, 0, 60, 10)]
    others = [Box(6, 0, 16, 10), Box(3, 0, 9, 10), Box(24, 0, 34, 10), Box(40, 0, 45, 10)]
    assert same_place(boxes, others) == (1, 2, 3)


@pytest.mark.parametrize(("x0", "place"), [(5.0, 0), (5.1, None)])
def test_half_of_the_smaller_box_is_the_same_place(x0: float, place: int | None) -> None:
    assert same_place([Box(0, 0, 10, 10)], [Box(x0, 0, x0 + 20, 10)]) == (place,)


@pytest.mark.parametrize(
    ("words", "labels", "right"),
    [
        ([At("Cat,", 0, 30)], [At("cat", 0, 28)], [True]),
        ([At("cot", 0, 30)], [At("cat", 0, 28)], [False]),
        ([At("9/3/92", 0, 60)], [At("9/", 0, 20), At("3/", 20, 40), At("92", 40, 60)], [True]),
        ([At("9/3/92", 0, 60)], [At("92", 40, 60), At("9/", 0, 20), At("3/", 20, 40)], [True]),
        ([At("ofthe", 0, 50)], [At("of", 0, 20), At("the", 22, 50)], [False]),
        ([At("par", 0, 30), At("tition", 33, 90)], [At("partition", 0, 90)], [False, False]),
        ([At("don't", 0, 50)], [At("dont", 0, 50)], [True]),
        ([At("ghost", 100, 150)], [At("cat", 0, 28)], []),
    ],
)
def test_a_word_is_right_when_its_labels_read_so(
    words: list[At], labels: list[At], right: list[bool]
) -> None:
    assert [m.right for m in match(words, labels)] == right


def test_a_label_belongs_to_one_word() -> None:
    found = match([At("par", 0, 30), At("tition", 33, 90)], [At("partition", 0, 90)])
    assert [(m.word, m.labels) for m in found] == [(0, ()), (1, (0,))]


@pytest.mark.parametrize(
    ("confidence", "right", "expected"),
    [
        ([], [], 0.0),
        ([1.0, 1.0], [True, True], 0.0),
        ([0.85, 0.85], [True, True], 0.15),
        # bin 0.8-0.9 promises .8 and keeps .5, bin 0.2-0.3 promises .2 and keeps nothing
        ([0.8, 0.8, 0.2, 0.2], [True, False, False, False], 0.25),
        # within one bin, too sure and too unsure cancel out
        ([0.52, 0.58], [True, False], 0.05),
        ([0.49, 0.51], [True, False], 0.51),
    ],
)
def test_calibration_error_by_hand(
    confidence: list[float], right: list[bool], expected: float
) -> None:
    assert calibration_error(confidence, right) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("confidence", "right", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.1, 0.9], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.9, 0.5, 0.5, 0.1], [True, True, False, False], 3.5 / 4),
        ([0.9, 0.8], [True, True], None),
        ([], [], None),
    ],
)
def test_auroc_by_hand(confidence: list[float], right: list[bool], expected: float | None) -> None:
    assert auroc(confidence, right) == expected
