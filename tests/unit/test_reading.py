"""Text layer and recognized words on one page, in the order a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.geometry import Box
from redactor.ink import Mask, PageImage, find_ink
from redactor.reading import contradictions, merge, reading_order
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.documents import page_image

DPI = 72
NO_RULES: Mask = np.zeros((792, 612), np.bool_)


def line(text: str, x: float, y: float, width: float = 0, height: float = 10) -> Line:
    box = Box(x, y, x + (width or 5.0 * len(text)), y + height)
    return Line((Word(text, box, 1.0, Origin.PRINT),), LineKind.PRINT)


def order(lines: Sequence[Line], rules: Mask = NO_RULES) -> list[str]:
    backward = [each.text for each in reading_order(lines[::-1], rules, DPI)]
    forward = [each.text for each in reading_order(lines, rules, DPI)]
    assert backward == forward
    return forward


def grid(xs: Sequence[float], ys: Sequence[float]) -> Mask:
    rules = NO_RULES.copy()
    for x in xs:
        rules[int(ys[0]) : int(ys[-1]) + 1, int(x) : int(x) + 1] = True
    for y in ys:
        rules[int(y) : int(y) + 1, int(xs[0]) : int(xs[-1]) + 1] = True
    return rules


def test_rows_from_the_top_each_from_the_left() -> None:
    lines = [line("a", 50, 50), line("b", 150, 52), line("c", 50, 70), line("d", 150, 68)]
    lines += [line("e", 50, 90), line("f", 150, 89)]
    assert order(lines) == ["a", "b", "c", "d", "e", "f"]


def test_labels_over_values() -> None:
    lines = [
        line("Name", 50, 50),
        line("Born", 200, 50),
        line("Phone", 350, 50),
        line("Ann", 50, 62),
        line("1970", 202, 62),
        line("Street", 50, 100),
        line("Town", 200, 100),
        line("Elm 5", 50, 112),
        line("Ulm", 200, 112),
    ]
    assert order(lines) == [
        *["Name", "Ann", "Born", "1970", "Phone"],
        *["Street", "Elm 5", "Town", "Ulm"],
    ]


def test_an_icon_among_the_values_does_not_part_them_from_their_labels() -> None:
    labels = [line(t, x, 50) for t, x in (("Name", 50), ("Born", 200), ("Number", 350))]
    values = [line(t, x, 62) for t, x in (("Ann", 50), ("1970", 200), ("341", 350), ("E", 550))]
    below = line("Street", 50, 100)
    paired = ["Name", "Ann", "Born", "1970", "Number", "341", "E", "Street"]
    assert order([*labels, *values, below]) == paired
    strays = [line("F", 450, 62), line("G", 500, 62)]  # now half of the row has no label
    apart = ["Name", "Born", "Number", "Ann", "1970", "341", "F", "G", "E", "Street"]
    assert order([*labels, *values, *strays, below]) == apart


def test_tables_stay_row_by_row() -> None:
    lines = [line(f"{c}{r}", 50 + 100 * c, 50 + 15 * r) for r in range(4) for c in range(3)]
    assert order(lines) == [f"{c}{r}" for r in range(4) for c in range(3)]


def test_two_columns_of_prose() -> None:
    left = [line(f"l{i}", 50, 50 + 14 * i, 200) for i in range(6)]
    right = [line(f"r{i}", 300, 50 + 14 * i, 200) for i in range(6)]
    title = line("title", 50, 10, 450)
    assert order([title, *left, *right]) == ["title", *(e.text for e in [*left, *right])]


@pytest.mark.parametrize(
    ("rows", "width", "gutter"), [(3, 200, 50), (6, 60, 190), (6, 200, 5)], ids=str
)
def test_what_is_no_column_stays_row_by_row(rows: int, width: float, gutter: float) -> None:
    lines = [
        line(f"{side}{i}", 50 + side * (width + gutter), 50 + 14 * i, width)
        for i in range(rows)
        for side in (0, 1)
    ]
    assert order(lines) == [each.text for each in lines]


def test_rows_of_cells_stay_rows() -> None:
    rules = grid([40, 200, 400], [40, 90, 140])
    lines = [line("Name", 50, 45), line("Born", 210, 45), line("Ann", 50, 65)]
    lines += [line("1970", 210, 65), line("Town", 50, 95), line("Ulm", 50, 115)]
    assert order(lines, rules) == ["Name", "Ann", "Born", "1970", "Town", "Ulm"]


def test_what_stands_in_one_cell_is_read_together() -> None:
    rules = grid([40, 200, 400], [40, 90, 140, 190])
    lines = [
        line("Name", 50, 45),
        line("Born", 210, 45),
        line("Ann", 50, 65),
        line("1970", 210, 65),
        line("Town", 50, 95),
        line("Ulm", 50, 115),
        line("Tel", 210, 95),
        line("0", 210, 115),
        line("x", 50, 145),
        line("y", 50, 165),
        line("z", 210, 145),
        line("below", 50, 200),
    ]
    assert order(lines, rules) == [
        *["Name", "Ann", "Born", "1970", "Town", "Ulm"],
        *["Tel", "0", "x", "y", "z", "below"],
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-20, 620), st.integers(-20, 800), st.integers(1, 300), st.integers(1, 40)
        ),
        max_size=25,
    )
)
def test_the_order_is_a_permutation(places: list[tuple[int, int, int, int]]) -> None:
    lines = [line(str(i), x, y, w, h) for i, (x, y, w, h) in enumerate(places)]
    rules = grid([40, 200, 400], [40, 90, 140])
    assert sorted(e.text for e in reading_order(lines, rules, DPI)) == sorted(e.text for e in lines)


IMAGE = page_image([(40, 60, "Margaret"), (40, 90, "scan")])
PLACE = Box(40, 50, 91, 64)
SCAN = Box(40, 80, 68, 94)


def word(text: str, box: Box, origin: Origin, confidence: float = 0.95) -> Line:
    return Line((Word(text, box, confidence, origin),), LineKind.PRINT)


def merged(layer: Sequence[Line], seen: Sequence[Line], image: PageImage = IMAGE) -> Page:
    return merge(1, image, find_ink(image), layer, seen)


@pytest.mark.parametrize("slope", [-0.1, -0.03, 0.0, 0.03, 0.1])
def test_two_columns_of_a_skewed_page(slope: float) -> None:
    def column(name: str, x: float) -> list[Line]:
        return [skewed(f"{name}{i}", x, 60 + 14 * i, 200, slope) for i in range(8)]

    left, right = column("l", 50), column("r", 300)
    title = skewed("title", 50, 20, 450, slope)
    expected = [each.text for each in (title, *left, *right)]
    assert order([*right, title, *left]) == expected


def skewed(text: str, x: float, y: float, width: float, slope: float) -> Line:
    """Five words that run up or down the page, as on paper that lay askew."""
    words = []
    for k in range(5):
        left, top = x + k * width / 5, y
        x0, y0 = left - slope * y, top + slope * left
        box = Box(x0, y0, x0 + width / 6, y0 + 9)
        words.append(Word(f"{text}-{k}", box, 1.0, Origin.PRINT))
    return Line(tuple(words), LineKind.PRINT)


def test_a_word_that_the_text_layer_explains_is_dropped() -> None:
    page = merged(
        [word("Margaret", PLACE, Origin.TEXT_LAYER)], [word("Margarel", PLACE, Origin.PRINT)]
    )
    assert [(w.text, w.origin) for w in page.words] == [("Margaret", Origin.TEXT_LAYER)]
    assert contradictions(page) == ()


@pytest.mark.parametrize(
    ("text", "confidence", "kept"),
    [("Margaret", 0.95, True), ("Margaret", 0.79, False), ("Ma", 0.95, False)],
)
def test_a_lying_text_layer_is_contradicted(text: str, confidence: float, kept: bool) -> None:
    page = merged(
        [word("Hippopod", PLACE, Origin.TEXT_LAYER)],
        [word(text, PLACE, Origin.PRINT, confidence)],
    )
    assert [(w.text, w.alternatives) for w in contradictions(page)] == (
        [(text, ("Hippopod",))] if kept else []
    )
    assert "Hippopod" in [w.text for w in page.words]


def test_a_word_in_doubt_contradicts_no_text_layer_that_is_not_there() -> None:
    doubted = Word("Margaret", PLACE, 0.9, Origin.HANDWRITING, ("Margarel",))
    assert contradictions(merged([], [Line((doubted,), LineKind.HANDWRITING)])) == ()


def test_words_that_only_one_side_has_are_kept() -> None:
    hidden = word("hidden", Box(200, 150, 240, 162), Origin.TEXT_LAYER)
    page = merged(
        [word("Margaret", PLACE, Origin.TEXT_LAYER), hidden], [word("scan", SCAN, Origin.PRINT)]
    )
    assert [w.text for w in page.words] == ["Margaret", "scan", "hidden"]
    assert page.words[2].box == Box(200, 150, 240, 162)
    assert page.ink.unread == ()


def test_a_line_half_explained_keeps_the_other_half() -> None:
    both = Line(
        (
            Word("Margaret", PLACE, 0.9, Origin.PRINT),
            Word("Stamp", Box(120, 50, 150, 64), 0.9, Origin.PRINT),
        ),
        LineKind.PRINT,
    )
    page = merged([word("Margaret", PLACE, Origin.TEXT_LAYER)], [both])
    assert [w.text for w in page.words] == ["Margaret", "Stamp"]


def test_a_text_layer_box_is_cut_to_its_ink() -> None:
    page = merged([word("Margaret", PLACE, Origin.TEXT_LAYER)], [])
    (only,) = page.words
    assert only.box.y0 > PLACE.y0
    assert only.box.y1 <= PLACE.y1
    assert (page.width, page.height) == pytest.approx((300, 200), abs=0.5)


@pytest.mark.parametrize("box", [Box(-50, -50, -10, -10), Box(900, 900, 950, 910), Box(5, 5, 5, 5)])
def test_words_off_the_page_do_no_harm(box: Box) -> None:
    page = merged([word("x", box, Origin.TEXT_LAYER)], [word("y", box, Origin.PRINT)])
    assert "x" in [w.text for w in page.words]
