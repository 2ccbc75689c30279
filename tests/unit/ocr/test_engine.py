"""Finding, reading and grounding rendered text; odd images yield words or none, never a crash."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from redactor.geometry import Box
from redactor.ink import PageImage, Pixels
from redactor.ocr import recognize
from redactor.ocr.engine import Mode, PaddleRecognizer, is_dark
from redactor.ocr.ground import best_path
from redactor.ocr.locate import Region, locate
from redactor.words import Line, LineKind, Origin
from tests.documents import page_image, spread

TEXTS = [
    "Patient Margaret Thornberry was seen",
    "on Tuesday for chronic back pain",
    "Telephone 608-555-0123 office",
    "gjpqy fjord jumpy quickly",
]
SPOTS = [spot for row, text in enumerate(TEXTS) for spot in spread(text.split(), 30, 40 + 22 * row)]


@pytest.fixture(scope="module")
def image() -> PageImage:
    return page_image(SPOTS, height=140)


@pytest.fixture(scope="module")
def lines(image: PageImage) -> tuple[Line, ...]:
    return PaddleRecognizer().read(image)


def test_every_printed_word_is_read(lines: tuple[Line, ...]) -> None:
    assert [line.text for line in lines] == TEXTS
    assert {line.kind for line in lines} == {LineKind.PRINT}
    assert {w.origin for line in lines for w in line.words} == {Origin.PRINT}
    assert all(0 < w.confidence <= 1 for line in lines for w in line.words)
    assert all(line.lattice for line in lines)


def test_boxes_hold_the_ink_of_their_word(lines: tuple[Line, ...]) -> None:
    words = [word for line in lines for word in line.words]
    for word, spot in zip(words, SPOTS, strict=True):
        alone = page_image([spot], height=140)
        ink = alone.pixels.min(axis=2) < 128
        box = alone.to_px(word.box).rounded(2)
        held = ink[int(box.y0) : int(np.ceil(box.y1)), int(box.x0) : int(np.ceil(box.x1))]
        assert held.sum() >= 0.99 * ink.sum()
        rows, columns = np.nonzero(ink)
        tight = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        assert box.covered_by(tight.padded(3)) == 1


def test_edges_are_between_the_letters(lines: tuple[Line, ...]) -> None:
    for word in (w for line in lines for w in line.words):
        assert len(word.edges) in (0, len(word.text) + 1)
        assert list(word.edges) == sorted(word.edges)


def test_the_same_image_reads_the_same(image: PageImage, lines: tuple[Line, ...]) -> None:
    assert PaddleRecognizer().read(image) == lines


def test_print_alone_reads_print_the_same(image: PageImage, lines: tuple[Line, ...]) -> None:
    assert PaddleRecognizer(Mode.OCR).read(image) == lines
    with pytest.raises(ValueError, match="magic"):
        PaddleRecognizer(Mode("magic"))


@pytest.mark.parametrize("degrees", [-2, 2])
def test_a_page_a_little_askew(image: PageImage, degrees: float) -> None:
    height, width = image.pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(image.pixels, turn, (width, height), borderValue=(255, 255, 255))
    read = PaddleRecognizer().read(PageImage(np.asarray(turned, np.uint8), image.dpi))
    assert sorted(w.text for line in read for w in line.words) == sorted(" ".join(TEXTS).split())


def test_light_writing_on_dark_ground() -> None:
    pixels = np.full((200, 700, 3), 255, np.uint8)
    pixels[40:140, 20:680] = (
        255 - page_image([(20, 25, "Margaret Thornberry")]).pixels[10:110, :660]
    )
    (line,) = PaddleRecognizer().read(PageImage(pixels, 200))
    assert line.text == "Margaret Thornberry"
    assert line.box.scaled(200 / 72).covered_by(Box(20, 40, 680, 140)) == 1


def blank(height: int, width: int, tone: int = 255) -> Pixels:
    return np.full((height, width, 3), tone, np.uint8)


@pytest.mark.parametrize(
    "pixels",
    [
        blank(300, 200),
        blank(300, 200, 0),
        blank(1, 1),
        blank(1, 1, 0),
        blank(40, 20_000),
        blank(20_000, 40),
        np.random.default_rng(1).integers(0, 256, (200, 300, 3)).astype(np.uint8),
        np.tile(np.array([[0], [255]], np.uint8), (50, 100))[:, :, None].repeat(3, 2),
    ],
    ids=["blank", "black", "dot", "black dot", "wide", "tall", "noise", "stripes"],
)
def test_odd_images_do_no_harm(pixels: Pixels) -> None:
    for line in PaddleRecognizer().read(PageImage(pixels, 200)):
        assert line.words


def test_locate_finds_each_line_once(image: PageImage) -> None:
    regions = locate(image.pixels)
    assert len(regions) == len(TEXTS)
    tops = [float(r.corners[0, 1]) for r in regions]
    assert tops == sorted(tops)
    for row, found in enumerate(regions):
        baseline = (40 + 22 * row) * 200 / 72
        assert found.corners[0, 1] < baseline < found.corners[2, 1]
        assert found.width > 3 * found.height
        assert 0.35 <= found.score <= 1


def test_a_region_maps_to_its_straight_line() -> None:
    corners = np.array([[10, 20], [110, 30], [106, 70], [6, 60]], np.float32)
    region = Region(corners, 0.9)
    onto = np.hstack([corners, np.ones((4, 1), np.float32)]) @ region.to_line().T
    w, h = region.width, region.height
    assert onto == pytest.approx(np.array([[0, 0], [w, 0], [w, h], [0, h]]), abs=0.01)


def test_text_up_the_page_is_found_as_such() -> None:
    level = page_image([(30, 40, "Margaret Thornberry")], width=200, height=80)
    (region,) = locate(np.ascontiguousarray(np.rot90(level.pixels)))
    assert region.width > 3 * region.height
    assert region.corners[1, 1] < region.corners[0, 1]


def test_recognize_keeps_the_order_and_reads_alone_as_in_a_batch(image: PageImage) -> None:
    crops = [recognize.crop(image.pixels, region) for region in locate(image.pixels)]
    together = recognize.recognize(crops, [1.0] * len(crops))
    for text, crop, lattice in zip(TEXTS, crops, together, strict=True):
        assert "".join(c.char for c in best_path(lattice)) == text
        (alone,) = recognize.recognize([crop], [1.0])
        assert abs(len(alone.posteriors) - len(lattice.posteriors)) <= 1
        assert "".join(c.char for c in best_path(alone)) == text
    assert recognize.recognize([], []) == ()


def test_only_latin_is_read() -> None:
    alphabet, classes = recognize.latin()
    assert len(classes) == len(alphabet) + 1
    assert classes[0] == 0
    assert set("AZaz09 éß") <= set(alphabet)
    assert not set("日я") & set(alphabet)


def test_dark_lines_are_told() -> None:
    text = page_image([(20, 25, "Margaret")]).pixels[10:110]
    assert not is_dark(text)
    assert is_dark(255 - text)
    assert not is_dark(blank(20, 20, 0))
