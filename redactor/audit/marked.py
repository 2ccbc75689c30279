"""Text that stands for content: ActualText, Alt, E, in marked content and in the structure tree.

ActualText is what is copied instead of the glyphs: a leak where it says more than they do. Alt
and E describe pictures and abbreviations, and are expected to: a notice.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pikepdf

from redactor.audit.leak import Kind, Leak, Level
from redactor.audit.shown import Shown
from redactor.pdf.form_fields import text_of
from redactor.pdf.hidden import values_of

_KINDS = {"/ActualText": Kind.ACTUAL_TEXT, "/Alt": Kind.ALTERNATE_TEXT, "/E": Kind.ALTERNATE_TEXT}


def replacement_texts(pdf: pikepdf.Pdf, shown: Shown) -> Iterator[Leak]:
    """A leak for each text that has words which no page shows."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    seen: set[tuple[Kind, int, str]] = set()
    for number, holder in (*_in_content(pdf), *_in_structure(pdf, pages)):
        for key, kind in _KINDS.items():
            text = text_of(holder.get(key))
            if text and (kind, number, text) not in seen and shown.lacks(text):
                seen.add((kind, number, text))
                is_leak = kind is Kind.ACTUAL_TEXT and shown.is_legible(number)
                yield Leak(kind, number, text=text, level=Level.LEAK if is_leak else Level.NOTICE)


def _in_structure(
    pdf: pikepdf.Pdf, pages: dict[tuple[int, int], int]
) -> Iterator[tuple[int, pikepdf.Object]]:
    """The elements of the structure tree, with their page (0 where they name none)."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and "/S" in obj and any(k in obj for k in _KINDS):
            page = obj.get("/Pg")
            yield pages.get(page.objgen, 0) if isinstance(page, pikepdf.Dictionary) else 0, obj


def _in_content(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    """The property lists of marked content on the pages and in the forms that they draw."""
    for number, page in enumerate(pdf.pages, start=1):
        resources = page.obj.get("/Resources")
        forms = [x for _, x in values_of(resources, "/XObject") if x.get("/Subtype") == "/Form"]
        holders: tuple[pikepdf.Page | pikepdf.Object, ...] = (page, *forms)
        for holder in holders:
            if any(key.encode() in data for data in _data(holder) for key in _KINDS):
                yield from ((number, found) for found in _properties(holder))
        for owner in (resources, *(form.get("/Resources") for form in forms)):
            yield from ((number, found) for _, found in values_of(owner, "/Properties"))


def decoded(stream: pikepdf.Object) -> bytes:
    """A stream's data; none where it cannot be decoded."""
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return b""


def instructions(
    holder: pikepdf.Page | pikepdf.Object, operators: str
) -> list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
    """Those of some operators; of a damaged stream none, and no warning that could quote it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return list(pikepdf.parse_content_stream(holder, operators))
        except (pikepdf.PdfError, RuntimeError):
            return []


def _data(holder: pikepdf.Page | pikepdf.Object) -> Iterator[bytes]:
    raw = holder.obj.get("/Contents") if isinstance(holder, pikepdf.Page) else holder
    for part in list(raw) if isinstance(raw, pikepdf.Array) else [raw]:
        if isinstance(part, pikepdf.Stream):
            yield decoded(part)


def _properties(holder: pikepdf.Page | pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The property lists that are written in the content itself."""
    for instruction in instructions(holder, "BDC DP"):
        last = instruction.operands[-1] if len(instruction.operands) else None
        if isinstance(last, pikepdf.Dictionary):
            yield last
