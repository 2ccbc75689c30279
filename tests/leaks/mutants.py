"""A clean output spoiled, and what the checks are called that must notice it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pikepdf
from pikepdf import Name

from tests.documents import HELVETICA
from tests.leaks.images import HIGH, WIDE
from tests.leaks.made import resource

Edit = Callable[[pikepdf.Pdf], None]

IMAGE_AT = b"80 0 0 24 125 70 cm"
STRUCTURE, DECIDED, OPAQUE = "structure", "boxes as decided", "boxes are opaque"
UNDER, OFF_PAGE = "no glyph under a box", "no glyph off the page"
KEPT, ADDED = "kept characters in place", "no characters added"
IMAGES, BLANK = "image samples under a box", "nothing shows under a box"
PAGES, BYTES = "no removed text on a page", "no removed text in any object"
BESIDE, OUTSIDE = "nothing said beside what is drawn", "same outside the boxes"


@dataclass(frozen=True)
class Mutant:
    """A spoiled output, and the check that must say so. `spoil` takes and gives a file's bytes.

    Pages that were built anew have no words but invisible ones, and no images but their own: some
    mutants can only be made `in_place`.
    """

    name: str
    spoil: Callable[[bytes], bytes]
    caught_by: str
    in_place: bool = False


def resaved(output: bytes, edit: Edit = lambda pdf: None) -> bytes:
    """The output with an edit, saved as sanitizing saves it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(output)) as pdf:
        edit(pdf)
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def edited(name: str, edit: Edit, caught_by: str, *, in_place: bool = False) -> Mutant:
    return Mutant(name, partial(resaved, edit=edit), caught_by, in_place)


def drawn(content: bytes) -> Edit:
    """More content on the first page, where /M is Helvetica."""

    def edit(pdf: pikepdf.Pdf) -> None:
        resource(pdf, "/Font", "/M", HELVETICA)
        pdf.pages[0].contents_add(b"\nq " + content + b" Q\n")

    return edit


def image_of(pdf: pikepdf.Pdf, samples: bytes, **keys: object) -> pikepdf.Stream:
    """An image as large as that of the ways with images."""
    return pdf.make_stream(
        samples,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=WIDE,
        Height=HIGH,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        **keys,
    )


def images_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """All images of a file."""
    streams = (obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream))
    return (stream for stream in streams if stream.get("/Subtype") == "/Image")
