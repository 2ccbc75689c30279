"""What an image takes once decoded is the larger of what is declared and what its header says."""

from __future__ import annotations

import cv2
import numpy as np
import pikepdf
import pytest

from redactor.pdf.image_sizes import largest_size

JPEG = cv2.imencode(".jpg", np.zeros((40, 60, 3), np.uint8))[1].tobytes()
JPX = b"\xff\x4f\xff\x51\x00\x2f\x00\x00" + b"".join(
    n.to_bytes(4, "big") for n in (900, 700, 0, 0, 900, 700, 0, 0)
)


def size_of(dictionary: bytes, data: bytes = b"") -> float:
    pdf = pikepdf.new()
    image = pdf.make_stream(data)
    image.write(data)
    for key, value in pikepdf.Object.parse(b"<<%b>>" % dictionary).items():
        image[key] = value
    return largest_size(image)


@pytest.mark.parametrize(
    ("dictionary", "size"),
    [
        (b"/Width 10 /Height 20 /BitsPerComponent 8 /ColorSpace /DeviceGray", 200),
        (b"/Width 10 /Height 20 /BitsPerComponent 8 /ColorSpace /DeviceCMYK", 800),
        (b"/Width 10 /Height 20 /BitsPerComponent 8 /ColorSpace [/ICCBased 1]", 600),
        (b"/Width 16 /Height 20 /ImageMask true", 40),
        (b"/Width -10 /Height 20 /BitsPerComponent 8 /ColorSpace /DeviceGray", 200),
        (b"/Width (a) /Height 20 /BitsPerComponent 8", 0),
        # names that are no UTF-8: nobody's color space, nobody's filter
        (b"/Width 10 /Height 20 /BitsPerComponent 8 /ColorSpace /Device\xe9", 600),
        (b"/Width 10 /Height 20 /BitsPerComponent 8 /ColorSpace [/I\xff]", 600),
        (b"/Width 10 /Height 20 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCT\xff", 200),
    ],
)
def test_as_declared(dictionary: bytes, size: float) -> None:
    assert size_of(dictionary) == size


@pytest.mark.parametrize(
    ("kind", "data", "size"),
    [
        (b"/DCTDecode", JPEG, 60 * 40 * 3),
        (b"[/DCTDecode]", JPEG, 60 * 40 * 3),
        (b"/JPXDecode", JPX + b"\0" * 8, 0),  # cut off before its number of components
        (b"/JPXDecode", JPX + b"\x00\x03" + b"\0" * 8, 900 * 700 * 3 * 4),
        (b"/CCITTFaxDecode", JPEG, 1),
    ],
)
def test_as_the_header_says(kind: bytes, data: bytes, size: float) -> None:
    dictionary = b"/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter " + kind
    assert size_of(dictionary, data) == max(size, 1)
