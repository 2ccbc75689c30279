"""Handwriting drawn glyph by glyph, so that the extent of each word's ink is known exactly.

Only Pillow and integer arithmetic make the pixels: their results do not depend on the
processor, which keeps the documents byte-identical everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from sample_docs.truth import Box, Token, TruthBook
from sample_docs.typeset import FONT_FOLDER

OVERSAMPLE = 3
"""Ink is drawn this many times finer than the page's pixels."""
INK_LEVEL = 72
"""Coverage (0-255) from which a pixel counts as ink in the truth boxes."""
PULL = 0.019
"""How far the rubber sheet's knots are pulled, in ems."""
Ink = tuple[int, int, int]
BLUE: Ink = (34, 52, 128)
BLACK: Ink = (38, 36, 42)


@dataclass(frozen=True)
class Hand:
    """How one person writes; sizes in points, angles in degrees."""

    font: str
    size: float
    ink: Ink = BLUE
    slant: float = 4.0
    slant_spread: float = 2.5
    wobble: float = 0.024
    turn: float = 1.6
    spacing: float = 0.02
    pen: int = 0
    word_gap: float = 0.42


@dataclass(frozen=True)
class Geometry:
    """A raster's place on the page: its pixels per inch, its corner and size in points."""

    x: float
    y: float
    width: float
    height: float
    dpi: int = 200
    skew: float = 0.0

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the raster."""
        return round(self.width * self.scale), round(self.height * self.scale)

    @property
    def scale(self) -> float:
        """Pixels a point."""
        return self.dpi / 72

    @property
    def frame(self) -> Box:
        """The raster's extent on the page, whole pixels."""
        wide, high = self.pixels
        return self.to_points(0, 0, wide, high)

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the straight sheet falls on the skewed raster (pixels)."""
        wide, high = self.pixels
        dx = (x - self.x) * self.scale - wide / 2
        dy = (y - self.y) * self.scale - high / 2
        cos, sin = _turn(self.skew)
        return wide / 2 + dx * cos - dy * sin, high / 2 + dx * sin + dy * cos

    def to_points(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Bring a raster rectangle (pixels) to page space."""
        return (
            self.x + x0 / self.scale,
            self.y + y0 / self.scale,
            self.x + x1 / self.scale,
            self.y + y1 / self.scale,
        )

    def skewed(self, box: Box) -> Box:
        """Give the page-space box around a straight sheet's box after the skew."""
        x0, y0, x1, y1 = box
        corners = [self.to_pixels(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self.to_points(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class Stroke:
    """Ink on the raster: its coverage and the pixel of its top left corner."""

    x: int
    y: int
    coverage: Image.Image
    ink: Ink


@dataclass(frozen=True)
class _Word:
    """A word drawn straight and fine: all its ink, the listed part's ink, the pen's way."""

    full: Image.Image
    core: Image.Image
    origin: tuple[float, float]
    advance: float


@dataclass(frozen=True)
class _Spot:
    """Where a word begins on the straight sheet (points) and how its line runs (degrees)."""

    x: float
    y: float
    tilt: float


@dataclass
class Pen:
    """Writes on one raster and lists what it writes in the truth."""

    geometry: Geometry
    book: TruthBook
    page: int
    rng: np.random.Generator
    strokes: list[Stroke] = field(default_factory=list)

    def write(self, x: float, y: float, markup: str, hand: Hand) -> float:
        """Write one line from ``x`` with its baseline near ``y``; gives the x of its end."""
        fine = self.geometry.scale * OVERSAMPLE
        tilt = self._spread(0.35)
        start = x
        for token in self.book.tokens(markup):
            word = _draw_word(token, hand, hand.size * fine, self.rng)
            rise = (x - start) * math.tan(math.radians(tilt)) + self._spread(hand.wobble * 9)
            self._place(word, token, _Spot(x, y + rise, tilt), hand)
            x += word.advance / fine + hand.size * (hand.word_gap + self._spread(0.06))
        return x

    def lines(self, x: float, y: float, rows: Sequence[str], hand: Hand, leading: float) -> None:
        """Write lines below one another."""
        for index, row in enumerate(rows):
            self.write(x + self._spread(1.5), y + index * leading, row, hand)

    def check(self, x: float, y: float, hand: Hand) -> None:
        """Tick the box whose middle is ``x``, ``y``; a tick is no word, so it is not listed."""
        token = Token("X", 0, 1)
        fine = self.geometry.scale * OVERSAMPLE
        word = _draw_word(token, hand, hand.size * fine, self.rng)
        left = x - word.advance / fine / 2
        self._stroke(word, _Spot(left, y + hand.size * 0.3, self._spread(6)), hand)

    def _place(self, word: _Word, token: Token, spot: _Spot, hand: Hand) -> None:
        left, top, core = self._stroke(word, spot, hand)
        if word.core is not word.full:
            left, top, core = self._landed(word.core, word.origin, spot)
        found = core.point(lambda level: 255 if level >= INK_LEVEL else 0).getbbox()
        if found is None:
            raise ValueError(f"no ink for {token.text!r}")
        x0, y0, x1, y1 = found
        box = self.geometry.to_points(left + x0, top + y0, left + x1, top + y1)
        self.book.add(self.page, "handwriting", token, box)

    def _stroke(self, word: _Word, spot: _Spot, hand: Hand) -> tuple[int, int, Image.Image]:
        """Put ink on the raster, its strength a little uneven; gives where it landed."""
        left, top, coverage = self._landed(word.full, word.origin, spot)
        grain = _clouds(coverage.size, 7, (160, 256), self.rng)
        self.strokes.append(Stroke(left, top, ImageChops.multiply(coverage, grain), hand.ink))
        return left, top, coverage

    def _landed(
        self, fine: Image.Image, origin: tuple[float, float], spot: _Spot
    ) -> tuple[int, int, Image.Image]:
        """Bring a fine drawing onto the raster: its corner there (pixels) and its coverage."""
        at_x, at_y = self.geometry.to_pixels(spot.x, spot.y)
        cos, sin = _turn(self.geometry.skew + spot.tilt)
        corners = [
            (px * cos - py * sin, px * sin + py * cos)
            for px in (-origin[0], fine.width - origin[0])
            for py in (-origin[1], fine.height - origin[1])
        ]
        left = math.floor(at_x + min(px for px, _ in corners) / OVERSAMPLE) - 2
        top = math.floor(at_y + min(py for _, py in corners) / OVERSAMPLE) - 2
        wide = math.ceil(at_x + max(px for px, _ in corners) / OVERSAMPLE) + 2 - left
        high = math.ceil(at_y + max(py for _, py in corners) / OVERSAMPLE) + 2 - top
        # Pillow wants the way back: from the raster's fine pixel to the drawing's.
        dx, dy = (at_x - left) * OVERSAMPLE, (at_y - top) * OVERSAMPLE
        back = (
            cos, sin, origin[0] - cos * dx - sin * dy,
            -sin, cos, origin[1] + sin * dx - cos * dy,
        )  # fmt: skip
        size = (wide * OVERSAMPLE, high * OVERSAMPLE)
        turned = fine.transform(size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
        small = turned.reduce(OVERSAMPLE)
        box = small.getbbox() or (0, 0, 1, 1)
        return left + box[0], top + box[1], small.crop(box)

    def _spread(self, width: float) -> float:
        return spread(self.rng, width)


def spread(rng: np.random.Generator, width: float) -> float:
    """Draw a bell-shaped random number around 0, its standard deviation ``width``."""
    return width * 2 * (rng.random() + rng.random() + rng.random() - 1.5)


def _turn(degrees: float) -> tuple[float, float]:
    return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))


@cache
def _face(font: str, size: int) -> ImageFont.FreeTypeFont:
    path = str(FONT_FOLDER / f"{font}.ttf")
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _draw_word(token: Token, hand: Hand, em: float, rng: np.random.Generator) -> _Word:
    """Draw a word with ``em`` pixels to the em, each glyph a little different."""
    face = _face(hand.font, round(em))
    pad = round(em * 0.9)
    wide = round(face.getlength(token.text) * 1.25) + 2 * pad
    size = (wide, 2 * pad + round(em * 1.2))
    origin = (float(pad), pad + em * 0.8)
    full, core = Image.new("L", size), Image.new("L", size)
    leaning = replace(hand, slant=hand.slant + spread(rng, hand.slant_spread))
    pen = 0.0
    for index, char in enumerate(token.text):
        ink, corner = _draw_glyph(char, face, leaning, (origin[0] + pen, origin[1]), rng)
        _lay(full, ink, corner)
        if token.start <= index < token.end:
            _lay(core, ink, corner)
        pair = token.text[index : index + 2]
        pen += face.getlength(pair) - (face.getlength(pair[1]) if len(pair) > 1 else 0.0)
        pen += em * spread(rng, hand.spacing)
    mesh = _mesh(size, em, rng)
    full = full.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    if token.core == token.text:
        return _Word(full, full, origin, pen)
    core = core.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    return _Word(full, core, origin, pen)


def _draw_glyph(
    char: str,
    face: ImageFont.FreeTypeFont,
    hand: Hand,
    at: tuple[float, float],
    rng: np.random.Generator,
) -> tuple[Image.Image, tuple[int, int]]:
    """One glyph jittered about its origin ``at``: its ink and that picture's corner."""
    em = face.size
    pad = round(em * 0.8)
    mask = Image.new("L", (round(face.getlength(char)) + 2 * pad, round(em * 2.4)))
    base = round(em * 1.4)
    ImageDraw.Draw(mask).text(
        (pad, base), char, fill=255, font=face, anchor="ls", stroke_width=hand.pen
    )
    cos, sin = _turn(spread(rng, hand.turn))
    scale = 1 + spread(rng, hand.wobble * 1.6)
    lean = math.tan(math.radians(hand.slant + spread(rng, 1.0)))
    lift = em * spread(rng, hand.wobble)
    # Way back: undo the turn, the size and then the lean (x grows upward by ``lean``).
    a, b, d, e = cos / scale, sin / scale, -sin / scale, cos / scale
    a, b = a + lean * d, b + lean * e
    corner = (round(at[0]) - pad, round(at[1]) - base)
    x, y = at[0] - corner[0], at[1] + lift - corner[1]
    back = (a, b, pad - a * x - b * y, d, e, base - d * x - e * y)
    ink = mask.transform(mask.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
    return ink, corner


def _lay(canvas: Image.Image, ink: Image.Image, corner: tuple[int, int]) -> None:
    """Add ink where the canvas has less of it."""
    area = (*corner, corner[0] + ink.width, corner[1] + ink.height)
    canvas.paste(ImageChops.lighter(canvas.crop(area), ink), corner)


_Quad = tuple[float, float, float, float, float, float, float, float]


def _mesh(
    size: tuple[int, int], em: float, rng: np.random.Generator
) -> list[tuple[tuple[int, int, int, int], _Quad]]:
    """Make a rubber sheet: a grid of about half an em whose knots are pulled a little."""
    columns, rows = max(2, round(size[0] / em * 1.6)), max(2, round(size[1] / em * 1.6))
    xs = [round(size[0] * index / columns) for index in range(columns + 1)]
    ys = [round(size[1] * index / rows) for index in range(rows + 1)]
    knots = {
        (x, y): (x + spread(rng, em * PULL), y + spread(rng, em * PULL)) for x in xs for y in ys
    }
    cells = list[tuple[tuple[int, int, int, int], _Quad]]()
    for x0, x1 in pairwise(xs):
        for y0, y1 in pairwise(ys):
            corners = (knots[x0, y0], knots[x0, y1], knots[x1, y1], knots[x1, y0])
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
            cells.append(((x0, y0, x1, y1), (ax, ay, bx, by, cx, cy, dx, dy)))
    return cells


def _clouds(
    size: tuple[int, int], knot: int, levels: tuple[int, int], rng: np.random.Generator
) -> Image.Image:
    """Smooth random levels with a knot every ``knot`` pixels: a pen's pressure."""
    grid = (max(2, size[0] // knot), max(2, size[1] // knot))
    seeds = rng.integers(levels[0], levels[1], size=(grid[1], grid[0]), dtype=np.uint8)
    return Image.fromarray(seeds).resize(size, Image.Resampling.BICUBIC)


def transparent(pen: Pen, soften: float = 0.4) -> Image.Image:
    """Give what was written as an RGBA raster, for pasting over a page."""
    size = pen.geometry.pixels
    alpha = Image.new("L", size)
    for stroke in pen.strokes:
        layer = Image.new("L", size)
        layer.paste(stroke.coverage, (stroke.x, stroke.y))
        alpha = ImageChops.lighter(alpha, layer)
    ink = Image.new("RGB", size, pen.strokes[0].ink)
    ink.putalpha(alpha.filter(ImageFilter.GaussianBlur(soften)))
    return ink
