"""Pages that are not redacted in place, since MuPDF could leave something behind or fail.

Measured on files that leak: optional content shows or hides text behind a reader's back; patterns
and Type 3 fonts draw text that is not text; Separation and DeviceN images cannot be blanked. Of an
image under a box MuPDF blanks the samples in the box: not those of a mask that gives it its shape,
nor what a clip hides of it beyond the box.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain

import pikepdf

from redactor.findings import Redaction
from redactor.geometry import Box
from redactor.pdf.images import draws_images, placed_images
from redactor.pdf.intake import Source

_DEEPEST = 8  # form XObjects in form XObjects
_CROPPED = 0.02  # share of an image that a clip or the page's edge hides


def risky_pages(source: Source, redactions: Sequence[Redaction]) -> dict[int, str]:
    """The pages with redactions that must be rebuilt from their pixels, and why."""
    found = {}
    with pikepdf.open(io.BytesIO(source.data)) as pdf:
        for number in sorted({redaction.page for redaction in redactions}):
            page, frame = pdf.pages[number - 1], source.frames[number - 1]
            boxes = [frame.to_user(r.box) for r in redactions if r.page == number]
            reason = next(chain(_risks(page.obj), _image_risks(page, frame.crop, boxes)), None)
            if reason:
                found[number] = reason
    return found


def _image_risks(page: pikepdf.Page, paper: Box, boxes: Sequence[Box]) -> Iterator[str]:
    """What is risky about the images that show under boxes (user space)."""
    if not draws_images(page):
        return
    try:
        for placed in placed_images(page, paper):
            shown = placed.shown
            if shown is None or not any(shown.overlaps(box) for box in boxes):
                continue
            if placed.image is not None and isinstance(placed.image.get("/Mask"), pikepdf.Stream):
                yield "masked image"
            if placed.hidden_share > _CROPPED:
                yield "cropped image"
    except (pikepdf.PdfError, ValueError, TypeError):
        yield "content that cannot be followed"


def _risks(holder: pikepdf.Object, depth: int = 0) -> Iterator[str]:
    """What in the resources of a page or form is risky."""
    resources = holder.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    if any(p.get("/Type") in ("/OCG", "/OCMD") for p in _values(resources, "/Properties")):
        yield "optional content"
    if any(p.get("/PatternType") == 1 for p in _values(resources, "/Pattern")):
        yield "tiling pattern"
    if any(f.get("/Subtype") == "/Type3" for f in _values(resources, "/Font")):
        yield "Type 3 font"
    if any(g.get("/SMask", "/None") != "/None" for g in _values(resources, "/ExtGState")):
        yield "soft mask"
    for child in _values(resources, "/XObject"):
        if "/OC" in child:
            yield "optional content"
        if child.get("/Subtype") == "/Image" and _is_separated(child.get("/ColorSpace")):
            yield "separated colors"
        if child.get("/Subtype") == "/Form":
            yield from _risks(child, depth + 1)


def _values(resources: pikepdf.Object, key: str) -> Iterator[pikepdf.Object]:
    """The dictionaries and streams of one kind of resource."""
    kind = resources.get(key)
    if isinstance(kind, pikepdf.Dictionary):
        for name in kind.keys():  # noqa: SIM118 - not a dict
            if isinstance(kind[name], pikepdf.Dictionary | pikepdf.Stream):
                yield kind[name]


def _is_separated(space: pikepdf.Object | None) -> bool:
    """Whether a color space is, or is indexed over, Separation or DeviceN."""
    if not isinstance(space, pikepdf.Array) or not len(space):
        return False
    if space[0] == "/Indexed" and len(space) > 1:
        return _is_separated(space[1])
    return bool(space[0] in ("/Separation", "/DeviceN"))
