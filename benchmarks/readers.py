"""The readers that are compared: ours, RapidOCR as it comes, Tesseract as it comes.

Each takes a page image and gives its words in the reader's own reading order, boxes in page space.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
from rapidocr import RapidOCR

from redactor import reading
from redactor.geometry import Box
from redactor.ink import PageImage, find_ink
from redactor.ocr import tesseract as engine
from redactor.ocr.engine import PaddleRecognizer
from redactor.ocr.tesseract import TsvWord
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
    return engine.version(engine.program())


def tesseract(image: PageImage) -> tuple[Word, ...]:
    """Tesseract's words with its own settings, on one thread, and its own boxes."""
    return tesseract_words(engine.recognized(engine.program(), image), image)


def tesseract_words(found: Iterable[TsvWord], image: PageImage) -> tuple[Word, ...]:
    """The same words in page space."""
    return tuple(Word(w.text, image.to_page(w.box_px), w.confidence, Origin.PRINT) for w in found)
