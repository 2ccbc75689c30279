"""Pages made anew from their pixels: nothing old is in them, the words that stay are."""

from __future__ import annotations

import numpy as np
import pikepdf
import pymupdf
import pytest

from redactor.geometry import Box
from redactor.ink import PageImage
from redactor.pdf.rebuild import RebuiltPage, rebuild, replace_page
from redactor.words import Origin, Word
from tests.documents import cut, drawn_text, opened, pixels_of, text_pdf, words_of

IMAGE = PageImage(np.zeros((200, 300, 3), np.uint8), 72)
IMAGE.pixels[:, ::4] = 80  # words show wherever they stand
BOX = Box(100, 50, 150, 62)


def word(text: str, box: Box) -> Word:
    return Word(text, box, 1.0, Origin.PRINT)


KEPT = (word("left", Box(60, 50, 100, 62)), word("below", Box(100, 90, 150, 102)))
GONE = (word("Zebulon", BOX), word("half", Box(145, 50, 180, 62)))


def replaced(page: RebuiltPage) -> bytes:
    with pymupdf.open(stream=text_pdf([(20, 40, "Old")], [(20, 40, "Two")])) as document:
        replace_page(document, 1, page)
        data: bytes = document.tobytes(garbage=4)
    return data


def test_boxes_become_paper_and_nothing_else_does() -> None:
    page = rebuild(IMAGE, (300, 200), [BOX], [])
    assert page.pixels[50:62, 100:150].min() == 255
    assert (page.pixels == 255).sum() == 12 * 50 * 3
    assert IMAGE.pixels.max() == 80
    assert (page.width, page.height) == (300, 200)


@pytest.mark.parametrize("box", [Box(-20, -20, 10, 10), Box(290, 190, 400, 400)])
def test_boxes_over_the_edge(box: Box) -> None:
    page = rebuild(IMAGE, (300, 200), [box], [])
    assert (page.pixels == 255).sum() == 10 * 10 * 3


def test_words_that_a_box_touches_go() -> None:
    assert rebuild(IMAGE, (300, 200), [BOX], [*KEPT, *GONE]).words == KEPT


@pytest.mark.parametrize(("tone", "stays"), [(0, False), (20, False), (40, True)])
def test_words_that_do_not_show_go(tone: int, stays: bool) -> None:
    """One black pixel a letter, of a tone."""
    image = PageImage(np.zeros((200, 300, 3), np.uint8), 72)
    image.pixels[55, 60:100:8, 1] = tone
    assert rebuild(image, (300, 200), [], KEPT).words == ((KEPT[0],) if stays else ())


@pytest.mark.parametrize(
    ("text", "place", "stays"),
    [
        ("left", np.s_[50:52, 60:100], False),  # a rule at its top
        ("left", np.s_[60:62, 60:100], False),
        ("left", np.s_[50:62, 60:62], False),  # something at its side
        ("left", np.s_[54:58, 60:80:3], True),  # half of it
        ("left", np.s_[54:58, 60:70:3], False),
        (",", np.s_[60:62, 60:100], True),
    ],
)
def test_marks_beside_a_word_are_not_its_letters(
    text: str, place: tuple[slice, slice], stays: bool
) -> None:
    image = PageImage(np.zeros((200, 300, 3), np.uint8), 72)
    image.pixels[place] = 255
    words = (word(text, Box(60, 50, 100, 62)),)
    assert rebuild(image, (300, 200), [], words).words == (words if stays else ())


def test_words_stay_where_they_were() -> None:
    output = replaced(rebuild(IMAGE, (300, 200), [BOX], [*KEPT, *GONE]))
    assert sorted(words_of(output)) == ["below", "left"]
    assert words_of(output, 2) == ["Two"]
    with pymupdf.open(stream=output) as document:
        for x0, _, x1, _, text, *_ in document[0].get_text("words"):
            box = next(w.box for w in KEPT if w.text == text)
            assert (x0, x1) == pytest.approx((box.x0, box.x1), abs=0.5)


def test_words_are_not_seen_and_boxes_are_blank() -> None:
    shot = pixels_of(replaced(rebuild(IMAGE, (300, 200), [BOX], [*KEPT, *GONE])))
    assert cut(shot, BOX.padded(-5)).min() > 200
    assert cut(shot, Box(0, 0, 90, 200)).max() < 120


def test_one_image_and_no_old_content() -> None:
    output = replaced(rebuild(IMAGE, (300, 200), [BOX], []))
    with opened(output) as pdf:
        assert len(pdf.pages[0].obj.Resources.XObject.keys()) == 1
    assert drawn_text(output) == b""
    assert len(pixels_of(output, dpi=72)) == 200


def test_all_words_of_a_page_are_written_together() -> None:
    def streams(words: list[Word]) -> int:
        with opened(replaced(rebuild(IMAGE, (300, 200), [BOX], words))) as pdf:
            return sum(isinstance(item, pikepdf.Stream) for item in pdf.objects)

    assert streams(list(KEPT) * 20) == streams([KEPT[0]])


@pytest.mark.parametrize(("color", "channels"), [(False, 1), (True, 3)])
def test_gray_pages_are_kept_gray(color: bool, channels: int) -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    if color:
        pixels[20:60, 20:60] = (200, 30, 30)
    output = replaced(rebuild(PageImage(pixels, 72), (300, 200), [], []))
    with pymupdf.open(stream=output) as document:
        ((xref, *_),) = document[0].get_images()
        assert pymupdf.Pixmap(document, xref).n == channels
    if color:
        red, green, blue = pixels_of(output, dpi=72)[40, 40]
        assert red > 180
        assert max(green, blue) < 60


def test_words_that_the_font_cannot_write_do_no_harm() -> None:
    words = [word("日本", Box(10, 10, 40, 20)), word("Ünï", Box(50, 10, 80, 20))]
    words += [word("flat", Box(90, 10, 120, 10)), word("", Box(1, 1, 2, 2))]
    words += [word("Dvořák", Box(90, 30, 120, 40))]
    output = replaced(rebuild(IMAGE, (300, 200), [], words))
    assert words_of(output) == ["Ünï", "Dvorák"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(“the", '("the'),
        ("Loan”)", 'Loan")'),
        ("O’Neil", "O'Neil"),
        ("a–b…", "a-b..."),
        ("5€", "5"),
        ("größer.", "größer."),
        ("Ünïöns", "Ünïöns"),
    ],
)
def test_typographic_marks_take_no_more_room_than_their_word(text: str, written: str) -> None:
    box = Box(10, 10, 40, 20)
    output = replaced(rebuild(IMAGE, (300, 200), [], [word(text, box)]))
    with pymupdf.open(stream=output) as document:
        ((x0, _, x1, _, shown, *_),) = document[0].get_text("words")
    assert shown == written
    assert (x0, x1) == pytest.approx((box.x0, box.x1), abs=0.5)
