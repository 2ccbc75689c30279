"""Images that nobody should have to read: words or none, in bounded time and memory."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest

from redactor.geometry import Box
from redactor.ink import PageImage, Pixels
from redactor.ocr.engine import PaddleRecognizer
from tests.documents import pixels_of, raw_pdf, saved, text_pdf
from tests.faults.command import Place

_SECONDS = 60.0  # of CPU: many times what the slowest takes, far less than for ever
_MEGABYTES = 1500
WIDE = 20_000  # pixels: 100 inches at 200 dpi
SHAPE = (200, 400)


def blank(height: int, width: int) -> Pixels:
    return np.full((height, width), 255, np.uint8)


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (height, width)).astype(np.uint8)


def checkered(height: int, width: int) -> Pixels:
    rows, columns = np.indices((height, width))
    return ((rows + columns) % 2 * 255).astype(np.uint8)


def written(height: int, width: int) -> Pixels:
    """ "Smith" in black on white, repeated over the width."""
    spots = [(x, 40, "Smith") for x in range(10, round(width * 0.36) - 100, 400)]
    data = text_pdf(spots, size=24, width=width * 0.36, height=height * 0.36)
    return np.ascontiguousarray(pixels_of(data, dpi=200)[:height, :width, 1])


ARRAYS: dict[str, Pixels] = {
    "blank": blank(*SHAPE),
    "black": blank(*SHAPE) * 0,
    "one pixel": blank(1, 1) * 0,
    "one row": noise(1, 300),
    "one column": noise(300, 1),
    "two pixels high": noise(2, 2000),
    "noise": noise(*SHAPE),
    "checkered": checkered(*SHAPE),
    "wide and blank": blank(64, WIDE),
    "wide and written": written(200, WIDE),
    "tall": blank(WIDE, 64),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_pixels_give_words_or_none(name: str) -> None:
    pixels = np.repeat(ARRAYS[name][:, :, None], 3, axis=2)
    height, width = pixels.shape[:2]
    start = time.process_time()
    lines = PaddleRecognizer().read(PageImage(pixels, 200))
    assert time.process_time() - start < _SECONDS
    paper = Box(0, 0, width * 0.36, height * 0.36).padded(1)
    words = [word for line in lines for word in line.words]
    assert all(word.text and 0 <= word.confidence <= 1 for word in words)
    assert all(word.box.covered_by(paper) == 1 for word in words if word.box.area)
    if name in ("blank", "black", "one pixel", "wide and blank", "tall"):
        assert not words
    if name == "wide and written":
        assert "Smith" in [word.text for word in words]


# As images in a PDF: the bytes of the image, bits a component, color space, more keys.


def one_bit(gray: Pixels) -> dict[str, object]:
    return {"data": np.packbits(gray > 127, axis=1).tobytes(), "bits": 1, "space": "/DeviceGray"}


def sixteen_bit(gray: Pixels) -> dict[str, object]:
    data = (gray.astype(">u2") * 257).tobytes()
    return {"data": data, "bits": 16, "space": "/DeviceGray"}


def cmyk(gray: Pixels) -> dict[str, object]:
    ink = np.zeros((*gray.shape, 4), np.uint8)
    ink[:, :, 3] = 255 - gray
    return {"data": ink.tobytes(), "bits": 8, "space": "/DeviceCMYK"}


def alpha(gray: Pixels) -> dict[str, object]:
    """Black everywhere, seen only where the mask lets it."""
    return {"data": bytes(gray.size), "bits": 8, "space": "/DeviceGray", "mask": 255 - gray}


def plain(gray: Pixels) -> dict[str, object]:
    return {"data": gray.tobytes(), "bits": 8, "space": "/DeviceGray"}


def image_pdf(gray: Pixels, encode: Callable[[Pixels], dict[str, object]]) -> bytes:
    """The image on a page of its size at 200 dpi, at least ten points each way."""
    height, width = gray.shape
    page = max(10.0, width * 0.36), max(10.0, height * 0.36)
    pdf = raw_pdf(b"%f 0 0 %f 0 0 cm /I Do" % page, (0, 0, *page), fonts=False)
    image = encode(gray)
    stream = _image(pdf, image["data"], (width, height), image["bits"], image["space"])
    if "mask" in image:
        mask = np.asarray(image["mask"], np.uint8).tobytes()
        stream.SMask = _image(pdf, mask, (width, height), 8, "/DeviceGray")
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
    return saved(pdf)


def _image(
    pdf: pikepdf.Pdf, data: object, size: tuple[int, int], bits: object, space: object
) -> pikepdf.Stream:
    return pdf.make_stream(
        bytes(data) if isinstance(data, bytes) else b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=size[0],
        Height=size[1],
        BitsPerComponent=bits,
        ColorSpace=pikepdf.Name(str(space)),
    )


@pytest.mark.parametrize("encode", [one_bit, sixteen_bit, cmyk, alpha, plain])
def test_images_of_every_kind_are_read(
    place: Place, encode: Callable[[Pixels], dict[str, object]]
) -> None:
    (place.work / "image.pdf").write_bytes(image_pdf(written(*SHAPE), encode))
    done = place.run("read", "image.pdf")
    assert (done.code, done.out, done.err) == (0, "Smith\n", "")


@pytest.mark.parametrize("encode", [one_bit, sixteen_bit, cmyk, alpha, plain])
@pytest.mark.parametrize("name", ["black", "noise", "one pixel"])
def test_images_that_hold_nothing_do_no_harm(
    place: Place, name: str, encode: Callable[[Pixels], dict[str, object]]
) -> None:
    (place.work / "image.pdf").write_bytes(image_pdf(ARRAYS[name], encode))
    done = place.run("read", "image.pdf", "--json")
    assert (done.code, done.err) == (0, "")
    (page,) = json.loads(done.out)["pages"]
    if name != "noise":
        assert not page["elements"]


def test_a_wide_page_takes_bounded_memory(place: Place) -> None:
    (place.work / "wide.pdf").write_bytes(image_pdf(written(200, WIDE), plain))
    program = (
        "import resource, sys\n"
        "from redactor.cli.main import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
    )
    with place.start(program, "read", "wide.pdf") as process:
        out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert b"Smith" in out
    kilobytes = int(err.split()[-1]) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < _MEGABYTES * 1024


def test_a_page_too_large_is_refused_in_one_line(place: Place) -> None:
    (place.work / "huge.pdf").write_bytes(saved(raw_pdf(media=(0, 0, 14400, 14400))))
    done = place.run("read", "huge.pdf")
    assert done.code == 10
    assert done.out == ""
    assert io.StringIO(done.err).readlines() == [done.err]
