"""A secret in the samples of an image, however they are stored, drawn and masked."""

from __future__ import annotations

import io
import zlib
from functools import partial

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
from PIL import Image, TiffImagePlugin

from benchmarks.leak_checks import ImageArea
from tests.documents import saved
from tests.leaks.made import SECRET, STAYS, Way, form, page, resource, ways

Samples = npt.NDArray[np.uint8]

WIDE, HIGH = 160, 48
AREA: ImageArea = (WIDE, HIGH, (16, 8, 144, 40))
"""Where the secret stands, in samples."""
BOX = (28.0, 60.5, 93.0, 79.5)
"""The same place in user space where the image is drawn upright, and a little more."""

_UPRIGHT = b"80 0 0 24 20 58 cm"


def _drawing() -> Samples:
    """Gray: the secret in black on white, where AREA says; other marks beside it."""
    picture = np.full((HIGH, WIDE), 255, np.uint8)
    cv2.putText(picture, SECRET, (18, 32), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    picture[2:5, 2:40] = 0
    return picture


GRAY = _drawing()
BITS = np.packbits(GRAY > 128, axis=1).tobytes()
_PLAIN = np.full((HIGH, WIDE), 220, np.uint8)


def _image(
    pdf: pikepdf.Pdf, data: bytes, space: object = "/DeviceGray", **keys: object
) -> pikepdf.Stream:
    """An image XObject of the drawing's size; a color space given as None is left out."""
    stored = {"Width": WIDE, "Height": HIGH, "BitsPerComponent": 8, **keys}
    image = pdf.make_stream(data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, **stored)
    if space is not None:
        image.ColorSpace = pikepdf.Name(space) if isinstance(space, str) else space
    return image


def _drawn(pdf: pikepdf.Pdf, image: pikepdf.Object, matrix: bytes = _UPRIGHT) -> bytes:
    """The file with the image on its page."""
    resource(pdf, "/XObject", "/I", image)
    pdf.pages[0].contents_add(b"q " + matrix + b" /I Do Q")
    return saved(pdf)


def _encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def gray() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, GRAY.tobytes()))


def one_bit() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, BITS, BitsPerComponent=1))


def fax() -> bytes:
    """CCITT Group 4."""
    tiff = _encoded(Image.fromarray(GRAY).convert("1"), "TIFF", compression="group4")
    with Image.open(io.BytesIO(tiff)) as opened:
        assert isinstance(opened, TiffImagePlugin.TiffImageFile)
        (start,), (length,) = opened.tag_v2[273], opened.tag_v2[279]
        is_black_0 = opened.tag_v2[262] == 0
    pdf = page()
    how = pikepdf.Dictionary(K=-1, Columns=WIDE, Rows=HIGH, BlackIs1=not is_black_0)
    image = _image(
        pdf,
        tiff[start : start + length],
        BitsPerComponent=1,
        Filter=pikepdf.Name.CCITTFaxDecode,
        DecodeParms=how,
    )
    return _drawn(pdf, image)


def _jpeg(mode: str, space: str, **options: object) -> bytes:
    data = _encoded(Image.fromarray(GRAY).convert(mode), "JPEG", quality=90, **options)
    pdf = page()
    return _drawn(pdf, _image(pdf, data, space, Filter=pikepdf.Name.DCTDecode))


def jpeg_2000() -> bytes:
    data = _encoded(Image.fromarray(GRAY).convert("RGB"), "JPEG2000")
    pdf = page()
    return _drawn(pdf, _image(pdf, data, "/DeviceRGB", Filter=pikepdf.Name.JPXDecode))


def jpeg_with_a_comment_and_a_thumbnail() -> bytes:
    thumbnail = _encoded(Image.fromarray(GRAY), "JPEG")
    said = b"Exif\x00\x00" + thumbnail
    return _jpeg("L", "/DeviceGray", comment=SECRET, exif=said)


