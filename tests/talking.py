"""Objects that a page draws with and that say something beside what they draw."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from tests.leaks.made import SECRET

_S = SECRET.encode()
Plant = Callable[[pikepdf.Pdf], None]


def _resource(pdf: pikepdf.Pdf, kind: str, value: Any) -> None:
    pdf.pages[0].obj.Resources[kind] = Dictionary(R=value)


def _stream(pdf: pikepdf.Pdf, data: bytes, **keys: Any) -> pikepdf.Stream:
    return pdf.make_stream(data, Dictionary(**keys))


def picture_file(form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 100, 50)).save(out, form, **options)
    return out.getvalue()


def _picture(data: bytes, pdf: pikepdf.Pdf, **keys: Any) -> None:
    """A picture of 8 by 8 samples."""
    stored = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 8, "Height": 8}
    plain = {"ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    _resource(pdf, "/XObject", _stream(pdf, data, **stored, **plain | keys))


def _exif(pdf: pikepdf.Pdf) -> None:
    said = Image.Exif()
    said[0x010E] = SECRET
    _picture(picture_file("JPEG", exif=said), pdf, Filter=Name.DCTDecode)


def _comment(pdf: pikepdf.Pdf) -> None:
    _picture(picture_file("JPEG", comment=_S), pdf, Filter=Name.DCTDecode)


def _after_the_end(pdf: pikepdf.Pdf) -> None:
    _picture(picture_file("JPEG") + _S, pdf, Filter=Name.DCTDecode)


def _in_two_layers(pdf: pikepdf.Pdf) -> None:
    told = picture_file("JPEG", comment=_S).hex().encode() + b">"
    _picture(told, pdf, Filter=Array([Name.ASCIIHexDecode, Name.DCTDecode]))


def _jpeg_2000(pdf: pikepdf.Pdf) -> None:
    box = struct.pack(">I4s", 8 + len(_S), b"xml ") + _S
    _picture(picture_file("JPEG2000") + box, pdf, Filter=Name.JPXDecode)


def profiled(words: str) -> bytes:
    """An ICC profile whose description is in those words, of four letters."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace("sRGB".encode("utf-16-be"), words.encode("utf-16-be"))


def _profile(data: bytes, pdf: pikepdf.Pdf, **keys: Any) -> None:
    space = Array([Name.ICCBased, _stream(pdf, data, N=3, **keys)])
    _picture(bytes(8 * 8 * 3), pdf, ColorSpace=space)


def _no_profile(pdf: pikepdf.Pdf) -> None:
    _profile(_S, pdf)


def _key_of_a_profile(pdf: pikepdf.Pdf) -> None:
    _profile(profiled("sRGB"), pdf, Info=String(SECRET))


def _tint(pdf: pikepdf.Pdf, program: bytes = b"{ }", **keys: Any) -> pikepdf.Stream:
    limits = Array([0, 1])
    return _stream(pdf, program, FunctionType=4, Domain=limits, Range=limits, **keys)


def _space(function: pikepdf.Object, pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Separation, Name.Spot, Name.DeviceGray, function])
    _resource(pdf, "/ColorSpace", pdf.make_indirect(space))


def _program(pdf: pikepdf.Pdf) -> None:
    _space(_tint(pdf, b"% " + _S + b"\n{ }"), pdf)


def _key_of_a_program(pdf: pikepdf.Pdf) -> None:
    _space(_tint(pdf, Note=String(SECRET)), pdf)


def _string_in_a_space(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Separation, Name.Spot, Name.DeviceGray, _tint(pdf), String(SECRET)])
    _resource(pdf, "/ColorSpace", space)


def _state(pdf: pikepdf.Pdf, **keys: Any) -> None:
    _resource(pdf, "/ExtGState", Dictionary(Type=Name.ExtGState, ca=1, **keys))


def _key_of_a_state(pdf: pikepdf.Pdf) -> None:
    _state(pdf, Note=String(SECRET))


