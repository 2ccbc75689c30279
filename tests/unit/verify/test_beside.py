"""Objects that talk fail the pages that they are drawn on, until they are cleaned."""

from __future__ import annotations

import pikepdf
import pytest

from redactor.geometry import Box, PageFrame
from redactor.pdf.sanitize import sanitize
from redactor.verify.beside import check_nothing_beside
from redactor.verify.subject import Outcome, Subject
from tests.documents import raw_pdf, saved
from tests.talking import SILENT, TALKING, Plant, picture_file

FRAMES = (PageFrame(Box(0, 0, 300, 200), 0),) * 2


def looked_at(data: bytes) -> Outcome:
    return check_nothing_beside(Subject(data, data, b"", FRAMES, FRAMES, (), frozenset(), ()))


def two_pages(plant: Plant) -> pikepdf.Pdf:
    """The second page has nothing but its font."""
    pdf, other = raw_pdf(), raw_pdf()
    pdf.pages.append(other.pages[0])
    plant(pdf)
    return pdf


@pytest.mark.parametrize("plant", TALKING.values(), ids=TALKING)
def test_what_talks_fails_its_page_until_it_is_cleaned(plant: Plant) -> None:
    before = saved(two_pages(plant))
    assert not looked_at(before).check.passed
    assert looked_at(before).pages == (1,)
    after, _ = sanitize(before, FRAMES, ())
    assert looked_at(after).check.passed


@pytest.mark.parametrize("plant", SILENT.values(), ids=SILENT)
def test_what_only_draws_passes_as_it_is(plant: Plant) -> None:
    data = saved(two_pages(plant))
    assert looked_at(data).check.passed


def test_what_is_in_a_form_fails_each_page_that_draws_it() -> None:
    pdf = two_pages(TALKING["a key of a group"])
    pdf.pages[1].obj.Resources.XObject = pdf.pages[0].obj.Resources.XObject
    assert looked_at(saved(pdf)).pages == (1, 2)


def test_objects_that_lead_back_to_themselves() -> None:
    pdf = two_pages(TALKING["a key of a group"])
    form = pdf.pages[0].obj.Resources.XObject.R
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(R=form))
    assert looked_at(saved(pdf)).pages == (1,)


def test_a_picture_that_cannot_be_opened_fails() -> None:
    pdf = two_pages(SILENT["a JPEG"])
    pdf.pages[0].obj.Resources.XObject.R.write(b"no picture", filter=pikepdf.Name.DCTDecode)
    assert looked_at(saved(pdf)).pages == (1,)


def damaged(pdf: pikepdf.Pdf) -> None:
    """A function that cannot be inflated."""
    TALKING["a comment in a program"](pdf)
    function = pdf.pages[0].obj.Resources.ColorSpace.R[3]
    function.write(b"% no zlib", filter=pikepdf.Name.FlateDecode)


@pytest.mark.parametrize("plant", [damaged, TALKING["a JPEG in two filters"]])
def test_what_cannot_be_inflated_fails(plant: Plant) -> None:
    pdf = two_pages(plant)
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream) and isinstance(obj.get("/Filter"), pikepdf.Array):
            filters = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode])
            obj.write(b"no zlib", filter=filters)
    after, _ = sanitize(saved(pdf), FRAMES, ())
    assert looked_at(after).pages == (1,)


@pytest.mark.parametrize("value", [None, pikepdf.Name.X, 7])
def test_a_color_space_without_its_profile(value: object) -> None:
    pdf = two_pages(SILENT["a JPEG"])
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(
        C=pikepdf.Array([pikepdf.Name.ICCBased, value])
    )
    after, _ = sanitize(saved(pdf), FRAMES, ())
    assert looked_at(after).check.passed


def test_a_profile_that_cannot_be_inflated_is_emptied() -> None:
    pdf = two_pages(TALKING["a profile"])
    pdf.pages[0].obj.Resources.XObject.R.ColorSpace[1].write(
        b"no zlib", filter=pikepdf.Name.FlateDecode
    )
    after, counts = sanitize(saved(pdf), FRAMES, ())
    assert looked_at(after).check.passed
    assert dict(counts)["object/profile"] == 1


def inline(data: bytes, filters: bytes = b"/DCT") -> bytes:
    return b"q BI /W 8 /H 8 /CS /RGB /BPC 8 /F %b ID %b EI Q" % (filters, data)


@pytest.mark.parametrize("is_in_a_form", [False, True], ids=["page", "form"])
@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (inline(picture_file("JPEG")), ()),
        (inline(picture_file("JPEG", comment=b"Zebulon")), (1,)),
        (inline(b"no picture"), (1,)),
        (inline(picture_file("JPEG").hex().encode() + b">", b"[/AHx /DCT]"), (1,)),
        (b"q BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q /DCT BMC EMC", ()),
    ],
    ids=["silent", "comment", "none", "two filters", "samples"],
)
def test_pictures_in_the_content(
    content: bytes, pages: tuple[int, ...], is_in_a_form: bool
) -> None:
    pdf = two_pages(TALKING["a key of a group"])
    form = pdf.pages[0].obj.Resources.XObject.R
    del form.Group
    if is_in_a_form:
        form.write(content)
    else:
        pdf.pages[0].obj.Contents = pikepdf.Array(
            [pdf.make_stream(b"q Q"), pdf.make_stream(content)]
        )
    assert looked_at(saved(pdf)).pages == pages
