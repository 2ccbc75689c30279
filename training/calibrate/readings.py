"""Words as the recognizer reads them, each with whether it is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from redactor.geometry import Box
from redactor.ink import PageImage, Pixels, find_ink
from redactor.ocr.calibrate import features
from redactor.ocr.choose import Chosen
from redactor.ocr.engine import PaddleRecognizer, Read
from redactor.pdf.intake import take_in
from redactor.pdf.render import render
from redactor.words import LineKind
from training.calibrate.logistic import Floats

DPI = 200
_SCAN_DPI = 300  # of the handwritten pages
_SCALES = (0.5, 0.35)  # of the printed samples: 100 and 70 dpi
_BLUR = 0.7  # pixels
_NOISE = 12.0  # gray levels
_SEED = 7


def key(text: str) -> str:
    """What of a word is compared: letters and digits, in lower case."""
    return re.sub(r"[\W_]", "", text.lower())


def table(words: Sequence[tuple[Chosen, bool]]) -> tuple[Floats, Floats]:
    """The features of words as rows, and 1 for those that are right."""
    rows = np.array([features(word) for word, _ in words])
    return rows, np.array([float(is_right) for _, is_right in words])


def handwritten(folder: Path, split: str, most: int) -> Iterator[tuple[Chosen, bool]]:
    """Words of at most `most` pages of a folder with `labels.jsonl`: lines with text and box.

    Writers take turns, so that few pages hold many hands.
    """
    labels = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [page for page in map(json.loads, labels) if page["split"] == split]
    turns: dict[str, int] = {}
    for page in pages:
        page["turn"] = turns[page["writer"]] = turns.get(page["writer"], -1) + 1
    for page in sorted(pages, key=lambda p: (p["turn"], p["writer"]))[:most]:
        yield from _on_lines(page, _read(PageImage(_scan(folder / page["file"]), DPI)))


def _read(image: PageImage) -> tuple[Read, ...]:
    return PaddleRecognizer().recognized(image, find_ink(image))


def _scan(path: Path) -> Pixels:
    scale = DPI / _SCAN_DPI
    image = cv2.imread(str(path))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small[:, :, ::-1], np.uint8)


def _on_lines(page: dict[str, Any], read: Sequence[Read]) -> Iterator[tuple[Chosen, bool]]:
    """The handwritten words of a page, right where an alignment with their line's text says so."""
    boxes = np.array([line["box"] for line in page["lines"]], np.float64) * (DPI / _SCAN_DPI)
    found: dict[int, list[Read]] = {}
    for part in read:
        top, bottom = part.view.region.corners[:, 1].min(), part.view.region.corners[:, 1].max()
        overlap = np.minimum(bottom, boxes[:, 3]) - np.maximum(top, boxes[:, 1])
        found.setdefault(int(overlap.argmax()), []).append(part)
    for number, line in enumerate(page["lines"]):
        parts = sorted(found.get(number, []), key=lambda p: float(p.view.region.corners[0, 0]))
        words = [w for p in parts if p.view.kind is LineKind.HANDWRITING for w in p.words]
        words = [word for word in words if key(word.text)]
        truth = [key(word) for word in line["text"].split() if key(word)]
        right: set[int] = set()
        for step in Levenshtein.opcodes([key(word.text) for word in words], truth):
            if step.tag == "equal":
                right.update(range(step.src_start, step.src_end))
        yield from ((word, place in right) for place, word in enumerate(words))


def printed(folder: Path) -> Iterator[tuple[Chosen, bool]]:
    """Printed words of the sample documents in `folder`, as bad scans of them would read.

    A word is right where the truth has it at its middle.
    """
    rng = np.random.default_rng(_SEED)
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        source = take_in(path.with_name(truth["document"].removesuffix(".pdf") + ".pdf"))
        for number in range(1, len(source.frames) + 1):
            places = list(_places(truth, number))
            image = render(source, number, DPI)
            for scale in _SCALES:
                scan = PageImage(worse(image.pixels, scale, rng), DPI)
                yield from _at_places(scan, places)


def _places(truth: dict[str, Any], page: int) -> Iterator[tuple[str, Box]]:
    """The printed words of a page, each with its box in page space."""
    named = [word for item in truth["identifiers"] for word in _words_of(item)]
    for word in [*truth["keep"], *named]:
        if word["page"] == page and word["kind"] != "handwriting" and word["box"]:
            yield key(word["text"]), Box(*word["box"])


def _words_of(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for word in item["words"]:
        yield {"page": item["page"], "kind": item["kind"], **word}


def worse(pixels: Pixels, scale: float, rng: np.random.Generator) -> Pixels:
    """A page as if scanned at `scale` times its resolution, a little out of focus and noisy."""
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), _BLUR).astype(np.float32)
    noisy = np.clip(soft + rng.normal(0, _NOISE, soft.shape), 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(noisy, (width, height)), np.uint8)


def _at_places(
    image: PageImage, places: Sequence[tuple[str, Box]]
) -> Iterator[tuple[Chosen, bool]]:
    """The printed words of a page where the truth has a word."""
    for part in _read(image):
        for word in part.words:
            x, y = _middle(part, word)
            under = {
                text
                for text, box in places
                if box.contains(x / image.px_per_pt, y / image.px_per_pt)
            }
            if part.view.kind is LineKind.PRINT and key(word.text) and under:
                yield word, key(word.text) in under


def _middle(part: Read, word: Chosen) -> tuple[float, float]:
    """The middle of a word in pixels of the page."""
    corners = part.view.region.corners
    along = (word.chars[0].start + word.chars[-1].end) / 2 / len(part.lattice.posteriors)
    x, y = (corners[0] + corners[3]) / 2 + (corners[1] - corners[0]) * along
    return float(x), float(y)
