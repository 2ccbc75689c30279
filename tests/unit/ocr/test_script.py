"""Handwriting and print are told apart by the look of a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from redactor.ink import Pixels
from redactor.ocr.models import MODELS, SCRIPT, read_verified
from redactor.ocr.script import LINE_HEIGHT, classify, handwriting_odds, prepare
from redactor.words import LineKind

SAMPLES = Path(__file__).parents[3] / "sample_docs"
DPI = 200
TEXTS = (
    "Patient John Smith reports chronic back pain",
    "926 Larkspur Court",
    "608-555-0123",
    "Karen Smith",
)


def rendered(page: pymupdf.Page) -> Pixels:
    picture = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csRGB)
    flat = np.frombuffer(picture.samples, np.uint8)
    return np.asarray(flat.reshape(picture.h, picture.w, 3), np.uint8)


def crop(pixels: Pixels, box: list[float]) -> Pixels:
    margin = 0.1 * (box[3] - box[1])
    x0, y0, x1, y1 = (
        round(value * DPI / 72)
        for value in (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
    )
    return pixels[max(0, y0) : y1, max(0, x0) : x1]


def printed_line(text: str, font: str, size: float = 11) -> Pixels:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 100), text, fontname=font, fontsize=size)
        width = pymupdf.get_text_length(text, fontname=font, fontsize=size)
        return crop(rendered(page), [72, 100 - 0.8 * size, 72 + width, 100 + 0.25 * size])


@pytest.mark.parametrize("font", ["helv", "tiro", "cour", "hebo", "tibo", "cobo"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_fonts_of_every_pdf_are_print(font: str, text: str) -> None:
    assert classify(printed_line(text, font)) is LineKind.PRINT


def test_light_print_on_a_dark_ground_is_print() -> None:
    assert classify(255 - printed_line(TEXTS[0], "helv")) is LineKind.PRINT


def written(document_name: str) -> Iterator[Pixels]:
    """The handwritten identifiers of a sample document, each cut at its line's end."""
    path = SAMPLES / f"{document_name}.truth.json"
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    with pymupdf.open(SAMPLES / truth["document"]) as document:
        pages = [rendered(page) for page in document]
    for item in truth["identifiers"]:
        boxes = [word["box"] for word in item.get("words", ())]
        if item["kind"] == "handwriting" and boxes:
            line = np.array([box for box in boxes if abs(box[3] - boxes[0][3]) < 8])
            box = [*line[:, :2].min(axis=0).tolist(), *line[:, 2:].max(axis=0).tolist()]
            yield crop(pages[item["page"] - 1], box)


@pytest.mark.parametrize("name", ["intake_form", "discharge_summary", "mixed_record"])
def test_handwriting_of_the_sample_documents_is_handwriting(name: str) -> None:
    kinds = [classify(line) for line in written(name)]
    wrong = sum(kind is not LineKind.HANDWRITING for kind in kinds)
    assert kinds
    assert wrong <= len(kinds) // 10


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (40, 4000), (300, 1), (32, 8), (500, 20_000)])
@pytest.mark.parametrize("level", [0, 127, 255])
def test_blank_crops_of_any_shape_are_print(shape: tuple[int, int], level: int) -> None:
    blank = np.full((*shape, 3), level, np.uint8)
    assert classify(blank) in LineKind
    assert not prepare(blank).any()


@pytest.mark.parametrize("shape", [(0, 0), (0, 10), (10, 0)])
def test_a_crop_of_no_size_is_print(shape: tuple[int, int]) -> None:
    assert classify(np.zeros((*shape, 3), np.uint8)) is LineKind.PRINT


def test_the_same_line_gives_the_same_odds_to_the_bit() -> None:
    line = printed_line(TEXTS[0], "helv")
    assert handwriting_odds(line) == handwriting_odds(line.copy())


def test_prepared_ink_is_32_rows_from_0_to_1() -> None:
    ink = prepare(printed_line(TEXTS[0], "helv"))
    assert ink.shape[0] == LINE_HEIGHT
    assert (ink.min(), ink.max()) == (0, 1)


def test_the_weights_are_listed_and_are_the_pinned_ones() -> None:
    assert SCRIPT in MODELS
    assert len(read_verified(SCRIPT)) < 150_000