def _halftone(pdf: pikepdf.Pdf) -> None:
    screen: dict[str, Any] = {
        "HalftoneType": 1,
        "Frequency": 60,
        "Angle": 45,
        "SpotFunction": Name.Round,
    }
    _state(pdf, HT=Dictionary(**screen, HalftoneName=String(SECRET)))


def _key_of_a_shading(pdf: pikepdf.Pdf) -> None:
    """That of a pattern: elsewhere a dictionary under its key is one of names."""
    axial: dict[str, Any] = {
        "ShadingType": 2,
        "ColorSpace": Name.DeviceGray,
        "Coords": Array([0, 0, 9, 0]),
    }
    shading = Dictionary(**axial, Function=_tint(pdf), Note=String(SECRET))
    _resource(pdf, "/Pattern", Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading))


def _key_of_a_group(pdf: pikepdf.Pdf) -> None:
    form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
    group = Dictionary(S=Name.Transparency, Note=String(SECRET))
    _resource(pdf, "/XObject", _stream(pdf, b"", **form, Group=group))


def _key_of_an_encoding(pdf: pikepdf.Pdf) -> None:
    letters = Array([65, Name.A])
    pdf.pages[0].obj.Resources.Font.E = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Courier,
        Encoding=Dictionary(Type=Name.Encoding, Differences=letters, Note=String(SECRET)),
    )


def _composed(pdf: pikepdf.Pdf, encoding: Any, ordering: str = "Identity") -> None:
    collection = Dictionary(Registry=String("Adobe"), Ordering=String(ordering), Supplement=0)
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.C, CIDSystemInfo=collection
    )
    pdf.pages[0].obj.Resources.Font.C = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name.C,
        Encoding=encoding,
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )


def _collection(pdf: pikepdf.Pdf) -> None:
    _composed(pdf, Name("/Identity-H"), ordering=SECRET + " and others")


def _character_map(pdf: pikepdf.Pdf) -> None:
    program = b"%% %b\nbegincmap /Note (%b) def endcmap" % (_S, _S)
    _composed(pdf, _stream(pdf, program, Type=Name.CMap, CMapName=Name.Own))


TALKING: dict[str, Plant] = {
    "Exif": _exif,
    "a comment in a JPEG": _comment,
    "data after a JPEG": _after_the_end,
    "a JPEG in two filters": _in_two_layers,
    "a box of a JPEG 2000 file": _jpeg_2000,
    "a profile": partial(_profile, profiled("Zebu")),
    "what is no profile": _no_profile,
    "a key of a profile": _key_of_a_profile,
    "a comment in a program": _program,
    "a key of a program": _key_of_a_program,
    "a string in a color space": _string_in_a_space,
    "a key of a graphics state": _key_of_a_state,
    "the name of a halftone": _halftone,
    "a key of a shading": _key_of_a_shading,
    "a key of a group": _key_of_a_group,
    "a key of an encoding": _key_of_an_encoding,
    "a character collection": _collection,
    "a character map": _character_map,
}
"""SECRET stands in each, but for the profile, which has other words."""


def _palette(pdf: pikepdf.Pdf) -> None:
    colors = String(b"\xff\xff\xff" + _S[:3])
    space = Array([Name.Indexed, Name.DeviceRGB, 1, colors])
    _picture(bytes(8), pdf, ColorSpace=space, BitsPerComponent=1)


def _japanese(pdf: pikepdf.Pdf) -> None:
    _composed(pdf, Name("/Identity-H"), ordering="Japan1")


SILENT: dict[str, Plant] = {
    "a JPEG": lambda pdf: _picture(picture_file("JPEG"), pdf, Filter=Name.DCTDecode),
    "a palette": _palette,
    "a character collection": _japanese,
    "a program": lambda pdf: _space(_tint(pdf), pdf),
    "a graphics state": _state,
}
"""What is well as it is."""
