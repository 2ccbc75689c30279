"""Rebuilds a document from an allowlist: pages, what they draw, and nothing else.

Kept: each page's boxes, rotation, content and the resources it draws with. Gone: everything else
a PDF can carry, because what is not listed here is not copied - document information, XMP,
bookmarks, named destinations, page labels, structure tree, attachments, forms, annotations,
layers, thumbnails, private data, marked-content properties such as ActualText. What is to lead
around the output is not kept either, but written anew (`write_navigation.py`).

This does not look for text in what is kept: that is burn's work, and verify's to check.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

import pikepdf

from redactor.findings import Redaction
from redactor.geometry import Box, PageFrame
from redactor.navigation import NO_NAVIGATION, Navigation
from redactor.pdf import overlay
from redactor.pdf.cmaps import rewritten
from redactor.pdf.hidden import drop_hidden
from redactor.pdf.page_boxes import PRINTERS, array, put_into, rectangle
from redactor.pdf.ringing import even_images
from redactor.pdf.write_navigation import write_navigation

_PAGE_KEYS = frozenset(
    [
        "/Type",
        "/MediaBox",
        "/CropBox",
        *PRINTERS,
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
    ]
)
_RESOURCE_KEYS = frozenset(
    ["/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"]
)
_STREAM_KEYS = frozenset(
    # what any stream needs, images (table 87), form XObjects (table 93), tiling patterns (table 74)
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
        "/PatternType",
        "/PaintType",
        "/TilingType",
        "/XStep",
        "/YStep",
        "/BBox",
        "/Matrix",
        "/Resources",
        "/Group",
    ]
)
_FONT_KEYS = frozenset(  # of fonts of all kinds (tables 109, 110, 115 and 119)
    f"/{key.decode()}"
    for key in b"Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode"
    b" DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs"
    b" Resources".split()
)
_DESCRIPTOR_KEYS = frozenset(  # tables 120 and 122, but for the names of families and languages
    f"/{key.decode()}"
    for key in b"Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent"
    b" Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2"
    b" FontFile3 CharSet Style FD CIDSet".split()
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
        "/FontFamily",
        "/CharSet",
    ]
)
# Dictionaries whose keys are names that the document gave: a font /A, a glyph /ID.
_NAME_MAPS = (_RESOURCE_KEYS - {"/ProcSet"}) | {"/CharProcs", "/Colorants"}
_PREDEFINED = ("/Identity-H", "/Identity-V")  # CMaps that go by a name alone
_MARKED = frozenset({"BDC", "DP"})
_VERSION = re.compile(r"1\.[0-7]|2\.0")
# Counted by name. Any other key may be text of the document, and counts as "other".
_NAMED = _PRIVATE_KEYS | frozenset(
    # the catalog (table 29), pages (table 31), document information (table 349)
    [
        "/Version",
        "/Extensions",
        "/PageLabels",
        "/Names",
        "/Dests",
        "/ViewerPreferences",
        "/PageLayout",
        "/PageMode",
        "/Outlines",
        "/Threads",
        "/OpenAction",
        "/URI",
        "/AcroForm",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "/SpiderInfo",
        "/OutputIntents",
        "/OCProperties",
        "/Perms",
        "/Legal",
        "/Requirements",
        "/Collection",
        "/NeedsRendering",
        "/DSS",
        "/DPartRoot",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/BoxColorInfo",
        "/B",
        "/Dur",
        "/Trans",
        "/SeparationInfo",
        "/Tabs",
        "/TemplateInstantiated",
        "/PresSteps",
        "/VP",
        "/DPart",
        "/Properties",
        "/Title",
        "/Author",
        "/Subject",
        "/Keywords",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/Trapped",
    ]
)


def sanitize(
    data: bytes,
    frames: Sequence[PageFrame],
    redactions: Sequence[Redaction],
    rebuilt: Mapping[int, Mapping[str, Box]] = MappingProxyType({}),
    navigation: Navigation = NO_NAVIGATION,
) -> tuple[bytes, tuple[tuple[str, int], ...]]:
    """The document from its allowlist with the boxes painted, and counts of what was left out.

    `rebuilt` are the pages whose content is in display space, with the boxes that they had in user
    space: they are put back into them. The same input gives the same bytes.
    """
    counts: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(data)) as old, pikepdf.new() as new:
        if n_hidden := drop_hidden(old):  # intake did it; what it missed must not come to light
            counts["hidden_layers"] += n_hidden
        counts.update(_left_out(old, navigation))
        for page in old.pages:
            _keep_only(page.obj, _PAGE_KEYS | {"/Parent"}, "page", counts)
            _check_boxes(page.obj, counts)
            new.pages.append(page)
        if navigation.links:
            del counts["page/Annots"]  # each link that is not among them has been counted
        _clean_objects(new, counts)
        for number, (page, frame) in enumerate(zip(new.pages, frames, strict=True), start=1):
            if number in rebuilt:
                put_into(page, frame, rebuilt[number])
            boxes = [r for r in redactions if r.page == number]
            if boxes:
                if number not in rebuilt:
                    n_evened = even_images(page, frame, [r.box for r in boxes])
                    counts.update({"image/ringing": n_evened} if n_evened else {})
                overlay.paint(new, page, frame, boxes)
        write_navigation(new, navigation, frames)
        out = io.BytesIO()
        new.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            min_version=_version(old),
        )
    return out.getvalue(), tuple(sorted(counts.items()))


def _left_out(old: pikepdf.Pdf, navigation: Navigation) -> Iterator[str]:
    """What the catalog and the document information have that is not written anew."""
    kept = {"/Type", "/Pages", *(["/Outlines"] if navigation.bookmarks else [])}
    kept |= {"/PageLabels"} if navigation.labels else set()
    for key, value in old.Root.items():
        if key not in kept and not _is(value, key == "/Lang" and navigation.language):
            yield _counted("catalog", key)
    info = old.trailer.get("/Info")
    for key, value in info.items() if isinstance(info, pikepdf.Dictionary) else ():
        if not _is(value, key == "/Title" and navigation.title):
            yield _counted("info", key)


def _is(value: pikepdf.Object, text: str | bool) -> bool:
    return isinstance(value, pikepdf.String) and bool(text) and str(value) == text


def _check_boxes(page: pikepdf.Object, counts: Counter[str]) -> None:
    """Of the boxes that nothing is drawn by, rectangles alone are kept, as plain numbers."""
    for key in PRINTERS:
        if key in page:
            if box := rectangle(page[key]):
                page[key] = array(box)
            else:
                counts[_counted("page", key)] += 1
                del page[key]


def _version(pdf: pikepdf.Pdf) -> str:
    """The PDF version in the header, or the later one in the catalog (7.5.2)."""
    stated = str(pdf.Root.get("/Version", "")).removeprefix("/")
    return max(pdf.pdf_version, stated) if _VERSION.fullmatch(stated) else str(pdf.pdf_version)


def _counted(where: str, key: str) -> str:
    """What a removed key is counted as in the report."""
    return f"{where}{key}" if key in _NAMED else f"{where}/other"


def _keep_only(
    obj: pikepdf.Object, allowed: frozenset[str], where: str, counts: Counter[str]
) -> None:
    for key in [key for key in obj.keys() if key not in allowed]:  # noqa: SIM118 - not a dict
        counts[_counted(where, key)] += 1
        del obj[key]


def _clean_objects(pdf: pikepdf.Pdf, counts: Counter[str]) -> None:
    """Every dictionary and stream that the pages reach, each once."""
    for page in pdf.pages:
        if isinstance(page.obj.get("/Resources"), pikepdf.Dictionary):
            _keep_only(page.obj["/Resources"], _RESOURCE_KEYS, "resources", counts)
        _strip_properties(pdf, page, counts)
    objects = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Object)]  # others: numbers
    maps = {found.objgen for obj in objects for found in _name_maps(obj)}
    for obj in objects:
        _clean(pdf, obj, maps, counts)
    _rewrite_cmaps(pdf, objects, counts)


def _rewrite_cmaps(
    pdf: pikepdf.Pdf, objects: Sequence[pikepdf.Object], counts: Counter[str]
) -> None:
    """Of what fonts say their codes mean, the mappings alone are kept."""
    made: dict[tuple[int, int], pikepdf.Object | None] = {}
    for font in (d for obj in objects for d in _dictionaries(obj) if "/ToUnicode" in d):
        cmap = font["/ToUnicode"]
        if isinstance(cmap, pikepdf.Stream):
            if cmap.objgen not in made:
                plain = rewritten(cmap.read_bytes())
                made[cmap.objgen] = pdf.make_stream(plain) if plain else None
            if kept := made[cmap.objgen]:
                font["/ToUnicode"] = kept
                continue
        elif cmap in _PREDEFINED:
            continue
        counts["object/ToUnicode"] += 1
        del font["/ToUnicode"]


def _name_maps(obj: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The indirect dictionaries that an object uses as name maps."""
    for dictionary in _dictionaries(obj):
        for key in _NAME_MAPS:
            value = dictionary.get(key)
            if isinstance(value, pikepdf.Object) and value.is_indirect and _is_map(value):
                yield value


