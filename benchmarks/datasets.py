"""Labeled pages and names to measure on, read from a folder that is not part of the repo.

The folder, `data` below, holds (each with `labels.jsonl` and `images/`):

- `handwriting/iam_pages`: IAM 3.0, handwritten pages (Marti & Bunke, IJDAR 5:39-46, 2002)
- `handwriting/names`: handwritten names, cut from form fields
- `forms/funsd_train`: FUNSD, scanned forms (Jaume, Ekenel & Thiran, arXiv:1905.13538)

None of them may train weights that are shipped. Every box is in page space (points).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from redactor.errors import FileAccessError
from redactor.geometry import POINTS_PER_INCH, Box
from redactor.ink import PageImage, Pixels
from redactor.words import Origin

_IAM, _NAMES, _FUNSD = "handwriting/iam_pages", "handwriting/names", "forms/funsd_train"
_IAM_DPI = 300
_FUNSD_HEIGHT = 11  # inches of the letter pages that the scans were made from
_FORM_ITSELF = ("question", "header")  # labels of what is printed on an empty form
_TICKED_BOXES = " ☐☑☒□"  # they are no words
_NAMES_DPI = 150  # capitals a sixth of an inch high: their crops do not say


@dataclass(frozen=True, slots=True)
class LabelWord:
    """A word as labeled. `line` counts lines of the page from 0; -1 where words have no line.

    Not `reliable`: the dataset itself doubts the box. IAM boxes punctuation as words of its own.
    `origin` is None where the word may be printed or written by hand.
    """

    text: str = field(repr=False)
    box: Box
    line: int = -1
    reliable: bool = True
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A line as labeled, with blanks and punctuation as a person would write them."""

    text: str = field(repr=False)
    box: Box
    reliable: bool = True


@dataclass(frozen=True, slots=True)
class LabelPage:
    """A page image with its words. `dpi` is that of the image file.

    `words` is empty where the dataset has no boxes of words, `lines` where it has no lines.
    """

    name: str
    path: Path
    split: str
    dpi: int
    lines: tuple[LabelLine, ...]
    words: tuple[LabelWord, ...]

    @property
    def text(self) -> str:
        """The lines from the top, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)

    def image(self, dpi: int | None = None) -> PageImage:
        """The page's pixels, resampled to `dpi` where one is given."""
        return _resampled(PageImage(_pixels(self.path), self.dpi), dpi or self.dpi)


@dataclass(frozen=True, slots=True)
class LabelField:
    """A label printed on a form, and the numbers of the words that are filled in for it, if any."""

    label: str = field(repr=False)
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LabelForm:
    """A form with its fields; their numbers count `page.words`."""

    page: LabelPage
    fields: tuple[LabelField, ...]


@dataclass(frozen=True, slots=True)
class LabelName:
    """The image of one handwritten name: parts of a printed label or of neighbors may show."""

    path: Path
    split: str
    text: str = field(repr=False)

    def image(self) -> PageImage:
        return PageImage(_pixels(self.path), _NAMES_DPI)


def iam_pages(data: Path, split: str) -> tuple[LabelPage, ...]:
    """The IAM pages of a split, "train" or "val", by name. Raises FileAccessError when absent."""
    rows = _rows(data / _IAM)
    return tuple(_iam_page(data / _IAM, row) for row in rows if row["split"] == split)


def funsd_pages(data: Path) -> tuple[LabelPage, ...]:
    """The FUNSD pages by name: words in no order, no lines. Raises FileAccessError when absent."""
    return tuple(_funsd_page(data / _FUNSD, row) for row in _rows(data / _FUNSD))


def funsd_held_out(data: Path) -> tuple[LabelPage, ...]:
    """The second half of the FUNSD pages, which nothing is tuned on."""
    pages = funsd_pages(data)
    return pages[len(pages) // 2 :]


def funsd_forms(data: Path) -> tuple[LabelForm, ...]:
    """The FUNSD pages by name, with the questions that have a text, and the answers linked to them.

    Raises FileAccessError when absent.
    """
    folder = data / _FUNSD
    return tuple(LabelForm(_funsd_page(folder, row), _fields(row)) for row in _rows(folder))


def _fields(row: Mapping[str, Any]) -> tuple[LabelField, ...]:
    entities = {entity["id"]: entity for entity in row["entities"]}
    words: dict[int, list[int]] = {}
    for number, word in enumerate(row["words"]):
        if word["text"].strip(_TICKED_BOXES):
            words.setdefault(word["entity"], []).append(number)
    found = []
    for entity in entities.values():
        if entity["label"] == "question" and any(char.isalnum() for char in entity["text"]):
            linked = {other for link in entity["linking"] for other in link}
            answers = [o for o in sorted(linked) if entities[o]["label"] == "answer"]
            numbers = tuple(number for other in answers for number in words.get(other, ()))
            if numbers or not answers:  # no answers of ticked boxes alone
                found.append(LabelField(entity["text"], numbers))
    return tuple(found)


def names(data: Path) -> tuple[LabelName, ...]:
    """The handwritten names, by file name. Raises FileAccessError when absent."""
    folder = data / _NAMES
    return tuple(
        LabelName(folder / row["file"], row["split"], row["text"]) for row in _rows(folder)
    )


def _rows(folder: Path) -> list[dict[str, Any]]:
    try:
        text = (folder / "labels.jsonl").read_text(encoding="utf-8")
    except OSError as error:
        raise FileAccessError(
            f"no labels in {folder}: {error.strerror}", "name the folder that holds the datasets"
        ) from error
    return sorted((json.loads(row) for row in text.splitlines()), key=lambda row: str(row["file"]))


def _iam_page(folder: Path, row: Mapping[str, Any]) -> LabelPage:
    lines = [line for line in row["lines"] if line["box"][1] < row["height"]]  # on the cut-out
    number = {line["id"]: index for index, line in enumerate(lines)}
    return LabelPage(
        row["form"],
        folder / row["file"],
        row["split"],
        _IAM_DPI,
        tuple(
            LabelLine(line["text"], _box(line["box"], _IAM_DPI), line["seg"] == "ok")
            for line in lines
        ),
        tuple(
            LabelWord(
                word["text"],
                _box(word["box"], _IAM_DPI),
                number[word["line"]],
                word["seg"] == "ok",
                Origin.HANDWRITING,
            )
            for word in row["words"]
            if word["line"] in number
        ),
    )


def _funsd_page(folder: Path, row: Mapping[str, Any]) -> LabelPage:
    dpi = round(row["height"] / _FUNSD_HEIGHT)
    words = (
        LabelWord(
            word["text"],
            _box(word["box"], dpi),
            origin=Origin.PRINT if word["label"] in _FORM_ITSELF else None,
        )
        for word in row["words"]
    )
    path = folder / row["file"]
    return LabelPage(path.stem, path, row["split"], dpi, (), tuple(words))


def _box(value: list[float], dpi: int) -> Box:
    return Box(*value).scaled(POINTS_PER_INCH / dpi)


def _pixels(path: Path) -> Pixels:
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise FileAccessError(f"cannot read the image {path}", "fetch the dataset again")
    return np.asarray(pixels, np.uint8)


def _resampled(image: PageImage, dpi: int) -> PageImage:
    if dpi == image.dpi:
        return image
    factor = dpi / image.dpi
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    pixels = cv2.resize(image.pixels, None, fx=factor, fy=factor, interpolation=way)
    return PageImage(np.asarray(pixels, np.uint8), dpi)
