"""Slant is measured and undone; print that was read with doubt is looked at again."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from redactor.ink import Pixels
from redactor.ocr import second_look
from redactor.ocr.locate import Region
from redactor.ocr.recognize import crop
from redactor.ocr.second_look import certainty, glance, look, slant, slanted
from redactor.words import Lattice, LineKind
from tests.documents import page_image
from tests.lattices import one_hot

PAPER = (255, 255, 255)


def region(x0: float, y0: float, x1: float, y1: float) -> Region:
    return Region(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32), 0.9)


def leaning(by: float) -> Pixels:
    """Upright strokes sheared by `by` around the middle line."""
    pixels = np.full((60, 400, 3), 255, np.uint8)
    pixels[10:50, 60:340:20] = 0
    pixels[10:50, 61:341:20] = 0
    shear = np.array([[1, -by, by * 30], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(pixels, shear, (400, 60), borderValue=PAPER), np.uint8)


@pytest.mark.parametrize("lean", [-0.2, 0.0, 0.3, 0.7, 1.0])
def test_slant_is_measured_and_undone(lean: float) -> None:
    pixels = leaning(lean)
    assert slant(pixels) == pytest.approx(lean, abs=0.05)
    assert slant(255 - pixels) == pytest.approx(lean, abs=0.05)
    upright = slanted(region(0, 0, 400, 60), lean)
    assert slant(crop(pixels, upright)) == pytest.approx(0, abs=0.05)
    assert upright.width == pytest.approx(400, abs=0.01)
    assert upright.corners.mean(axis=0) == pytest.approx([200, 30], abs=0.01)


def test_a_short_line_by_hand_is_read_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = page_image([(30, 40, "Margaret Thornberry")], width=200, height=80).pixels
    asked: list[list[float]] = []

    def recognize(lines: list[Pixels], stretch: list[float], own: object) -> tuple[Lattice, ...]:
        asked.append(list(stretch))
        return tuple(one_hot("ab", 0.5 + 0.1 * len(asked)) for _ in lines)

    monkeypatch.setattr(second_look, "recognize", recognize)
    monkeypatch.setattr("redactor.ocr.script.classify", lambda line: LineKind.HANDWRITING)
    short, long = look(pixels, pixels, [region(70, 60, 400, 130), region(0, 60, 550, 100)])
    assert [len(stretch) for stretch in asked] == [2, 1]
    assert min(asked[0]) >= 1.25
    assert short.view.stretch == 1.0
    assert short.other is not None
    assert long.view.stretch >= 1.25
    assert long.other is None


def test_numbers_by_hand_are_read_as_they_lean_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = page_image([(30, 40, "Margaret Thornberry")], width=200, height=80).pixels
    asked: list[int] = []

    def recognize(lines: list[Pixels], stretch: list[float], own: object) -> tuple[Lattice, ...]:
        asked.append(len(lines))
        return tuple(one_hot("a1" if len(asked) == 1 else "a/", 0.7) for _ in lines)

    monkeypatch.setattr(second_look, "recognize", recognize)
    monkeypatch.setattr("redactor.ocr.script.classify", lambda line: LineKind.HANDWRITING)
    (long,) = look(pixels, pixels, [region(0, 60, 550, 100)])
    assert asked == [1, 1]
    assert long.other is not None


def test_an_empty_line_does_not_lean() -> None:
    assert slant(np.full((40, 300, 3), 255, np.uint8)) in second_look._SLANTS


def test_certainty_is_the_mean_of_the_characters() -> None:
    assert certainty(one_hot("  ")) == 1
    assert certainty(one_hot("ab", 0.75)) == pytest.approx(0.75)
    assert certainty(Lattice(np.ones((3, 1), np.float32), ())) == 0


def test_print_read_with_doubt_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = page_image([(30, 40, "Margaret Thornberry")], width=200, height=80).pixels
    places = [region(70, 60, 400, 130)]
    asked: list[list[float]] = []
    answers = {1: 0.5, 2: 0.8}

    def recognize(lines: list[Pixels], stretch: list[float], own: object) -> tuple[Lattice, ...]:
        asked.append(list(stretch))
        return tuple(one_hot("ab", answers[len(asked)]) for _ in lines)

    monkeypatch.setattr(second_look, "recognize", recognize)
    (seen,) = look(pixels, pixels, places)
    assert seen.view.kind is LineKind.PRINT
    assert asked[0] == [1.0]
    assert asked[1][0] >= 1.25
    assert certainty(seen.lattice) == pytest.approx(0.8)
    assert seen.other is not None
    assert certainty(seen.other) == pytest.approx(0.5)
    asked.clear()
    answers |= {1: 0.95}
    (seen,) = look(pixels, pixels, places)
    assert asked == [[1.0], []]  # sure print is read once
    assert certainty(seen.lattice) == pytest.approx(0.95)
    asked.clear()
    answers |= {1: 0.5}
    (seen,) = glance(pixels, pixels, places)
    assert asked == [[1.0]]
    assert seen.view.region is places[0]
