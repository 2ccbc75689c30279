"""What a file says beside its pages: each kind, and what is no leak beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from redactor.audit.leak import Kind, Level
from tests.documents import opened, raw_pdf, saved
from tests.unit.audit.made import AREA, SECRET, audited, box, drawn, kinds, leaks, notices, text

NAME = pikepdf.Name
SHOWS = b"BT /F 12 Tf 50 100 Td (This letter speaks of somebody.) Tj ET\n"
Change = Callable[[pymupdf.Document], object]


def changed(*changes: Change, start: bytes | None = None) -> bytes:
    with pymupdf.open(stream=start or drawn(), filetype="pdf") as document:
        for change in changes:
            change(document)
        data: bytes = document.tobytes()
    return data


def marked(properties: bytes) -> bytes:
    return saved(raw_pdf(b"/Span <<" + properties + b">> BDC\n" + SHOWS + b"EMC"))


def layered(state: str) -> bytes:
    """The secret on a layer."""
    pdf = raw_pdf(SHOWS + b"/OC /L BDC BT /F 12 Tf 50 50 Td (Margaret Oduya) Tj ET EMC")
    group = pdf.make_indirect(pikepdf.Dictionary(Type=NAME.OCG, Name="Draft"))
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=group)
    config = pikepdf.Dictionary({state: pikepdf.Array([group])})
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=config)
    return saved(pdf)


def with_field(value: str, shows: str, flags: int = 4) -> bytes:
    """A text field whose appearance is what it is."""
    pdf = raw_pdf(SHOWS)
    font = pdf.pages[0].obj.Resources.Font
    look = pdf.make_stream(
        b"BT /F 12 Tf 2 5 Td (" + shows.encode() + b") Tj ET",
        Type=NAME.XObject,
        Subtype=NAME.Form,
        BBox=pikepdf.Array([0, 0, 150, 20]),
        Resources=pikepdf.Dictionary(Font=font),
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=NAME.Annot,
            Subtype=NAME.Widget,
            FT=NAME.Tx,
            T="who",
            V=value,
            F=flags,
            Rect=pikepdf.Array([50, 40, 200, 60]),
            AP=pikepdf.Dictionary(N=look),
        )
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    return saved(pdf)


def with_orphan(content: bytes) -> bytes:
    """A content stream in the file's table that nothing refers to."""
    pdf = raw_pdf(SHOWS)
    objects = saved(pdf)
    with pymupdf.open(stream=objects, filetype="pdf") as document:
        xref = document.get_new_xref()
        document.update_object(xref, "<<>>")
        document.update_stream(xref, content)
        data: bytes = document.tobytes()
    return data


# Unapplied redactions, attachments, values, layers


def test_an_unapplied_redaction(tmp_path: Path) -> None:
    def mark(page: pymupdf.Page) -> None:
        page.add_redact_annot(AREA)

    (leak,) = leaks(tmp_path, drawn(text(), mark))
    assert (leak.kind, leak.text) == (Kind.UNAPPLIED_REDACT_ANNOTATION, SECRET)


def applied(page: pymupdf.Page) -> None:
    page.add_redact_annot(AREA, fill=(0, 0, 0))
    page.apply_redactions()


def test_an_applied_redaction(tmp_path: Path) -> None:
    assert audited(tmp_path, drawn(text(), applied)).found == ()


def test_an_applied_redaction_saved_with_what_it_replaced(tmp_path: Path) -> None:
    found = leaks(tmp_path, drawn(text(), applied, garbage=0))
    assert kinds(found) == [Kind.ORPHAN_OBJECT]
    assert "".join(SECRET.split()) in "".join(found[0].text.split())


def test_attachments(tmp_path: Path) -> None:
    data = changed(
        lambda d: d.embfile_add("draft.txt", b"Margaret"),
        lambda d: d[0].add_file_annot((200, 200), b"Oduya", "note.txt"),
    )
    found = leaks(tmp_path, data)
    assert kinds(found) == [Kind.ATTACHMENT] * 2
    assert [(leak.page, leak.text) for leak in found] == [(0, "draft.txt"), (1, "note.txt")]


def test_a_value_that_the_field_does_not_show(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, with_field(SECRET, "****"))
    assert (leak.kind, leak.text) == (Kind.FORM_VALUE, SECRET)


def test_a_value_that_the_field_shows(tmp_path: Path) -> None:
    assert audited(tmp_path, with_field(SECRET, SECRET)).found == ()


def test_the_value_of_a_hidden_field_is_a_notice(tmp_path: Path) -> None:
    found = audited(tmp_path, with_field(SECRET, SECRET, flags=2)).found
    assert [(leak.kind, leak.level) for leak in found] == [(Kind.FORM_VALUE, Level.NOTICE)]


def test_a_layer_that_is_off(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, layered("/OFF"))
    assert (leak.kind, leak.text) == (Kind.HIDDEN_LAYER_TEXT, SECRET)


def test_a_layer_that_is_on(tmp_path: Path) -> None:
    assert audited(tmp_path, layered("/ON")).found == ()


# Replacement texts


def test_actual_text_that_says_more(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, marked(b"/ActualText (This letter speaks of Oduya.)"))
    assert leak.kind is Kind.ACTUAL_TEXT


def test_actual_text_that_says_the_same(tmp_path: Path) -> None:
    spelled = b"/ActualText (THIS let\xadter  speaks of some-body)"
    assert audited(tmp_path, marked(spelled)).found == ()