def cmyk() -> bytes:
    inks = np.zeros((HIGH, WIDE, 4), np.uint8)
    inks[..., 3] = 255 - GRAY
    pdf = page()
    return _drawn(pdf, _image(pdf, inks.tobytes(), "/DeviceCMYK"))


def indexed() -> bytes:
    palette = pikepdf.String(b"\xff\xff\xff\x00\x00\x80")
    space = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, palette])
    pdf = page()
    return _drawn(pdf, _image(pdf, (GRAY < 128).astype(np.uint8).tobytes(), space))


def lab() -> bytes:
    white = pikepdf.Dictionary(
        WhitePoint=pikepdf.Array([0.95, 1, 1.09]), Range=[-100, 100, -100, 100]
    )
    samples = np.full((HIGH, WIDE, 3), 128, np.uint8)
    samples[..., 0] = GRAY
    pdf = page()
    space = pikepdf.Array([pikepdf.Name.Lab, white])
    return _drawn(pdf, _image(pdf, samples.tobytes(), space))


def sixteen_bits() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, np.repeat(GRAY, 2, axis=1).tobytes(), BitsPerComponent=16))


def _tint(pdf: pikepdf.Pdf, n: int) -> pikepdf.Object:
    """Inks to gray: the last ink, on white."""
    program = b"{" + b"exch pop " * (n - 1) + b"1 exch sub}"
    return pdf.make_stream(program, FunctionType=4, Domain=[0, 1] * n, Range=[0, 1])


def separation() -> bytes:
    pdf = page()
    space = pikepdf.Array(
        [pikepdf.Name.Separation, pikepdf.Name.Spot, pikepdf.Name.DeviceGray, _tint(pdf, 1)]
    )
    return _drawn(pdf, _image(pdf, (255 - GRAY).tobytes(), space))


def device_n() -> bytes:
    pdf = page()
    names = pikepdf.Array([pikepdf.Name.One, pikepdf.Name.Two])
    space = pikepdf.Array([pikepdf.Name.DeviceN, names, pikepdf.Name.DeviceGray, _tint(pdf, 2)])
    inks = np.dstack([np.zeros_like(GRAY), 255 - GRAY])
    return _drawn(pdf, _image(pdf, inks.tobytes(), space))


def in_a_soft_mask() -> bytes:
    pdf = page()
    ink = np.zeros((HIGH, WIDE), np.uint8)
    return _drawn(pdf, _image(pdf, ink.tobytes(), SMask=_image(pdf, (255 - GRAY).tobytes())))


def in_a_soft_mask_of_one_sample() -> bytes:
    pdf = page()
    mask = _image(pdf, (255 - GRAY).tobytes())
    return _drawn(pdf, _image(pdf, b"\x00", Width=1, Height=1, SMask=mask))


def behind_a_soft_mask() -> bytes:
    pdf = page()
    nothing = np.zeros((HIGH, WIDE), np.uint8)
    return _drawn(pdf, _image(pdf, GRAY.tobytes(), SMask=_image(pdf, nothing.tobytes())))


def in_a_mask() -> bytes:
    pdf = page()
    mask = _image(pdf, BITS, None, BitsPerComponent=1, ImageMask=True)
    return _drawn(pdf, _image(pdf, np.zeros_like(GRAY).tobytes(), Mask=mask))


def with_a_transparent_color() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, GRAY.tobytes(), Mask=[255, 255]))


def as_a_stencil() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, BITS, None, BitsPerComponent=1, ImageMask=True))


def upside_down() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, GRAY.tobytes()), b"-80 0 0 -24 100 82 cm")


def aslant() -> bytes:
    pdf = page()
    return _drawn(pdf, _image(pdf, GRAY.tobytes()), b"69.3 40 -12 20.8 50 50 cm")


def twice_on_a_page() -> bytes:
    pdf = page(b"q 40 0 0 12 150 60 cm /I Do Q")
    return _drawn(pdf, _image(pdf, GRAY.tobytes()))


