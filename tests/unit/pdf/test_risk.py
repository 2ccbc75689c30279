"""Pages that must be rebuilt, and those that need not."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.pdf.intake import Source
from redactor.pdf.risk import risky_pages
from tests.documents import raw_pdf, redaction, saved

Name = pikepdf.Name
Dictionary = pikepdf.Dictionary
_SMALL = Box(10, 10, 20, 20)
Plant = Callable[[pikepdf.Pdf, pikepdf.Object], None]


def source(pdf: pikepdf.Pdf) -> Source:
    data = saved(pdf)
    return Source(data, "0" * 64, len(data), (PageFrame(Box(0, 0, 300, 200), 0),) * 2, ())


def on(page: int, box: Box = _SMALL) -> Redaction:
    return redaction(box, page)


def image(pdf: pikepdf.Pdf, space: object, **keys: object) -> pikepdf.Stream:
    made = pdf.make_stream(
        b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8
    )
    made.ColorSpace = space
    for key, value in keys.items():
        made["/" + key] = value
    return made


def separation() -> pikepdf.Array:
    return pikepdf.Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary()])


def layer(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.Properties = Dictionary(L=pdf.make_indirect(Dictionary(Type=Name.OCG, Name="L")))


def layered_image(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.XObject = Dictionary(I=image(pdf, Name.DeviceGray, OC=Dictionary(Type=Name.OCMD)))


def tiles(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.Pattern = Dictionary(P=pdf.make_stream(b"", PatternType=1))


def shading(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.Pattern = Dictionary(P=Dictionary(PatternType=2))


def type3(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.Font.T = Dictionary(Type=Name.Font, Subtype=Name.Type3)


def soft_mask(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.ExtGState = Dictionary(S=Dictionary(SMask=Dictionary(S=Name.Alpha)))


def no_mask(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.ExtGState = Dictionary(S=Dictionary(SMask=Name("/None")), T=Dictionary(ca=0.5))


def spot(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.XObject = Dictionary(I=image(pdf, separation()))


def indexed_spot(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    space = pikepdf.Array([Name.Indexed, separation(), 1, b"\x00\x01"])
    resources.XObject = Dictionary(I=image(pdf, space))


def plain_image(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    resources.XObject = Dictionary(I=image(pdf, Name.DeviceGray))


def nothing(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
    pass


CASES = [
    (layer, "optional content"),
    (layered_image, "optional content"),
    (tiles, "tiling pattern"),
    (type3, "Type 3 font"),
    (soft_mask, "soft mask"),
    (spot, "separated colors"),
    (indexed_spot, "separated colors"),
    (shading, None),
    (no_mask, None),
    (plain_image, None),
    (nothing, None),
]


@pytest.mark.parametrize(("plant", "reason"), CASES)
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_what_is_risky(plant: Plant, reason: str | None, depth: int) -> None:
    pdf = raw_pdf()
    resources = pdf.pages[0].obj.Resources
    for _ in range(depth):
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(Font=Dictionary())
        resources.XObject = Dictionary(G=form)
        resources = form.Resources
    plant(pdf, resources)
    assert risky_pages(source(pdf), [on(1)]) == ({1: reason} if reason else {})


def test_only_the_pages_asked_for() -> None:
    pdf = raw_pdf()
    layer(pdf, pdf.pages[0].obj.Resources)
    pdf.add_blank_page()
    assert risky_pages(source(pdf), [on(2)]) == {}
    assert risky_pages(source(pdf), [on(2), on(1)]) == {1: "optional content"}


def test_forms_that_hold_themselves_end() -> None:
    pdf = raw_pdf()
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(G=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(G=form)
    assert risky_pages(source(pdf), [on(1)]) == {}


# How an image of 100 x 50 pt at (50, 50) is drawn; a box lies over the left of it, one elsewhere.
WHOLE = "q 100 0 0 50 50 50 cm /I Do Q"
DRAWN = {
    "whole": (WHOLE, None),
    "clipped to part of it": (f"q 50 50 30 50 re W n {WHOLE} Q", "cropped image"),
    "clipped to nothing": (f"q 200 150 5 5 re W n {WHOLE} Q", None),
    "clipped to more": (f"q 40 40 150 90 re W n {WHOLE} Q", None),
    "clipped by a shape": (f"q 50 50 m 90 50 l 50 90 l h W* n {WHOLE} Q", "cropped image"),
    "clip undone": (f"q 50 50 30 50 re W n Q {WHOLE}", None),
    "clip through a matrix": (
        f"q .5 0 0 .5 0 0 cm 100 100 60 100 re W n 2 0 0 2 0 0 cm {WHOLE} Q",
        "cropped image",
    ),
    "over the page's edge": ("q 400 0 0 50 50 50 cm /I Do Q", "cropped image"),
    "the part under no box": (f"q 120 50 30 50 re W n {WHOLE} Q", None),
    "a path that is no clip": (f"50 50 30 50 re f {WHOLE}", None),
    "in the content itself": (
        "q 50 50 30 50 re W n 100 0 0 50 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q",
        "cropped image",
    ),
    "in a form": ("q 50 50 30 50 re W n /F Do Q", "cropped image"),
    "without end": ("/L Do", None),
}


@pytest.mark.parametrize(("content", "reason"), DRAWN.values(), ids=DRAWN)
def test_an_image_under_a_box_that_shows_in_part(content: str, reason: str | None) -> None:
    pdf = raw_pdf()
    page = pdf.pages[0].obj
    plain = image(pdf, Name.DeviceGray)
    form = pdf.make_stream(WHOLE.encode(), Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Resources = [0, 0, 300, 200], Dictionary(XObject=Dictionary(I=plain))
    loop = pdf.make_stream(b"/L Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    loop = pdf.make_indirect(loop)
    loop.Resources = Dictionary(XObject=Dictionary(L=loop))
    page.Resources.XObject = Dictionary(I=plain, F=form, L=loop)
    page.Contents = pdf.make_stream(content.encode())
    under, beside = Box(55, 105, 75, 145), Box(200, 10, 220, 20)
    assert risky_pages(source(pdf), [on(1, under)]) == ({1: reason} if reason else {})
    assert risky_pages(source(pdf), [on(1, beside)]) == {}


def test_a_mask_under_a_box() -> None:
    pdf = raw_pdf()
    mask = pdf.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, ImageMask=True)
    plain = image(pdf, Name.DeviceGray, Mask=mask)
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=plain)
    pdf.pages[0].obj.Contents = pdf.make_stream(WHOLE.encode())
    assert risky_pages(source(pdf), [on(1, Box(55, 105, 75, 145))]) == {1: "masked image"}
    assert risky_pages(source(pdf), [on(1, Box(200, 10, 220, 20))]) == {}


def test_content_that_multiplies_is_given_up() -> None:
    pdf = raw_pdf()
    drawn = image(pdf, Name.DeviceGray)
    for _ in range(8):
        form = pdf.make_stream(b"/I Do " * 10, Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.Resources = [0, 0, 9, 9], Dictionary(XObject=Dictionary(I=drawn))
        drawn = form
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=drawn)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/I Do " * 10)
    assert risky_pages(source(pdf), [on(1)]) == {1: "content that cannot be followed"}
