"""Cleans the objects that the pages of a document reach: only what draws stays in them.

Keys and strings go by one list (`drawing.py`), property lists of marked content go, character maps
are written anew, and what pictures, profiles and programs say in their own formats goes, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set

import pikepdf

from redactor.pdf.clean_data import clean_data, clean_profile
from redactor.pdf.cmaps import rewritten
from redactor.pdf.drawing import (
    DRAWING_KEYS,
    NAME_MAPS,
    RESOURCE_KEYS,
    drop_strings,
    keep_only,
)

_DEEPEST = 20  # objects written inside one another
_PREDEFINED = ("/Identity-H", "/Identity-V")  # CMaps that go by a name alone
_MARKED = frozenset({"BDC", "DP"})


def clean_objects(pdf: pikepdf.Pdf, counts: Counter[str]) -> None:
    """Every dictionary and stream that the pages reach, each once."""
    for page in pdf.pages:
        if isinstance(page.obj.get("/Resources"), pikepdf.Dictionary):
            keep_only(page.obj["/Resources"], RESOURCE_KEYS, "resources", counts)
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
        for key in NAME_MAPS:
            value = dictionary.get(key)
            if isinstance(value, pikepdf.Object) and value.is_indirect and _is_map(value):
                yield value


def _is_map(value: pikepdf.Object) -> bool:
    """Whether a value where a name map belongs is one: a font named /Font is none, nor is the
    shading of a pattern."""
    return isinstance(value, pikepdf.Dictionary) and not any(
        isinstance(value.get(key), kind)
        for key, kind in (
            ("/Type", pikepdf.Name),
            ("/Subtype", pikepdf.Name),
            ("/ShadingType", int),
        )
    )


def _clean(
    pdf: pikepdf.Pdf, obj: pikepdf.Object, maps: Set[tuple[int, int]], counts: Counter[str]
) -> None:
    if isinstance(obj, pikepdf.Stream):
        if obj.get("/Subtype") == "/Form" or obj.get("/PatternType") == 1:
            _strip_properties(pdf, obj, counts)
        clean_data(pdf, obj, counts)
    for holder in _holders(obj, is_map=obj.objgen in maps):
        drop_strings(holder, counts)
        if isinstance(holder, pikepdf.Array):
            clean_profile(holder, counts)
            continue
        for glyph in _drawings(holder):
            _strip_properties(pdf, glyph, counts)
        keep_only(holder, DRAWING_KEYS, "object", counts)
        if isinstance(resources := holder.get("/Resources"), pikepdf.Dictionary):
            keep_only(resources, RESOURCE_KEYS, "resources", counts)


def _drawings(font: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The content streams that draw the glyphs of a Type 3 font."""
    glyphs = font.get("/CharProcs")
    if isinstance(glyphs, pikepdf.Dictionary):
        yield from (drawing for _, drawing in glyphs.items() if isinstance(drawing, pikepdf.Stream))


def _dictionaries(obj: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object and the dictionaries written directly inside it, but for name maps."""
    return (holder for holder in _holders(obj) if not isinstance(holder, pikepdf.Array))


def _holders(
    obj: pikepdf.Object, depth: int = 0, *, is_map: bool = False
) -> Iterator[pikepdf.Object]:
    """The object with the dictionaries and arrays written directly inside it, but for name maps."""
    if depth > _DEEPEST:
        return
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) and not is_map:
        yield obj
    for key, child in _children(obj):
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            holds_names = not is_map and key in NAME_MAPS and _is_map(child)
            yield from _holders(child, depth + 1, is_map=holds_names)


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
