"""From clean ink to what a scanner or a renderer makes of it, line crop and all.

Both kinds go through the same mill: nothing in it may tell handwriting from print.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from training.script.render import Coverage, smooth_noise

Floats = npt.NDArray[np.float32]
Gray = npt.NDArray[np.uint8]


def degraded(pool: Sequence[Coverage], index: int, rng: np.random.Generator) -> Gray:
    """A gray crop (rows, columns) of a line of the pool, or of a few words of it."""
    ink = pool[index]
    if rng.random() < 0.5:
        ink = _words_of(ink, rng)
    ink = _framed(ink, rng)
    if rng.random() < 0.18:
        _add_neighbor(ink, pool[int(rng.integers(len(pool)))], rng)
    lined = rng.random()
    if lined < 0.3:
        _rule(ink, rng)
    elif lined < 0.4:
        _lose_rule(ink, rng)
    return scanned((_copied if rng.random() < 0.4 else _at_resolution)(ink, rng), rng)


def _words_of(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """A stretch of the line, one to a few words long, cut where there is little ink."""
    high, wide = ink.shape
    length = int(rng.uniform(1.2, 6) * high)
    if wide <= length:
        return ink
    amount = ink.sum(axis=0, dtype=np.int64)
    start = _quietest(amount, int(rng.integers(0, wide - length)), high)
    end = _quietest(amount, start + length, high)
    piece = ink[:, start : max(end, start + 8)]
    rows = np.nonzero(piece.max(axis=1) > 127)[0]
    tight = len(rows) > 4 and rng.random() < 0.5
    return piece[rows[0] : rows[-1] + 1] if tight else piece


def _quietest(amount: npt.NDArray[np.int64], near: int, reach: int) -> int:
    start = max(0, near - reach // 2)
    return start + int(np.argmin(amount[start : near + reach // 2 + 1]))


def _framed(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """With margins of paper; sometimes the crop is too tight and shaves the ink."""
    high = ink.shape[0]
    top, bottom = (int(m * high) for m in rng.uniform(-0.04, 0.55, 2))
    left, right = (int(m * high) for m in rng.uniform(0, 0.6, 2))
    ink = ink[max(0, -top) : high - max(0, -bottom)]
    return np.pad(ink, ((max(0, top), max(0, bottom)), (left, right)))


def _add_neighbor(ink: Coverage, other: Coverage, rng: np.random.Generator) -> None:
    """The foot of the line above, or the head of the one below, at the edge of the crop."""
    high, wide = min(int(ink.shape[0] * rng.uniform(0.05, 0.2)), other.shape[0]), ink.shape[1]
    strip = np.zeros((high, wide), np.uint8)
    width = min(wide, other.shape[1])
    above = rng.random() < 0.5
    strip[:, :width] = (other[other.shape[0] - high :] if above else other[:high])[:, :width]
    target = ink[:high] if above else ink[ink.shape[0] - high :]
    np.maximum(target, strip, out=target)


def _rule(ink: Coverage, rng: np.random.Generator) -> None:
    """Underlines (solid, dotted, dashed), box lines, comb fields, also through the letters."""
    high, wide = ink.shape
    thick = int(rng.integers(1, max(2, high // 18) + 1))
    level = int(rng.integers(110, 256))
    style = rng.random()
    if style < 0.7:
        columns = np.ones(wide, np.bool_)
        if rng.random() < 0.35:
            period = int(rng.integers(4, 16))
            columns = np.arange(wide) % period < max(2, period // 2)
        below, above = float(rng.uniform(0.6, 1)), float(rng.uniform(0, 0.15))
        places = ((below,), (below,), (above,), (above, below))[int(rng.integers(4))]
        for place in places:
            y = min(int(high * place), high - thick)
            band = ink[y : y + thick]
            band[:, columns] = np.maximum(band[:, columns], level)
    if style > 0.6:
        step = int(rng.integers(high // 2 + 4, 3 * high + 5))
        for x in range(int(rng.integers(0, step)), wide, step):
            np.maximum(ink[:, x : x + thick], level, out=ink[:, x : x + thick])


def _lose_rule(ink: Coverage, rng: np.random.Generator) -> None:
    """What taking a rule off a page takes along: a band of the letters that stood on it."""
    high = ink.shape[0]
    y = int(high * rng.uniform(0.55, 0.95))
    ink[y : y + int(rng.integers(1, max(2, high // 10) + 1))] = 0


def _at_resolution(ink: Coverage, rng: np.random.Generator) -> Floats:
    """As many rows as such a line has at 75 to 300 dpi; 1.0 is full ink."""
    high, wide = ink.shape
    rows = int(np.exp(rng.uniform(np.log(10), np.log(72))))
    columns = max(6, round(wide * rows / high * float(np.exp(rng.normal(0, 0.06)))))
    way = cv2.INTER_AREA if rows < high else cv2.INTER_LINEAR
    small = cv2.resize(ink, (columns, rows), interpolation=way)
    return np.asarray(small.astype(np.float32) / 255, np.float32)


def _copied(ink: Coverage, rng: np.random.Generator) -> Floats:
    """A copy of a copy, scanned small and enlarged again, as fax and old archives have it.

    Toner fills letters here and leaves gaps there, edges are hard and ragged, pixels coarse.
    """
    rows = int(np.exp(rng.uniform(np.log(9), np.log(28))))
    fine = _resized(
        np.asarray(ink.astype(np.float32) / 255, np.float32), rows * float(rng.uniform(1, 3))
    )
    toner = cv2.GaussianBlur(fine, (0, 0), fine.shape[0] / rows * float(rng.uniform(0.25, 0.6)))
    inside = toner[toner > 0.1]
    core = float(np.percentile(inside, 80)) if len(inside) else 1.0  # low for a thin pen
    rough = rng.normal(0, rng.uniform(0, 0.12), fine.shape)
    patchy = rng.uniform(0, 0.2) * smooth_noise(rng, fine.shape, max(6, fine.shape[0] // 2))
    above = toner / core + patchy + rough - rng.uniform(0.3, 0.7)
    hardness = np.exp(rng.uniform(np.log(2), np.log(40)))
    copy = np.clip(above * hardness + 0.5, 0, 1).astype(np.float32)
    if rng.random() < 0.4:
        copy = _specked(copy, rng)
    way = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_NEAREST
    coarse = _resized(copy, rows, way)
    return np.clip(_resized(coarse, rows * float(rng.uniform(1, 3)), cv2.INTER_CUBIC), 0, 1)


def _specked(copy: Floats, rng: np.random.Generator) -> Floats:
    """With dust on the glass: specks of ink on paper, and of paper in ink."""
    dust = rng.random(copy.shape) < rng.uniform(0, 0.006)
    size = int(rng.integers(1, 4))
    spread = cv2.dilate(dust.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
    return np.where(spread, 1.0 if rng.random() < 0.7 else 0.0, copy).astype(np.float32)


def _resized(ink: Floats, rows: float, way: int = cv2.INTER_AREA) -> Floats:
    """At another resolution."""
    high = max(4, round(rows))
    wide = max(6, round(ink.shape[1] * high / ink.shape[0]))
    way = cv2.INTER_LINEAR if way == cv2.INTER_AREA and high > ink.shape[0] else way
    return np.asarray(cv2.resize(ink, (wide, high), interpolation=way), np.float32)


def scanned(ink: Floats, rng: np.random.Generator) -> Gray:
    """Focus, ink, paper, noise, then perhaps a threshold, JPEG or the negative."""
    if rng.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), float(rng.uniform(0.3, 0.4 + ink.shape[0] / 60)))
    if rng.random() < 0.12:
        ink = ink * (rng.random(ink.shape) > rng.uniform(0, 0.15))  # worn or broken strokes
        ink = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), 0.5)
    paper = float(rng.uniform(190, 255)) if rng.random() < 0.6 else 255.0
    dark = float(rng.uniform(0, 0.75 * paper)) if rng.random() < 0.6 else 0.0
    gray = paper - (paper - dark) * ink
    if rng.random() < 0.2:
        gray = gray - np.linspace(0, float(rng.uniform(-30, 30)), gray.shape[1])
    if rng.random() < 0.5:
        gray = gray + rng.normal(0, rng.uniform(1, 16), gray.shape)
    if rng.random() < 0.25:
        gray = np.where(gray < dark + (paper - dark) * rng.uniform(0.35, 0.75), 0, 255)
    if rng.random() < 0.06:
        gray = 255 - gray
    pixels = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(20, 90))]
        _, data = cv2.imencode(".jpg", pixels, quality)
        pixels = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return np.asarray(pixels, np.uint8)
