"""From CTC steps to the exact ink of each word."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from redactor.geometry import Box
from redactor.ink import Ink, PageImage, Pixels, find_ink
from redactor.ocr.ground import (
    Char,
    Grounded,
    assign_blobs,
    best_path,
    ground,
    ink_of_line,
    split_words,
)
from redactor.ocr.locate import Region
from redactor.words import Lattice

ALPHABET = tuple("abc ")


def lattice(path: str, probability: float = 0.9) -> Lattice:
    """A lattice whose best path is that, `-` for the blank."""
    classes = [0 if c == "-" else ALPHABET.index(c) + 1 for c in path]
    rows = np.full((len(path), len(ALPHABET) + 1), (1 - probability) / len(ALPHABET), np.float32)
    rows[np.arange(len(path)), classes] = probability
    return Lattice(rows, ALPHABET)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("", ""),
        ("---", ""),
        ("a", "a"),
        ("aaa", "a"),
        ("a-a", "aa"),
        ("aab-b--c", "abbc"),
        ("a  b", "a b"),
        ("a - b", "a  b"),
    ],
)
def test_repeats_and_blanks_collapse(path: str, text: str) -> None:
    chars = best_path(lattice(path))
    assert "".join(c.char for c in chars) == text
    assert all(set(path[c.start : c.end]) == {c.char} for c in chars)
    assert all(c.probability == pytest.approx(0.9) for c in chars)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  ", []),
        ("ab", ["ab"]),
        (" a  bc ", ["a", "bc"]),
        ("a b c", ["a", "b", "c"]),
        ("Name:Ann", ["Name:", "Ann"]),
        ("Name: Ann", ["Name:", "Ann"]),
        ("Name:", ["Name:"]),
        (":Ann", [":Ann"]),
        ("a:b", ["a:b"]),  # a ratio, a drive, a code
        ("12:30 Room:4", ["12:30", "Room:4"]),
        ("https://ab.cd", ["https://ab.cd"]),
    ],
)
def test_words_part_at_blanks_and_after_labels(text: str, words: list[str]) -> None:
    chars = [Char(c, i, i + 1, 1.0) for i, c in enumerate(text)]
    assert ["".join(c.char for c in word) for word in split_words(chars)] == words


def region(x0: float, y0: float, x1: float, y1: float) -> Region:
    return Region(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32), 0.9)


def blocks(*boxes: tuple[int, int, int, int]) -> Pixels:
    pixels = np.full((200, 400, 3), 255, np.uint8)
    for x0, y0, x1, y1 in boxes:
        pixels[y0:y1, x0:x1] = 0
    return pixels


def inked(pixels: Pixels) -> Ink:
    return find_ink(PageImage(pixels, 200))


def grounded(ink: Ink, area: Region, path: str) -> tuple[Grounded, ...]:
    line = ink_of_line(ink, area)
    owner = assign_blobs(ink, [area], [line])
    words = split_words(best_path(lattice(path)))
    return ground(ink, area, line, owner, 0, words, len(path))


LINE = region(40, 50, 200, 90)  # 20 steps of 8 pixels
TWO = "-aa--bb-- --cc--aa--"


def test_exact_extents() -> None:
    ink = inked(blocks((48, 60, 64, 80), (78, 55, 98, 82), (128, 60, 148, 80), (160, 62, 178, 80)))
    first, second = grounded(ink, LINE, TWO)
    assert (first.text, second.text) == ("ab", "ca")
    assert first.box_px == Box(48, 55, 98, 82)
    assert second.box_px == Box(128, 60, 178, 80)
    assert first.edges_px[0] == 48
    assert 64 <= first.edges_px[1] <= 78
    assert first.edges_px[-1] == 98
    assert first.probability == pytest.approx(0.9)


def test_touching_words_part_at_the_thinnest_place() -> None:
    ink = inked(blocks((48, 60, 106, 80), (106, 69, 110, 71), (110, 60, 178, 80)))
    first, second = grounded(ink, LINE, TWO)
    assert first.box_px.x0 == 48
    assert 106 <= first.box_px.x1 <= 110
    assert 106 <= second.box_px.x0 <= 110
    assert second.box_px.x1 == 178


def test_descenders_belong_to_their_word_whole() -> None:
    ink = inked(blocks((48, 60, 98, 80), (90, 80, 96, 100), (128, 60, 178, 80)))
    first, second = grounded(ink, LINE, TWO)
    assert first.box_px == Box(48, 60, 98, 100)  # beyond the region
    assert second.box_px == Box(128, 60, 178, 80)


def test_ink_of_another_line_is_not_taken() -> None:
    ink = inked(blocks((48, 60, 98, 80), (128, 60, 178, 80), (130, 84, 140, 130)))
    below = region(40, 90, 200, 135)
    lines = [ink_of_line(ink, LINE), ink_of_line(ink, below)]
    owner = assign_blobs(ink, [LINE, below], lines)
    words = split_words(best_path(lattice(TWO)))
    first, second = ground(ink, LINE, lines[0], owner, 0, words, len(TWO))
    assert first.box_px == Box(48, 60, 98, 80)
    assert second.box_px == Box(128, 60, 178, 80)


def test_a_checkbox_beside_the_line_is_not_taken() -> None:
    pixels = blocks((90, 60, 130, 80), (140, 60, 170, 80))
    cv2.rectangle(pixels, (54, 60), (72, 78), (0, 0, 0), 2)
    (only,) = grounded(inked(pixels), LINE, "-------aa--bb---cc--")
    assert only.box_px == Box(90, 60, 170, 80)


def test_faint_words_get_the_place_where_they_were_seen() -> None:
    (only,) = grounded(inked(blocks()), LINE, "-aa--bb-------------")
    assert only.box_px.covered_by(Box(40, 50, 200, 90)) == 1
    assert (only.box_px.x0, only.box_px.x1) == (48, 96)
    assert only.edges_px == ()


def test_a_line_without_characters_has_no_words() -> None:
    assert grounded(inked(blocks((48, 60, 98, 80))), LINE, "-" * 20) == ()


def test_edges_are_known_on_level_lines_only() -> None:
    slanted = np.array([[40, 50], [200, 60], [198, 100], [38, 90]], np.float32)
    ink = inked(blocks((48, 62, 98, 82), (128, 68, 178, 88)))
    for word in grounded(ink, Region(slanted, 0.9), TWO):
        assert word.edges_px == ()


def test_many_words_on_one_stroke_keep_their_ink() -> None:
    pixels = np.full((200, 900, 3), 255, np.uint8)
    for i in range(12):
        pixels[60:80, 50 + 64 * i : 90 + 64 * i] = 0
    pixels[70:76, 50 : 90 + 64 * 11] = 0  # struck out, too thick for a rule's step to be taken
    mask = (pixels[:, :, 0] == 0).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    ink = Ink(labels, stats, np.zeros(mask.shape, np.bool_), 200)
    words = grounded(ink, region(42, 50, 42 + 96 * 8, 90), "-abcba--" + " -abcba-" * 11)
    assert len(words) == 12
    for i, word in enumerate(words):
        assert Box(50 + 64 * i, 60, 90 + 64 * i, 80).covered_by(word.box_px.padded(1)) == 1
        assert word.box_px.y1 - word.box_px.y0 == 20


def test_repr_holds_no_text() -> None:
    assert "abc" not in repr(Grounded("abc", Box(0, 0, 1, 1), 0.5))
