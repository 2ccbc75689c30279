"""Measure: ``python -m training.script.evaluate --data DIR --samples sample_docs [--pages]``.

Nothing measured here is trained on. Each crop counts for as many words as it holds. FUNSD's labels
do not say what was filled in by hand; its rows say how much is *called* print, but for those of the
form itself (questions and headers), on the pages whose pictures nobody looked at. With ``--pages``
whole pages are read, too, as the engine finds and parts their lines.
"""

# ruff: noqa: T201 - a command-line tool prints

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf

from benchmarks import datasets, readers, reading
from redactor.ink import Pixels
from redactor.ocr.script import classify
from redactor.pdf.render import DPI
from redactor.words import LineKind

_MARGIN = 0.1  # of a box's height, as the locator leaves around a line
_SAMPLE_KINDS = {
    "handwriting": LineKind.HANDWRITING,
    "print": LineKind.PRINT,
    "text_layer": LineKind.PRINT,
    "form_field": LineKind.PRINT,
}
_IAM_DPI = 300
_MIN_PAGE_WORDS = 50
_MAX_PICTURE = 0.5  # of the page: above it, it is taken for a scan with a text layer behind it
_MAX_LINES_A_FILE = 120
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Case:
    """A crop whose kind is known, and the number of words in it."""

    pixels: Pixels = field(repr=False)
    kind: LineKind
    words: int
    text: str = field(repr=False)


def cut(pixels: Pixels, box: Sequence[float], scale: float = 1.0) -> Pixels:
    """The part of a page in a box (x0, y0, x1, y1; times scale: pixels), with a small margin."""
    x0, y0, x1, y1 = (value * scale for value in box)
    margin = (y1 - y0) * _MARGIN
    rows = slice(max(0, int(y0 - margin)), max(1, int(np.ceil(y1 + margin))))
    columns = slice(max(0, int(x0 - margin)), max(1, int(np.ceil(x1 + margin))))
    return pixels[rows, columns]


def union(boxes: Iterable[Sequence[float]]) -> Rectangle:
    """The box around boxes."""
    array = np.array(list(boxes))
    x0, y0 = array[:, :2].min(axis=0)
    x1, y1 = array[:, 2:].max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def iam(data: Path, part: str) -> Iterator[Case]:
    """Lines or single words of the val pages of IAM, scanned at 300 dpi, at 200."""
    folder = data / "handwriting" / "iam_pages"
    for row in _rows(folder):
        if row["split"] != "val":
            continue
        page = _read(folder / row["file"])
        page = np.asarray(cv2.resize(page, None, fx=0.66, fy=0.66, interpolation=cv2.INTER_AREA))
        for item in row[part]:
            text = item["text"]
            if item["seg"] == "ok" and any(char.isalnum() for char in text):
                crop = cut(page, item["box"], 0.66)
                yield Case(crop, LineKind.HANDWRITING, len(text.split()), text)


def names(data: Path) -> Iterator[Case]:
    """Names by hand in form fields, whole crops as they are (printed labels reach into some)."""
    folder = data / "handwriting" / "names"
    for row in _rows(folder):
        yield Case(_read(folder / row["file"]), LineKind.HANDWRITING, 1, row["text"])


def funsd(data: Path, part: str) -> Iterator[Case]:
    """Entities of one line, or words, of scanned forms at about 75 to 100 dpi."""
    folder = data / "forms" / "funsd_train"
    for row in _rows(folder):
        page = _read(folder / row["file"])
        height: dict[int, float] = {}
        for word in row["words"]:
            high = word["box"][3] - word["box"][1]
            height[word["entity"]] = max(high, height.get(word["entity"], 0))
        for item in row[part]:
            x0, y0, x1, y1 = item["box"]
            readable = x1 - x0 > 3 and y1 - y0 > 3 and any(c.isalnum() for c in item["text"])
            if readable and y1 - y0 < 1.8 * height.get(item.get("id", -1), y1):
                crop = cut(page, item["box"])
                yield Case(crop, LineKind.PRINT, len(item["text"].split()), item["text"])


def funsd_print(data: Path) -> Iterator[Case]:
    """The printed words of the held-out forms, at the pipeline's resolution."""
    for page in datasets.funsd_held_out(data):
        image = page.image(DPI)
        for word in page.words:
            if word.origin and any(char.isalnum() for char in word.text):
                box = image.to_px(word.box)
                crop = cut(image.pixels, (box.x0, box.y0, box.x1, box.y1))
                yield Case(crop, LineKind.PRINT, 1, word.text)


def born_digital(data: Path, dpi: int, single: bool) -> Iterator[Case]:
    """Lines or single words of PDFs with text and no page-sized picture, rendered."""
    for path in sorted((data / "pdfs").glob("*.pdf")):
        count = 0
        with pymupdf.open(path) as document:
            for page in list(document)[:3]:
                for case in _page_cases(page, dpi, single):
                    count += 1
                    if count <= _MAX_LINES_A_FILE:
                        yield case


