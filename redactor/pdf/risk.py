"""Pages that are not redacted in place, since MuPDF could leave something behind or fail.

Measured on files that leak: optional content shows or hides text behind a reader's back; patterns
and Type 3 fonts draw text that is not text; Separation and DeviceN images cannot be blanked.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from redactor.pdf.intake import Source

_DEEPEST = 8  # form XObjects in form XObjects


def risky_pages(source: Source, numbers: frozenset[int]) -> dict[int, str]:
    """The pages among `numbers` that must be rebuilt from their pixels, and why."""
    found = {}
    with pikepdf.open(io.BytesIO(source.data)) as pdf:
        for number in sorted(numbers):
            reason = next(_risks(pdf.pages[number - 1].obj), None)
            if reason:
                found[number] = reason
    return found


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
