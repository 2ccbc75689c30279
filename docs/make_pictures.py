"""Draws the README's pictures: a page of a sample before and after, by PDFium."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

_ROOT = Path(__file__).parent.parent
_SCALE = 1.15
_GAP = 24
_FRAME = (176, 176, 176)


def side_by_side(name: str, page: int) -> Image.Image:
    """Page `page` (from 0) of a sample and of its redacted copy in out/, framed."""
    pictures = [
        pypdfium2.PdfDocument(_ROOT / folder / f"{name}.pdf")[page].render(scale=_SCALE).to_pil()
        for folder in ("sample_docs", "out")
    ]
    width, height = pictures[0].size
    canvas = Image.new("RGB", (2 * width + 3 * _GAP, height + 2 * _GAP), _FRAME)
    for index, picture in enumerate(pictures):
        canvas.paste(picture, (_GAP + index * (width + _GAP), _GAP))
    return canvas


if __name__ == "__main__":
    folder = _ROOT / "docs" / "images"
    folder.mkdir(exist_ok=True)
    for name, page in (("intake_form", 0), ("mixed_record", 1)):
        side_by_side(name, page).convert("L").quantize(32).save(
            folder / f"{name}.png", optimize=True
        )
