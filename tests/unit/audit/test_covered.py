"""Text that stands on a page but does not show, and text that does in spite of its looks."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from redactor.audit.leak import Kind, Level
from tests.unit.audit.made import (
    AREA,
    BLACK,
    SECRET,
    SPOT,
    WHITE,
    Draw,
    audited,
    box,
    drawn,
    image,
    kinds,
    leaks,
    lower,
    picture,
    text,
)

HALF = pymupdf.Rect(AREA.x0, AREA.y0 + 11, AREA.x1, AREA.y1)
SCAN = pymupdf.Rect(0, 0, 400, 300)
RED, GREEN = (0.8, 0.1, 0.1), (0.1, 0.44, 0.1)


def note(kind: str, **colors: object) -> Draw:
    def add(page: pymupdf.Page) -> None:
        annotation = getattr(page, f"add_{kind}_annot")(AREA)
        if colors:
            annotation.set_colors(**colors)
        annotation.update()

    return add


def free_text(words: str) -> Draw:
    return lambda page: page.add_freetext_annot(AREA, words, fontsize=12, fill_color=WHITE)


def outline(page: pymupdf.Page) -> None:
    page.draw_rect(AREA, color=BLACK, fill=None)


def hatch(page: pymupdf.Page) -> None:
    """A dark box with crosses of another tone on it."""
    page.draw_rect(AREA, color=None, fill=BLACK)
    shape = page.new_shape()
    for x in range(int(AREA.x0), int(AREA.x1), 8):
        shape.draw_line((x, AREA.y0), (x + 8, AREA.y1))
        shape.draw_line((x, AREA.y1), (x + 8, AREA.y0))
    shape.finish(color=(0.4, 0.4, 0.4), width=1)
    shape.commit()


HIDDEN = [
    ("under a black box", (text(), box()), Kind.TEXT_UNDER_RECTANGLE),
    ("under a white box", (text(), box(WHITE)), Kind.TEXT_UNDER_RECTANGLE),
    ("in black on a black box", (box(), text()), Kind.TEXT_UNDER_RECTANGLE),
    ("white on paper", (text(color=WHITE),), Kind.LOW_CONTRAST_TEXT),
    ("nearly white on paper", (text(color=(0.98, 0.98, 0.98)),), Kind.LOW_CONTRAST_TEXT),
    ("never painted", (text(render_mode=3),), Kind.INVISIBLE_TEXT),
    ("transparent", (text(fill_opacity=0, stroke_opacity=0),), Kind.INVISIBLE_TEXT),
    ("under an image", (text(), image(picture(tone=0), AREA)), Kind.TEXT_UNDER_IMAGE),
    ("under hatching", (text(), hatch), Kind.CROSS_HATCHED_PATTERN),
    (
        "under a square",
        (text(), note("rect", fill=BLACK, stroke=BLACK)),
        Kind.TEXT_UNDER_ANNOTATION,
    ),
    ("under a note's text", (text(), free_text("Withheld")), Kind.TEXT_UNDER_ANNOTATION),
    (
        "under a black highlight",
        (text(), note("highlight", stroke=BLACK)),
        Kind.DARK_HIGHLIGHT_ANNOTATION,
    ),
    ("below the page", (text(spot=pymupdf.Point(60, 340)),), Kind.OFF_PAGE_TEXT),
    (
        "where the scan is black",
        (image(picture(), SCAN), box(area=AREA), text(render_mode=3)),
        Kind.OCR_TEXT_UNDER_BOX,
    ),
]

VISIBLE = [
    ("on a white box", (box(WHITE), text())),
    ("on a shaded cell", (box((0.85, 0.9, 0.95)), text())),
    ("white on a black banner", (box(), text(color=WHITE))),
    ("light gray on paper", (text(color=(0.8, 0.8, 0.8)),)),
    ("red on green of the same tone", (box(GREEN), text(color=RED))),
    ("under a yellow marker", (text(), note("highlight", stroke=(1, 1, 0)))),
    ("under a clear box", (text(), box((1, 1, 0), opacity=0.4))),
    ("in an empty frame", (text(), outline)),
    ("half covered", (text(), box(area=HALF))),
    ("under an image that ends above it", (text(), image(picture(), lower(AREA, -20)))),
    ("a lone letter under a box", (text("x"), box())),
    ("crosses under a box", (text("XXXX XXXX"), box())),
    ("what boxes say anyway", (text("REDACTED"), box())),
    ("leaders in white", (text("........", color=WHITE),)),
    ("too small to be seen", (text(size=0.5, color=WHITE),)),
    ("blanks under a box", (text("     "), box())),
    ("a box elsewhere", (text(), box(area=lower(AREA, 60)))),
]


@pytest.mark.parametrize(("steps", "kind"), [c[1:] for c in HIDDEN], ids=[c[0] for c in HIDDEN])
def test_hidden_text_is_found(tmp_path: Path, steps: tuple[Draw, ...], kind: Kind) -> None:
    (leak,) = leaks(tmp_path, drawn(*steps))
    assert leak.kind is kind
    assert leak.text == SECRET
    assert leak.characters == len(SECRET)


@pytest.mark.parametrize("steps", [c[1] for c in VISIBLE], ids=[c[0] for c in VISIBLE])
def test_what_shows_is_none(tmp_path: Path, steps: tuple[Draw, ...]) -> None:
    assert audited(tmp_path, drawn(*steps)).found == ()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_in_page_space(tmp_path: Path, rotation: int) -> None:
    """Where a reader of the turned page sees the box."""
    (leak,) = leaks(tmp_path, drawn(text(), box(), rotation=rotation))
    turned = {
        0: (56, 86, 160, 106),
        90: (194, 56, 214, 160),
        180: (240, 194, 344, 214),
        270: (86, 240, 106, 344),
    }[rotation]
    assert leak.box is not None
    assert pymupdf.Rect(*turned).contains(pymupdf.Rect(*leak.box.padded(-2).as_tuple()))


def test_a_crop_is_taken_into_account(tmp_path: Path) -> None:
    def crop(page: pymupdf.Page) -> None:
        page.set_cropbox(pymupdf.Rect(40, 70, 380, 280))

    off, leak = leaks(tmp_path, drawn(text(), box(), crop))
    assert (off.kind, leak.kind) == (Kind.OFF_PAGE_TEXT, Kind.TEXT_UNDER_RECTANGLE)
    assert leak.box is not None
    assert (round(leak.box.x0), round(leak.box.y1)) == (20, 33)


def test_a_label_on_many_boxes_is_a_notice(tmp_path: Path) -> None:
    steps: list[Draw] = []
    for row in range(3):
        area = lower(AREA, 40 * row)
        steps += [box(area=area), text("12/03/2021", spot=pymupdf.Point(SPOT.x, SPOT.y + 40 * row))]
    found = audited(tmp_path, drawn(*steps)).found
    assert kinds(found) == [Kind.TEXT_UNDER_RECTANGLE] * 3
    assert {leak.level for leak in found} == {Level.NOTICE}


def ocr_layer(page: pymupdf.Page) -> None:
    """A scan of twelve words with a layer that says them, too."""
    words = [
        "these",
        "twelve",
        "words",
        "were",
        "scanned",
        "and",
        "read",
        "again",
        "by",
        "some",
        "careful",
        "machine",
    ]
    spots = [(60 + 100 * (k % 3), 140 + 30 * (k // 3)) for k in range(len(words))]
    with pymupdf.open() as document:
        scan = document.new_page(width=400, height=300)
        for spot, word in zip(spots, words, strict=True):
            scan.insert_text(spot, word, fontsize=12)
        page.insert_image(SCAN, pixmap=scan.get_pixmap(dpi=150), overlay=False)
    for spot, word in zip(spots, words, strict=True):
        page.insert_text(spot, word, fontsize=12, render_mode=3)


def test_an_ocr_layer_over_its_ink_is_none(tmp_path: Path) -> None:
    assert audited(tmp_path, drawn(ocr_layer)).found == ()


def test_an_ocr_word_on_whited_out_paper(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, drawn(ocr_layer, text(render_mode=3)))
    assert (leak.kind, leak.text) == (Kind.OCR_TEXT_UNDER_BOX, SECRET)


def test_a_misplaced_ocr_layer_is_none(tmp_path: Path) -> None:
    def misplaced(page: pymupdf.Page) -> None:
        for row in range(12):
            page.insert_text((60, 90 + 16 * row), "somewhere", fontsize=8, render_mode=3)

    assert audited(tmp_path, drawn(image(picture(), SCAN), misplaced)).found == ()


def test_job_numbers_off_every_page_are_notices(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        for number in range(3):
            page = document.new_page(width=400, height=300)
            page.insert_text((60, 60), "A page.")
            page.insert_text((60, 340), f"job 4711 sheet {number}")
        data = document.tobytes()
    found = audited(tmp_path, data).found
    assert kinds(found) == [Kind.OFF_PAGE_TEXT] * 3
    assert {leak.level for leak in found} == {Level.NOTICE}
