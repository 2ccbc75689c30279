"""The lot: anyone draws the same, and nothing that was redacted is drawn."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import UsageError
from redactor.geometry import Box
from redactor.quality import Place, PlaceKind
from redactor.sampling import check_seed, draw
from redactor.words import InkLedger, Line, LineKind, Origin, Page, Word
from tests.unit.test_report import REDACTION, REPORT

FILE = "c" * 64
TAKEN = Box(50, 50, 90, 60)
ONE_BOX = replace(REPORT, redactions=(replace(REDACTION, page=1, box=TAKEN),))


def page(number: int, *boxes: Box, unread: tuple[Box, ...] = ()) -> Page:
    words = tuple(Word("x", box, 1.0, Origin.PRINT) for box in boxes)
    lines = tuple(Line((word,), LineKind.PRINT) for word in words)
    return Page(number, 612, 792, lines, InkLedger(unread=unread))


def row(number: int, count: int) -> Page:
    return page(number, *(Box(20 * n, 100, 20 * n + 10, 110) for n in range(count)))


def test_the_lot_is_drawn_as_it_is_documented() -> None:
    pages = [row(1, 12), row(2, 12)]
    sample = draw(pages, REPORT, FILE, "seed", 5, 1)

    def ticket(kind: str, number: int, box: Box) -> str:
        corners = ":".join(f"{v:.3f}" for v in box.as_tuple())
        told = f"seed:{REPORT.output.sha256}:{kind}:{number}:{corners}"
        return hashlib.sha256(told.encode()).hexdigest()

    words = [(p.number, w.box) for p in pages for w in p.words]
    first = sorted(words, key=lambda pair: ticket("word", *pair))[:5]
    assert [(p.page, p.box) for p in sample.words] == sorted(
        first, key=lambda pair: (pair[0], pair[1].x0)
    )
    sheet = Box(0, 0, 612, 792)
    assert [p.page for p in sample.pages] == [min((1, 2), key=lambda n: ticket("page", n, sheet))]
    assert sample.population == 24
    assert (sample.report, sample.output, sample.seed) == (FILE, REPORT.output.sha256, "seed")


@settings(max_examples=30)
@given(st.permutations(range(8)), st.integers(0, 10))
def test_the_order_of_reading_does_not_matter(order: list[int], count: int) -> None:
    boxes = [Box(20 * n, 100, 20 * n + 10, 110) for n in range(8)]
    mixed = page(1, *(boxes[n] for n in order))
    sample = draw([mixed], REPORT, FILE, "s", count, 0)
    assert sample == draw([page(1, *boxes)], REPORT, FILE, "s", count, 0)
    assert len(sample.words) == min(count, 8)


def test_more_of_the_same_lot_begins_alike() -> None:
    few, more = (draw([row(1, 30)], REPORT, FILE, "s", n, 0) for n in (5, 20))
    assert set(few.places) < set(more.places)


def test_seed_and_document_change_the_lot() -> None:
    other = replace(REPORT, output=replace(REPORT.output, sha256="d" * 64))
    drawn = [
        draw([row(1, 30)], report, FILE, seed, 5, 0).places
        for report, seed in ((REPORT, "a"), (REPORT, "b"), (other, "a"))
    ]
    assert len(set(drawn)) == 3


@pytest.mark.parametrize(
    ("box", "is_kept"),
    [
        (TAKEN, False),
        (Box(52, 51, 88, 59), False),
        (Box(39, 50, 60, 60), True),  # more than half of it stays
        (Box(41, 50, 60, 60), False),
        (Box(91, 50, 110, 60), True),
        (Box(50, 61, 90, 70), True),
    ],
)
def test_what_stays_is_what_boxes_do_not_cover(box: Box, is_kept: bool) -> None:
    sample = draw([page(1, box)], ONE_BOX, FILE, "s", 9, 0)
    expected = (Place(PlaceKind.WORD, 1, box),) if is_kept else ()
    assert sample.places == expected


def test_a_box_is_on_its_own_page_only() -> None:
    assert draw([page(2, TAKEN)], ONE_BOX, FILE, "s", 9, 0).population == 1


def test_places_nobody_could_read_are_looked_at_too() -> None:
    unread = Box(200, 200, 240, 215)
    sample = draw([page(1, unread=(unread, TAKEN))], ONE_BOX, FILE, "s", 9, 0)
    assert sample.places == (Place(PlaceKind.UNREAD, 1, unread),)


@pytest.mark.parametrize("seed", ["a", "2026-11", "A_1", "x" * 64])
def test_seeds(seed: str) -> None:
    check_seed(seed)


@pytest.mark.parametrize("seed", ["", "-a", "_a", "=1", "a b", "a\n", "é", "x" * 65])
def test_no_seeds(seed: str) -> None:
    with pytest.raises(UsageError, match="--seed"):
        check_seed(seed)
