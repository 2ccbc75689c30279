"""Pictures of which the page shows a part: what it hides is in the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymupdf
import pytest

from redactor.audit.leak import Kind
from tests.unit.audit.made import (
    BLACK,
    WHITE,
    Draw,
    Gray,
    audited,
    box,
    drawn,
    encoded,
    image,
    leaks,
    photograph,
    picture,
    scan,
)

PAGE = encoded(scan())  # its margin is a tenth of its width
PLACE = pymupdf.Rect(40, 70, 360, 290)
SHOWN = pymupdf.Rect(40, 70, 200, 180)  # of the place: a quarter


def cropped(page: pymupdf.Page) -> None:
    page.set_cropbox(pymupdf.Rect(0, 0, 400, 180))


def clipped(page: pymupdf.Page) -> None:
    """What was drawn last, through a clipping path."""
    xref = page.get_contents()[-1]
    low = page.rect.height - SHOWN.y1
    path = b"q %f %f %f %f re W n " % (SHOWN.x0, low, SHOWN.width, SHOWN.height)
    page.parent.update_stream(xref, path + page.parent.xref_stream(xref) + b" Q")


def masked(page: pymupdf.Page) -> None:
    """A picture with a soft mask that hides its lower half."""
    mask = np.full((200, 100), 255, np.uint8)
    mask[100:] = 0
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, 100, 200, mask.tobytes(), 0)
    page.insert_image(PLACE, stream=PAGE, mask=pixels.tobytes("png"), keep_proportion=False)


def turned(page: pymupdf.Page) -> None:
    page.insert_image(PLACE, stream=PAGE, keep_proportion=False, rotate=90)


def beyond(points: float) -> Draw:
    """A picture that begins so many points to the left of the page."""
    return image(PAGE, pymupdf.Rect(-points, 70, 320 - points, 290))


def patch(tone: int) -> Draw:
    return image(picture(tone=tone), pymupdf.Rect(40, 180, 360, 290))


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize(
    "steps",
    [
        (beyond(120),),
        (image(PAGE, PLACE), cropped),
        (image(PAGE, PLACE), clipped),
        (turned, clipped),
        (masked,),
        (image(PAGE, PLACE), patch(255)),
        (image(PAGE, PLACE), patch(0)),
    ],
    ids=["edge", "cropped", "clipped", "turned", "masked", "white patch", "black patch"],
)
def test_writing_that_is_not_shown(tmp_path: Path, steps: tuple[Draw, ...], rotation: int) -> None:
    (leak,) = leaks(tmp_path, drawn(*steps, rotation=rotation))
    assert leak.kind is Kind.CROPPED_IMAGE
    assert leak.characters == 0


def test_where_it_is(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, drawn(image(PAGE, PLACE), cropped))
    assert leak.box is not None
    assert 180 <= leak.box.y0 < 195
    assert 255 < leak.box.y1 <= PLACE.y1
    assert PLACE.x0 < leak.box.x0 < leak.box.x1 < PLACE.x1


def framed() -> Gray:
    gray = np.full((300, 600), 255, np.uint8)
    gray[:3] = gray[-3:] = gray[:, :3] = gray[:, -3:] = 0
    return gray


@pytest.mark.parametrize(
    "steps",
    [
        (image(PAGE, PLACE),),
        (turned,),
        (beyond(25),),
        (image(encoded(photograph()), PLACE), clipped),
        (image(encoded(framed()), PLACE), clipped),
        (image(PAGE, PLACE), image(PAGE, PLACE)),
        (image(picture(), PLACE), clipped),
        (image(PAGE, SHOWN), clipped),
    ],
    ids=["all", "turned", "margin", "photograph", "frame", "twice", "blank", "around"],
)
def test_nothing_is_hidden(tmp_path: Path, steps: tuple[Draw, ...]) -> None:
    assert audited(tmp_path, drawn(*steps)).found == ()


@pytest.mark.parametrize("color", [BLACK, WHITE])
def test_a_box_is_another_leak(tmp_path: Path, color: tuple[float, ...]) -> None:
    (leak,) = leaks(
        tmp_path, drawn(image(PAGE, PLACE), box(color, pymupdf.Rect(90, 150, 250, 170)))
    )
    assert leak.kind is Kind.IMAGE_UNDER_RECTANGLE


@pytest.mark.parametrize(
    "place",
    [
        pymupdf.Rect(-1e6, -1e6, 1e6, 1e6),
        pymupdf.Rect(40, 70, 1e7, 290),
        pymupdf.Rect(40, 70, 52.5, 82.5),
        pymupdf.Rect(500, 500, 900, 900),
    ],
    ids=["huge", "long", "tiny", "far off"],
)
def test_pictures_of_odd_sizes(tmp_path: Path, place: pymupdf.Rect) -> None:
    audited(tmp_path, drawn(image(PAGE, place)))


@pytest.mark.parametrize(("width", "height"), [(40, 90_000), (14_400, 14_400)])
def test_pages_of_odd_sizes(tmp_path: Path, width: float, height: float) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=width, height=height)
        page.insert_image(page.rect, stream=PAGE, keep_proportion=False)
        data = document.tobytes()
    assert audited(tmp_path, data).found == ()
