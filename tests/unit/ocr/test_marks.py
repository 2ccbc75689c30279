"""Signatures, stamps, ticks and barcodes in pictures drawn for it, and their near misses."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp

from redactor.geometry import Box
from redactor.ink import PageImage, Pixels, find_ink
from redactor.ocr.marks import find_marks, small_boxes
from redactor.words import Mark, MarkLabel, Origin, Word

DPI = 200
BLACK, BLUE = (0, 0, 0), (20, 40, 190)


def paper() -> Pixels:
    return np.full((900, 1200, 3), 255, np.uint8)


def marks(pixels: Pixels, *words: Word) -> tuple[Mark, ...]:
    image = PageImage(pixels, DPI)
    return find_marks(image, find_ink(image), words)


def word(text: str, box_px: Box, origin: Origin = Origin.PRINT, confidence: float = 0.99) -> Word:
    return Word(text, box_px.scaled(72 / DPI), confidence, origin)


def barcode(text: str, kind: zxingcpp.BarcodeFormat) -> Pixels:
    drawn = np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=3), np.uint8)
    return np.pad(drawn, 20, constant_values=255)


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (zxingcpp.BarcodeFormat.QRCode, MarkLabel.QR_CODE),
        (zxingcpp.BarcodeFormat.Code128, MarkLabel.BARCODE),
        (zxingcpp.BarcodeFormat.PDF417, MarkLabel.BARCODE),
    ],
)
@pytest.mark.parametrize("turns", [0, 1])
def test_barcodes_are_decoded(kind: zxingcpp.BarcodeFormat, label: MarkLabel, turns: int) -> None:
    code = np.rot90(barcode("SSN 212-09-7694", kind), turns)
    pixels = paper()
    height, width = code.shape
    pixels[100 : 100 + height, 200 : 200 + width] = code[:, :, None]
    found = [mark for mark in marks(pixels) if mark.text]
    assert [(mark.label, mark.text) for mark in found] == [(label, "SSN 212-09-7694")]
    rows, columns = np.nonzero(pixels.min(axis=2) < 128)
    ink = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert ink.covered_by(found[0].box.scaled(DPI / 72)) > 0.99
    assert "212" not in repr(found)


def ticked(how: str) -> Pixels:
    pixels = paper()
    if how != "none":
        cv2.rectangle(pixels, (300, 300), (328, 328), BLACK, 2)
    strokes = {
        "cross": [[(305, 305), (323, 323)], [(323, 305), (305, 323)]],
        "tick": [[(306, 314), (312, 322), (323, 306)]],
        "tick beyond": [[(306, 312), (312, 322), (350, 304)]],
        "speck": [[(312, 312), (313, 313)]],
    }.get(how, [])
    for stroke in strokes:
        cv2.polylines(pixels, [np.array(stroke, np.int32)], False, BLUE, 2)
    return pixels


@pytest.mark.parametrize(
    ("how", "is_mark"),
    [
        ("cross", True),
        ("tick", True),
        ("tick beyond", True),
        ("empty", False),
        ("speck", False),
        ("none", False),
    ],
)
def test_ticks_in_boxes(how: str, is_mark: bool) -> None:
    found = marks(ticked(how))
    assert [mark.label for mark in found] == [MarkLabel.CHECKMARK] * is_mark
    for mark in found:
        assert Box(300, 300, 328, 328).covered_by(mark.box.scaled(DPI / 72)) > 0.9


def test_a_digit_in_a_cell_is_no_tick() -> None:
    pixels = paper()
    cv2.rectangle(pixels, (300, 300), (340, 340), BLACK, 2)
    cv2.putText(pixels, "7", (308, 334), cv2.FONT_HERSHEY_SIMPLEX, 1, BLACK, 2)
    seen = Box(308, 310, 330, 336)
    assert marks(pixels, word("7", seen)) == ()
    assert len(marks(pixels, word("X", seen))) == 1


@pytest.mark.parametrize("text", ["O", "D", "B", "H", "E", "0", "8", "#"])
def test_letters_are_no_boxes(text: str) -> None:
    pixels = paper()
    cv2.putText(pixels, text, (300, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.2, BLACK, 2)
    assert small_boxes(pixels[:, :, 0] < 128, DPI) == ()


def signature(pixels: Pixels, x: int, y: int) -> Box:
    """A wavy stroke 300 pixels wide and its box."""
    t = np.linspace(0, 1, 200)
    points = np.stack([x + 300 * t, y + (30 * np.sin(40 * t) + 8 * np.sin(97 * t))], axis=1)
    cv2.polylines(pixels, [points.astype(np.int32)], False, BLACK, 3)
    return Box(x, y - 38, x + 300, y + 38)


LABEL = word("Signature", Box(300, 470, 420, 490))


@pytest.mark.parametrize(
    ("has_rule", "words", "score"),
    [
        (True, (LABEL,), 0.9),
        (False, (LABEL,), 0.7),
        (True, (), 0.3),
        (False, (), None),
        (False, (word("Signatory", LABEL.box.scaled(DPI / 72)),), None),
        (False, (word("Signature", Box(900, 800, 1000, 820)),), None),
    ],
)
def test_signatures(has_rule: bool, words: tuple[Word, ...], score: float | None) -> None:
    pixels = paper()
    box = signature(pixels, 320, 400)
    if has_rule:
        cv2.line(pixels, (290, 455), (700, 455), BLACK, 2)
    found = marks(pixels, *words)
    assert [m.confidence for m in found] == ([score] if score else [])
    assert {m.label for m in found} <= {MarkLabel.SIGNATURE}
    for mark in found:
        assert box.covered_by(mark.box.scaled(DPI / 72).padded(2)) > 0.9


def test_well_read_print_over_a_rule_is_no_signature() -> None:
    pixels = paper()
    box = signature(pixels, 320, 400)
    cv2.line(pixels, (290, 455), (700, 455), BLACK, 2)
    assert marks(pixels, word("mmmmmmm", box)) == ()
    assert len(marks(pixels, word("mmmmmmm", box, confidence=0.2))) == 1
    assert len(marks(pixels, word("mmmmmmm", box, Origin.HANDWRITING))) == 1


def stamp(shape: str, color: tuple[int, int, int]) -> Pixels:
    pixels = paper()
    if shape == "ring":
        cv2.circle(pixels, (400, 400), 110, color, 5)
    elif shape == "frame":
        corners = cv2.boxPoints(((400, 400), (300, 120), 8)).astype(np.int32)
        cv2.polylines(pixels, [corners], True, color, 5)
    if shape != "empty ring":
        cv2.putText(pixels, "PAID", (330, 415), cv2.FONT_HERSHEY_SIMPLEX, 2, color, 5)
    else:
        cv2.circle(pixels, (400, 400), 110, color, 5)
    return pixels


@pytest.mark.parametrize(
    ("shape", "color", "is_stamp"),
    [
        ("ring", BLACK, True),
        ("ring", BLUE, True),
        ("frame", BLUE, True),
        ("frame", BLACK, False),
        ("empty ring", BLACK, False),
        ("text", BLUE, False),
    ],
)
def test_stamps(shape: str, color: tuple[int, int, int], is_stamp: bool) -> None:
    found = marks(stamp(shape, color))
    assert {mark.label for mark in found} == ({MarkLabel.STAMP} if is_stamp else set())
    for mark in found:
        assert Box(300, 340, 500, 460).covered_by(mark.box.scaled(DPI / 72)) > 0.95


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((1, 1, 3), np.uint8),
        np.full((1, 500, 3), 255, np.uint8),
        np.zeros((300, 300, 3), np.uint8),
        np.random.default_rng(1).integers(0, 256, (300, 300, 3)).astype(np.uint8),
    ],
    ids=["dot", "row", "black", "noise"],
)
def test_odd_images_have_no_marks(pixels: Pixels) -> None:
    assert marks(pixels) == ()
