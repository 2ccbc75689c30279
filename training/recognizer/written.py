"""Lines from open fonts: written by hand, and print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from training.recognizer.distort import distorted
from training.recognizer.fit import Draw
from training.recognizer.lines import Gray
from training.script import fonts
from training.script.render import Coverage, handwriting, printed
from training.script.texts import Texts

_LONG = 0.7  # the share of lines of at least _LONG_FROM characters: forms hold both kinds
_LONG_FROM = 16
_PRINT = 0.2  # the share of lines that are print
_PEN = 0.7  # the share of handwriting that is written again with a pen of one width


def with_pen(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """The middle lines of the strokes, written with a pen: a font's own weight is gone."""
    double = cv2.resize(ink, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    depth = cv2.distanceTransform((double > 127).astype(np.uint8), cv2.DIST_L2, 3)
    middle = (depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)) - 0.35)
    width = int(rng.integers(3, 9))
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, max(2, width - 1)))
    drawn = cv2.dilate(np.pad(middle.astype(np.uint8) * 255, width), pen)
    soft = cv2.GaussianBlur(drawn, (0, 0), 1.0)
    return np.asarray(
        cv2.resize(soft, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8
    )


def font_lines(folder: Path, texts: Texts) -> Draw:
    """Lines in the fonts of a folder: handwriting pulled about as far as can still be read.

    Some are print as scans have it, without a label: what the original reads there is to stay.
    """
    by_hand, in_print = (_families(folder, names) for names in (fonts.HANDWRITING, fonts.PRINT))

    def draw(rng: np.random.Generator) -> tuple[Gray, str]:
        if rng.random() < _PRINT:
            text, face = _text(texts, in_print, rng)
            return distorted(printed(text, face, rng), rng, vigor=0.2), ""
        text, face = _text(texts, by_hand, rng)
        ink = handwriting(text, face, rng)
        if rng.random() < _PEN:
            ink = with_pen(ink, rng)
        return distorted(ink, rng, vigor=1.0), text

    return draw


def _families(folder: Path, names: Sequence[str]) -> list[list[fonts.Face]]:
    by_family: dict[str, list[fonts.Face]] = {}
    for face in fonts.load(folder, names):
        by_family.setdefault(face.family, []).append(face)
    return list(by_family.values())


def _text(
    texts: Texts, families: Sequence[Sequence[fonts.Face]], rng: np.random.Generator
) -> tuple[str, fonts.Face]:
    """A text and a face that can write all of it."""
    short = rng.random() > _LONG
    while True:
        faces = families[int(rng.integers(len(families)))]
        face = faces[int(rng.integers(len(faces)))]
        text = " ".join(face.writable(texts.line()).split())
        if len(text) >= (1 if short else _LONG_FROM):
            return text, face
