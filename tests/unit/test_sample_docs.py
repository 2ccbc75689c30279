"""The sample documents are reproducible and their truth is right about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf
import pytest

from sample_docs.handwriting import BLACK, Geometry, Hand, Pen
from sample_docs.make import MAKERS, make_all
from sample_docs.scan import Scanner, scanned
from sample_docs.truth import LABELS, SKIP, TruthBook

FOLDER = Path(__file__).parents[2] / "sample_docs"
KINDS = {"text_layer", "print", "handwriting", "form_field", "annotation", "metadata"}
DPI = 200
SCALE = DPI / 72
INK = 70
"""Levels below the paper around it from which a pixel counts as ink."""
NAMES = sorted(MAKERS)
Box = tuple[float, float, float, float]
Gray = npt.NDArray[np.int32]


@cache
def truth_of(name: str) -> dict[str, Any]:
    """Load the committed truth of a document."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.truth.json").read_text("utf-8"))
    return loaded


@cache
def raster_of(name: str, number: int) -> Gray:
    """Render a displayed page in gray at ``DPI``."""
    with pymupdf.open(FOLDER / f"{name}.pdf") as doc:
        pixmap = doc[number - 1].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
        flat = np.frombuffer(pixmap.samples, dtype=np.uint8).astype(np.int32)
        return flat.reshape(pixmap.height, pixmap.width)


def boxed_words(truth: dict[str, Any]) -> Iterator[tuple[int, str, str, Box]]:
    """Page, kind, text and box of every word, identifiers and kept ones alike."""
    for found in truth["identifiers"]:
        for word in found["words"]:
            if word["box"] is not None:
                yield found["page"], found["kind"], word["text"], tuple(word["box"])
    for kept in truth["keep"]:
        yield kept["page"], kept["kind"], kept["text"], tuple(kept["box"])


def ink_in(gray: Gray, box: Box) -> npt.NDArray[np.bool_]:
    """Tell which pixels of a box (points) are ink, seen against what surrounds it."""
    x0, y0, x1, y1 = (round(value * SCALE) for value in box)
    around = gray[max(0, y0 - 6) : y1 + 6, max(0, x0 - 6) : x1 + 6]
    paper, inside = np.percentile(around, 85), gray[y0:y1, x0:x1]
    if np.median(around) < 128:
        # White print on a dark bar.
        return np.asarray(inside > np.median(around) + INK)
    return np.asarray(inside < paper - INK)


def test_rebuilding_gives_the_committed_bytes(tmp_path: Path) -> None:
    for path in make_all(tmp_path):
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


def test_sizes_stay_small() -> None:
    sizes = [(FOLDER / f"{name}.pdf").stat().st_size for name in MAKERS]
    assert max(sizes) < 700_000
    assert sum(sizes) < 3_000_000


@pytest.mark.parametrize("name", NAMES)
def test_truth_is_well_formed(name: str) -> None:
    truth = truth_of(name)
    assert truth["document"] == f"{name}.pdf"
    for found in truth["identifiers"]:
        assert found["label"] in LABELS - {SKIP}
        assert found["kind"] in KINDS
        assert found["words"]
        joined = found["text"].split()
        assert len(joined) == len(found["words"])
        for piece, word in zip(joined, found["words"], strict=True):
            assert piece.startswith(word["text"])
        if found["kind"] == "metadata":
            assert found["page"] == 0
    assert all(kept["kind"] in KINDS and kept["text"].strip() for kept in truth["keep"])


@pytest.mark.parametrize("name", NAMES)
def test_boxes_lie_on_their_pages(name: str) -> None:
    truth = truth_of(name)
    with pymupdf.open(FOLDER / f"{name}.pdf") as doc:
        shown = [(page.rect.width, page.rect.height) for page in doc]
    assert [(page["width"], page["height"]) for page in truth["pages"]] == shown
    for page, _, text, (x0, y0, x1, y1) in boxed_words(truth):
        width, height = shown[page - 1]
        assert 0 <= x0 < x1 <= width, text
        assert 0 <= y0 < y1 <= height, text


@cache
def glyphs_of(name: str, number: int) -> list[tuple[str, Box]]:
    """List the text layer's glyphs and their boxes, in the page as stored (not turned)."""
    with pymupdf.open(FOLDER / f"{name}.pdf") as doc:
        raw = doc[number - 1].get_text("rawdict", flags=pymupdf.TEXT_ACCURATE_BBOXES)
    spans = [
        span for block in raw["blocks"] for line in block.get("lines", []) for span in line["spans"]
    ]
    return [
        (char["c"], char["bbox"])
        for span in spans
        for char in span["chars"]
        if not char["c"].isspace()
    ]


def text_in(name: str, number: int, place: pymupdf.Rect) -> str:
    """Join the glyphs whose middle lies in ``place`` (the page as stored)."""
    return "".join(
        char
        for char, (x0, y0, x1, y1) in glyphs_of(name, number)
        if place.x0 <= (x0 + x1) / 2 <= place.x1 and place.y0 <= (y0 + y1) / 2 <= place.y1
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_text_layer_box_holds_its_word(name: str) -> None:
    with pymupdf.open(FOLDER / f"{name}.pdf") as doc:
        for number, kind, text, box in boxed_words(truth_of(name)):
            if kind == "text_layer":
                place = pymupdf.Rect(*box) * doc[number - 1].derotation_matrix
                assert text_in(name, number, place) == text


@pytest.mark.parametrize("name", NAMES)
def test_every_box_holds_ink_and_is_tight(name: str) -> None:
    for number, _, text, box in boxed_words(truth_of(name)):
        ink = ink_in(raster_of(name, number), box)
        assert ink.mean() > 0.02, text
        edges = (ink[:2], ink[-2:], ink[:, :2], ink[:, -2:])
        assert all(edge.any() for edge in edges), (text, [bool(edge.any()) for edge in edges])


@pytest.mark.parametrize("name", NAMES)
def test_no_identifier_box_meets_another_word(name: str) -> None:
    words = list(boxed_words(truth_of(name)))
    count = sum(
        word["box"] is not None
        for found in truth_of(name)["identifiers"]
        for word in found["words"]
    )
    for index, (page, _, text, (x0, y0, x1, y1)) in enumerate(words[:count]):
        for other_page, _, other, (ox0, oy0, ox1, oy1) in words[index + 1 :]:
            apart = x1 <= ox0 or ox1 <= x0 or y1 <= oy0 or oy1 <= y0
            assert page != other_page or apart, (text, other)


@pytest.mark.parametrize("skew", [0.0, 0.6, -0.7])
def test_a_written_word_lies_within_a_pixel_of_its_box(skew: float) -> None:
    book = TruthBook("blank.pdf")
    geometry = Geometry(0, 0, 216, 72, skew=skew)
    pen = Pen(geometry, book, book.add_page(216, 72), np.random.default_rng(5))
    pen.write(40, 44, "Whitfield", Hand("kalam", 18, BLACK))
    with pymupdf.open() as blank:
        sheet = blank.new_page(width=216, height=72)
        clean = Scanner(noise=0, blur=0, quality=100, shadow=0, specks=0, gray=True)
        picture = scanned(sheet, pen.strokes, geometry, clean, np.random.default_rng(6))
    pixmap = pymupdf.Pixmap(picture)
    gray = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.width)
    rows, columns = np.nonzero(gray < 245 - INK)
    seen = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    box = json.loads(book.dumps())["keep"][0]["box"]
    assert np.abs(np.array(box) * SCALE - np.array(seen)).max() <= 1.05
