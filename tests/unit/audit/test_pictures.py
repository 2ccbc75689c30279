"""Boxes over pictures."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from redactor.audit.leak import Kind
from tests.unit.audit.made import (
    BLACK,
    WHITE,
    Draw,
    audited,
    box,
    drawn,
    image,
    leaks,
    lower,
    picture,
)

PLACE = pymupdf.Rect(50, 120, 350, 270)  # of the picture; its words begin 20 points in, 60 down
WORDS = pymupdf.Rect(66, 158, 230, 188)
SCAN = picture("Margaret Oduya")


def cut_out(page: pymupdf.Page) -> None:
    """The area blanked in the picture itself."""
    page.add_redact_annot(WORDS)
    page.apply_redactions(images=pymupdf.PDF_REDACT_IMAGE_PIXELS)


@pytest.mark.parametrize("color", [BLACK, WHITE], ids=["black", "white"])
def test_a_box_over_writing_in_a_picture(tmp_path: Path, color: tuple[float, ...]) -> None:
    (leak,) = leaks(tmp_path, drawn(image(SCAN, PLACE), box(color, WORDS)))
    assert leak.kind is Kind.IMAGE_UNDER_RECTANGLE
    assert leak.characters == 0
    assert leak.box is not None
    assert leak.box.as_tuple() == pytest.approx(tuple(WORDS), abs=0.1)


@pytest.mark.parametrize(
    "steps",
    [
        (image(SCAN, PLACE),),
        (image(SCAN, PLACE), cut_out, box(area=WORDS)),
        (image(picture(), PLACE), box(area=WORDS)),
        (box(area=WORDS), image(SCAN, PLACE)),
        (image(SCAN, PLACE), box((0.2, 0.6, 0.9), WORDS)),
        (image(SCAN, PLACE), box(area=PLACE)),
        (image(SCAN, PLACE), box(area=WORDS, opacity=0.3)),
        (image(SCAN, PLACE), box(area=lower(WORDS, 60))),
    ],
    ids=["none", "blanked", "empty", "below", "panel", "cover", "clear", "beside"],
)
def test_no_leak(tmp_path: Path, steps: tuple[Draw, ...]) -> None:
    assert audited(tmp_path, drawn(*steps)).found == ()
