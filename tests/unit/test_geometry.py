"""Boxes, and page space against user space as two PDF engines see it."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import pytest

from redactor.geometry import Box, PageFrame, union
from redactor.pdf.render import render
from tests.documents import dark, extent, gray_by_pdfium, raw_pdf, saved, taken

DPI = 200
A = Box(0, 0, 10, 20)


@pytest.mark.parametrize(
    "corners",
    [(1, 0, 0, 1), (0, 1, 1, 0), (math.nan, 0, 1, 1), (0, 0, math.nan, 1), (0, 0, 1, math.nan)],
)
def test_a_box_refuses_swapped_corners(corners: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="swapped"):
        Box(*corners)


def test_a_box_measures_itself() -> None:
    assert (A.width, A.height, A.area, A.center) == (10, 20, 200, (5, 10))
    assert A.as_tuple() == (0, 0, 10, 20)
    assert Box(1, 1, 1, 1).area == 0


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (Box(5, 5, 15, 15), Box(5, 5, 10, 15)),
        (Box(2, 2, 3, 3), Box(2, 2, 3, 3)),
        (Box(10, 0, 20, 20), None),  # they touch
        (Box(0, 20, 10, 30), None),
        (Box(9.99, 19.99, 20, 30), Box(9.99, 19.99, 10, 20)),
        (Box(30, 30, 40, 40), None),
        (Box(5, 5, 5, 9), None),  # no area
    ],
)
def test_intersection(other: Box, common: Box | None) -> None:
    assert A.intersection(other) == common
    assert other.intersection(A) == common
    assert A.overlaps(other) is (common is not None)


@pytest.mark.parametrize(
    ("inner", "share"),
    [
        (Box(0, 0, 10, 10), 1.0),
        (Box(5, 0, 15, 20), 0.5),
        (Box(10, 0, 20, 20), 0.0),
        (Box(3, 3, 3, 5), 0.0),
    ],
)
def test_covered_by(inner: Box, share: float) -> None:
    assert inner.covered_by(A) == pytest.approx(share)


def test_contains_its_edges_and_no_more() -> None:
    assert A.contains(0, 0)
    assert A.contains(10, 20)
    assert not A.contains(10.001, 20)
    assert not A.contains(5, -0.001)


def test_padding_clipping_scaling_rounding() -> None:
    assert A.padded(1) == Box(-1, -1, 11, 21)
    assert A.padded(1, 2) == Box(-1, -2, 11, 22)
    assert A.padded(1, 0) == Box(-1, 0, 11, 20)
    assert A.padded(1).clipped(5, 100) == Box(0, 0, 5, 21)
    assert Box(-5, -5, 0, 0).clipped(100, 100) is None
    assert A.scaled(200 / 72).scaled(72 / 200).rounded(9) == A
    assert Box(0.12345, 0, 1.98765, 1).rounded() == Box(0.123, 0, 1.988, 1)
    with pytest.raises(ValueError, match="swapped"):
        A.padded(-6)


def test_union() -> None:
    assert union([A, Box(-1, 5, 3, 30)]) == Box(-1, 0, 10, 30)
    assert union(iter([A])) == A
    with pytest.raises(ValueError, match="no boxes"):
        union([])


@pytest.mark.parametrize("rotation", [-90, 45, 360, 450])
def test_a_frame_refuses_other_rotations(rotation: int) -> None:
    with pytest.raises(ValueError, match="multiple of 90"):
        PageFrame(A, rotation)


@pytest.mark.parametrize(
    ("rotation", "lower_left", "upper_left", "size"),
    [  # /Rotate turns the page clockwise when displayed (ISO 32000-2, table 31)
        (0, (0, 40), (0, 0), (60, 40)),
        (90, (0, 0), (40, 0), (40, 60)),
        (180, (60, 0), (60, 40), (60, 40)),
        (270, (40, 60), (0, 60), (40, 60)),
    ],
)
@pytest.mark.parametrize("unit", [1.0, 2.0])
def test_known_corners(
    rotation: int,
    lower_left: tuple[float, float],
    upper_left: tuple[float, float],
    size: tuple[float, float],
    unit: float,
) -> None:
    frame = PageFrame(Box(10, -20, 70, 20), rotation, unit)
    assert frame.size == (size[0] * unit, size[1] * unit)
    assert frame.point_to_page(10, -20) == (lower_left[0] * unit, lower_left[1] * unit)
    assert frame.point_to_page(10, 20) == (upper_left[0] * unit, upper_left[1] * unit)
    assert frame.point_to_user(lower_left[0] * unit, lower_left[1] * unit) == (10, -20)


@pytest.mark.parametrize(
    ("rotation", "unit", "offset"),
    list(product((0, 90, 180, 270), (1, 2), ((0, 0), (37, 52), (-41, -13)))),
)
def test_ink_is_where_two_engines_draw_it(
    tmp_path: Path,
    rotation: int,
    unit: int,
    offset: tuple[float, float],
) -> None:
    x, y = offset
    place = Box(x + 20, y + 30, x + 28, y + 44)
    pdf = raw_pdf(
        f"{place.x0} {place.y0} {place.width} {place.height} re f".encode(),
        media=(x - 60, y - 50, x + 190, y + 170),
        CropBox=[x, y, x + 120, y + 90],
        Rotate=rotation,
        UserUnit=unit,
    )
    source = taken(tmp_path, saved(pdf))
    frame = source.frames[0]
    expected = frame.to_page(place).scaled(DPI / 72).as_tuple()
    shot = render(source, 1, DPI)
    by_pdfium = gray_by_pdfium(source.data, scale=unit * DPI / 72)
    assert frame == PageFrame(Box(x, y, x + 120, y + 90), rotation, unit)
    assert shot.pixels.shape[1::-1] == pytest.approx([s * DPI / 72 for s in frame.size], abs=1)
    assert extent(dark(shot.pixels)).as_tuple() == pytest.approx(expected, abs=2)
    assert extent(dark(by_pdfium)).as_tuple() == pytest.approx(expected, abs=2)
