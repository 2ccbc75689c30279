"""Each check fails on a planted fault and passes on the clean twin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pymupdf
import pytest

from redactor.findings import Redaction
from redactor.geometry import Box
from redactor.ink import Pixels
from redactor.pdf.burn import burn
from redactor.pdf.overlay import without_boxes
from redactor.pdf.sanitize import sanitize
from redactor.verify.areas import is_blank
from redactor.verify.run import verify
from redactor.verify.subject import Subject
from tests.documents import number_pdf, opened, raw_pdf, redaction, saved, taken, text_pdf, word_box

SECRET = "Zebulon"
SPOTS = [(20.0, 40.0, "Patient Zebulon came"), (20.0, 60.0, "and went")]
STRUCTURE = "structure"
GLYPHS = "no glyph under a box"
AREAS = "nothing shows under a box"
PAGES = "no removed text on a page"
BYTES = "no removed text in any object"
BESIDE, HIDDEN = "nothing said beside what is drawn", "nothing hidden on a page"
KEPT = "kept characters in place"
ADDED = "no characters added"
OFF_PAGE = "no glyph off the page"
OUTSIDE = "same outside the boxes"
IMAGES = "image samples under a box"
DECIDED = "boxes as decided"
BOTH = "(b)(6), (b)(7)(C)"
OPAQUE = "boxes are opaque"
ENGINES = ["PDFium", "MuPDF", "pdfminer.six"]


def redacted_with(folder: Path, spots: list[tuple[float, float, str]], text: str) -> Subject:
    data = text_pdf(spots)
    source = taken(folder, data)
    boxes: tuple[Redaction, ...] = (redaction(word_box(data, text)),)
    output, _ = sanitize(burn(source, boxes, {}), source.frames, boxes)
    return Subject(
        output,
        without_boxes(output),
        source.data,
        source.frames,
        source.frames,
        boxes,
        frozenset(),
        (text,),
    )


@pytest.fixture
def clean(tmp_path: Path) -> Subject:
    return redacted_with(tmp_path, SPOTS, SECRET)


def exchanged(subject: Subject, output: bytes) -> Subject:
    return replace(subject, output=output, bare=without_boxes(output))


def edited(subject: Subject, edit: Callable[[pikepdf.Pdf], None]) -> Subject:
    with opened(subject.output) as pdf:
        edit(pdf)
        return exchanged(subject, saved(pdf))


def failed(subject: Subject) -> set[str]:
    return {o.check.name for o in verify(subject) if not o.check.passed}


def appended(pdf: pikepdf.Pdf, content: bytes) -> None:
    """More content on the first page, where /F is a font."""
    page = pdf.pages[0]
    page.obj.Resources.Font.F = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.contents_add(b"\nq " + content + b" Q")


def test_the_clean_twin_passes_every_check(clean: Subject) -> None:
    outcomes = verify(clean)
    assert [o.check.name for o in outcomes] == [
        STRUCTURE,
        DECIDED,
        OPAQUE,
        *(GLYPHS, OFF_PAGE, KEPT, ADDED),
        *(GLYPHS, GLYPHS),
        IMAGES,
        AREAS,
        *(PAGES, PAGES),
        BYTES,
        BESIDE,
        HIDDEN,
        OUTSIDE,
    ]
    assert [o.check.engine for o in outcomes if o.check.name == GLYPHS] == ENGINES
    assert {o.check.detail for o in outcomes} == {"nothing found"}
    assert all(o.check.passed and o.pages == () for o in outcomes)


def coded(folder: Path, width: float) -> Subject:
    """A page with a box of two codes, in which both have room or the first alone."""
    source = taken(folder, text_pdf([(30, 50, "kept")]))
    box = replace(redaction(Box(30, 100, 30 + width, 112), overlay=BOTH), brief="(b)(6)")
    output, _ = sanitize(burn(source, (box,), {}), source.frames, (box,))
    return Subject(
        *(output, without_boxes(output), source.data, source.frames, source.frames),
        *((box,), frozenset(), ()),
    )


@pytest.mark.parametrize("width", [20, 100])
def test_all_codes_of_a_box_or_the_first_may_stand_on_it(tmp_path: Path, width: float) -> None:
    subject = coded(tmp_path, width)
    assert failed(subject) == set()
    (box,) = subject.redactions
    other = replace(box, overlay="(b)(7)(C)", brief="(b)(7)(C)")
    assert failed(replace(subject, redactions=(other,))) == {DECIDED}


def moved(box: Box, x: float, y: float) -> Box:
    return Box(box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 1.5])
def test_pages_that_do_not_fill_whole_pixels(tmp_path: Path, rotation: int, unit: float) -> None:
    media = (0, 0, 302.27, 494.52)  # a pixel of the picture would be less than half a point
    source = taken(tmp_path, saved(raw_pdf(b"", media, Rotate=rotation, UserUnit=unit)))
    width, height = source.frames[0].size
    corner = Box(width - 40, height - 30, width - 9.1, height - 23.06)
    boxes = tuple(redaction(moved(corner, -k * 4.57, -k * 7.57)) for k in range(35))
    output, _ = sanitize(burn(source, boxes, {}), source.frames, boxes)
    subject = Subject(
        *(output, without_boxes(output), source.data, source.frames, source.frames),
        *(boxes, frozenset(), ()),
    )
    assert failed(subject) == set()


def test_a_rectangle_over_the_text(clean: Subject) -> None:
    with pymupdf.open(stream=clean.source, filetype="pdf") as document:
        box = clean.redactions[0].box
        document[0].draw_rect(pymupdf.Rect(box.as_tuple()), color=(0, 0, 0), fill=(0, 0, 0))
        data = document.tobytes(garbage=4)
    faults = failed(exchanged(clean, data))
    assert {GLYPHS, PAGES, BYTES} <= faults
    seen = [o for o in verify(exchanged(clean, data)) if o.check.name == GLYPHS]
    assert [o.check.engine for o in seen] == ENGINES
    assert {o.pages for o in seen} == {(1,)}
    assert SECRET not in repr(seen)


def test_nothing_but_paint_of_our_own(clean: Subject) -> None:
    output, _ = sanitize(clean.source, clean.frames, clean.redactions)
    assert failed(exchanged(clean, output)) == {GLYPHS, AREAS, PAGES, BYTES, HIDDEN}


def test_pixels_left(clean: Subject) -> None:
    b = clean.redactions[0].box

    def scribble(pdf: pikepdf.Pdf) -> None:
        appended(pdf, f"{b.x0 + 8} {200 - b.y1 + 4} 12 3 re f".encode())

    assert failed(edited(clean, scribble)) == {AREAS}


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 12 Tf 150 90 Td (Zebulon) Tj ET",
        b"BT /F 12 Tf 150 90 Td [(Zeb) -10 (ulon)] TJ ET",
        b"BT 3 Tr /F 12 Tf 150 90 Td <5A6562756C6F6E> Tj ET",
    ],
)
def test_the_text_somewhere_else_on_the_page(clean: Subject, content: bytes) -> None:
    assert PAGES in failed(edited(clean, lambda pdf: appended(pdf, content)))


def test_text_off_the_page(clean: Subject) -> None:
    content = b"BT /F 12 Tf 900 900 Td (Zebulon) Tj ET"
    assert failed(edited(clean, lambda pdf: appended(pdf, content))) & {BYTES, PAGES}


def info(value: object) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(Title=value))

    return plant


def loose(data: bytes) -> Callable[[pikepdf.Pdf], None]:
    """In a form that nothing draws."""

    def plant(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        pdf.pages[0].obj.Resources.XObject["/X"] = form

    return plant


def xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = SECRET


def actual_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Span <</ActualText (Zebulon)>> BDC EMC")


def in_a_name(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/X"] = pikepdf.Name("/Zebulon")


def in_a_key(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/Zebulon"] = True


UTF16_HEX = SECRET.encode("utf-16-be").hex().encode()


@pytest.mark.parametrize(
    "plant",
    [
        info(SECRET),
        info(pikepdf.String(b"\xfe\xff" + SECRET.encode("utf-16-be"))),
        info(pikepdf.Array([pikepdf.String(SECRET)])),
        xmp,
        actual_text,
        in_a_name,
        in_a_key,
        loose(b"... Zebulon ..."),
        loose(SECRET.encode("utf-16-be")),
        loose(SECRET.encode("utf-16-le")),
        loose(SECRET.encode().hex().encode()),
        loose(SECRET.encode().hex().upper().encode()),
        loose(UTF16_HEX),
        loose(b"BT /F 9 Tf <5a6562756C6F6E> Tj ET"),
    ],
)
def test_the_text_somewhere_in_the_file(
    clean: Subject, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    assert BYTES in failed(edited(clean, plant))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"(\\132ebulon) Tj", id="octal"),
        pytest.param(b"<5A65 6275 6C6F 6E> Tj", id="spaced hex"),
    ],
)
def test_the_text_in_an_unused_form_however_written(clean: Subject, raw: bytes) -> None:
    assert BYTES in failed(edited(clean, loose(b"BT /F 9 Tf " + raw + b" ET")))


@pytest.mark.parametrize(
    "raw",
    [
        b"[(Zeb) -10 (ulon)] TJ",
        b"(Zeb\\\nulon) Tj",
        b"(a (Zebulon) b\\)) Tj",
        b"<</ActualText <FEFF 005A 0065 0062 0075 006C 006F 006E>>> BDC",
        b"/#5Aebulon BMC",
    ],
)
def test_the_text_in_pieces(clean: Subject, raw: bytes) -> None:
    assert BYTES in failed(edited(clean, loose(b"BT /F 9 Tf " + raw + b" ET")))


@pytest.mark.parametrize(
    "raw", [b"(((((", b"(a (b", b"\\", b"<5", b"<<", b"(\\9)", b"(\\777)", b"/#g"]
)
def test_what_is_no_string_does_no_harm(clean: Subject, raw: bytes) -> None:
    assert failed(edited(clean, loose(raw * 1000))) == set()


def test_an_object_that_is_a_removed_number(clean: Subject) -> None:
    subject = replace(exchanged(clean, number_pdf(730151)), removed=("730151",))
    assert BYTES in failed(subject)
    assert BYTES not in failed(replace(subject, removed=("730152",)))


def not_utf_8(pdf: pikepdf.Pdf) -> None:
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /#cb#ce#cc#e5 /#83 1>>"
    pdf.pages[0].obj.Resources.Font["/X"] = pikepdf.Object.parse(font)


def test_names_that_are_not_utf_8_do_no_harm(clean: Subject) -> None:
    assert failed(edited(clean, not_utf_8)) == set()


def test_after_the_end_of_the_file(clean: Subject) -> None:
    faults = failed(replace(clean, output=clean.output + b"Zebulon"))
    assert {STRUCTURE, BYTES} <= faults


def test_a_second_revision(clean: Subject, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(clean.output)
    with pymupdf.open(path) as document:
        document.xref_set_key(document[0].xref, "UserUnit", "1")
        document.saveIncr()
    data = path.read_bytes()
    assert data.startswith(clean.output)
    assert STRUCTURE in failed(replace(clean, output=data))


def annotation(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([note])


def catalog_key(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("x-zebulon")


def more_pages(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


@pytest.mark.parametrize("plant", [annotation, catalog_key, more_pages, info("harmless")])
def test_structure(clean: Subject, plant: Callable[[pikepdf.Pdf], None]) -> None:
    assert failed(edited(clean, plant)) == {STRUCTURE}


@pytest.mark.parametrize(("dx", "dy"), [(1, 0), (0, 1), (-1, 0), (0.8, 0.8)])
def test_kept_glyphs_that_moved(clean: Subject, dx: float, dy: float) -> None:
    def move(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(f"q 1 0 0 1 {dx} {dy} cm".encode(), prepend=True)
        pdf.pages[0].contents_add(b"Q")

    assert KEPT in failed(edited(clean, move))


def test_kept_glyphs_that_moved_a_hair_are_in_place(clean: Subject) -> None:
    def move(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q 1 0 0 1 0.2 0.2 cm", prepend=True)
        pdf.pages[0].contents_add(b"Q")

    assert failed(edited(clean, move)) == set()


def test_kept_glyphs_that_are_lost(clean: Subject, tmp_path: Path) -> None:
    more = (*clean.redactions, redaction(word_box(text_pdf(SPOTS), "went")))
    source = taken(tmp_path, text_pdf(SPOTS))
    output, _ = sanitize(burn(source, more, {}), source.frames, clean.redactions)
    subject = exchanged(clean, output)
    assert failed(subject) == {KEPT, OUTSIDE}
    assert failed(replace(subject, rebuilt=frozenset({1}))) == {OUTSIDE}
    assert failed(replace(subject, source=b"")) == set()


def test_a_file_that_does_not_open_has_failed(clean: Subject) -> None:
    for broken in (b"", b"hello", clean.output[: len(clean.output) // 3]):
        outcomes = verify(replace(clean, output=broken, bare=broken))
        assert not all(o.check.passed for o in outcomes)


def test_a_longer_word_that_stays_is_no_trace(tmp_path: Path) -> None:
    assert (
        failed(redacted_with(tmp_path, [(20, 40, "Smith"), (20, 60, "Smithsonian")], "Smith"))
        == set()
    )


@pytest.mark.parametrize(
    "text",
    [
        "0000",
        "65535",  # in the cross-reference table
        "Size",  # in the trailer
        "Contents",  # in every page
    ],
)
def test_what_every_file_has_is_no_trace(tmp_path: Path, text: str) -> None:
    assert failed(redacted_with(tmp_path, [(20, 40, text), (20, 60, "stays")], text)) == set()


PAPER = np.full((28, 200), 255, np.uint8)


def with_marks(*places: tuple[slice, slice], tone: int = 0) -> Pixels:
    area = PAPER.copy()
    for place in places:
        area[place] = tone
    return area


def test_areas_of_one_tone_and_rules_are_blank() -> None:
    assert is_blank(PAPER)
    assert is_blank(PAPER * 0)
    assert is_blank(with_marks((slice(20, 22), slice(None))))
    assert is_blank(with_marks((slice(None), slice(50, 52))))
    assert is_blank(with_marks((slice(20, 22), slice(None)), (slice(None), slice(50, 52))))
    noise = np.random.default_rng(1).integers(225, 256, PAPER.shape).astype(np.uint8)
    assert is_blank(noise)


@pytest.mark.parametrize(
    "marks",
    [
        [(slice(8, 20), slice(40, 46))],
        [(slice(4, 8), slice(10, 60))],
        [(slice(8, 10), slice(40, 60)), (slice(16, 18), slice(40, 60))],
        [(slice(4, 24), slice(x, x + 2)) for x in (40, 46, 52, 58)],  # llll
        [(slice(None), slice(x, x + 2)) for x in (40, 46, 52, 58)],  # cut tight
        [(slice(4, 24), slice(40, 80))],
        [(slice(None), slice(40, 80))],
        [(slice(8, 20), slice(None))],
        [(slice(20, 22), slice(0, 150))],
    ],
)
def test_marks_are_not_blank(marks: list[tuple[slice, slice]]) -> None:
    assert not is_blank(with_marks(*marks))


def test_a_letter_in_a_long_area_is_not_blank() -> None:
    area = np.full((28, 1200), 255, np.uint8)
    area[9:18, 600:612] = 0
    assert not is_blank(area)


def test_pale_writing_is_not_blank() -> None:
    assert not is_blank(with_marks((slice(8, 20), slice(40, 46)), tone=218))


def test_a_rule_across_goes_on_beyond_the_area() -> None:
    stroke = with_marks((slice(None), slice(50, 52)))
    blank, ruled = np.full(200, 255, np.uint8), stroke[0]
    assert is_blank(stroke, [ruled, blank])
    assert not is_blank(stroke, [blank, blank])


def test_a_narrow_area_is_judged_by_the_paper_around() -> None:
    around = np.full((36, 32), 255, np.uint8)
    around[:8] = around[28:] = 90  # a rule of the table, or letters of the lines above and below
    paper = around[12:24, 12:20]
    rows = [around[6, 12:20], around[29, 12:20]]
    assert is_blank(paper, rows, around)
    around[12:24, 12:20] = 0
    assert not is_blank(paper, rows, around)


@pytest.mark.parametrize("text", ["l", "ll", "1", "|", "."])
def test_a_lone_stroke_on_a_page_is_not_blank(tmp_path: Path, text: str) -> None:
    data = text_pdf([(20, 40, text), (20, 70, "stays")])
    source = taken(tmp_path, data)
    boxes = (redaction(word_box(data, text)),)
    output, _ = sanitize(source.data, source.frames, boxes)
    frames = source.frames
    subject = Subject(
        output, without_boxes(output), source.data, frames, frames, boxes, frozenset(), ()
    )
    assert AREAS in failed(subject)


def test_images_left_under_a_box(tmp_path: Path) -> None:
    pdf = raw_pdf(b"0.5 g 40 90 80 30 re f 0 g 60 98 20 6 re f")
    source = taken(tmp_path, saved(pdf))
    boxes = (redaction(Box(50, 85, 110, 105)),)
    output, _ = sanitize(source.data, source.frames, boxes)
    frames = source.frames
    subject = Subject(
        output, without_boxes(output), source.data, frames, frames, boxes, frozenset(), ()
    )
    assert failed(subject) == {AREAS}
