"""Only what draws the pages is kept."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest

from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid, Bookmark, Link, Navigation, PageLabels, Target
from redactor.pdf.read_navigation import read_navigation
from redactor.pdf.sanitize import sanitize
from redactor.pdf.write_navigation import write_navigation
from tests.documents import (
    HELVETICA,
    cut,
    dark,
    drawn_text,
    number_pdf,
    opened,
    pixels_of,
    raw_pdf,
    redaction,
    saved,
    words_of,
)
from tests.leaks.made import SECRET
from tests.talking import SILENT, TALKING, Plant

RAW = SECRET.encode()
FRAME = PageFrame(Box(0, 0, 300, 200), 0)
TEXT = b"BT /F 12 Tf 50 100 Td (Alpha) Tj ET"


def held(data: bytes) -> bytes:
    """Every object of a file, inflated, one after the other."""
    parts = []
    with opened(data) as pdf:
        for obj in pdf.objects:
            parts.append(repr(obj).encode())
            if isinstance(obj, pikepdf.Stream):
                is_coded = obj.get("/Filter") in ("/DCTDecode", "/JPXDecode")
                parts.append(obj.read_raw_bytes() if is_coded else obj.read_bytes())
        parts.append(repr(pdf.trailer).encode())
    return b"\n".join(parts)


def in_info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = SECRET


def in_xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = SECRET


def in_page_xmp(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Metadata = pdf.make_stream(RAW)


def in_bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))


def in_names(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=[SECRET, [0]]))


def in_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=SECRET)])


def in_an_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = RAW


def in_an_annotation(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Contents=SECRET, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def in_a_private_key(pdf: pikepdf.Pdf) -> None:
    pdf.Root[f"/X{SECRET}"] = SECRET
    pdf.pages[0].obj["/PieceInfo"] = pikepdf.Dictionary(X=SECRET)
    pdf.pages[0].obj["/Custom"] = SECRET


def in_the_structure(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Dictionary(Alt=SECRET))
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)


def in_actual_text(pdf: pikepdf.Pdf) -> None:
    marked = b"/Span <</ActualText (" + RAW + b")>> BDC " + TEXT + b" EMC"
    pdf.pages[0].obj.Contents = pdf.make_stream(marked)


def in_properties(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Span /P DP " + TEXT)
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(P=pikepdf.Dictionary(Alt=SECRET))


def form(pdf: pikepdf.Pdf, content: bytes, **keys: object) -> pikepdf.Stream:
    made = pdf.make_stream(
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 300, 200],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=HELVETICA)),
    )
    for key, value in keys.items():
        made["/" + key] = value
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(G=made)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/G Do")
    return made


def in_actual_text_of_a_form(pdf: pikepdf.Pdf) -> None:
    form(pdf, b"/Span <</ActualText (" + RAW + b")>> BDC " + TEXT + b" EMC")


def in_keys_of_a_form(pdf: pikepdf.Pdf) -> None:
    form(pdf, TEXT, PieceInfo=pikepdf.Dictionary(X=SECRET), Custom=SECRET, LastModified=SECRET)


def in_keys_of_a_font(pdf: pikepdf.Pdf) -> None:
    family = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.A, FontFamily=SECRET
    )
    font = pikepdf.Dictionary(dict(HELVETICA.items()))
    font["/Custom"], font.FontDescriptor = pikepdf.String(SECRET), pdf.make_indirect(family)
    pdf.pages[0].obj.Resources.Font = pikepdf.Dictionary(F=pdf.make_indirect(font))


def in_actual_text_of_a_pattern(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(
        b"/Span <</ActualText (" + RAW + b")>> BDC 0 0 5 5 re f EMC",
        Type=pikepdf.Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 10, 10],
        XStep=10,
        YStep=10,
        Resources=pikepdf.Dictionary(),
    )
    pdf.pages[0].obj.Resources.Pattern = pikepdf.Dictionary(P=tile)
    pdf.pages[0].obj.Contents = pdf.make_stream(TEXT + b" /Pattern cs /P scn 9 9 50 50 re f")


PLANTS: list[Plant] = [
    in_info,
    in_xmp,
    in_page_xmp,
    in_bookmarks,
    in_names,
    in_labels,
    in_an_attachment,
    in_an_annotation,
    in_a_private_key,
    in_the_structure,
    in_actual_text,
    in_properties,
    in_actual_text_of_a_form,
    in_keys_of_a_form,
    in_keys_of_a_font,
    in_actual_text_of_a_pattern,
]


@pytest.mark.parametrize("plant", PLANTS)
def test_all_else_goes(plant: Plant) -> None:
    pdf = raw_pdf(TEXT)
    plant(pdf)
    before = saved(pdf)
    output, counts = sanitize(before, (FRAME,), ())
    assert RAW in held(before)
    assert RAW not in held(output)
    assert words_of(output) == ["Alpha"]
    assert sum(count for _, count in counts) > 0
    with opened(output) as clean:
        assert set(clean.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in clean.trailer


@pytest.mark.parametrize("plant", TALKING.values(), ids=TALKING)
def test_what_draws_says_nothing(plant: Plant) -> None:
    pdf = raw_pdf(TEXT)
    plant(pdf)
    before = saved(pdf)
    output, counts = sanitize(before, (FRAME,), ())
    assert RAW not in held(output)
    assert words_of(output) == ["Alpha"]
    assert sum(count for _, count in counts) > 0
    assert (pixels_of(output) == pixels_of(before)).all()


@pytest.mark.parametrize("plant", SILENT.values(), ids=SILENT)
def test_what_says_nothing_stays(plant: Plant) -> None:
    pdf = raw_pdf(TEXT)
    plant(pdf)
    _, counts = sanitize(saved(pdf), (FRAME,), ())
    assert counts == ()


def test_an_object_that_is_a_number() -> None:
    output, _ = sanitize(number_pdf(7), (FRAME,), ())
    assert words_of(output) == ["Alpha"]


def test_counts_say_what_went() -> None:
    pdf = raw_pdf(TEXT)
    in_info(pdf)
    in_labels(pdf)
    in_actual_text(pdf)
    counts = dict(sanitize(saved(pdf), (FRAME,), ())[1])
    assert counts["info/Title"] == 1
    assert counts["catalog/PageLabels"] == 1
    assert counts["marked_content_properties"] == 1


@pytest.mark.parametrize("boxes", [(), (redaction(Box(200, 20, 250, 40), overlay="(A)"),)])
def test_the_same_input_gives_the_same_bytes(boxes: tuple[object, ...]) -> None:
    pdf = raw_pdf(TEXT)
    in_info(pdf)
    data = saved(pdf)
    first, second = (sanitize(data, (FRAME,), boxes)[0] for _ in range(2))  # type: ignore[arg-type]
    assert first == second


def test_pages_look_as_before() -> None:
    pdf = raw_pdf(TEXT + b" q 0.5 g 20 20 60 30 re f Q", CropBox=[10, 10, 290, 190], Rotate=90)
    form(pdf, TEXT)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 0.5 g 20 20 60 30 re f Q /G Do")
    data = saved(pdf)
    frame = PageFrame(Box(10, 10, 290, 190), 90)
    output, _ = sanitize(data, (frame,), ())
    assert (pixels_of(output) == pixels_of(data)).all()
    assert drawn_text(data) == b""  # all in the form


def test_each_page_gets_its_boxes() -> None:
    pdf = raw_pdf(TEXT)
    pdf.pages.append(pdf.pages[0])
    box = Box(200, 20, 250, 40)
    output, _ = sanitize(saved(pdf), (FRAME, FRAME), (redaction(box, page=2),))
    assert cut(pixels_of(output, 2), box).max() < 10
    assert not dark(cut(pixels_of(output, 1), box)).any()


def test_inherited_resources_are_kept() -> None:
    pdf = raw_pdf(TEXT)
    pdf.Root.Pages.Resources = pdf.make_indirect(pdf.pages[0].obj.Resources)
    del pdf.pages[0].obj.Resources
    output, _ = sanitize(saved(pdf), (FRAME,), (redaction(Box(200, 20, 250, 40)),))
    assert words_of(output) == ["Alpha"]
    assert dark(cut(pixels_of(output), Box(45, 85, 90, 105))).any()


def test_a_hidden_layer_is_not_brought_to_light() -> None:
    pdf = raw_pdf(b"/OC /L BDC BT /F 12 Tf 50 100 Td (" + RAW + b") Tj ET EMC")
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="L"))
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=group)
    off = pikepdf.Dictionary(OFF=[group], Order=[group])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=off)
    assert not dark(pixels_of(saved(pdf))).any()
    output, _ = sanitize(saved(pdf), (FRAME,), ())
    assert not dark(pixels_of(output)).any()


GUIDES = Navigation(
    title="Release",
    language="en-US",
    bookmarks=(Bookmark("Alpha", Target(1, (0, 50))),),
    links=(Link(1, Box(50, 88, 80, 104), "https://example.org"),),
    labels=(PageLabels(1, "r", ""),),
)


@pytest.mark.parametrize("plant", PLANTS)
def test_what_leads_around_is_written_anew(plant: Plant) -> None:
    pdf = raw_pdf(TEXT)
    plant(pdf)
    output, _ = sanitize(saved(pdf), (FRAME,), (), {}, GUIDES)
    assert RAW not in held(output)
    with opened(output) as clean:
        found, unusable = read_navigation(output, (FRAME,), frozenset(Aid))
        assert found == GUIDES
        assert not unusable
        assert set(clean.Root.keys()) == {
            *("/Type", "/Pages", "/Lang", "/Outlines", "/PageLabels", "/ViewerPreferences")
        }


def test_what_is_kept_is_not_counted_as_gone() -> None:
    pdf = raw_pdf(TEXT)
    write_navigation(pdf, GUIDES, (FRAME,))
    data = saved(pdf)
    assert dict(sanitize(data, (FRAME,), (), {}, GUIDES)[1]) == {"catalog/ViewerPreferences": 1}
    other = replace(GUIDES, title="Other", language="de")
    assert dict(sanitize(data, (FRAME,), (), {}, other)[1]) == {
        "catalog/ViewerPreferences": 1,
        "catalog/Lang": 1,
        "info/Title": 1,
    }
    assert dict(sanitize(data, (FRAME,), ())[1]) == {
        "catalog/Lang": 1,
        "catalog/Outlines": 1,
        "catalog/PageLabels": 1,
        "catalog/ViewerPreferences": 1,
        "info/Title": 1,
        "page/Annots": 1,
    }
