"""A secret among the text of a page: shown, hidden, and told beside what is shown."""

from __future__ import annotations

from functools import partial

import pikepdf
import pymupdf

from tests.documents import saved
from tests.leaks.made import (
    AT,
    HEIGHT,
    PLACE,
    SECRET,
    SHOWN,
    STAYS,
    WIDTH,
    Way,
    form,
    page,
    resource,
    ways,
)

_S = SECRET.encode()
_WORD = b"BT /F 12 Tf %b %g %g Td (%b) Tj ET\n"


def _line(state: bytes = b"") -> bytes:
    """The secret in a given text state."""
    return _WORD % (state, *AT, _S)


def plain() -> bytes:
    return saved(page(SHOWN))


def kerned_letter_by_letter() -> bytes:
    letters = b" -20 ".join(b"(%c)" % letter for letter in _S)
    return saved(page(b"BT /F 12 Tf %g %g Td [%b] TJ ET" % (*AT, letters)))


def in_hexadecimal() -> bytes:
    return saved(page(b"BT /F 12 Tf %g %g Td <%b> Tj ET" % (*AT, _S.hex().encode())))


def in_octal() -> bytes:
    digits = b"".join(b"\\%03o" % letter for letter in _S)
    return saved(page(b"BT /F 12 Tf %g %g Td (%b) Tj ET" % (*AT, digits)))


def in_two_content_streams() -> bytes:
    pdf = page()
    half = b"BT /F 12 Tf %g %g Td (%b)" % (*AT, _S)
    pdf.pages[0].obj.Contents = pikepdf.Array(
        [pdf.make_stream(part) for part in (STAYS, half, b" Tj ET")]
    )
    return saved(pdf)


def after_a_matrix_left_open() -> bytes:
    pdf = page()
    scaled = b"BT /F 24 Tf %g %g Td (%b) Tj ET" % (AT[0] * 2, AT[1] * 2, _S)
    pdf.pages[0].obj.Contents = pikepdf.Array(
        [pdf.make_stream(part) for part in (STAYS + b"q 0.5 0 0 0.5 0 0 cm", scaled)]
    )
    return saved(pdf)


def under_a_black_box() -> bytes:
    x0, y0, x1, y1 = PLACE
    return saved(page(SHOWN + b"0 g %g %g %g %g re f" % (x0, y0, x1 - x0, y1 - y0)))


def under_an_image() -> bytes:
    pdf = page(SHOWN + b"q 120 0 0 24 14 59 cm /I Do Q")
    image = pdf.make_stream(
        b"\x90" * 200,
        Subtype=pikepdf.Name.Image,
        Width=20,
        Height=10,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    resource(pdf, "/XObject", "/I", image)
    return saved(pdf)


def white_on_white() -> bytes:
    return saved(page(b"1 g " + SHOWN + b"0 g"))


def invisible() -> bytes:
    return saved(page(_line(b"3 Tr")))


def as_a_clip() -> bytes:
    return saved(page(b"q " + _line(b"7 Tr") + b"0.8 g 0 50 220 60 re f Q"))


def clipped_away() -> bytes:
    return saved(page(b"q 0 0 0 0 re W n " + SHOWN + b"Q"))


def tiny() -> bytes:
    return saved(page(b"BT /F 1 Tf %g %g Td (%b) Tj ET" % (*AT, _S)))


def transparent() -> bytes:
    pdf = page(b"q /G gs " + SHOWN + b"Q")
    resource(pdf, "/ExtGState", "/G", pikepdf.Dictionary(ca=0, CA=0))
    return saved(pdf)


def aslant() -> bytes:
    turned = b"BT /F 12 Tf .966 .259 -.259 .966 22 62 Tm (%b) Tj ET" % _S
    return saved(page(turned))


def mirrored() -> bytes:
    return saved(page(b"BT /F 12 Tf -1 0 .3 1 110 66 Tm (%b) Tj ET" % _S))


def stretched_and_raised() -> bytes:
    return saved(page(_line(b"120 Tz 1 Ts 0.5 Tc 3 Tw")))


def in_nested_forms() -> bytes:
    pdf = page(b"q 2 0 0 2 0 0 cm /X Do Q")
    inner = form(pdf, SHOWN, Matrix=[0.5, 0, 0, 0.5, 0, 0])
    middle = form(pdf, b"/X Do")
    outer = form(pdf, b"/X Do")
    middle.Resources.XObject = pikepdf.Dictionary(X=inner)
    outer.Resources.XObject = pikepdf.Dictionary(X=middle)
    resource(pdf, "/XObject", "/X", outer)
    return saved(pdf)


def in_a_form_of_two_pages() -> bytes:
    pdf = page(b"/X Do")
    resource(pdf, "/XObject", "/X", form(pdf, SHOWN))
    pdf.pages.append(pdf.pages[0])
    return saved(pdf)


def on_another_page_too() -> bytes:
    pdf = page(SHOWN)
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj.Contents = pdf.make_stream(STAYS + SHOWN.replace(b"66 Td", b"50 Td"))
    return saved(pdf)


def outside_the_crop_box() -> bytes:
    pdf = page(_WORD % (b"", AT[0], 300, _S), CropBox=[0, 0, WIDTH, HEIGHT])
    pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, WIDTH, 400])
    return saved(pdf)


