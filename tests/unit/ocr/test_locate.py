"""Lines are found at the size that they need, wherever they stand."""

from __future__ import annotations

import numpy as np
import pytest

from redactor.ink import PageImage, Pixels, find_ink
from redactor.ocr import locate as module
from redactor.ocr.locate import Region, locate
from tests.documents import page_image

SPOTS = [
    (60, y, f"Margaret Thornberry came on day {y}")
    for y in (60, 200, 356, 372, 388, 404, 420, 436, 600)
]


def found(image: PageImage) -> tuple[Region, ...]:
    return locate(image.pixels, find_ink(image))


def middles(regions: tuple[Region, ...]) -> list[float]:
    return sorted(float(region.corners[:, 1].mean()) for region in regions)


def test_no_line_is_lost_where_bands_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    image = page_image(SPOTS, width=612, height=792)
    banded = module._regions(image.pixels, 1600)
    monkeypatch.setattr(module, "_TALL", 10_000)
    whole = module._regions(image.pixels, 1600)
    assert len(banded) == len(whole) == len(SPOTS)
    assert middles(banded) == pytest.approx(middles(whole), abs=4)


def test_small_print_beside_large_gets_a_finer_look(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    regions = module._regions

    def counted(pixels: Pixels, long_side: int) -> tuple[Region, ...]:
        sizes.append(long_side)
        return regions(pixels, long_side)

    monkeypatch.setattr(module, "_regions", counted)
    large = page_image(SPOTS[:3], width=612, height=792)
    small = page_image(SPOTS[:3], width=612, height=792, size=2)
    assert len(found(large)) == 3
    assert sizes == [module._COARSE]
    found(small)
    assert sizes == [module._COARSE, module._COARSE, module._FINE]


@pytest.mark.parametrize(
    ("height", "width", "shape"),
    [
        (36, 388, (64, 704)),  # little more than a line: enlarged
        (64, 388, (64, 384)),
        (1, 20_000, (32, 1600)),
        (2200, 1700, (1600, 1248)),
        (1, 1, (64, 64)),
    ],
)
def test_the_network_sees_enough_pixels_and_not_too_many(
    height: int, width: int, shape: tuple[int, int]
) -> None:
    pixels = np.full((height, width, 3), 255, np.uint8)
    assert module._score_map(pixels, module._FINE).shape == shape
