"""Text on layers that are off (optional content, ISO 32000-2, 8.11): one switch shows it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pikepdf
import pymupdf

from redactor.audit.leak import Kind, Leak
from redactor.audit.scene import painted_spans
from redactor.audit.spans import Glyph, box_of, glyphs_of, runs, text_of, words_of
from redactor.geometry import Box, PageFrame
from redactor.pdf.hidden import Layers, dictionaries
from redactor.pdf.text_layer import turned


def hidden_layers(
    pdf: pikepdf.Pdf, document: pymupdf.Document, frames: tuple[PageFrame, ...]
) -> Iterator[Leak]:
    """The text of `document` that shows only once all layers are on. They are, in `pdf`, then."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    layers = Layers(properties)
    if any(map(layers.hides, dictionaries(properties.get("/OCGs")))):
        with pymupdf.open(stream=_all_on(pdf, properties), filetype="pdf") as again:
            yield from _added(document, again, frames)


def _all_on(pdf: pikepdf.Pdf, properties: pikepdf.Object) -> bytes:
    out = io.BytesIO()
    properties["/D"] = pikepdf.Dictionary()
    pdf.save(out, encryption=False)
    return out.getvalue()


def _added(
    document: pymupdf.Document, again: pymupdf.Document, frames: tuple[PageFrame, ...]
) -> Iterator[Leak]:
    """A leak for each run of words that only the second document shows."""
    for number, frame in enumerate(frames, start=1):
        shown = Counter(map(_place, _glyphs(document[number - 1])))
        added = [g for g in _glyphs(again[number - 1]) if not _take(shown, g)]
        matrix = turned(frame)
        for run in runs(list(words_of(added))):
            if sum(glyph.counts for word in run for glyph in word) > 1:
                rect = (pymupdf.Rect(*box_of(run).as_tuple()) * matrix).normalize()
                box = Box(rect.x0, rect.y0, rect.x1, rect.y1)
                yield Leak(Kind.HIDDEN_LAYER_TEXT, number, box, text_of(run))


_Place = tuple[str, int, int]


def _glyphs(page: pymupdf.Page) -> Iterator[Glyph]:
    for span in painted_spans(page):
        yield from glyphs_of(span, np.ones(len(span["chars"]), np.bool_), 0)


def _place(glyph: Glyph) -> _Place:
    return glyph.char, round(glyph.box.x0), round(glyph.box.y0)


def _take(shown: Counter[_Place], glyph: Glyph) -> bool:
    """Takes a glyph out of those that showed before; whether it was among them."""
    there = shown[_place(glyph)] > 0
    shown[_place(glyph)] -= there
    return there
