"""How many operators a page executes, with those of all forms that it draws, however often.

Counted in the bytes of its content and not by parsing them: the count is off by a little, and
bombs are so by powers of ten.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import pikepdf
import re2

from redactor.errors import NotAPdf, ResourceLimit
from redactor.pdf.limits import ALL_LOSSLESS, Limits

_DRAWS = re2.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
# Letters that end at a space: about one an operator, and one a word of shown text.
_SHAPES = bytes(
    97 if chr(c).isalpha() and c < 128 else 32 if c in b"\0\t\n\f\r " else 46 for c in range(256)
)


class Scales:
    """Weighs content: operators executed. A form is weighed once. Raises ResourceLimit, NotAPdf."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._known: dict[tuple[int, int], float] = {}

    def page(self, page: pikepdf.Page) -> float:
        """Of a page's content, and of the appearances of its annotations."""
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
        total = self._content(streams, page.obj.get("/Resources"), 0)
        notes = page.obj.get("/Annots")
        for look in _appearances(notes if isinstance(notes, pikepdf.Array) else ()):
            total += self._form(look, 0)
        return total

    def _form(self, form: pikepdf.Object, depth: int) -> float:
        if depth > self._limits.nesting:
            raise ResourceLimit(
                f"{self._name}: forms are drawn in forms, more than {self._limits.nesting} deep",
                "flatten the document",
            )
        key = form.objgen
        if key not in self._known:
            self._known[key] = math.nan
            self._known[key] = self._content([form], form.get("/Resources"), depth)
        if math.isnan(self._known[key]):
            raise NotAPdf(
                f"{self._name}: object {key[0]} is a form that draws itself",
                "export it again from where it was made",
            )
        return self._known[key]

    def _content(
        self, streams: Iterable[pikepdf.Object], resources: pikepdf.Object | None, depth: int
    ) -> float:
        total: float = 0
        draws: Counter[bytes] = Counter()
        for stream in streams:
            data = _bytes_of(stream)
            total += data.translate(_SHAPES).count(b"a ") + 1
            if total <= self._limits.operators and b"Do" in data:
                draws.update(match[1] for match in _DRAWS.finditer(data))
        if total > self._limits.operators or not draws:
            return total
        return total + self._drawn(draws, resources, depth)

    def _drawn(self, draws: Counter[bytes], resources: pikepdf.Object | None, depth: int) -> float:
        named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        total: float = 0
        for name, times in draws.items() if isinstance(named, pikepdf.Dictionary) else ():
            child = named.get("/" + name.decode("latin-1")) if named is not None else None
            if isinstance(child, pikepdf.Stream) and child.get("/Subtype") == "/Form":
                total += times * self._form(child, depth + 1)
        return total


def _appearances(notes: Iterable[pikepdf.Object]) -> Iterable[pikepdf.Object]:
    """The appearance that each annotation shows; where it has states, all of them."""
    for note in notes:
        looks = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
        look = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
        if isinstance(look, pikepdf.Stream):
            yield look
        elif isinstance(look, pikepdf.Dictionary):
            yield from (state for _, state in look.items() if isinstance(state, pikepdf.Stream))


def _bytes_of(stream: pikepdf.Object) -> bytes:
    try:
        return stream.read_bytes(ALL_LOSSLESS)
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):  # such as a JBIG2 image
        return b""
