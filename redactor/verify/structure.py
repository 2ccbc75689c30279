"""The file around the pages: one revision, nothing beside it, only keys that drawing needs.

The lists here are not those of sanitizing: a checker that shares them would share their faults.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf

from redactor.geometry import PageFrame
from redactor.report import Check
from redactor.verify.guides import Guides
from redactor.verify.signature_field import take_field
from redactor.verify.subject import Outcome, Subject

_ENGINE = "QPDF"
_ALIKE = 0.05  # points by which a page's box may differ from the planned one, from rounding
_ROOT = frozenset({"/Type", "/Pages"})
_TREE = frozenset({"/Type", "/Kids", "/Count", "/Parent"})
_TRAILER = frozenset(
    {"/Root", "/Size", "/ID", "/Length", "/Filter", "/DecodeParms", "/W", "/Index"}
)
_PRINTERS = ("/BleedBox", "/TrimBox", "/ArtBox")
_PAGE = frozenset(
    [
        "/Type",
        "/Parent",
        "/MediaBox",
        "/CropBox",
        *_PRINTERS,
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
    ]
)
_RESOURCES = frozenset(
    ["/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"]
)
# What tells of the document rather than draws it (ISO 32000-2): wherever it stands.
_TELLING = frozenset(
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
        "/Annots",
        "/JS",
        "/OpenAction",
        "/EF",
        "/ActualText",
        "/Alt",
        "/OCGs",
        "/OCProperties",
        "/StructTreeRoot",
        "/Names",
        "/Outlines",
        "/AcroForm",
        "/EmbeddedFiles",
    ]
)
_NAME_MAPS = (_RESOURCES - {"/ProcSet"}) | {"/CharProcs", "/Colorants"}  # keys that files choose
_DEEPEST = 20
_MARKED = re.compile(rb"(?:^|[\s>\])])(?:BDC|DP)(?:$|[\s(<\[/])")


def check_structure(subject: Subject) -> Outcome:
    """One revision as QPDF writes it, pages as planned, and only keys that drawing needs.

    Where the file is to be signed there is the signature with its field, and nothing more.
    """
    problems = list(_ends(subject.output))
    with pikepdf.open(io.BytesIO(subject.output)) as pdf:
        problems += _leftovers(pdf, subject.output)
        known: frozenset[tuple[int, int]] = frozenset()
        if subject.signature:
            wrong, known = take_field(pdf, subject.output)
            problems += wrong
        guides = Guides(pdf, subject.kept, subject.frames)
        problems += _holders(pdf, guides)
        problems += _pages(pdf, subject.frames, guides)
        problems += guides.problems({n: subject.boxes(n) for n in subject.boxed})
        problems += _objects(pdf, guides, known)
    detail = "; ".join(problems) or "nothing found"
    return Outcome(Check("structure", _ENGINE, not problems, detail))


def _ends(output: bytes) -> Iterator[str]:
    if output.count(b"startxref") != 1:
        yield "more than one revision"
    if not output.startswith(b"%PDF-"):
        yield "data before the start"
    if not output.endswith((b"%%EOF\n", b"%%EOF")):
        yield "data after the end"


def _holders(pdf: pikepdf.Pdf, guides: Guides) -> Iterator[str]:
    """The trailer, the catalog and the page tree."""
    yield from (f"catalog key {key}" for key in _beyond(pdf.Root, _ROOT | guides.keys_of(pdf.Root)))
    titled = _TRAILER | {"/Info"} if guides.allows_title else _TRAILER
    for key in _beyond(pdf.trailer, titled):
        yield "document information" if key == "/Info" else f"trailer key {key}"
    yield from (f"page tree key {key}" for key in _beyond(pdf.Root.Pages, _TREE))


def _pages(pdf: pikepdf.Pdf, frames: Sequence[PageFrame], guides: Guides) -> Iterator[str]:
    if len(pdf.pages) != len(frames):
        yield f"{len(pdf.pages)} pages for {len(frames)}"
    for number, (page, frame) in enumerate(zip(pdf.pages, frames, strict=False), start=1):
        for key in _beyond(page.obj, _PAGE | guides.keys_of(page.obj)):
            yield f"page {number}: {'annotations' if key == '/Annots' else f'key {key}'}"
        if not _is_framed(page, frame):
            yield f"page {number} is not displayed as planned"
        if any(not _is_rectangle(page.obj[key]) for key in _PRINTERS if key in page.obj):
            yield f"page {number}: a box that is no rectangle"
        if _is_marked(page.obj.get("/Contents")):
            yield f"page {number}: marked-content properties"


def _beyond(holder: pikepdf.Object, allowed: frozenset[str]) -> list[str]:
    """The keys that are not allowed; a key that no standard knows may be text, and is not told."""
    extra = sorted(set(holder.keys()) - allowed)
    return [key if key in _TELLING or key in _KNOWN else "of its own" for key in extra]


_KNOWN = frozenset(
    [
        "/Info",
        "/Lang",
        "/Dests",
        "/PageLabels",
        "/PageMode",
        "/PageLayout",
        "/ViewerPreferences",
        "/MarkInfo",
        "/Prev",
        "/Encrypt",
        "/XRefStm",
        "/URI",
        "/Version",
        "/Extensions",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Tabs",
        "/Perms",
    ]
)


def _is_framed(page: pikepdf.Page, frame: PageFrame) -> bool:
    """Whether the page shows the part of user space that was planned, turned as planned."""
    crop = page.obj.get("/CropBox", page.obj.get("/MediaBox"))
    rotation = int(page.obj.get("/Rotate", 0)) % 360
    unit = float(page.obj.get("/UserUnit", 1))
    off = [abs(float(a) - b) for a, b in zip(list(crop or ()), frame.crop.as_tuple(), strict=True)]
    return max(off) <= _ALIKE and rotation == frame.rotation and abs(unit - frame.user_unit) < 1e-6


def _is_rectangle(value: pikepdf.Object) -> bool:
    parts = list(value) if isinstance(value, pikepdf.Array) else []
    return len(parts) == 4 and not any(isinstance(part, pikepdf.Object) for part in parts)


def _objects(pdf: pikepdf.Pdf, guides: Guides, known: frozenset[tuple[int, int]]) -> list[str]:
    """What is wrong with the objects of the file but those known by name, each thing once."""
    objects = [
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Object) and obj.objgen not in known  # others: numbers
    ]
    maps = {found.objgen for obj in objects for found in _indirect_maps(obj)}
    return sorted(
        {
            problem
            for obj in objects
            for problem in _object(obj, obj.objgen in maps, guides.keys_of(obj))
        }
    )


def _object(obj: pikepdf.Object, is_map: bool, allowed: frozenset[str]) -> Iterator[str]:
    """What is wrong with one object, which may hold `allowed`, and with what is inside it."""
    for holder in _dictionaries(obj, is_map=is_map):
        if (kind := holder.get("/Type")) in ("/Annot", "/Action", "/Filespec", "/EmbeddedFile"):
            yield f"an object of type {kind}"
        telling = _TELLING.intersection(holder.keys())
        yield from (f"key {key}" for key in (telling - allowed if holder is obj else telling))
        resources = holder.get("/Resources")
        if isinstance(resources, pikepdf.Dictionary):
            yield from (f"resources key {key}" for key in _beyond(resources, _RESOURCES))
    if isinstance(obj, pikepdf.Stream) and _draws(obj) and _is_marked(obj):
        yield "marked-content properties in a form"


def _draws(stream: pikepdf.Stream) -> bool:
    return bool(stream.get("/Subtype") == "/Form" or "/PatternType" in stream)


def _dictionaries(
    obj: pikepdf.Object, depth: int = 0, *, is_map: bool = False
) -> Iterator[pikepdf.Object]:
    """The object and the dictionaries written directly inside it, but for maps of names."""
    if depth > _DEEPEST:
        return
    is_holder = isinstance(obj, pikepdf.Dictionary | pikepdf.Stream)
    if is_holder and not is_map:
        yield obj
    if is_holder:
        children = [(key, child) for key, child in obj.items() if key != "/Parent"]
    else:
        children = [("", child) for child in obj] if isinstance(obj, pikepdf.Array) else []
    for key, child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            holds_names = not is_map and key in _NAME_MAPS and _is_map(child)
            yield from _dictionaries(child, depth + 1, is_map=holds_names)


def _indirect_maps(obj: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for holder in _dictionaries(obj):
        for key in _NAME_MAPS:
            value = holder.get(key)
            if isinstance(value, pikepdf.Object) and value.is_indirect and _is_map(value):
                yield value


def _is_map(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and not {"/Type", "/Subtype"} & set(value.keys())


def _is_marked(contents: pikepdf.Object | None) -> bool:
    """Whether content says more of what it marks than a tag: a look at its bytes, then at it."""
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
    return any(
        _MARKED.search(stream.read_bytes())
        and any(str(i.operator) in ("BDC", "DP") for i in pikepdf.parse_content_stream(stream))
        for stream in streams
    )


def _leftovers(pdf: pikepdf.Pdf, output: bytes) -> Iterator[str]:
    """Whether QPDF, writing what the trailer leads to, writes as many objects and bytes.

    It leaves out orphans, comments, and what stands between or inside the objects unread.
    """
    again = io.BytesIO()
    pdf.save(
        again,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )
    with pikepdf.open(again) as fresh:
        if len(fresh.objects) != len(pdf.objects) or len(again.getvalue()) != len(output):
            yield "bytes that no page leads to"
