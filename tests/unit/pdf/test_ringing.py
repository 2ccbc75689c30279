"""Beside a box nothing tells which word was in it; ink that stays, stays as it is."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from redactor.errors import NotAPdf
from redactor.geometry import Box, PageFrame
from redactor.ink import PageImage, Pixels
from redactor.pdf.burn import burn
from redactor.pdf.rebuild import rebuild
from redactor.pdf.ringing import even_images, even_out
from redactor.pdf.sanitize import sanitize
from tests.documents import raw_pdf, redaction, saved, taken

ROWS, COLUMNS = 144, 300
BOX_PX = Box(97, 45, 203, 83)  # cuts blocks of 8 and of 16 on all sides
INK = np.s_[100:125, 10:290]  # a line below, in blocks of its own
WORDS = ("Zebulon", "Marywil")
JPEGS = [  # quality, subsampled color, tone of the paper, color of the ink
    (30, True, 240, (200, 20, 20)),
    (50, True, 255, (10, 10, 150)),
    (75, False, 230, (0, 0, 0)),
    (85, True, 250, (10, 90, 30)),
]


def scan(
    word: str, quality: int, subsampled: bool, paper: int, ink: tuple[int, int, int]
) -> tuple[Pixels, bytes]:
    """A page with a word in the box and a line below it: its samples in RGB, and the JPEG."""
    page = np.full((ROWS, COLUMNS, 3), paper, np.uint8)
    cv2.putText(page, word, (103, 74), cv2.FONT_HERSHEY_SIMPLEX, 0.7, ink, 2, cv2.LINE_AA)
    cv2.putText(page, "the next line", (12, 120), cv2.FONT_HERSHEY_SIMPLEX, 0.7, ink, 2)
    factor = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420 if subsampled else 0x111111
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factor]
    _, data = cv2.imencode(".jpg", page[:, :, ::-1], flags)
    samples = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))[:, :, ::-1]
    return np.ascontiguousarray(samples), data.tobytes()


def blank(pixels: Pixels) -> Pixels:
    blanked = pixels.copy()
    blanked[45:83, 97:203] = 255
    return blanked


@pytest.mark.parametrize("jpeg", JPEGS)
def test_nothing_beside_a_box_tells_the_word(
    jpeg: tuple[int, bool, int, tuple[int, int, int]],
) -> None:
    one, other = (blank(scan(word, *jpeg)[0]) for word in WORDS)
    assert (one != other).any()  # or there would be nothing to even out
    before = one.copy()
    assert any([even_out(one, [BOX_PX]), even_out(other, [BOX_PX])])
    assert (one == other).all()
    assert (one[INK] == before[INK]).all()
    assert one[45:83, 97:203].min() == 255


def test_ink_beside_a_box_stays_to_the_sample() -> None:
    page = np.full((ROWS, COLUMNS, 3), 250, np.uint8)
    page[60:66, 206:240] = 200  # pale, yet darker than the paper by what counts as ink
    page[84:86, 100:110] = 225  # a faint echo under the box
    before = page.copy()
    assert even_out(page, [BOX_PX])
    assert (page[60:66, 206:240] == 200).all()
    assert (page[84:86, 100:110] == 250).all()
    assert (page != before).any(axis=2).sum() == 20


def test_plain_paper_is_not_touched() -> None:
    page = np.full((ROWS, COLUMNS, 1), 250, np.uint8)
    assert not even_out(page, [BOX_PX, Box(-10, -10, 4, 4), Box(295, 140, 400, 400)])
    assert (page == 250).all()


@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3))),
    st.lists(st.tuples(*[st.integers(-5, 45)] * 2, *[st.integers(0, 20)] * 2), max_size=3),
)
def test_samples_change_a_little_and_near_boxes_alone(
    pixels: Pixels, corners: list[tuple[int, int, int, int]]
) -> None:
    boxes = [Box(x, y, x + width, y + height) for x, y, width, height in corners]
    before = pixels.copy()
    changed = even_out(pixels, boxes, reach=6)
    off = np.abs(pixels.astype(int) - before).max(axis=2)
    assert off.max() <= 40
    assert changed == (off > 0).any()
    rows, columns = np.nonzero(off)
    for x, y in zip(columns + 0.5, rows + 0.5, strict=True):
        assert any(box.padded(6).contains(x, y) for box in boxes)
        assert not any(box.contains(x, y) for box in boxes)


def scanned_pdf(jpeg: bytes, matrix: str, rotation: int) -> bytes:
    """A page of a point a sample, the JPEG drawn over it by `matrix`."""
    pdf = raw_pdf(f"q {matrix} cm /I Do Q".encode(), (0, 0, 300, 300), Rotate=rotation)
    image = pdf.make_stream(
        b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=COLUMNS,
        Height=ROWS,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
    )
    image.write(jpeg, filter=pikepdf.Name.DCTDecode)
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I=image)
    return saved(pdf)


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("matrix", ["300 0 0 144 0 156", "0 300 -144 0 144 0"])
def test_images_of_a_page(tmp_path: Path, matrix: str, rotation: int) -> None:
    outputs, counts = [], []
    for word in WORDS:
        source = taken(tmp_path, scanned_pdf(scan(word, *JPEGS[1])[1], matrix, rotation))
        (frame,) = source.frames
        turned = matrix.startswith("0")
        # Samples to user space: columns run to the right, or upwards where the image is turned.
        user = Box(45, 97, 83, 203) if turned else Box(97, 300 - 83, 203, 300 - 45)
        redactions = [redaction(frame.to_page(user))]
        output, counted = sanitize(burn(source, redactions, {}), source.frames, redactions)
        outputs.append(output)
        counts.append(dict(counted))
    assert outputs[0] == outputs[1]
    assert counts[0]["image/ringing"] == 1


def test_a_page_built_anew() -> None:
    one, other = (
        rebuild(PageImage(scan(word, *JPEGS[1])[0], 72), (300, 144), [BOX_PX], ()).pixels
        for word in WORDS
    )
    near = np.s_[38:90, 90:210]
    assert (one[near] == other[near]).all()


def test_content_that_cannot_be_followed() -> None:
    pdf = raw_pdf(b"q 1 0 (a) 1 0 0 cm Q BI /W 1 /H 1 /BPC 8 ID \x00 EI")
    with pytest.raises(NotAPdf, match="cannot be followed"):
        even_images(pdf.pages[0], PageFrame(Box(0, 0, 300, 200), 0), [BOX_PX])
