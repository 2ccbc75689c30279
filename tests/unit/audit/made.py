"""Documents with one leak each, or with what only looks like one."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image

from redactor.audit.leak import Audit, Kind, Leak, Level
from redactor.audit.run import audit

Draw = Callable[[pymupdf.Page], object]
Gray = npt.NDArray[np.uint8]
SECRET = "Margaret Oduya"
SPOT = pymupdf.Point(60, 100)
AREA = pymupdf.Rect(56, 86, 160, 106)  # around the secret at SPOT in 12 points
BLACK, WHITE = (0, 0, 0), (1, 1, 1)


def drawn(*steps: Draw, rotation: int = 0, garbage: int = 3) -> bytes:
    """A page of a letter on which the steps are carried out in order.

    Without `garbage` what was replaced stays in the file.
    """
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=300)
        page.insert_text((60, 60), "This letter speaks of somebody.", fontsize=12)
        for step in steps:
            step(page)
        page.set_rotation(rotation)
        data: bytes = document.tobytes(garbage=garbage)
    return data


def lower(area: pymupdf.Rect, points: float) -> pymupdf.Rect:
    """An area further down the page."""
    return pymupdf.Rect(area.x0, area.y0 + points, area.x1, area.y1 + points)


def text(
    words: str = SECRET,
    color: tuple[float, ...] = BLACK,
    spot: pymupdf.Point = SPOT,
    size: float = 12,
    **options: float,
) -> Draw:
    return lambda page: page.insert_text(spot, words, fontsize=size, color=color, **options)


def box(color: tuple[float, ...] = BLACK, area: pymupdf.Rect = AREA, opacity: float = 1.0) -> Draw:
    return lambda page: page.draw_rect(area, color=None, fill=color, fill_opacity=opacity)


def picture(words: str = "", tone: int = 255, size: tuple[int, int] = (600, 300)) -> bytes:
    """A PNG of one tone, with words written on it in black."""
    with pymupdf.open() as document:
        page = document.new_page(width=size[0] / 2, height=size[1] / 2)
        page.draw_rect(page.rect, color=None, fill=(tone / 255,) * 3)
        page.insert_text((20, 60), words, fontsize=24)
        data: bytes = page.get_pixmap(dpi=144).tobytes("png")
    return data


def pixels(data: bytes) -> Gray:
    """A picture in gray (rows, columns)."""
    return np.array(Image.open(io.BytesIO(data)).convert("L"))


def encoded(gray: Gray, form: str = "PNG", **options: int) -> bytes:
    """A picture file of gray pixels; its color space is RGB."""
    out = io.BytesIO()
    Image.fromarray(gray).convert("RGB").save(out, form, **options)
    return out.getvalue()


def scan(dpi: int = 150) -> Gray:
    """A letter page full of writing."""
    with pymupdf.open() as document:
        page = document.new_page()
        for line in range(40):
            page.insert_text((60, 60 + 17 * line), f"{line} Margaret Oduya writes home again")
        return pixels(page.get_pixmap(dpi=dpi).tobytes("png"))


def photograph() -> Gray:
    """Soft shapes and a few sharp edges on ground of all tones."""
    noise = np.random.default_rng(3).random((60, 60)).astype(np.float32)
    page = (cv2.resize(noise, (960, 960), interpolation=cv2.INTER_CUBIC) * 255).clip(0, 255)
    for at in range(40, 900, 90):
        page[at : at + 30, at : at + 400] = 0
    return np.asarray(page, np.uint8)


def image(png: bytes, area: pymupdf.Rect) -> Draw:
    return lambda page: page.insert_image(area, stream=png, keep_proportion=False)


def audited(folder: Path, data: bytes, password: str = "") -> Audit:
    path = folder / "made.pdf"
    path.write_bytes(data)
    return audit(path, password)


def leaks(folder: Path, data: bytes) -> tuple[Leak, ...]:
    return audited(folder, data).of(Level.LEAK)


def notices(folder: Path, data: bytes) -> tuple[Leak, ...]:
    return audited(folder, data).of(Level.NOTICE)


def kinds(found: tuple[Leak, ...]) -> list[Kind]:
    return [leak.kind for leak in found]
