"""Caps on what a document may ask for, so that a small file cannot fill memory or take for ever.

A PDF inflates, nests and repeats: a kilobyte can ask for terabytes. QPDF counts what it inflates
and how deep it parses; what it has read is then weighed here, before MuPDF or PDFium see it: how
many bytes each stream holds, how large images are by their own headers, and how many operators a
page executes with all forms that it draws, however often. What cannot be weighed (tiles of a
pattern, glyphs that are drawings, one page named a million times) is left to the limits of
`redactor.worker`.
"""

from __future__ import annotations

import math

import pikepdf

from redactor.errors import ResourceLimit
from redactor.pdf.content_weight import Scales
from redactor.pdf.image_sizes import largest_size, number
from redactor.pdf.limits import ALL_LOSSLESS, SPLIT, Limits, QpdfWatch, many
from redactor.pdf.lzw import inflated_size

_LZW = ("/LZWDecode", "/LZW")
_JBIG2 = "/JBIG2Decode"

_Filters = list[pikepdf.Object | None]


def check_weights(name: str, pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Raises ResourceLimit where a stream, an image or a page asks for more than the limits.

    Raises NotAPdf for a form that draws itself.
    """
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream):
            _check_stream(name, obj, limits)
    scales = Scales(name, limits)
    for page_number, page in enumerate(pdf.pages, start=1):
        operators = scales.page(page)
        if operators > limits.operators:
            raise ResourceLimit(
                f"{name}: page {page_number} executes {many(operators)} operators, "
                f"the limit is {limits.operators}",
                SPLIT,
            )


def _check_stream(name: str, stream: pikepdf.Stream, limits: Limits) -> None:
    """An image's decoded size by its own header or its dictionary, and any stream's bytes."""
    where = f"{name}: object {stream.objgen[0]}"
    if stream.get("/Subtype") == "/Image":
        n_bytes = largest_size(stream)
        if n_bytes > limits.image_bytes:
            raise ResourceLimit(
                f"{where} is an image of {many(n_bytes)} bytes, the limit is {limits.image_bytes}",
                "scale the image down",
            )
    if _inflates_beyond(stream, limits):
        raise ResourceLimit(f"{where} inflates to more than {limits.stream_bytes} bytes", SPLIT)


def _inflates_beyond(stream: pikepdf.Stream, limits: Limits) -> bool:
    watch = QpdfWatch()
    filters = _listed(stream.get("/Filter"))
    try:
        for at, name in enumerate(filters):
            if name == _JBIG2:  # pikepdf would call a program on it; its header tells its size
                _before(stream, filters, at)
                return False
            if name in _LZW and _lzw_size(stream, filters, at, limits) > limits.stream_bytes:
                return True
        stream.get_stream_buffer(ALL_LOSSLESS)
    except (pikepdf.PdfError, RuntimeError, MemoryError) as error:
        # Else damaged, or of an unknown filter: it draws nothing, or is refused later.
        return watch.came_to_limit() or _is_of_limit(error) or _predicts_rows(stream, limits)
    return False


def _lzw_size(stream: pikepdf.Stream, filters: _Filters, at: int, limits: Limits) -> int:
    """What the LZW filter that is number `at` of a stream's filters puts out."""
    parameters = _listed(stream.get("/DecodeParms"))
    mine = _numbers(parameters[at]) if at < len(parameters) else {}
    early = bool(mine.get("/EarlyChange", 1))
    return inflated_size(_before(stream, filters, at), limits.stream_bytes, early)


def _before(stream: pikepdf.Stream, filters: _Filters, at: int) -> bytes:
    """The stream's data as it comes to the filter that is number `at`."""
    data = stream.read_raw_bytes()
    if at == 0:
        return data
    parameters = _listed(stream.get("/DecodeParms"))
    with pikepdf.new() as scratch:
        inner = scratch.make_stream(data)
        inner["/Filter"] = pikepdf.Array(filters[:at])
        inner["/DecodeParms"] = pikepdf.Array(
            pikepdf.Dictionary(_numbers(entry)) for entry in parameters[:at]
        )
        return inner.read_bytes(ALL_LOSSLESS)


def _listed(value: pikepdf.Object | None) -> _Filters:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _numbers(parameters: pikepdf.Object | None) -> dict[str, int]:
    """The parameters of a filter, all of which are numbers."""
    given = parameters.items() if isinstance(parameters, pikepdf.Dictionary) else ()
    return {key: int(number(value)) for key, value in given}


def _is_of_limit(error: Exception) -> bool:
    """QPDF's limits on decoders are no errors of their own; what it says of them tells."""
    return isinstance(error, MemoryError) or "memory limit" in str(error)


def _predicts_rows(stream: pikepdf.Stream, limits: Limits) -> bool:
    """Whether a predictor's row is larger than a stream may be: QPDF does not try to decode it."""
    for entry in map(_numbers, _listed(stream.get("/DecodeParms"))):
        row = (entry.get(key, 1) for key in ("/Columns", "/Colors", "/BitsPerComponent"))
        if math.prod(row) > 8 * limits.stream_bytes:
            return True
    return False
