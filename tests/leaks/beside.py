"""A secret put back beside the pages of a clean output."""

from __future__ import annotations

from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.documents import HELVETICA, opened
from tests.leaks.document import updated
from tests.leaks.images import GRAY
from tests.leaks.made import SECRET, resource
from tests.leaks.mutants import (
    BESIDE,
    BYTES,
    STRUCTURE,
    Mutant,
    edited,
    image_of,
    images_of,
    resaved,
)
from tests.talking import TALKING

_S = SECRET.encode()


def _annotation(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=SECRET)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _information(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=SECRET))


def _metadata(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(_S, Type=Name.Metadata, Subtype=Name.XML)


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = _S


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=SECRET)


def _form_field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="a", V=SECRET))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _structure(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(Alt=SECRET))


def _private(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(A=Dictionary(Private=SECRET))


def _thumbnail(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Thumb = image_of(pdf, GRAY.tobytes())


def _alternate(pdf: pikepdf.Pdf) -> None:
    image = next(images_of(pdf))
    image.Alternates = Array([Dictionary(Image=image_of(pdf, GRAY.tobytes()))])


def _own_key(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/" + SECRET] = String("x")


def _name(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(dict(HELVETICA.items()))
    font.BaseFont = Name("/" + SECRET)
    resource(pdf, "/Font", "/N", pdf.make_indirect(font))


def _character_map(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(dict(HELVETICA.items()))
    font.ToUnicode = pdf.make_stream(b"% " + _S + b"\n")
    resource(pdf, "/Font", "/N", pdf.make_indirect(font))


def _layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=SECRET))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())


DOCUMENT = (
    edited("an annotation", _annotation, STRUCTURE),
    edited("document information", _information, STRUCTURE),
    edited("metadata", _metadata, STRUCTURE),
    edited("an attachment", _attachment, STRUCTURE),
    edited("a bookmark", _bookmark, STRUCTURE),
    edited("a script", _script, STRUCTURE),
    edited("a form field", _form_field, STRUCTURE),
    edited("a structure tree", _structure, STRUCTURE),
    edited("private data", _private, STRUCTURE),
    edited("a thumbnail", _thumbnail, STRUCTURE),
    edited("an alternate image", _alternate, STRUCTURE),
    edited("a key of its own", _own_key, STRUCTURE),
    edited("a layer", _layer, STRUCTURE),
    edited("the name of a font", _name, BYTES),
    edited("a comment in a character map", _character_map, BYTES),
)


def _revision(output: bytes) -> bytes:
    """An update with one object more."""
    with opened(output) as pdf:
        number = len(pdf.objects) + 1
    return updated(output, number, b"%d 0 obj\n(%b)\nendobj\n" % (number, _S))


def _inserted(marker: bytes, what: bytes, output: bytes) -> bytes:
    """Bytes before the first marker, at no cost to the table of objects: it lies behind them."""
    head, found, rest = output.partition(marker)
    assert found
    return head + what + found + rest


def _orphan(output: bytes) -> bytes:
    """An object that nothing leads to, in the table like any other."""
    data = resaved(output, _into_the_trailer)
    start = data.index(b"/Orphan")
    end = data.index(b" R", start) + 2
    return data[:start] + b" " * (end - start) + data[end:]


def _into_the_trailer(pdf: pikepdf.Pdf) -> None:
    pdf.trailer["/Orphan"] = pdf.make_indirect(Dictionary(A=SECRET))


DRAWING = tuple(edited(name, plant, BESIDE) for name, plant in TALKING.items())

FILE = (
    Mutant("a second revision", _revision, STRUCTURE),
    Mutant("an orphan", _orphan, STRUCTURE),
    Mutant("bytes after the end", lambda output: output + _S, STRUCTURE),
    Mutant("bytes before the start", lambda output: b"%" + _S + b"\n" + output, STRUCTURE),
    Mutant("a comment between objects", partial(_inserted, b"1 0 obj", b"%" + _S + b"\n"), BYTES),
    Mutant(
        "foreign bytes between objects", partial(_inserted, b"1 0 obj", b"%harmless\n"), STRUCTURE
    ),
)
