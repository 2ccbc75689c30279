"""Rebuilds a document from an allowlist: pages, what they draw, and nothing else.

Kept: each page's boxes, rotation, content and the resources it draws with. Gone: everything else
a PDF can carry, because what is not listed here is not copied - document information, XMP,
bookmarks, named destinations, page labels, structure tree, attachments, forms, annotations,
layers, thumbnails, private data, marked-content properties such as ActualText.

This does not look for text in what is kept: that is burn's work, and verify's to check.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence

import pikepdf

from redactor.findings import Redaction
from redactor.geometry import PageFrame
from redactor.pdf import overlay

_PAGE_KEYS = frozenset(
    ["/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"]
)
_RESOURCE_KEYS = frozenset(
    ["/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"]
)
_STREAM_KEYS = frozenset(
    # what any stream needs, then images (table 87), form XObjects (table 93)
    [
        "/Length",
        "/Filter",
        "/DecodeParms",
        "/Type",
        "/Subtype",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BitsPerComponent",
        "/Intent",
        "/ImageMask",
        "/Mask",
        "/Decode",
        "/Interpolate",
        "/SMask",
        "/SMaskInData",
        "/Matte",
        "/FormType",
        "/BBox",
        "/Matrix",
        "/Resources",
        "/Group",
    ]
)
# Never needed to draw, in whatever dictionary they hide.
_PRIVATE_KEYS = frozenset(
    [
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/StructParent",
        "/StructParents",
        "/AF",
        "/OC",
        "/OPI",
        "/Alternates",
        "/Measure",
        "/PtData",
        "/Ref",
        "/Thumb",
        "/AA",
        "/A",
        "/Annots",
        "/ID",
        "/Name",
    ]
)
_MARKED = frozenset({"BDC", "DP"})


def sanitize(
    data: bytes, frames: Sequence[PageFrame], redactions: Sequence[Redaction]
) -> tuple[bytes, tuple[tuple[str, int], ...]]:
    """The document from its allowlist with the boxes painted, and counts of what was left out.

    The same input gives the same bytes.
    """
    counts: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(data)) as old, pikepdf.new() as new:
        counts.update(f"catalog{key}" for key in old.Root if key not in ("/Type", "/Pages"))
        counts.update(f"info{key}" for key in (old.trailer.get("/Info") or {}))
        for page in old.pages:
            _keep_only(page.obj, _PAGE_KEYS | {"/Parent"}, "page", counts)
            new.pages.append(page)
        _clean_objects(new, counts)
        for number, (page, frame) in enumerate(zip(new.pages, frames, strict=True), start=1):
            boxes = [r for r in redactions if r.page == number]
            if boxes:
                overlay.paint(new, page, frame, boxes)
        out = io.BytesIO()
        new.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            min_version=old.pdf_version,
        )
    return out.getvalue(), tuple(sorted(counts.items()))


def _keep_only(
    obj: pikepdf.Object, allowed: frozenset[str], where: str, counts: Counter[str]
) -> None:
    for key in [key for key in obj.keys() if key not in allowed]:  # noqa: SIM118 - not a dict
        counts[f"{where}{key}"] += 1
        del obj[key]


def _clean_objects(pdf: pikepdf.Pdf, counts: Counter[str]) -> None:
    """Every dictionary and stream that the pages reach, each once."""
    for page in pdf.pages:
        if isinstance(page.obj.get("/Resources"), pikepdf.Dictionary):
            _keep_only(page.obj["/Resources"], _RESOURCE_KEYS, "resources", counts)
        _strip_properties(pdf, page, counts)
    for obj in pdf.objects:
        _clean(pdf, obj, counts)


def _clean(pdf: pikepdf.Pdf, obj: pikepdf.Object, counts: Counter[str]) -> None:
    if isinstance(obj, pikepdf.Stream):
        if obj.get("/Subtype") in ("/Image", "/Form"):
            _keep_only(obj, _STREAM_KEYS, "stream", counts)
        if obj.get("/Subtype") == "/Form":
            _strip_properties(pdf, obj, counts)
    for dictionary in _dictionaries(obj):
        private = _PRIVATE_KEYS - ({"/A"} if "/S" in dictionary else frozenset())
        for key in [key for key in dictionary.keys() if key in private]:  # noqa: SIM118
            counts[f"object{key}"] += 1
            del dictionary[key]
        if isinstance(resources := dictionary.get("/Resources"), pikepdf.Dictionary):
            _keep_only(resources, _RESOURCE_KEYS, "resources", counts)


def _dictionaries(obj: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """The object and the dictionaries written directly inside it."""
    if depth > 20:
        return
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        yield obj
        children = [obj[key] for key in obj.keys() if key != "/Parent"]  # noqa: SIM118
    elif isinstance(obj, pikepdf.Array):
        children = list(obj)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _strip_properties(
    pdf: pikepdf.Pdf, holder: pikepdf.Page | pikepdf.Object, counts: Counter[str]
) -> None:
    """Marked content keeps its tags but not their property lists (ActualText, Alt, MCID)."""
    raw = holder.obj.get("/Contents") if isinstance(holder, pikepdf.Page) else holder
    if raw is None or not any(b"BDC" in part or b"DP" in part for part in _stream_bytes(raw)):
        return
    instructions: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in _MARKED:
            counts["marked_content_properties"] += 1
            bare = pikepdf.Operator("BMC" if operator == "BDC" else "MP")
            instructions.append(pikepdf.ContentStreamInstruction([instruction.operands[0]], bare))
        else:
            instructions.append(instruction)
    content = pikepdf.unparse_content_stream(instructions)
    if isinstance(holder, pikepdf.Page):
        holder.obj["/Contents"] = pdf.make_stream(content)
    else:
        holder.write(content)


def _stream_bytes(obj: pikepdf.Object) -> Iterator[bytes]:
    parts = list(obj) if isinstance(obj, pikepdf.Array) else [obj]
    for part in parts:
        if isinstance(part, pikepdf.Stream):
            yield part.read_bytes()
