"""Pages that must be rebuilt, and those that need not."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest

from redactor.geometry import Box, PageFrame
from redactor.pdf.intake import Source
from redactor.pdf.risk import risky_pages
from tests.documents import raw_pdf, saved

Name = pikepdf.Name
Dictionary = pikepdf.Dictionary
Plant = Callable[[pikepdf.Pdf, pikepdf.Object], None]


def source(pdf: pikepdf.Pdf) -> Source:
    data = saved(pdf)
    return Source(data, "0" * 64, len(data), (PageFrame(Box(0, 0, 300, 200), 0),), ())


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
    assert risky_pages(source(pdf), frozenset({1})) == ({1: reason} if reason else {})


def test_only_the_pages_asked_for() -> None:
    pdf = raw_pdf()
    layer(pdf, pdf.pages[0].obj.Resources)
    pdf.add_blank_page()
    assert risky_pages(source(pdf), frozenset({2})) == {}
    assert risky_pages(source(pdf), frozenset({1, 2})) == {1: "optional content"}


def test_forms_that_hold_themselves_end() -> None:
    pdf = raw_pdf()
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(G=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(G=form)
    assert risky_pages(source(pdf), frozenset({1})) == {}
