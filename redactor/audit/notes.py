"""What annotations and form fields say: unapplied redactions, comments, values that do not show."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
import pymupdf

from redactor.audit.leak import Kind, Leak, Level
from redactor.audit.scene import Scene
from redactor.audit.shown import Shown
from redactor.geometry import Box, PageFrame
from redactor.pdf.form_fields import box_on_page, inherited, is_shown, text_of
from redactor.pdf.hidden import dictionaries

_SILENT = frozenset(["/Link", "/Widget", "/Popup", "/Redact"])


def unapplied_redactions(page: pymupdf.Page, scene: Scene) -> Iterator[Leak]:
    """Areas that were marked for redaction, and are all still there."""
    for note in scene.notes:
        if note.kind == "Redact" and (area := note.box.intersection(scene.paper)):
            text = " ".join(page.get_text(clip=pymupdf.Rect(*area.as_tuple())).split())
            kind = Kind.UNAPPLIED_REDACT_ANNOTATION
            yield Leak(kind, scene.number, scene.place(area), text)


def notes_and_values(
    page: pikepdf.Page, number: int, frame: PageFrame, shown: Shown
) -> Iterator[Leak]:
    """Attached files, comments that the page does not show, and values of fields that it lacks."""
    for note in dictionaries(page.obj.get("/Annots")):
        kind, box = note.get("/Subtype"), box_on_page(note.get("/Rect"), frame)
        if kind == "/FileAttachment":
            yield Leak(Kind.ATTACHMENT, number, box, _file_name(note))
        if kind == "/Widget":
            yield from _value(note, number, box, shown)
        elif kind not in _SILENT and shown.lacks(text := text_of(note.get("/Contents")), number):
            yield Leak(Kind.ANNOTATION_TEXT, number, box, text, Level.NOTICE)


def _value(note: pikepdf.Object, number: int, box: Box | None, shown: Shown) -> Iterator[Leak]:
    """A field's value that its page does not show: a leak, unless it is a hidden field."""
    if inherited(note, "/FT") not in ("/Tx", "/Ch"):
        return
    text = _displayed(note, text_of(inherited(note, "/V")))
    if shown.lacks(text, number):
        level = Level.LEAK if is_shown(note) else Level.NOTICE
        yield Leak(Kind.FORM_VALUE, number, box, text, level)


def _displayed(note: pikepdf.Object, value: str) -> str:
    """What a choice field shows for the value that it exports."""
    options = inherited(note, "/Opt")
    for option in list(options) if isinstance(options, pikepdf.Array) else []:
        if isinstance(option, pikepdf.Array) and len(option) == 2 and text_of(option[0]) == value:
            return text_of(option[1])
    return value


def _file_name(note: pikepdf.Object) -> str:
    file = note.get("/FS")
    if isinstance(file, pikepdf.Dictionary):
        return text_of(file.get("/UF")) or text_of(file.get("/F"))
    return text_of(file)