def in_a_comment() -> bytes:
    return saved(page(b"% " + _S + b"\n"))


def in_a_pattern() -> bytes:
    pdf = page(b"/Pattern cs /P scn %g %g %g %g re f" % (PLACE[0], PLACE[1], 114, 22))
    pattern = pdf.make_stream(
        SHOWN,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, WIDTH, HEIGHT],
        XStep=WIDTH,
        YStep=HEIGHT,
        Resources=pikepdf.Dictionary(Font=pdf.pages[0].obj.Resources.Font),
    )
    resource(pdf, "/Pattern", "/P", pattern)
    return saved(pdf)


def in_a_type_3_glyph() -> bytes:
    pdf = page(b"BT /T 12 Tf %g %g Td (A) Tj ET" % AT)
    glyph = pdf.make_stream(b"9000 0 d0 BT /F 1000 Tf (%b) Tj ET" % _S)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type3,
        FontBBox=[0, -300, 9000, 1000],
        FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=pikepdf.Dictionary(a=glyph),
        Encoding=pikepdf.Dictionary(Differences=pikepdf.Array([65, pikepdf.Name.a])),
        FirstChar=65,
        LastChar=65,
        Widths=[9000],
        Resources=pikepdf.Dictionary(Font=pdf.pages[0].obj.Resources.Font),
    )
    resource(pdf, "/Font", "/T", pdf.make_indirect(font))
    return saved(pdf)


def in_a_soft_mask() -> bytes:
    pdf = page(b"q /G gs 0.2 g %g %g %g %g re f Q" % (PLACE[0], PLACE[1], 114, 22))
    group = form(pdf, b"1 g " + SHOWN)
    group.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
    mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=group)
    resource(pdf, "/ExtGState", "/G", pikepdf.Dictionary(SMask=mask))
    return saved(pdf)


def on_a_layer_that_is_off() -> bytes:
    pdf = page(b"/OC /L BDC " + SHOWN + b"EMC")
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Layer"))
    resource(pdf, "/Properties", "/L", layer)
    config = pikepdf.Dictionary(OFF=[layer])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=config)
    return saved(pdf)


def as_actual_text() -> bytes:
    said = SECRET.encode("utf-16-be").hex().encode()
    return saved(page(b"/Span <</ActualText <FEFF%b>>> BDC %b EMC" % (said, _shown(b"N.N."))))


def as_actual_text_in_a_property_list() -> bytes:
    pdf = page(b"/Span /P BDC " + _shown(b"N.N.") + b"EMC")
    said = pikepdf.Dictionary(ActualText=SECRET, Alt=SECRET, E=SECRET)
    resource(pdf, "/Properties", "/P", said)
    return saved(pdf)


def _shown(text: bytes) -> bytes:
    return _WORD % (b"", *AT, text)


def in_an_embedded_font() -> bytes:
    with pymupdf.open() as document:
        made = document.new_page(width=WIDTH, height=HEIGHT)
        made.insert_font(fontname="E", fontbuffer=pymupdf.Font("helv").buffer)
        made.insert_text((AT[0], HEIGHT - AT[1]), SECRET, fontname="E", fontsize=12)
        made.insert_text((20, HEIGHT - 24), "PUBLICTEXT stays here", fontsize=12)
        data: bytes = document.tobytes()
    return data


def turned(rotation: int) -> bytes:
    return saved(page(SHOWN, Rotate=rotation))


def turned_cropped_and_scaled() -> bytes:
    pdf = page(SHOWN, Rotate=270, UserUnit=2, CropBox=[10, 10, 200, 100])
    pdf.pages[0].obj.MediaBox = pikepdf.Array([-30, -40, 300, 200])
    return saved(pdf)


def as_outlines() -> bytes:
    """Each letter a path: no text at all."""
    bars = b"".join(
        b"%d 64 3 12 re f %d 70 7 2 re f " % (22 + 11 * k, 22 + 11 * k) for k in range(8)
    )
    return saved(page(bars))


WAYS = (
    *ways(
        plain,
        kerned_letter_by_letter,
        in_hexadecimal,
        in_octal,
        in_two_content_streams,
        after_a_matrix_left_open,
        under_a_black_box,
        white_on_white,
        invisible,
        as_a_clip,
        clipped_away,
        tiny,
        transparent,
        aslant,
        mirrored,
        stretched_and_raised,
        in_nested_forms,
        in_an_embedded_font,
        turned_cropped_and_scaled,
        outside_the_crop_box,
        in_a_comment,
    ),
    *(Way(f"turned_by_{angle}", partial(turned, angle)) for angle in (90, 180, 270)),
    *ways(in_a_form_of_two_pages, boxes={1: (PLACE,), 2: (PLACE,)}),
    *ways(on_another_page_too, boxes={1: (PLACE,), 2: ((16, 44, 130, 63),)}),
    *ways(on_a_layer_that_is_off, boxes={}),
    *ways(under_an_image, boxes={}, risky=True),
    # PDFium reads ActualText for the glyphs, which then are not where the source has them.
    *ways(as_actual_text, as_actual_text_in_a_property_list, boxes={}, risky=True),
    *ways(in_a_pattern, in_a_type_3_glyph, in_a_soft_mask, by_area=True, risky=True),
    *ways(as_outlines, by_area=True),
)