def _page_cases(page: pymupdf.Page, dpi: int, single: bool) -> Iterator[Case]:
    words = page.get_text("words")
    pictures = sum(abs(pymupdf.Rect(info["bbox"])) for info in page.get_image_info())
    if len(words) < _MIN_PAGE_WORDS or pictures > _MAX_PICTURE * abs(page.rect):
        return
    pixels = _rendered(page, dpi)
    lines: dict[tuple[int, ...], list[Any]] = defaultdict(list)
    for number, word in enumerate(words):
        if any(char.isalnum() for char in word[4]):
            lines[(number,) if single else (word[5], word[6])].append(word)
    for line in list(lines.values())[:: 7 if single else 1]:
        boxes = [tuple(pymupdf.Rect(word[:4]) * page.rotation_matrix) for word in line]
        box = union(boxes)
        crop = cut(pixels, box, dpi / 72)
        if crop.size and crop.shape[1] > crop.shape[0] / 2 and np.ptp(crop) > 60:
            yield Case(crop, LineKind.PRINT, len(line), " ".join(word[4] for word in line))


def samples(folder: Path, dpi: int, single: bool) -> Iterator[Case]:
    """The sample documents by their truth: words, or stretches of words on one line."""
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        with pymupdf.open(folder / truth["document"]) as document:
            pages = [_rendered(page, dpi) for page in document]
        for number, kind, line in _sample_lines(truth, single):
            crop = cut(pages[number - 1], union(box for box, _ in line), dpi / 72)
            if crop.size and np.ptp(crop) > 60:
                yield Case(crop, kind, len(line), " ".join(text for _, text in line))


def _sample_lines(
    truth: dict[str, Any], single: bool
) -> Iterator[tuple[int, LineKind, list[tuple[Sequence[float], str]]]]:
    """Page number, kind and boxed words of each crop."""
    for item in truth["identifiers"]:
        kind = _SAMPLE_KINDS.get(item["kind"])
        words = [(word["box"], word["text"]) for word in item.get("words", ()) if word.get("box")]
        if kind is None or not words or "page" not in item:
            continue
        bottom = words[0][0][3]
        first = [word for word in words if abs(word[0][3] - bottom) < 8]
        for line in [[word] for word in words] if single else [first]:
            yield item["page"], kind, line
    for item in truth["keep"]:
        kind = _SAMPLE_KINDS.get(item["kind"])
        if kind is not None and any(char.isalnum() for char in item["text"]):
            yield item["page"], kind, [(item["box"], item["text"])]


def _rendered(page: pymupdf.Page, dpi: int) -> Pixels:
    picture = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csRGB)
    pixels = np.frombuffer(picture.samples, np.uint8).reshape(picture.h, picture.w, 3)
    return np.asarray(pixels, np.uint8)


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "labels.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _read(path: Path) -> Pixels:
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise OSError(f"not an image: {path.name}")
    return np.asarray(image, np.uint8)


def row(title: str, cases: Iterable[Case]) -> None:
    """Print one line of the table: right by word, of how many crops and words, time a crop."""
    right: dict[LineKind, int] = defaultdict(int)
    total: dict[LineKind, int] = defaultdict(int)
    crops, seconds = 0, 0.0
    for case in cases:
        if not case.pixels.size:  # a few boxes of IAM lie outside their page
            continue
        began = time.perf_counter()
        kind = classify(case.pixels)
        seconds += time.perf_counter() - began
        crops += 1
        total[case.kind] += case.words
        right[case.kind] += case.words * (kind is case.kind)
    shares = " ".join(
        f"{kind.value} {right[kind] / total[kind]:.3f} of {total[kind]} words," for kind in total
    )
    print(f"{title:34} {shares} {crops} crops, {1000 * seconds / max(1, crops):.2f} ms", flush=True)


def page_row(title: str, pages: Sequence[datasets.LabelPage], dpi: int) -> None:
    """Print the share of words right of pages read by the engine, those of known kind."""
    judged = [
        word.kind_right
        for page in pages
        for word in reading.score(page, readers.ours(page.image(dpi))).judged
        if word.kind_right is not None
    ]
    print(f"{title:34} {sum(judged) / len(judged):.4f} of {len(judged)} words", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--pages", action="store_true", help="read whole pages, too (minutes)")
    args = parser.parse_args()
    row("IAM val, lines", iam(args.data, "lines"))
    row("IAM val, single words", iam(args.data, "words"))
    row("names in capitals", names(args.data))
    row("FUNSD, entities", funsd(args.data, "entities"))
    row("FUNSD, single words", funsd(args.data, "words"))
    row("FUNSD held out, printed words", funsd_print(args.data))
    for dpi in (200, 100):
        row(f"PDFs {dpi} dpi, lines", born_digital(args.data, dpi, single=False))
        row(f"PDFs {dpi} dpi, single words", born_digital(args.data, dpi, single=True))
    row("sample documents, stretches", samples(args.samples, 200, single=False))
    row("sample documents, single words", samples(args.samples, 200, single=True))
    if args.pages:
        page_row("IAM val, pages", datasets.iam_pages(args.data, "val"), _IAM_DPI)
        page_row("FUNSD held out, pages", datasets.funsd_held_out(args.data), DPI)


if __name__ == "__main__":
    main()
