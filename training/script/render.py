"""Clean training lines as ink coverage (rows, columns; uint8, 255 is full ink).

A font repeats its letters exactly, a hand does not, and no scan is quite straight. So a
handwriting font is written letter by letter with jitter, slanted, pulled about like a rubber sheet
(Simard et al. 2003, "Best Practices for Convolutional Neural Networks") and drawn with a pen of
changing width, all in strengths from almost nothing up; print is set as it is and hardly bent.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from training.script.fonts import Face

Coverage = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

EM = 50
"""Pixels an em of an ordinary face; lines are brought to page resolutions later."""
_X_HEIGHT = 23  # pixels; to which faces are brought that are drawn small or large in their em
_MARGIN = 30


def handwriting(text: str, face: Face, rng: np.random.Generator) -> Coverage:
    """A line by hand."""
    vigor = float(rng.uniform(0, 1))
    if rng.random() < 0.5:
        sheet = _by_pieces(text.split(" "), face, rng, vigor, gap=float(rng.uniform(0.2, 0.55)))
    else:
        apart = rng.random() < (0.6 if text.isupper() else 0.1)  # as in the boxes of forms
        tracking = float(rng.uniform(0, 0.7)) if apart else 0.0
        sheet = _by_pieces(list(text), face, rng, vigor, gap=0.0, tracking=tracking)
    shear = float(rng.normal(0, 0.16)) * min(1.0, 0.4 + vigor)
    stretch = float(np.exp(rng.normal(0, 0.16)))
    sheet = bend(sheet, rng, shear, stretch, fine=1.6 * vigor, coarse=5 * vigor, slope=0.02)
    return inked(sheet, rng, spread=0.3 * vigor)


def printed(text: str, face: Face, rng: np.random.Generator) -> Coverage:
    """A line of print, typewriting included."""
    if rng.random() < 0.3:
        loose = float(rng.uniform(0, 0.15)) if rng.random() < 0.5 else 0.0
        jitter = float(rng.uniform(0, 0.6)) if rng.random() < 0.5 else 0.0
        press = float(rng.uniform(0, 0.5)) if rng.random() < 0.5 else 0.0
        sheet = _by_pieces(
            list(text), face, rng, jitter, gap=0.0, tracking=loose, sizes=False, press=press
        )
    else:
        sheet = _by_pieces([text], face, rng, 0.0, gap=0.0)
    stretch = float(np.exp(rng.normal(0, 0.12)))
    bent = rng.random() < 0.3
    coarse, fine = (float(rng.uniform(0, 1)), float(rng.uniform(0, 0.3))) if bent else (0.0, 0.0)
    sheet = bend(sheet, rng, 0.0, stretch, fine=fine, coarse=coarse, slope=0.012)
    return inked(sheet, rng, spread=float(rng.uniform(0, 0.1)))


def _by_pieces(
    pieces: list[str],
    face: Face,
    rng: np.random.Generator,
    vigor: float,
    gap: float,
    tracking: float = 0.0,
    sizes: bool = True,
    press: float = 0.0,
) -> Coverage:
    """Pieces of text (letters, words) side by side, each a little off in size, height and place.

    `gap` and `tracking` are the room after each piece, in ems; `press` is by how much at most a
    piece is weaker than full ink, as types hit the ribbon.
    """
    em = face.size_for(_X_HEIGHT, EM // 2, 2 * EM)
    room = int(sum(face.at(em).getlength(piece) for piece in pieces) * 1.3)
    room += int((gap + tracking) * EM * len(pieces)) + 6 * _MARGIN + 2 * EM
    sheet = np.zeros((3 * EM, room), np.uint8)
    x, drift = float(_MARGIN + EM), 0.0
    for piece in pieces:
        size = em + (round(float(rng.normal(0, 0.05 * em * vigor))) if sizes else 0)
        font = face.at(max(em // 2, size))
        drift = 0.8 * drift + float(rng.normal(0, 1.2 * vigor))
        y = 1.8 * EM + drift + float(rng.normal(0, 0.8 * vigor))
        _stamp(sheet, font, piece, x, y, 1 - float(rng.uniform(0, press)))
        advance = font.getlength(piece) + (gap + tracking) * EM
        x += advance + float(rng.normal(0, 0.03 * EM * vigor))
    return sheet


def _stamp(
    sheet: Coverage,
    font: ImageFont.FreeTypeFont,
    piece: str,
    x: float,
    baseline: float,
    strength: float,
) -> None:
    """Draw a piece with its pen origin at x and the baseline; what falls outside is lost.

    `strength` is the coverage (0-1) of its ink.
    """
    core, (dx, dy) = font.getmask2(piece, mode="L", anchor="ls")
    wide, high = core.size
    if not wide or not high:
        return
    glyph = np.frombuffer(bytes(core), np.uint8).reshape(high, wide)
    glyph = (glyph * strength).astype(np.uint8)
    left, top = round(x) + dx, round(baseline) + dy
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(sheet.shape[1], left + wide), min(sheet.shape[0], top + high)
    if x0 < x1 and y0 < y1:
        target = sheet[y0:y1, x0:x1]
        np.maximum(target, glyph[y0 - top : y1 - top, x0 - left : x1 - left], out=target)


def bend(
    sheet: Coverage,
    rng: np.random.Generator,
    shear: float,
    stretch: float,
    fine: float,
    coarse: float,
    slope: float,
) -> Coverage:
    """Slant, stretch and slope the sheet and pull it about; `fine` and `coarse` in pixels."""
    high, wide = sheet.shape[0], max(8, round(sheet.shape[1] * stretch))
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    tilt = float(rng.normal(0, slope))
    from_x = xs / stretch + shear * (ys - 1.8 * EM)
    from_y = ys + tilt * (xs - wide / 2)
    for strength, cell in ((fine, 14), (coarse, 60)):
        if strength:
            from_x += smooth_noise(rng, (high, wide), cell) * strength
            from_y += smooth_noise(rng, (high, wide), cell) * strength
    return np.asarray(
        cv2.remap(sheet, from_x.astype(np.float32), from_y.astype(np.float32), cv2.INTER_LINEAR),
        np.uint8,
    )


def inked(sheet: Coverage, rng: np.random.Generator, spread: float) -> Coverage:
    """The pen: thicker or thinner as a whole, and by `spread` along the way; cut to the ink."""
    soft = cv2.GaussianBlur(sheet.astype(np.float32) / 255, (0, 0), float(rng.uniform(0.6, 1.6)))
    inside = soft[soft > 0.1]
    core = float(np.percentile(inside, 80)) if len(inside) else 1.0  # low for a thin pen
    level = core * float(rng.uniform(0.25, 0.6))
    if spread:
        noise = smooth_noise(rng, (sheet.shape[0], sheet.shape[1]), 25)
        level = level * (1 + np.clip(spread * noise, -0.5, 0.5))
    ink = np.clip((soft - level) * (4 / max(core, 0.2)) + 0.5, 0, 1)
    rows, columns = np.nonzero(ink.max(axis=1) > 0.5)[0], np.nonzero(ink.max(axis=0) > 0.5)[0]
    if not len(rows) or not len(columns):
        return np.zeros((8, 8), np.uint8)
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.asarray(cut * 255, np.uint8)


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], cell: int) -> Floats:
    """Normal noise of a shape (rows, columns), a knot each `cell` pixels, smooth between."""
    knots = rng.normal(0, 1, (shape[0] // cell + 3, shape[1] // cell + 3)).astype(np.float32)
    rough = (shape[1] // 4 + 1, shape[0] // 4 + 1)
    smooth = cv2.resize(knots, rough, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.resize(smooth, (shape[1], shape[0])), np.float32)
