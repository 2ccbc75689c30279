"""The one form field that a published file may have: an invisible signature over all of it.

What the field, its form and the signature may hold is listed here by value, so that no word of the
document has a place in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

_FORM = frozenset({"/Fields", "/SigFlags"})
_FIELD = {
    "/Type": "/Annot",
    "/Subtype": "/Widget",
    "/FT": "/Sig",
    "/T": "Signature1",
    "/F": 132,
    "/Rect": [0, 0, 0, 0],
}
_SIGNATURE = {
    "/Type": "/Sig",
    "/Filter": "/Adobe.PPKLite",
    "/SubFilter": "/ETSI.CAdES.detached",
}
_TIME = re.compile(r"D:[0-9]{14}Z")
Name = tuple[int, int]


def take_field(pdf: pikepdf.Pdf, output: bytes) -> tuple[list[str], frozenset[Name]]:
    """What is wrong with the signature of an open file, and the objects that are of it.

    The file is left without form and field: what else it has is checked as in any other.
    """
    problems: list[str] = []
    form, page = pdf.Root.get("/AcroForm", pikepdf.Dictionary()), pdf.pages[0].obj
    field, widget = _last(form.get("/Fields"), only=True), _last(page.get("/Annots"))
    if field is None or widget is None or field.objgen != widget.objgen or form.is_indirect:
        return ["no single signature field"], frozenset()
    signature = field.get("/V")
    if set(form.keys()) != _FORM or form.get("/SigFlags") != 3:
        problems.append("a form that is more than a signature")
    if not _is_field(field, page):
        problems.append("a signature field with more than it needs")
    if not _is_signature(signature, output):
        problems.append("a signature that is more than one of the whole file")
    del pdf.Root["/AcroForm"]
    del page["/Annots"][-1]  # links that are kept come before it
    if not len(page["/Annots"]):
        del page["/Annots"]
    return problems, frozenset(_indirect(field, signature))


def _last(array: pikepdf.Object | None, only: bool = False) -> pikepdf.Object | None:
    """The dictionary, an object of its own, that an array ends with, and `only` has."""
    if not isinstance(array, pikepdf.Array) or array.is_indirect or not len(array):
        return None
    last = array[-1]
    if not isinstance(last, pikepdf.Dictionary) or not last.is_indirect:
        return None
    return None if only and len(array) > 1 else last


def _is_field(field: pikepdf.Object, page: pikepdf.Object) -> bool:
    return (
        set(field.keys()) == {*_FIELD, "/P", "/V"}
        and all(_is(field[key], value) for key, value in _FIELD.items())
        and field["/P"].objgen == page.objgen
    )


def _is_signature(signature: pikepdf.Object | None, output: bytes) -> bool:
    """Whether it says just what it must, and its range leaves out its own digits alone."""
    if not isinstance(signature, pikepdf.Dictionary):
        return False
    if set(signature.keys()) != {*_SIGNATURE, "/M", "/ByteRange", "/Contents"}:
        return False
    if not all(_is(signature[key], value) for key, value in _SIGNATURE.items()):
        return False
    contents = bytes(signature["/Contents"])
    digits = b"<" + contents.hex().encode("ascii") + b">"
    start = output.find(digits)
    end = start + len(digits)
    return (
        bool(_TIME.fullmatch(str(signature["/M"])))
        and _is_padded(contents)
        and _is(signature["/ByteRange"], [0, start, end, len(output) - end])
    )


def _is_padded(contents: bytes) -> bool:
    """Whether it is one DER sequence and then zeros (X.690, 8.1.3): nothing can hide behind it."""
    if contents[:2] != b"\x30\x82":  # a length of two bytes: no signature is shorter or longer
        return False
    end = 4 + int.from_bytes(contents[2:4], "big")
    return end <= len(contents) and not any(contents[end:])


def _is(found: object, wanted: object) -> bool:
    """Whether it is a direct object of that value; a string is one, and not a name."""
    if isinstance(found, pikepdf.Object) and found.is_indirect:
        return False
    if isinstance(wanted, list):
        return isinstance(found, pikepdf.Array) and [*map(int, found)] == wanted
    if isinstance(wanted, str):
        kind = pikepdf.Name if wanted.startswith("/") else pikepdf.String
        return isinstance(found, kind) and str(found) == wanted
    return bool(found == wanted)


def _indirect(*objects: pikepdf.Object | None) -> Iterator[Name]:
    for each in objects:
        if isinstance(each, pikepdf.Object) and each.is_indirect:
            yield each.objgen
