"""Builds a page anew from its pixels, with an invisible text layer of the words that stay.

Nothing of the old content survives: no glyph, no path, no hidden object.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pymupdf

from redactor.geometry import Box
from redactor.ink import PageImage, Pixels
from redactor.pdf.page_pixels import insert
from redactor.pdf.ringing import even_out, samples_of
from redactor.pdf.text_layer import ASCENT, DESCENT
from redactor.words import Word

_TONES = 24  # of 255: what differs by less is of one tone
_INSET = 0.2  # of a word's height, from which its letters have ink
_REACH = 0.1  # inches: two blocks of a scan at 160 dpi
_FONT = "helv"
_ENCODING = "latin-1"  # all that PyMuPDF writes in that font, or knows the width of
_PLAIN = str.maketrans("‘’‚“”„–—•", "'''\"\"\"--·", "\u00ad") | {ord("…"): "..."}


@dataclass(frozen=True, slots=True)
class RebuiltPage:
    """What takes a page's place: size in points, pixels with the boxes blank, words that stay."""

    width: float
    height: float
    pixels: Pixels = field(repr=False)
    words: tuple[Word, ...] = field(repr=False)


def rebuild(
    image: PageImage, size: tuple[float, float], boxes: Sequence[Box], words: Sequence[Word]
) -> RebuiltPage:
    """The page image with every box made paper-white, and the words that show and no box touches.

    What the old page hid would be hidden still in an invisible text layer.
    """
    pixels, boxes_px = image.pixels.copy(), [image.to_px(box) for box in boxes]
    for box_px in boxes_px:
        pixels[samples_of(box_px)] = 255
    even_out(pixels, boxes_px, round(_REACH * image.dpi))
    kept = tuple(
        word
        for word in words
        if _shows(image, word) and not any(word.box.overlaps(box) for box in boxes)
    )
    return RebuiltPage(size[0], size[1], pixels, kept)


def _shows(image: PageImage, word: Word) -> bool:
    """Whether most of a word's letters are of more than one tone, in the middle of their height.

    Above and below may be what frames them: a box, a rule, another line.
    """
    has_letters = any(map(str.isalnum, word.text))
    inset = _INSET * word.box.height if has_letters else 0.0  # a hyphen or a comma lies anywhere
    area = image.pixels[samples_of(image.to_px(word.box.padded(0, -inset)))]
    if not area.size:
        return False
    letters = np.array_split(area, max(1, min(len(word.text), area.shape[1])), axis=1)
    inked = [int(np.ptp(letter, axis=(0, 1)).max()) >= _TONES for letter in letters]
    return 2 * sum(inked) >= len(inked)


def replace_page(document: pymupdf.Document, number: int, rebuilt: RebuiltPage) -> None:
    """Puts the rebuilt page where page `number` (from 1) stands."""
    insert_page(document, number, rebuilt)
    document.delete_page(number)


def insert_page(document: pymupdf.Document, number: int, rebuilt: RebuiltPage) -> pymupdf.Page:
    """Makes the rebuilt page page `number` (from 1); the pages from there on move back."""
    page = document.new_page(number - 1, width=rebuilt.width, height=rebuilt.height)
    text = page.new_shape()  # all words in one stream
    for word in rebuilt.words:
        _write_invisibly(text, word)
    text.commit()
    insert(page, rebuilt.pixels)
    return page


def _write_invisibly(text_layer: pymupdf.Shape, word: Word) -> None:
    """The word in text rendering mode 3 (ISO 32000-2, 9.3.6), stretched over its box.

    Marks on letters that the font lacks are left out, so that the word can still be found.
    """
    text = _writable(word.text)
    natural = _metrics().text_length(text, 1)  # get_text_length errs after letters beyond ASCII
    if not natural or not word.box.width or not word.box.height:
        return
    size = max(1.0, word.box.height / (ASCENT + DESCENT))
    start = pymupdf.Point(word.box.x0, word.box.y1 - DESCENT * size)
    stretch = pymupdf.Matrix(word.box.width / (natural * size), 1)
    text_layer.insert_text(
        start, text, fontname=_FONT, fontsize=size, render_mode=3, morph=(start, stretch)
    )


@cache
def _metrics() -> pymupdf.Font:
    return pymupdf.Font(_FONT)


def _writable(text: str) -> str:
    """The text as far as the font has it: letters as they are, else without their marks; quotes
    and dashes as a keyboard has them."""
    plain = text.translate(_PLAIN)
    known = (c if _has(c) else unicodedata.normalize("NFKD", c) for c in plain)
    return "".join(known).encode(_ENCODING, "ignore").decode(_ENCODING)


def _has(char: str) -> bool:
    return bool(char.encode(_ENCODING, "ignore"))
