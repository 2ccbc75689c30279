"""What holds for all boxes and frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.geometry import Box, BoxIndex, PageFrame, union

near = st.floats(-2000, 2000, allow_nan=False)
side = st.floats(1, 2000)
boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), near, near, side, side)
frames = st.builds(
    PageFrame, boxes, st.sampled_from([0, 90, 180, 270]), st.floats(0.1, 10, allow_nan=False)
)


def same(a: Box, b: Box) -> bool:
    return a.as_tuple() == pytest.approx(b.as_tuple(), abs=1e-6)


@given(frames, near, near)
def test_points_go_there_and_back(frame: PageFrame, x: float, y: float) -> None:
    assert frame.point_to_user(*frame.point_to_page(x, y)) == pytest.approx((x, y), abs=1e-6)
    assert frame.point_to_page(*frame.point_to_user(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(frames, boxes)
def test_boxes_go_there_and_back_and_keep_their_area(frame: PageFrame, box: Box) -> None:
    on_page = frame.to_page(box)
    assert same(frame.to_user(on_page), box)
    assert on_page.area == pytest.approx(box.area * frame.user_unit**2, rel=1e-6)


@given(frames)
def test_the_crop_box_is_the_page(frame: PageFrame) -> None:
    assert same(frame.to_page(frame.crop), Box(0, 0, *frame.size))


@given(frames, boxes, boxes)
def test_overlap_is_the_same_in_both_spaces(frame: PageFrame, a: Box, b: Box) -> None:
    common = a.intersection(b)
    if common is None or min(common.width, common.height) > 1e-6:
        on_page = frame.to_page(a).padded(-1e-9).intersection(frame.to_page(b))
        assert (on_page is None) is (common is None)


@given(boxes, boxes)
def test_intersection_and_union(a: Box, b: Box) -> None:
    hull = union([a, b])
    assert hull == union([b, a])
    assert a.covered_by(hull) == pytest.approx(1)
    common = a.intersection(b)
    assert common == b.intersection(a)
    if common:
        assert union([common, a]) == a
        assert 0 < a.covered_by(b) <= 1
    else:
        assert a.covered_by(b) == 0


@given(boxes, st.floats(0, 50), st.floats(1, 1000), st.floats(1, 1000))
def test_clipped_stays_on_the_page(box: Box, pad: float, width: float, height: float) -> None:
    inside = box.padded(pad).clipped(width, height)
    if inside:
        assert 0 <= inside.x0 < inside.x1 <= width
        assert 0 <= inside.y0 < inside.y1 <= height


@given(st.lists(boxes, max_size=8), boxes)
def test_the_index_finds_what_comparing_with_all_finds(some: list[Box], box: Box) -> None:
    expected = [i for i, other in enumerate(some) if other.overlaps(box)]
    assert list(BoxIndex(some).overlapping(box)) == expected


def test_the_index_takes_boxes_from_beyond_every_page() -> None:
    far = Box(0, 1e12, 1, float("inf"))
    assert list(BoxIndex([Box(0, 0, 1, 1), far]).overlapping(far)) == [1]
