"""Caps on what a document may ask for, so that a small file cannot fill memory or take for ever.

A PDF inflates, nests and repeats: a kilobyte can ask for terabytes. QPDF counts what it inflates
and how deep it parses; what it has read is then weighed here, before MuPDF or PDFium see it: how
many bytes each stream holds, how large images are by their own headers, and how many operators a
page executes with all forms that it draws, however often. What cannot be weighed (tiles of a
pattern, glyphs that are drawings, one page named a million times) is left to the limits of
`redactor.worker`.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
import re2
from pikepdf import settings

from redactor.errors import ResourceLimit
from redactor.pdf.image_sizes import largest_size, number

_MEGABYTE = 2**20
_SPLIT = "split or simplify the document"
_ALL_LOSSLESS = pikepdf.StreamDecodeLevel.specialized
_DRAWS = re2.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
# Letters that end at a space: about one an operator, and one a word of shown text.
_SHAPES = bytes(
    97 if chr(c).isalpha() and c < 128 else 32 if c in b"\0\t\n\f\r " else 46 for c in range(256)
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what is taken in; beyond them the answer is ResourceLimit. Why so large:

    `bytes`, `pages`, `objects`: the longest court records; beyond, whoever reads them splits them.
    `page_pixels`: A0 at 200 dpi, for which reading takes two gigabytes. `image_bytes`: one decoded
    image, such as a letter page at 2400 dpi in black and white, or at 600 dpi in color.
    `stream_bytes`: anything inflated; a font for all of Chinese has 20 MB. `operators`:
    what one page executes; dense maps have some hundred thousand. `nesting`: forms in forms; those
    of real software nest less than ten.
    """

    bytes: int = 512 * _MEGABYTE
    pages: int = 5000
    objects: int = 2_000_000
    page_pixels: int = 62_000_000
    image_bytes: int = 512 * _MEGABYTE
    stream_bytes: int = 256 * _MEGABYTE
    operators: int = 2_000_000
    nesting: int = 50


def hold_qpdf_to(limits: Limits) -> None:
    """Sets QPDF's own limits, which are the whole process's."""
    settings.set_qpdf_limits(
        flate_max_memory=limits.stream_bytes,
        run_length_max_memory=limits.stream_bytes,
        png_max_memory=limits.stream_bytes,
        tiff_max_memory=limits.stream_bytes,
    )


class QpdfWatch:
    """Tells whether QPDF came to one of its limits since the watch was made."""

    def __init__(self) -> None:
        self._before = settings.qpdf_limit_errors()

    def came_to_limit(self) -> bool:
        return settings.qpdf_limit_errors() > self._before


def check_weights(name: str, pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Raises ResourceLimit where a stream, an image or a page asks for more than the limits."""
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream):
            _check_stream(name, obj, limits)
    scales = _Scales(name, limits)
    for page_number, page in enumerate(pdf.pages, start=1):
        operators = scales.page(page)
        if operators > limits.operators:
            raise ResourceLimit(
                f"{name}: page {page_number} executes {_many(operators)} operators, "
                f"the limit is {limits.operators}",
                _SPLIT,
            )


def _check_stream(name: str, stream: pikepdf.Stream, limits: Limits) -> None:
    """An image's decoded size by its own header or its dictionary, and any stream's bytes."""
    where = f"{name}: object {stream.objgen[0]}"
    if stream.get("/Subtype") == "/Image":
        n_bytes = largest_size(stream)
        if n_bytes > limits.image_bytes:
            raise ResourceLimit(
                f"{where} is an image of {_many(n_bytes)} bytes, the limit is {limits.image_bytes}",
                "scale the image down",
            )
    watch = QpdfWatch()
    try:
        stream.get_stream_buffer(_ALL_LOSSLESS)
    except (pikepdf.PdfError, RuntimeError, MemoryError) as error:
        if watch.came_to_limit() or _is_of_limit(error) or _predicts_rows(stream, limits):
            raise ResourceLimit(
                f"{where} inflates to more than {limits.stream_bytes} bytes", _SPLIT
            ) from error
        # Damaged, or of a filter that QPDF does not know: it draws nothing, or is refused later.


def _is_of_limit(error: Exception) -> bool:
    """QPDF's limits on decoders are no errors of their own; what it says of them tells."""
    return isinstance(error, MemoryError) or "memory limit" in str(error)


def _predicts_rows(stream: pikepdf.Stream, limits: Limits) -> bool:
    """Whether a predictor's row is larger than a stream may be: QPDF does not try to decode it."""
    given = stream.get("/DecodeParms")
    for entry in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(entry, pikepdf.Dictionary):
            row = (
                number(entry.get(key), 1) for key in ("/Columns", "/Colors", "/BitsPerComponent")
            )
            if math.prod(row) > 8 * limits.stream_bytes:
                return True
    return False


def _many(count: float) -> str:
    return str(int(count)) if count < 1e12 else f"{count:.0e}"


class _Scales:
    """Weighs content: operators executed, with those of the forms that it draws."""

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
            self._known[key] = 0  # one that draws itself: refused when it is drawn
            self._known[key] = self._content([form], form.get("/Resources"), depth)
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
        return stream.read_bytes(_ALL_LOSSLESS)
    except (pikepdf.PdfError, RuntimeError):
        return b""


hold_qpdf_to(Limits())
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # its messages may quote content
logging.getLogger("pikepdf").propagate = False