def _is_map(value: pikepdf.Object) -> bool:
    """Whether a value where a name map belongs is one: a font named /Font is none."""
    return isinstance(value, pikepdf.Dictionary) and not any(
        isinstance(value.get(key), pikepdf.Name) for key in ("/Type", "/Subtype")
    )


def _clean(
    pdf: pikepdf.Pdf, obj: pikepdf.Object, maps: Set[tuple[int, int]], counts: Counter[str]
) -> None:
    if isinstance(obj, pikepdf.Stream):
        is_drawing = obj.get("/Subtype") == "/Form" or obj.get("/PatternType") == 1
        if is_drawing or obj.get("/Subtype") == "/Image":
            _keep_only(obj, _STREAM_KEYS, "stream", counts)
        if is_drawing:
            _strip_properties(pdf, obj, counts)
    for dictionary in _dictionaries(obj, is_map=obj.objgen in maps):
        for glyph in _drawings(dictionary):
            _strip_properties(pdf, glyph, counts)
        if dictionary.get("/Type") in ("/Font", "/FontDescriptor"):
            is_font = dictionary["/Type"] == "/Font"
            _keep_only(dictionary, _FONT_KEYS if is_font else _DESCRIPTOR_KEYS, "font", counts)
        private = _PRIVATE_KEYS - ({"/A"} if "/S" in dictionary else frozenset())
        for key in [key for key in dictionary.keys() if key in private]:  # noqa: SIM118
            counts[_counted("object", key)] += 1
            del dictionary[key]
        if isinstance(resources := dictionary.get("/Resources"), pikepdf.Dictionary):
            _keep_only(resources, _RESOURCE_KEYS, "resources", counts)


def _drawings(font: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The content streams that draw the glyphs of a Type 3 font."""
    glyphs = font.get("/CharProcs")
    if isinstance(glyphs, pikepdf.Dictionary):
        yield from (drawing for _, drawing in glyphs.items() if isinstance(drawing, pikepdf.Stream))


def _dictionaries(
    obj: pikepdf.Object, depth: int = 0, *, is_map: bool = False
) -> Iterator[pikepdf.Object]:
    """The object and the dictionaries written directly inside it, but for name maps."""
    if depth > 20:
        return
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) and not is_map:
        yield obj
    for key, child in _children(obj):
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            holds_names = not is_map and key in _NAME_MAPS and _is_map(child)
            yield from _dictionaries(child, depth + 1, is_map=holds_names)


def _children(obj: pikepdf.Object) -> list[tuple[str, pikepdf.Object]]:
    """What a dictionary or an array holds, with the keys."""
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        return [(key, obj[key]) for key in obj.keys() if key != "/Parent"]  # noqa: SIM118
    return [("", child) for child in obj] if isinstance(obj, pikepdf.Array) else []


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
