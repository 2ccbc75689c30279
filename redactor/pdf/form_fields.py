"""The fields of a form (AcroForm, ISO 32000-2, 12.7): their names, tooltips and places.

They are read before fields are baked into the page, when only what they show is left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pikepdf

from redactor.geometry import Box, PageFrame
from redactor.words import FormField

_DEEPEST = 32  # ancestors of a field
_HIDDEN = 0b100010  # the annotation flags Hidden and NoView (12.5.3)


def form_fields(page: pikepdf.Page, frame: PageFrame) -> tuple[FormField, ...]:
    """The fields on a page that hold a text, a choice or a signature, boxes in page space.

    Buttons and ticks hold no value; what is not shown, or lies off the page, is left out.
    """
    notes = page.obj.get("/Annots")
    found = []
    for note in list(notes) if isinstance(notes, pikepdf.Array) else []:
        if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/Widget":
            box = box_on_page(note.get("/Rect"), frame)
            if box is not None and is_shown(note) and inherited(note, "/FT") != "/Btn":
                found.append(FormField(_name(note), text_of(inherited(note, "/TU")), box))
    return tuple(found)


def _lineage(note: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """A widget and the fields that it belongs to, upward."""
    node: pikepdf.Object | None = note
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            break
        yield node
        node = node.get("/Parent")


def inherited(note: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """An attribute of a widget, from the fields above it where it is not its own (12.7.4.1)."""
    return next((node[key] for node in _lineage(note) if key in node), None)


def _name(note: pikepdf.Object) -> str:
    """The fully qualified name (12.7.4.2): the partial ones joined by dots."""
    parts = [text_of(node.get("/T")) for node in _lineage(note)]
    return ".".join(part for part in reversed(parts) if part)


def text_of(value: object) -> str:
    """A PDF string as text; empty for anything else."""
    return str(value) if isinstance(value, pikepdf.String) else ""


def is_shown(note: pikepdf.Object) -> bool:
    """Whether an annotation has neither the flag Hidden nor NoView."""
    try:
        return not int(note.get("/F", 0)) & _HIDDEN
    except (TypeError, ValueError):
        return True


def box_on_page(value: pikepdf.Object | None, frame: PageFrame) -> Box | None:
    """A rectangle of user space in page space, its part on the page; None where there is none."""
    try:
        ax, ay, bx, by = (float(number) for number in list(value or ()))
    except (TypeError, ValueError):
        return None
    if not all(map(math.isfinite, (ax, ay, bx, by))):
        return None
    box = frame.to_page(Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return box.clipped(*frame.size)
