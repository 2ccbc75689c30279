"""How much a document may ask for, and what holds QPDF to it."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass

import pikepdf
from pikepdf import settings

SPLIT = "split or simplify the document"
ALL_LOSSLESS = pikepdf.StreamDecodeLevel.specialized
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what is taken in; beyond them the answer is ResourceLimit. Why so large:

    `bytes`, `pages`, `objects`: the longest court records; beyond, whoever reads them splits them.
    `page_pixels`: A0 at 200 dpi, for which reading takes two gigabytes. `image_bytes`: one decoded
    image, such as a letter page at 2400 dpi in black and white, or at 600 dpi in color.
    `stream_bytes`: anything inflated; a font for all of Chinese has 20 MB. `operators`:
    what one page executes; dense maps have some hundred thousand. `nesting`: forms in forms; those
    of real software nest less than ten.
    """

    bytes: int = 512 * _MEGABYTE
    pages: int = 5000
    objects: int = 2_000_000
    page_pixels: int = 62_000_000
    image_bytes: int = 512 * _MEGABYTE
    stream_bytes: int = 256 * _MEGABYTE
    operators: int = 2_000_000
    nesting: int = 50


def hold_qpdf_to(limits: Limits) -> None:
    """Sets QPDF's own limits, which are the whole process's."""
    settings.set_qpdf_limits(
        flate_max_memory=limits.stream_bytes,
        run_length_max_memory=limits.stream_bytes,
        png_max_memory=limits.stream_bytes,
        tiff_max_memory=limits.stream_bytes,
    )


class QpdfWatch:
    """Tells whether QPDF came to one of its limits since the watch was made."""

    def __init__(self) -> None:
        self._before = settings.qpdf_limit_errors()

    def came_to_limit(self) -> bool:
        return settings.qpdf_limit_errors() > self._before


def many(count: float) -> str:
    """A count to be read: in short where it is absurd."""
    return str(int(count)) if count < 1e12 else f"{count:.0e}"


hold_qpdf_to(Limits())
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # its messages may quote content
logging.getLogger("pikepdf").propagate = False
warnings.filterwarnings("ignore", category=UserWarning, module="pikepdf")  # they go to stderr
