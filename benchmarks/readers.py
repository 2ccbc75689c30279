"""The readers that are compared: ours, RapidOCR as it comes, Tesseract as it comes.

Each takes a page image and gives its words in the reader's own reading order, boxes in page space.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR

from redactor import reading
from redactor.geometry import Box
from redactor.ink import PageImage, find_ink
from redactor.ocr.engine import PaddleRecognizer
from redactor.words import Origin, Page, Word

Reader = Callable[[PageImage], tuple[Word, ...]]


def read_page(image: PageImage) -> Page:
    """The page as our pipeline reads one that has no text layer."""
    ink = find_ink(image)
    return reading.merge(1, image, ink, (), PaddleRecognizer().read_ink(image, ink))


def ours(image: PageImage) -> tuple[Word, ...]:
    """Our words."""
    return read_page(image).words


def rapidocr(image: PageImage) -> tuple[Word, ...]:
    """RapidOCR's words with its own settings; only the number of threads is set, to one."""
    found: Any = _rapidocr()(image.pixels[:, :, ::-1], return_word_box=True)
    lines = found.word_results if found.txts else ()  # a page without text has a mock line
    return tuple(
        Word(text, image.to_page(_around(corners)), float(score), Origin.PRINT)
        for line in lines
        for text, score, corners in line
        if corners is not None
    )


@cache
def _rapidocr() -> RapidOCR:
    threads = {f"EngineConfig.onnxruntime.{way}_op_num_threads": 1 for way in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **threads})


def _around(corners: Any) -> Box:
    (x0, y0), (x1, y1) = np.min(corners, axis=0).tolist(), np.max(corners, axis=0).tolist()
    return Box(x0, y0, x1, y1)


def has_tesseract() -> bool:
    """Whether the command is installed."""
    return shutil.which("tesseract") is not None


def tesseract_version() -> str:
    """What the command says it is, without its name."""
    done = subprocess.run(["tesseract", "--version"], capture_output=True, check=True)  # noqa: S607
    return done.stdout.decode().split()[1]


def tesseract(image: PageImage) -> tuple[Word, ...]:
    """Tesseract's words with its own settings, on one thread."""
    png = cv2.imencode(".png", image.pixels[:, :, ::-1])[1].tobytes()
    done = subprocess.run(
        ["tesseract", "-", "-", "--dpi", str(image.dpi), "tsv"],  # noqa: S607 as on the PATH
        input=png,
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
    )
    return tuple(_tesseract_words(done.stdout.decode(), image))


def _tesseract_words(tsv: str, image: PageImage) -> Iterator[Word]:
    """The rows of level 5, words: the last columns are x, y, width, height, confidence, text."""
    for row in tsv.splitlines()[1:]:
        columns = row.split("\t")
        if columns[0] == "5" and columns[-1].strip():
            x, y, width, height = map(int, columns[6:10])
            box = image.to_page(Box(x, y, x + width, y + height))
            yield Word(columns[-1], box, float(columns[10]) / 100, Origin.PRINT)