@pytest.mark.parametrize("key", [b"/Alt", b"/E"])
def test_descriptions_are_notices(tmp_path: Path, key: bytes) -> None:
    (leak,) = notices(tmp_path, marked(key + b" (A signature of Oduya)"))
    assert leak.kind is Kind.ALTERNATE_TEXT
    assert not leaks(tmp_path, marked(key + b" (A signature of Oduya)"))


def test_the_structure_tree(tmp_path: Path) -> None:
    pdf = raw_pdf(SHOWS)
    element = pdf.make_indirect(
        pikepdf.Dictionary(S=NAME.P, Pg=pdf.pages[0].obj, ActualText="Margaret was here")
    )
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=NAME.StructTreeRoot, K=element)
    (leak,) = leaks(tmp_path, saved(pdf))
    assert (leak.kind, leak.page) == (Kind.ACTUAL_TEXT, 1)


# Bookmarks and metadata


@pytest.mark.parametrize(
    ("title", "steps", "level"),
    [
        (f"Letter of {SECRET}", (box(),), Level.LEAK),
        (f"Letter of {SECRET}", (), Level.NOTICE),
        ("This letter", (box(),), None),
        ("LETTER SPEAKS", (box(),), None),
    ],
    ids=["boxed", "no box", "shown", "in capitals"],
)
def test_bookmarks(
    tmp_path: Path,
    title: str,
    steps: tuple[Callable[[pymupdf.Page], object], ...],
    level: Level | None,
) -> None:
    data = changed(lambda d: d.set_toc([[1, title, 1]]), start=drawn(*steps))
    found = audited(tmp_path, data).found
    assert [(leak.kind, leak.level) for leak in found] == (
        [(Kind.TOC_BOOKMARK_LEAK, level)] if level else []
    )


def test_metadata_is_a_notice_where_it_says_more(tmp_path: Path) -> None:
    data = changed(lambda d: d.set_metadata({"author": SECRET, "title": "Letter"}))
    (leak,) = notices(tmp_path, data)
    assert (leak.kind, leak.text) == (Kind.METADATA, SECRET)


def test_what_made_the_file_is_none(tmp_path: Path) -> None:
    data = changed(lambda d: d.set_metadata({"producer": "Some Writer", "creator": "Any"}))
    assert audited(tmp_path, data).found == ()


def test_private_data_is_a_notice(tmp_path: Path) -> None:
    pdf = raw_pdf(SHOWS, PieceInfo=pikepdf.Dictionary(App=pikepdf.Dictionary()))
    (leak,) = notices(tmp_path, saved(pdf))
    assert (leak.kind, leak.page) == (Kind.METADATA, 1)


def test_a_comment_is_a_notice(tmp_path: Path) -> None:
    data = changed(lambda d: d[0].add_text_annot((200, 200), f"ask {SECRET}"))
    (leak,) = notices(tmp_path, data)
    assert leak.kind is Kind.ANNOTATION_TEXT


# Revisions


def revised(folder: Path, after: str) -> bytes:
    """The secret, and a revision in which that line reads otherwise."""
    path = folder / "revised.pdf"
    path.write_bytes(drawn(text()))
    with pymupdf.open(path) as document:
        page = document[0]
        page.add_redact_annot(AREA)
        page.apply_redactions()
        page.insert_text((60, 100), after, fontsize=12)
        document.saveIncr()
    return path.read_bytes()


def test_an_earlier_revision(tmp_path: Path) -> None:
    found = leaks(tmp_path, revised(tmp_path, "withheld"))
    assert (Kind.OLD_REVISION, SECRET) in [(leak.kind, leak.text) for leak in found]


def test_a_revision_that_only_adds(tmp_path: Path) -> None:
    found = leaks(tmp_path, revised(tmp_path, f"{SECRET} and others"))
    assert Kind.OLD_REVISION not in kinds(found)


def test_a_linearized_file_has_one_revision(tmp_path: Path) -> None:
    out = io.BytesIO()
    with opened(drawn(text())) as pdf:
        pdf.save(out, linearize=True)
    assert out.getvalue().count(b"%%EOF") == 2
    assert audited(tmp_path, out.getvalue()).found == ()


@pytest.mark.parametrize(
    ("tail", "found"),
    [(b"Margaret Oduya", [Kind.DATA_AFTER_END]), (b"\r\n\0\0\0", []), (b"\n", [])],
    ids=["text", "zeros", "line end"],
)
def test_bytes_after_the_end(tmp_path: Path, tail: bytes, found: list[Kind]) -> None:
    assert kinds(leaks(tmp_path, drawn(text()) + tail)) == found


def test_an_orphaned_content_stream(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, with_orphan(b"BT /F 12 Tf (Margaret ) Tj [(Od) -20 (uya)] TJ ET"))
    assert leak.kind is Kind.ORPHAN_OBJECT
    assert leak.text.split() == SECRET.split()


@pytest.mark.parametrize(
    "content",
    [b"BT /F 12 Tf (somebody ) Tj [(let) -20 (ter)] TJ ET", b"(Margaret Oduya) pop"],
    ids=["shown", "no content"],
)
def test_an_orphan_that_says_nothing(tmp_path: Path, content: bytes) -> None:
    assert audited(tmp_path, with_orphan(content)).found == ()