def in_a_form_of_two_pages() -> bytes:
    pdf = page(b"/X Do")
    holder = form(pdf, b"q " + _UPRIGHT + b" /I Do Q")
    holder.Resources.XObject = pikepdf.Dictionary(I=_image(pdf, GRAY.tobytes()))
    resource(pdf, "/XObject", "/X", holder)
    pdf.pages.append(pdf.pages[0])
    return saved(pdf)


def in_the_content() -> bytes:
    data = zlib.compress(GRAY.tobytes())
    pdf = page()
    head = b"q %b BI /W %d /H %d /CS /G /BPC 8 /F /Fl ID " % (_UPRIGHT, WIDE, HIGH)
    pdf.pages[0].obj.Contents = pdf.make_stream(STAYS + head + data + b"\nEI Q")
    return saved(pdf)


def in_a_pattern() -> bytes:
    pdf = page(b"/Pattern cs /P scn 20 58 80 24 re f")
    tile = pdf.make_stream(
        b"q " + _UPRIGHT + b" /I Do Q",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 220, 110],
        XStep=220,
        YStep=110,
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=_image(pdf, GRAY.tobytes()))),
    )
    resource(pdf, "/Pattern", "/P", tile)
    return saved(pdf)


def clipped_to_its_edge() -> bytes:
    """The box takes what shows; what the clip hides goes with it."""
    pdf = page()
    image = _image(pdf, GRAY.tobytes())
    return _drawn(pdf, image, b"20 58 14 24 re W n " + _UPRIGHT)


def not_drawn() -> bytes:
    pdf = page()
    resource(pdf, "/XObject", "/Unused", _image(pdf, GRAY.tobytes()))
    return saved(pdf)


def beside_alternates() -> bytes:
    pdf = page()
    other = pikepdf.Dictionary(Image=_image(pdf, GRAY.tobytes()), DefaultForPrinting=True)
    return _drawn(pdf, _image(pdf, _PLAIN.tobytes(), Alternates=pikepdf.Array([other])))


def as_a_thumbnail() -> bytes:
    pdf = page()
    pdf.pages[0].obj.Thumb = _image(pdf, GRAY.tobytes())
    return saved(pdf)


_UPRIGHT_PLACE = {1: (BOX,)}

WAYS = (
    Way("gray_jpeg", partial(_jpeg, "L", "/DeviceGray"), _UPRIGHT_PLACE, by_area=True),
    Way("color_jpeg", partial(_jpeg, "RGB", "/DeviceRGB"), _UPRIGHT_PLACE, by_area=True),
    *ways(
        gray,
        one_bit,
        fax,
        jpeg_2000,
        jpeg_with_a_comment_and_a_thumbnail,
        cmyk,
        indexed,
        lab,
        sixteen_bits,
        with_a_transparent_color,
        as_a_stencil,
        in_a_soft_mask,
        in_a_soft_mask_of_one_sample,
        behind_a_soft_mask,
        in_the_content,
        beside_alternates,
        boxes=_UPRIGHT_PLACE,
        by_area=True,
    ),
    *ways(
        separation,
        device_n,
        in_a_mask,
        in_a_pattern,
        clipped_to_its_edge,
        boxes=_UPRIGHT_PLACE,
        by_area=True,
        risky=True,
    ),
    *ways(upside_down, boxes={1: ((27.0, 60.5, 92.0, 79.5),)}, by_area=True),
    *ways(aslant, boxes={1: ((40.0, 48.0, 116.0, 110.0),)}, by_area=True),
    *ways(twice_on_a_page, boxes={1: (BOX, (150.0, 60.0, 190.0, 72.0))}, by_area=True),
    *ways(in_a_form_of_two_pages, boxes={1: (BOX,), 2: (BOX,)}, by_area=True),
    *ways(not_drawn, as_a_thumbnail, boxes={}, by_area=True),
)
