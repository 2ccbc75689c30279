"""What a reader of the output's pixels still finds, and on which pages anybody looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from redactor import modes
from redactor.geometry import Box
from redactor.ink import PageImage, find_ink
from redactor.ocr import recognizers
from redactor.pdf.burn import burn
from redactor.pdf.intake import Source
from redactor.pdf.overlay import without_boxes
from redactor.pdf.sanitize import sanitize
from redactor.verify.rereading import check_reread, resting_on_pixels
from redactor.verify.subject import Outcome, Subject
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.documents import page_image, redaction, taken, text_pdf, word_box

NAME, ELSEWHERE = "Zebulon", "Harrington"
SPOTS = [(20.0, 40.0, f"Patient {NAME} came on Monday"), (20.0, 80.0, f"with Doctor {ELSEWHERE}")]


def scan(folder: Path) -> Source:
    """The spots as a picture that fills its page."""
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        pixels = page_image(SPOTS).pixels
        height, width = pixels.shape[:2]
        shot = pymupdf.Pixmap(pymupdf.csRGB, width, height, pixels.tobytes(), False)
        page.insert_image(page.rect, pixmap=shot)
        return taken(folder, document.tobytes())


def redacted(source: Source, box: Box, removed: tuple[str, ...]) -> Subject:
    boxes = (redaction(box),)
    output, _ = sanitize(burn(source, boxes, {}), source.frames, boxes)
    return Subject(
        output,
        without_boxes(output),
        source.data,
        source.frames,
        source.frames,
        boxes,
        frozenset(),
        removed,
    )


def read(number: int, image: PageImage) -> tuple[Line, ...]:
    recognizer = recognizers.load(modes.PADDLE, modes.Mode.ICR)
    return recognizers.read_page(modes.PADDLE, recognizer, number, image, find_ink(image))


def reread(subject: Subject, source: Source) -> Outcome:
    (found,) = check_reread(subject, source, (1,), modes.PADDLE, read)
    return found


@pytest.fixture
def box() -> Box:
    return word_box(text_pdf(SPOTS), NAME)


def test_a_word_that_is_gone_is_not_read(tmp_path: Path, box: Box) -> None:
    source = scan(tmp_path)
    assert reread(redacted(source, box, (NAME,)), source).check.passed


def test_a_removed_text_that_is_read_in_another_place_fails(tmp_path: Path, box: Box) -> None:
    source = scan(tmp_path)
    found = reread(redacted(source, box, (NAME, ELSEWHERE)), source)
    assert not found.check.passed
    assert found.pages == (1,)
    assert ELSEWHERE not in found.check.detail


def test_what_is_read_under_a_box_fails_though_nobody_searches_for_it(
    tmp_path: Path, box: Box
) -> None:
    source = scan(tmp_path)
    subject = redacted(source, box, ())
    uncovered = replace(subject, bare=source.data)  # a box over a picture that is as it was
    assert not reread(uncovered, source).check.passed


@pytest.mark.parametrize(
    ("spans", "passed"),
    [
        ([(0, 1)], False),
        ([(0.1, 0.7)], False),
        ([(0, 0.3), (0.3, 0.6)], False),  # two boxes side by side
        ([(0.3, 0.7)], True),  # read across a box from what stays on both sides of it
        ([(0.3, 0.7), (0.35, 0.65), (0.3, 0.6)], True),  # three boxes over one place
        ([(0, 0.2), (0.8, 1)], True),
        ([(-1, 0.1)], True),
    ],
)
@pytest.mark.parametrize(("above", "height"), [(0, 1), (0.2, 0.6)])
def test_a_word_is_under_boxes_where_they_cover_most_of_its_length(
    tmp_path: Path,
    box: Box,
    spans: list[tuple[float, float]],
    passed: bool,
    above: float,
    height: float,
) -> None:
    source = scan(tmp_path)
    boxes = [
        Box(
            box.x0 + box.width * start,
            box.y0 + box.height * above,
            box.x0 + box.width * end,
            box.y0 + box.height * (above + height),
        )
        for start, end in spans
    ]
    subject = replace(redacted(source, box, ()), redactions=tuple(map(redaction, boxes)))
    subject = replace(subject, bare=source.data)
    line = Line((Word(NAME, box, 1.0, Origin.PRINT),), LineKind.PRINT)
    (found,) = check_reread(subject, source, (1,), modes.PADDLE, lambda *_: (line,))
    assert found.check.passed is passed


def test_what_is_read_where_nothing_is_was_read_from_what_stays_around_it(
    tmp_path: Path, box: Box
) -> None:
    source = scan(tmp_path)
    around = box.padded(2, 1)  # as brackets around a name are read: "()"
    line = Line((Word("()", around, 1.0, Origin.PRINT),), LineKind.PRINT)
    subject = redacted(source, box, ())
    (found,) = check_reread(subject, source, (1,), modes.PADDLE, lambda *_: (line,))
    assert found.check.passed


def test_a_word_over_a_box_is_not_under_it(tmp_path: Path, box: Box) -> None:
    source = scan(tmp_path)
    subject = replace(redacted(source, box, ()), bare=source.data)
    above = Box(box.x0, box.y0 - box.height, box.x1, box.y0 + 1)
    line = Line((Word(NAME, above, 1.0, Origin.PRINT),), LineKind.PRINT)
    (found,) = check_reread(subject, source, (1,), modes.PADDLE, lambda *_: (line,))
    assert found.check.passed


def test_a_page_that_cannot_be_read_fails(tmp_path: Path, box: Box) -> None:
    source = scan(tmp_path)
    subject = replace(redacted(source, box, (NAME,)), bare=b"no PDF")
    found = reread(subject, source)
    assert not found.check.passed
    assert "stopped by" in found.check.detail


def test_no_pages_no_check(tmp_path: Path, box: Box) -> None:
    source = scan(tmp_path)
    assert check_reread(redacted(source, box, ()), source, (), modes.PADDLE, read) == ()


@pytest.mark.parametrize(
    ("origin", "beside", "rebuilt", "looked_at"),
    [
        (Origin.PRINT, False, False, True),
        (Origin.HANDWRITING, False, False, True),
        (Origin.TEXT_LAYER, False, False, False),
        (Origin.TEXT_LAYER, False, True, True),
        (Origin.PRINT, True, False, False),
    ],
)
def test_pages_are_read_again_where_pixels_say_what_is_under_a_box(
    tmp_path: Path, box: Box, origin: Origin, beside: bool, rebuilt: bool, looked_at: bool
) -> None:
    place = Box(10, 150, 40, 160) if beside else box
    line = Line((Word(NAME, place, 1.0, origin),), LineKind.PRINT)
    subject = redacted(scan(tmp_path), box, ())
    subject = replace(subject, rebuilt=frozenset({1} if rebuilt else ()))
    pages = (Page(1, 300, 200, (line,)), Page(2, 300, 200, (line,)))
    assert resting_on_pixels(subject, pages) == ((1,) if looked_at else ())
