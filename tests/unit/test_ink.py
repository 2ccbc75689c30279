"""Every blob of ink has one owner."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from redactor.geometry import Box
from redactor.ink import (
    Mask,
    PageImage,
    Pixels,
    binarize,
    find_ink,
    find_rules,
    take_stock,
    without_rules,
)
from redactor.words import InkLedger
from tests.documents import extent, page_image

DPI = 200


def paper(height: int = 400, width: int = 600, tone: int = 255) -> Pixels:
    return np.full((height, width, 3), tone, np.uint8)


def drawn(*lines: tuple[tuple[int, int], tuple[int, int], int], tone: int = 0) -> PageImage:
    pixels = paper()
    for start, end, thickness in lines:
        cv2.line(pixels, start, end, (tone, tone, tone), thickness)
    return PageImage(pixels, DPI)


def scribble(pixels: Pixels, x: int, y: int) -> None:
    points = [(x + 6 * i, y + (20 if i % 2 else 0)) for i in range(10)]
    cv2.polylines(pixels, [np.array(points, np.int32)], False, (0, 0, 0), 2)


def inside(mask: Mask, box: Box) -> Mask:
    return mask[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]


def test_black_text_is_ink_and_paper_is_not() -> None:
    image = page_image([(40, 60, "Quick")])
    mask = binarize(image)
    dark = image.pixels.min(axis=2) < 100
    assert mask[dark].all()
    assert not mask[image.pixels.min(axis=2) > 240].any()


@pytest.mark.parametrize("color", [(200, 0, 0), (0, 0, 200), (0, 120, 0), (90, 90, 90)])
def test_colored_marks_are_ink(color: tuple[int, int, int]) -> None:
    pixels = paper()
    cv2.rectangle(pixels, (100, 100), (108, 120), color, -1)
    assert extent(binarize(PageImage(pixels, DPI))).as_tuple() == (100, 100, 109, 121)


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_blank_pages_have_no_edges(tone: int) -> None:
    mask = binarize(PageImage(paper(tone=tone), DPI))
    assert mask.all() == (tone == 0)
    assert mask.any() == (tone == 0)


def test_faint_texture_is_no_ink() -> None:
    noise = np.random.default_rng(1).integers(240, 256, (400, 600, 3)).astype(np.uint8)
    assert not binarize(PageImage(noise, DPI)).any()


def test_light_on_dark_is_ink_of_the_negative() -> None:
    image = page_image([(40, 60, "Quick")])
    assert (binarize(image.negative().negative()) == binarize(image)).all()
    white_on_black = image.negative()
    letters = image.pixels.min(axis=2) < 60
    assert not (binarize(white_on_black) & letters).any()
    assert binarize(white_on_black.negative())[letters].all()


@pytest.mark.parametrize(
    ("start", "end", "is_rule"),
    [
        ((50, 100), (550, 100), True),
        ((50, 20), (50, 380), True),
        ((50, 100), (550, 103), True),  # not quite level
        ((50, 100), (140, 100), False),  # a dash under half an inch
        ((50, 100), (300, 300), False),
    ],
)
def test_rules(start: tuple[int, int], end: tuple[int, int], is_rule: bool) -> None:
    mask = binarize(drawn((start, end, 2)))
    rules = find_rules(mask, DPI)
    assert rules.sum() == pytest.approx(mask.sum() if is_rule else 0, rel=0.02)
    assert not (rules & ~mask).any()


def test_letters_and_blocks_are_no_rules() -> None:
    pixels = page_image([(40, 60, "HILTEF llll ____")], size=24).pixels.copy()
    pixels[300:360, 100:400] = 0
    mask = binarize(PageImage(pixels, DPI))
    assert not find_rules(mask, DPI)[200:].any()
    assert not find_rules(mask, DPI)[:150].any()


def test_a_word_on_a_rule_keeps_its_letters() -> None:
    image = page_image([(40, 60, "Quick")])
    pixels = image.pixels.copy()
    pixels[175:177, 80:500] = 0
    ink = find_ink(PageImage(pixels, DPI))
    assert ink.rules[175:177, 80:500].all()
    assert (ink.labels[130:170] > 0).sum() > 0.95 * binarize(image)[130:170].sum()
    assert not (ink.rules & (ink.labels > 0)).any()


def owners(ledger: InkLedger) -> tuple[int, int, int, int, int]:
    return ledger.word, ledger.rule, ledger.picture, ledger.speck, len(ledger.unread)


def test_each_blob_has_one_owner() -> None:
    pixels = paper(600, 800)
    cv2.putText(pixels, "HAT", (60, 100), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    cv2.line(pixels, (50, 200), (700, 200), (0, 0, 0), 2)
    cv2.circle(pixels, (600, 420), 100, (0, 0, 0), 2)
    pixels[300:303, 300:303] = 0
    scribble(pixels, 100, 400)
    image = PageImage(pixels, DPI)
    ink = find_ink(image)
    ledger = take_stock(ink, [Box(55, 70, 140, 105)])
    assert owners(ledger) == (3, 1, 1, 1, 1)
    assert ledger.word + ledger.picture + ledger.speck + 1 == len(ink.stats) - 1
    (unread,) = ledger.unread
    seen = extent(binarize(image)[380:440, 80:200])
    expected = Box(seen.x0 + 80, seen.y0 + 380, seen.x1 + 80, seen.y1 + 380)
    assert unread.scaled(DPI / 72).rounded(3) == expected


def test_a_word_owns_what_its_box_covers_by_half() -> None:
    pixels = paper()
    pixels[100:120, 100:120] = 0
    ink = find_ink(PageImage(pixels, DPI))
    assert take_stock(ink, [Box(100, 100, 111, 120)]).word == 1
    assert take_stock(ink, [Box(100, 100, 109, 120)]).word == 0
    assert take_stock(ink, [Box(-50, -50, 900, 900)]).word == 1
    assert len(take_stock(ink, []).unread) == 1


def test_unread_marks_near_each_other_are_one_place() -> None:
    pixels = paper()
    for x in (100, 114, 128, 300):
        pixels[100:120, x : x + 8] = 0
    unread = take_stock(find_ink(PageImage(pixels, DPI)), []).unread
    assert [b.scaled(DPI / 72).rounded(1).as_tuple() for b in unread] == [
        (100, 100, 136, 120),
        (300, 100, 308, 120),
    ]


def test_a_shadow_along_the_edge_is_no_writing() -> None:
    pixels = paper()
    pixels[:, :6] = 40
    pixels[100:110, 590:600] = 0
    assert take_stock(find_ink(PageImage(pixels, DPI)), []).unread == ()


def test_dirt_is_counted() -> None:
    pixels = paper()
    pixels[100:108, 100:108] = 0
    ledger = take_stock(find_ink(PageImage(pixels, DPI)), [])
    assert sum(owners(ledger)) == 1


@pytest.mark.parametrize(
    "pixels",
    [
        paper(1, 1),
        paper(1, 1, 0),
        paper(1, 500),
        paper(500, 1),
        paper(tone=0),
        np.random.default_rng(1).integers(0, 256, (300, 300, 3)).astype(np.uint8),
    ],
    ids=["dot", "black dot", "row", "column", "black", "noise"],
)
def test_odd_images_do_no_harm(pixels: Pixels) -> None:
    ink = find_ink(PageImage(pixels, DPI))
    ledger = take_stock(ink, [Box(0, 0, 5, 5)])
    assert ink.labels.shape == pixels.shape[:2]
    assert min(owners(ledger)) >= 0


def test_the_ragged_edge_of_a_rule_is_the_rule() -> None:
    pixels = paper()
    pixels[200:203, 50:550] = 0
    pixels[198, 100:140] = 0  # parted from the rule by a row of paper
    pixels[180:196, 300:310] = 0  # a letter that stands just above it
    ink = find_ink(PageImage(pixels, DPI))
    assert ink.rules[198, 105:135].all()
    assert (ink.labels[180:196, 300:310] > 0).all()
    assert len(ink.stats) == 2


@pytest.mark.parametrize(
    ("length", "thickness", "is_rule"),
    [(54, 3, True), (54, 5, False), (36, 1, False), (80, 6, True)],
)
def test_the_upright_border_of_a_field_is_a_rule_and_a_letter_is_none(
    length: int, thickness: int, is_rule: bool
) -> None:
    pixels = paper()
    pixels[100 : 100 + length, 200 : 200 + thickness] = 0
    ledger = take_stock(find_ink(PageImage(pixels, DPI)), [])
    assert (ledger.rule, len(ledger.unread)) == ((1, 0) if is_rule else (0, 1))


def test_an_empty_box_is_no_writing() -> None:
    pixels = paper()
    cv2.rectangle(pixels, (100, 100), (128, 128), (0, 0, 0), 2)
    cv2.circle(pixels, (300, 114), 14, (0, 0, 0), 2)
    ledger = take_stock(find_ink(PageImage(pixels, DPI)), [])
    assert owners(ledger) == (0, 1, 0, 0, 1)


def test_a_mark_owns_its_ink() -> None:
    pixels = paper()
    scribble(pixels, 100, 100)
    ink = find_ink(PageImage(pixels, DPI))
    ledger = take_stock(ink, [], [Box(90, 90, 180, 140)])
    assert (ledger.mark, owners(ledger)) == (1, (0, 0, 0, 0, 0))
    assert take_stock(ink, [Box(90, 90, 180, 140)], [Box(90, 90, 180, 140)]).word == 1


def test_a_wide_scrawl_is_unread_and_a_slanted_line_is_a_rule() -> None:
    pixels = paper()
    points = [(50 + 8 * i, 100 + (30 if i % 2 else 0)) for i in range(40)]
    cv2.polylines(pixels, [np.array(points, np.int32)], False, (0, 0, 0), 2)
    cv2.line(pixels, (50, 200), (400, 380), (0, 0, 0), 2)
    ledger = take_stock(find_ink(PageImage(pixels, DPI)), [])
    assert owners(ledger) == (0, 1, 0, 0, 1)


def test_rules_are_painted_over_in_the_tone_of_the_paper() -> None:
    pixels = paper(tone=230)
    pixels[200:203, 50:550] = 20
    scribble(pixels, 300, 100)
    image = PageImage(pixels, DPI)
    bare = without_rules(image, find_ink(image))
    assert (bare[190:215] == 230).all()
    assert (bare[90:130] == pixels[90:130]).all()
