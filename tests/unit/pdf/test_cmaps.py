"""CMaps keep what codes mean, and lose all else."""

from __future__ import annotations

import io

import pikepdf
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.cmaps import rewritten
from redactor.pdf.intake import frames_of
from redactor.pdf.sanitize import sanitize

FULL = b"""%!PS-Adobe-3.0 Resource-CMap
% made for Zebulon Quux
/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Zebulon) /Ordering (Quux) /Supplement 0 >> def
/CMapName /Zebulon-Quux def
1 begincodespacerange <00> <ff> endcodespacerange
2 beginbfchar
<01> <0041> % Zebulon
<02> <00660069>
endbfchar
2 beginbfrange
<10> <12> <0061>
<20> <21> [<0058> <0059>]
endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end
"""


def test_mappings_stay_and_all_else_goes() -> None:
    plain = rewritten(FULL)
    assert plain is not None
    assert b"Zebulon" not in plain
    assert b"Quux" not in plain
    for kept in (
        b"<00> <ff>",
        b"<01> <0041>",
        b"<02> <00660069>",
        b"<10> <12> <0061>",
        b"<20> <21> [<0058> <0059>]",
    ):
        assert kept in plain
    assert rewritten(plain) == plain


@pytest.mark.parametrize(
    "program",
    [
        b"",
        b"% beginbfchar <01> <0041> endbfchar",
        b"(beginbfchar <01> <0041> endbfchar)",
        b"beginbfchar endbfchar",
        b"beginbfchar <01> endbfchar",
        b"begincodespacerange <00> <ff> endcodespacerange",
        b"beginbfchar <01> <%b> endbfchar" % (b"0041" * 40),
        b"beginbfchar <01> [<0041>] endbfchar",
        b"\xff\xfe garbage [ < ( >> ]",
    ],
)
def test_programs_without_mappings(program: bytes) -> None:
    assert rewritten(program) is None


def test_blanks_odd_digits_and_a_missing_end() -> None:
    plain = rewritten(b"beginbfchar <0 1> <00 4> <02>\n<0042>")
    assert plain is not None
    assert b"<01> <0040>" in plain
    assert b"<02> <0042>" in plain


def test_a_long_table_comes_in_blocks() -> None:
    entries = b"\n".join(b"<%02x> <%04x>" % (code, code) for code in range(250))
    plain = rewritten(b"250 beginbfchar\n" + entries + b"\nendbfchar")
    assert plain is not None
    assert [plain.count(b"%d beginbfchar" % n) for n in (100, 50)] == [2, 1]


@given(st.binary(max_size=300))
def test_any_bytes_end_well(data: bytes) -> None:
    plain = rewritten(b"beginbfchar <01> <0041> endbfchar " + data)
    assert plain is not None
    assert rewritten(plain) == plain


@pytest.mark.parametrize(
    ("cmap", "text"),
    [
        (FULL, "A"),
        (b"% Zebulon Quux", "\x01"),
        (b"/Zebulon-Quux", "\x01"),
        (b"/Identity-H", "\x01"),
    ],
)
def test_in_a_document(cmap: bytes, text: str) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    named = cmap.startswith(b"/") and b"\n" not in cmap
    page.obj["/Resources"] = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                ToUnicode=pikepdf.Name(cmap.decode()) if named else pdf.make_stream(cmap),
            )
        )
    )
    page.obj["/Contents"] = pdf.make_stream(b"BT /F 12 Tf 20 100 Td (\x01) Tj ET")
    made = io.BytesIO()
    pdf.save(made)
    output, counts = sanitize(made.getvalue(), frames_of(made.getvalue()), ())
    with pikepdf.open(io.BytesIO(output)) as clean:
        everything = b"".join(
            obj.read_bytes() if isinstance(obj, pikepdf.Stream) else obj.unparse()
            for obj in clean.objects
        )
    assert b"Zebulon" not in everything
    assert ("object/ToUnicode", 1) in counts or text == "A" or cmap == b"/Identity-H"
    if text == "A":
        with pymupdf.open(stream=output, filetype="pdf") as document:
            assert document[0].get_text().strip() == text
