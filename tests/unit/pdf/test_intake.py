"""Taking files in: boxes made explicit, passwords, caps, what may not come in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from redactor.errors import Encrypted, FileAccessError, NotAPdf, ResourceLimit
from redactor.geometry import Box, PageFrame
from redactor.pdf.intake import Limits, Source, frames_of, take_in
from tests.documents import (
    HELVETICA,
    dark,
    drawn_text,
    opened,
    pixels_of,
    raw_pdf,
    saved,
    taken,
    words_of,
)

TEXT = b"BT /F 12 Tf 50 100 Td (Alpha) Tj ET"


def a_file(folder: Path, data: bytes) -> Path:
    path = folder / "in.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("keys", "frame"),
    [
        ({}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"MediaBox": [300, 200, 0, 0]}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"MediaBox": [0, 200, 300, 0]}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"CropBox": [250, 150, 0, 20]}, PageFrame(Box(0, 20, 250, 150), 0)),
        ({"CropBox": [-50, -50, 250, 150]}, PageFrame(Box(0, 0, 250, 150), 0)),
        ({"CropBox": [400, 400, 500, 500]}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"CropBox": [0, 0, 10]}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"CropBox": ["/A", 0, 10, 10]}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"CropBox": [20, 20, 20, 180]}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"MediaBox": [0, 0, 0, 0]}, PageFrame(Box(0, 0, 612, 792), 0)),
        ({"Rotate": 450}, PageFrame(Box(0, 0, 300, 200), 90)),
        ({"Rotate": -90}, PageFrame(Box(0, 0, 300, 200), 270)),
        ({"Rotate": 360}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"Rotate": pikepdf.Name.X}, PageFrame(Box(0, 0, 300, 200), 0)),
        ({"UserUnit": 2}, PageFrame(Box(0, 0, 300, 200), 0, 2)),
    ],
)
def test_page_attributes(tmp_path: Path, keys: dict[str, object], frame: PageFrame) -> None:
    pdf = raw_pdf(TEXT)
    for key, value in keys.items():
        pdf.pages[0].obj["/" + key] = value
    source = taken(tmp_path, saved(pdf))
    assert source.frames == (frame,)
    assert frames_of(source.data) == (frame,)
    assert words_of(source.data) == ["Alpha"]
    with opened(source.data) as clean:
        page = clean.pages[0].obj
        assert [float(v) for v in page["/CropBox"]] == list(frame.crop.as_tuple())
        assert int(page["/Rotate"]) == frame.rotation


def test_inherited_attributes(tmp_path: Path) -> None:
    pdf = raw_pdf(TEXT)
    page, tree = pdf.pages[0].obj, pdf.Root.Pages
    for key, value in (
        ("/Resources", page.Resources),
        ("/MediaBox", pikepdf.Array([0, 0, 300, 200])),
        ("/CropBox", pikepdf.Array([0, 20, 200, 180])),
        ("/Rotate", 90),
    ):
        if key in page:
            del page[key]
        tree[key] = value
    source = taken(tmp_path, saved(pdf))
    assert source.frames == (PageFrame(Box(0, 20, 200, 180), 90),)
    assert words_of(source.data) == ["Alpha"]


OFFSETS = [(0, 0), (0, 31), (0, -31), (37, 52), (-41, -13), (-200, 0), (500, 0)]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 2])
@pytest.mark.parametrize("offset", OFFSETS)
def test_what_shows_stays_and_what_does_not_goes(
    tmp_path: Path, offset: tuple[float, float], unit: int, rotation: int
) -> None:
    x, y = offset
    inside = [(x + 2, y + 2), (x + 90, y + 2), (x + 2, y + 80), (x + 90, y + 80), (x + 50, y + 40)]
    outside = [(x - 40, y + 40), (x + 150, y + 40), (x + 40, y - 30), (x + 40, y + 120)]
    content = "".join(
        f"BT /F 8 Tf {a} {b} Td ({name}{i}) Tj ET "
        for name, places in (("in", inside), ("out", outside))
        for i, (a, b) in enumerate(places)
    )
    pdf = raw_pdf(
        content.encode(),
        media=(x - 60, y - 50, x + 190, y + 170),
        CropBox=[x, y, x + 120, y + 90],
        Rotate=rotation,
        UserUnit=unit,
    )
    source = taken(tmp_path, saved(pdf))
    drawn = drawn_text(source.data)
    assert sorted(re.findall(rb"[a-z]+\d", drawn)) == [b"in%d" % i for i in range(5)]


def test_digest_and_size_are_those_of_the_file(tmp_path: Path) -> None:
    data = saved(raw_pdf(TEXT))
    source = taken(tmp_path, data)
    assert (source.sha256, source.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert repr(source.data)[:9] not in repr(source)


@pytest.mark.parametrize("user", ["", "open"])
def test_encrypted_files(tmp_path: Path, user: str) -> None:
    pdf = raw_pdf(TEXT)
    path = tmp_path / "in.pdf"
    pdf.save(path, encryption=pikepdf.Encryption(owner="own", user=user, R=6))
    if user:
        with pytest.raises(Encrypted, match="is encrypted"):
            take_in(path)
        with pytest.raises(Encrypted, match="the password is wrong"):
            take_in(path, "other")
    for password in {user, "own"}:
        source = take_in(path, password)
        assert words_of(source.data) == ["Alpha"]
        with opened(source.data) as clean:
            assert not clean.is_encrypted


def test_active_content_is_counted_and_gone(tmp_path: Path) -> None:
    pdf = raw_pdf(TEXT)
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('Zebulon')")
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
    pdf.attachments["a.txt"] = b"Zebulon was here"
    del pdf.Root.AF  # sanitize takes that one out
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=["x", script])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<x>Zebulon</x>"))
    source = taken(tmp_path, saved(pdf))
    assert dict(source.removed) == {"actions": 3, "attachments": 1, "scripts": 1, "xfa_forms": 1}
    with opened(source.data) as clean:
        held = b"".join(
            o.read_bytes() if isinstance(o, pikepdf.Stream) else repr(o).encode()
            for o in clean.objects
        )
    assert b"Zebulon" not in held


def test_annotations_and_fields_become_content(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        page.add_freetext_annot(pymupdf.Rect(20, 20, 200, 50), "Freehand note")
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "n"
        field.rect, field.field_value = pymupdf.Rect(20, 100, 200, 120), "Filledin"
        page.add_widget(field)
        data = document.tobytes()
    source = taken(tmp_path, data)
    assert {"Freehand", "note", "Filledin"} <= set(words_of(source.data))
    with opened(source.data) as pdf:
        assert not len(pdf.pages[0].obj.get("/Annots", pikepdf.Array()))


def hidden_layer() -> bytes:
    pdf = raw_pdf(b"/OC /L BDC BT /F 12 Tf 50 100 Td (Zebulon) Tj ET EMC")
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="L"))
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=group)
    off = pikepdf.Dictionary(OFF=[group], Order=[group])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=off)
    return saved(pdf)


def test_hidden_layers_are_dropped(tmp_path: Path) -> None:
    source = taken(tmp_path, hidden_layer())
    assert b"Zebulon" not in drawn_text(source.data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 20,
        b" " * 1024 + b"%PDF-1.7\n",
        b"\x00" * 5000,
        b"%PDF-1.7\ntrailer <</Root 1 0 R>>\n%%EOF",
    ],
)
def test_what_is_no_pdf(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotAPdf) as caught:
        taken(tmp_path, data)
    assert str(tmp_path / "in.pdf") in str(caught.value)


def cut_short(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def without_table(data: bytes) -> bytes:
    return data.replace(b"startxref", b"startxxxx").replace(b"xref", b"xxxx")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"junk before\n" + data,
        lambda data: data + b"\njunk after",
        without_table,
    ],
)
def test_what_can_be_mended(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    source = taken(tmp_path, damage(saved(raw_pdf(TEXT))))
    assert words_of(source.data) == ["Alpha"]


@pytest.mark.parametrize("keep", range(20, 1000, 70))
def test_a_file_cut_short_is_read_or_refused(tmp_path: Path, keep: int) -> None:
    try:
        source: Source | None = taken(tmp_path, saved(raw_pdf(TEXT))[:keep])
    except NotAPdf:
        source = None
    assert source is None or len(source.frames) == 1


def test_no_pages(tmp_path: Path) -> None:
    with pytest.raises(NotAPdf, match="has no pages"):
        taken(tmp_path, saved(pikepdf.new()))


def test_a_page_too_small_to_read(tmp_path: Path) -> None:
    with pytest.raises(NotAPdf, match="page 1 measures 2 x 200"):
        taken(tmp_path, saved(raw_pdf(TEXT, CropBox=[0, 0, 2, 200])))


@pytest.mark.parametrize("unit", [0, -2])
def test_a_user_unit_that_is_none(tmp_path: Path, unit: int) -> None:
    with pytest.raises(NotAPdf):
        taken(tmp_path, saved(raw_pdf(TEXT, UserUnit=unit)))


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(bytes=100), "bytes, the limit is 100"),
        (Limits(pages=1), "2 pages"),
        (Limits(objects=3), "objects, the limit is 3"),
    ],
)
def test_caps(tmp_path: Path, limits: Limits, what: str) -> None:
    pdf = raw_pdf(TEXT)
    pdf.add_blank_page()
    with pytest.raises(ResourceLimit, match=what):
        take_in(a_file(tmp_path, saved(pdf)), limits=limits)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="no such file"):
        take_in(tmp_path / "none.pdf")
    with pytest.raises(FileAccessError, match="is a directory"):
        take_in(tmp_path)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    data = saved(raw_pdf(TEXT))
    assert taken(tmp_path, data) == taken(tmp_path, data)


def test_pages_that_share_their_resources_stay_apart(tmp_path: Path) -> None:
    pdf = raw_pdf(TEXT)
    shared = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F=HELVETICA)))
    pdf.add_blank_page(page_size=(300, 200))
    for page in pdf.pages:
        page.obj.Resources = shared
    pdf.pages[1].obj.Contents = pdf.make_stream(b"BT /F 12 Tf 50 30 Td (Omega) Tj ET")
    source = taken(tmp_path, saved(pdf))
    assert (words_of(source.data), words_of(source.data, 2)) == (["Alpha"], ["Omega"])
    assert dark(pixels_of(source.data, 2)).any()
