"""Lines are read the right way up however the page lies, and boxes stand where the words do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.geometry import Box
from redactor.ink import PageImage
from redactor.ocr.engine import PaddleRecognizer
from redactor.ocr.locate import Region
from redactor.ocr.straighten import straighten
from tests.documents import page_image, spread

TEXTS = ["Patient Margaret Thornberry", "was seen on Tuesday", "Telephone 608-555-0123"]
SPOTS = [spot for row, text in enumerate(TEXTS) for spot in spread(text.split(), 30, 30 + 22 * row)]


@pytest.fixture(scope="module")
def level() -> PageImage:
    return page_image(SPOTS, width=250, height=100)


def turned(image: PageImage, quarters: int) -> PageImage:
    return PageImage(np.ascontiguousarray(np.rot90(image.pixels, quarters)), image.dpi)


def back(box: Box, quarters: int, width: float, height: float) -> Box:
    """A box of a page turned counterclockwise, on the level page of that size."""
    places = [
        lambda x, y: (x, y),
        lambda x, y: (width - y, x),
        lambda x, y: (width - x, height - y),
        lambda x, y: (y, height - x),
    ]
    (xa, ya), (xb, yb) = (places[quarters](x, y) for x, y in [(box.x0, box.y0), (box.x1, box.y1)])
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_reads_as_the_level_one(level: PageImage, quarters: int) -> None:
    truth = {w.text: w.box for line in PaddleRecognizer().read(level) for w in line.words}
    read = PaddleRecognizer().read(turned(level, quarters))
    assert sorted(line.text for line in read) == sorted(TEXTS)
    height, width = (side / level.px_per_pt for side in level.pixels.shape[:2])
    for word in (word for line in read for word in line.words):
        box = back(word.box, quarters, width, height)
        assert box.as_tuple() == pytest.approx(truth[word.text].as_tuple(), abs=1.5)


def test_a_note_up_the_margin_is_judged_by_itself(level: PageImage) -> None:
    note = np.rot90(page_image([(10, 14, "Reference 4711")], width=100, height=20).pixels, 3)
    pixels = np.hstack([np.pad(note, ((0, 0), (0, 60), (0, 0)), constant_values=255)])
    page = np.full((max(level.pixels.shape[0], pixels.shape[0]), 900, 3), 255, np.uint8)
    page[: pixels.shape[0], : pixels.shape[1]] = pixels
    page[: level.pixels.shape[0], 200 : 200 + level.pixels.shape[1]] = level.pixels
    read = PaddleRecognizer().read(PageImage(page, level.dpi))
    assert sorted(line.text for line in read) == sorted([*TEXTS, "Reference 4711"])


@settings(deadline=None, max_examples=40)  # the first reading loads the model
@given(
    st.floats(0, 500),
    st.floats(0, 500),
    st.floats(10, 300),
    st.floats(10, 60),
    st.floats(-0.5, 0.5),
)
def test_only_the_order_of_corners_changes(
    x: float, y: float, width: float, height: float, angle: float
) -> None:
    along = np.array([np.cos(angle), np.sin(angle)]) * width
    down = np.array([-np.sin(angle), np.cos(angle)]) * height
    first = np.array([x, y])
    corners = np.array([first, first + along, first + along + down, first + down], np.float32)
    blank = np.full((64, 64, 3), 255, np.uint8)
    (found,) = straighten(blank, [Region(corners, 0.5)])
    assert any(np.array_equal(np.roll(found.corners, k, axis=0), corners) for k in range(4))
    there = np.hstack([corners, np.ones((4, 1))]) @ found.to_line().T
    assert there.min() > -0.01
    assert there[:, 0].max() <= found.width + 0.01
    assert there[:, 1].max() <= found.height + 0.01


def test_no_regions() -> None:
    assert straighten(np.full((64, 64, 3), 255, np.uint8), []) == ()
