"""Finding, reading and grounding rendered text; odd images yield words or none, never a crash."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from redactor.geometry import Box
from redactor.ink import PageImage, Pixels, find_ink
from redactor.modes import Mode
from redactor.ocr import recognize
from redactor.ocr.engine import PaddleRecognizer, is_dark
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
    regions = locate(image.pixels, find_ink(image))
    assert len(regions) == len(TEXTS)
    tops = [float(r.corners[0, 1]) for r in regions]
    assert tops == sorted(tops)
    for row, found in enumerate(regions):
        baseline = (40 + 22 * row) * 200 / 72
        assert found.corners[0, 1] < baseline < found.corners[2, 1]
        assert found.width > 3 * found.height
        assert 0.35 <= found.score <= 1


def test_small_print_beside_large_is_found() -> None:
    page = page_image([(30, 60, "Margaret Thornberry")], width=612, height=792)
    small = cv2.resize(page.pixels[90:200], None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    pixels = page.pixels.copy()
    pixels[1500 : 1500 + small.shape[0], : small.shape[1]] = small
    regions = locate(pixels, find_ink(PageImage(pixels, page.dpi)))
    assert [region.corners[0, 1] > 1000 for region in regions] == [False, True]


def test_a_page_of_one_color_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redactor.ocr.locate.session", None)
    for tone in (0, 128, 255):
        pixels = blank(300, 200, tone)
        assert locate(pixels, find_ink(PageImage(pixels, 200))) == ()


def test_a_region_maps_to_its_straight_line() -> None:
    corners = np.array([[10, 20], [110, 30], [106, 70], [6, 60]], np.float32)
    region = Region(corners, 0.9)
    onto = np.hstack([corners, np.ones((4, 1), np.float32)]) @ region.to_line().T
    w, h = region.width, region.height
    assert onto == pytest.approx(np.array([[0, 0], [w, 0], [w, h], [0, h]]), abs=0.01)


def test_each_line_is_read_alone(image: PageImage) -> None:
    crops = [recognize.crop(image.pixels, r) for r in locate(image.pixels, find_ink(image))]
    together = recognize.recognize(crops, [1.0] * len(crops))
    for text, crop, lattice in zip(TEXTS, crops, together, strict=True):
        assert "".join(c.char for c in best_path(lattice)) == text
        (alone,) = recognize.recognize([crop], [1.0])
        assert np.array_equal(alone.posteriors, lattice.posteriors)
        assert lattice.posteriors.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert recognize.recognize([], []) == ()


def test_unsure_lines_get_a_full_look(image: PageImage) -> None:
    region = locate(image.pixels, find_ink(image))[0]
    clear = recognize.crop(image.pixels, region)
    poor = np.random.default_rng(1).integers(0, 256, clear.shape).astype(np.uint8)
    quick, full = recognize.recognize([clear, poor], [1.0, 1.0])
    assert len(quick.posteriors) < 0.8 * len(full.posteriors)


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
