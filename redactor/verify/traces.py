"""Removed texts must be nowhere in the file: in no page's text, string, name or stream."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

import pikepdf
import pymupdf

from redactor.report import Check
from redactor.verify.signature_field import take_field
from redactor.verify.spellings import (
    bytes_pattern,
    folded,
    is_telling,
    loose_pattern,
    searchable,
    text_pattern,
)
from redactor.verify.subject import Outcome, Subject, outcome, pdfium


def check_page_texts(subject: Subject) -> tuple[Outcome, ...]:
    """No page's text holds a removed text, as PDFium and as MuPDF extract it."""
    if not subject.removed:
        return ()
    wanted = searchable(subject.removed)
    with pdfium(subject.bare) as document:
        seen = [page.get_textpage().get_text_bounded() for page in document]
    with pymupdf.open(stream=subject.bare, filetype="pdf") as other:
        also = [page.get_text() for page in other]
    return (
        outcome("no removed text on a page", "PDFium", hits(seen, wanted), "removed texts"),
        outcome("no removed text on a page", "MuPDF", hits(also, wanted), "removed texts"),
    )


def check_bytes(subject: Subject) -> tuple[Outcome, ...]:
    """No string, name or inflated stream holds a removed text, however it is spelled.

    A page fails where its own content does: a kerned line may part a longer word just so that a
    piece of it stands alone. Font programs are searched for what is sure to be the document's:
    names of type designers and words of licenses stand in many. A signature and its field are left
    to the checks that say word for word what may be in them: /Fields is in each, and a name.
    """
    if not subject.removed:
        return ()
    wanted = searchable(subject.removed)
    everywhere = bytes_pattern(wanted), loose_pattern(wanted)
    sure = [text for text in wanted if is_telling(text)]
    in_fonts = bytes_pattern(sure), loose_pattern(sure)
    found, pages = 0, set()
    with pikepdf.open(io.BytesIO(subject.output)) as pdf:
        known = take_field(pdf, subject.output)[1] if subject.signature else frozenset()
        fonts, contents = _font_programs(pdf), _contents(pdf)
        found += _count(_strings(pdf.trailer.unparse(resolved=True)), *everywhere)
        for obj in pdf.objects:
            where = getattr(obj, "objgen", (0, 0))
            if where in known:
                continue
            hits = _count(_chunks(obj), *(in_fonts if where in fonts else everywhere))
            found += hits
            pages |= contents.get(where, set()) if hits else set()
    found += _count([(_outside_objects(subject.output), False)], *everywhere)
    if not found:
        return (Outcome(Check(_BYTES, "QPDF", True, "nothing found")),)
    return (Outcome(Check(_BYTES, "QPDF", False, f"{found} removed texts"), tuple(sorted(pages))),)


_BYTES = "no removed text in any object"


def _count(chunks: Iterable[tuple[bytes, bool]], exact: Any, loose: Any) -> int:
    """In how many of the chunks a pattern matches; a loose one only in strings."""
    return sum(
        bool((exact and exact.search(chunk)) or (is_string and loose and loose.search(chunk)))
        for chunk, is_string in chunks
    )


def _font_programs(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    return {
        obj[key].objgen
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary)
        for key in ("/FontFile", "/FontFile2", "/FontFile3")
        if isinstance(obj.get(key), pikepdf.Stream)
    }


def _contents(pdf: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """The numbers of the pages by the content streams that they show."""
    found: dict[tuple[int, int], set[int]] = {}
    for number, page in enumerate(pdf.pages, start=1):
        content = page.obj.get("/Contents")
        for part in list(content) if isinstance(content, pikepdf.Array) else [content]:
            if isinstance(part, pikepdf.Stream):
                found.setdefault(part.objgen, set()).add(number)
    return found


def hits(pages: Iterable[str], wanted: Sequence[str]) -> list[int]:
    """A page number, from 1, for each wanted text on it, by itself, and for other spellings.

    `wanted` are `searchable` texts.
    """
    if not wanted:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(folded(w)) for w in wanted)})(?!\w)")
    other = text_pattern(wanted)
    found = []
    for number, text in enumerate(map(folded, pages), start=1):
        hits = sum(1 for _ in pattern.finditer(text))
        found += [number] * (hits or bool(other and other.search(text)))
    return found


def _chunks(obj: object) -> Iterator[tuple[bytes, bool]]:
    """Every string, name and decoded stream of an object, and whether it is a string or a name.

    Image samples are left out: what they show is checked as pixels.
    """
    if isinstance(obj, pikepdf.Stream):
        yield from _strings(obj.stream_dict.unparse(resolved=True))
        yield from _content(obj)
    elif isinstance(obj, pikepdf.Object):
        yield from _strings(obj.unparse(resolved=True))
    else:
        yield str(obj).encode(), True  # pikepdf gives a number for an object that is one


def _strings(data: bytes) -> Iterator[tuple[bytes, bool]]:
    yield from ((token, True) for token in _tokens(data))


def _content(stream: pikepdf.Stream) -> Iterator[tuple[bytes, bool]]:
    """A stream as it is and, but for images, its strings: all by themselves, and all joined."""
    if stream.get("/Subtype") == "/Image":
        yield stream.read_raw_bytes(), False
        return
    data = _decoded(stream)
    yield data, False
    tokens = list(_tokens(data))
    strings = [token for token in tokens if not token.startswith(b"/")]
    yield b"\n".join(tokens), True
    yield b"".join(strings), True


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


# Names that the file format itself uses (ISO 32000-2): keys and values of what sanitizing keeps.
_STANDARD = frozenset(
    b"/" + name
    for name in (
        b"Type Subtype Size Root Info Prev Length Filter DecodeParms FlateDecode DCTDecode Catalog"
        b" Pages Page Kids Count Parent MediaBox CropBox Rotate UserUnit Resources Contents Group"
        b" Font Name XObject ExtGState ColorSpace Pattern Shading ProcSet Image Form Text Width"
        b" Height BitsPerComponent Intent Mask ImageMask Decode Interpolate Matte Matrix BBox"
        b" FormType Columns Colors Predictor Index First Last Limits Names Order Range Domain"
        b" Function Functions Bounds Encode Encoding Differences Widths FirstChar LastChar Flags"
        b" Ascent Descent CapHeight Leading Metrics Serif Script Symbolic Italic Black White Gray"
        b" Separation Indexed Pattern Identity Registry Ordering Supplement Adobe Normal Multiply"
        b" Title Prev Next Outlines Dest Annots Link Rect Border URI PageLabels Nums Lang"
        b" ViewerPreferences DisplayDocTitle BleedBox TrimBox ArtBox XYZ"
        b" Screen Overlay Darken Lighten Difference Exclusion Color Saturation Luminosity Alpha"
    ).split()
)


# Literal strings nest: three levels are known; the text of a deeper one is still in the data.
_FLAT = rb"[^()\\]++|\\[\s\S]"
_NESTED = rb"(?:%b|\((?:%b|\((?:%b)*+\))*+\))*+" % (_FLAT, _FLAT, _FLAT)
_TOKEN = re.compile(rb"\((%b)\)|<([0-9A-Fa-f\s]*+)>|(/[^\s()<>\[\]{}/%%]++)" % _NESTED)
_LAYERS = 5  # of percent signs in percent signs
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LINE_ENDS = (b"\n", b"\r", b"\r\n")  # after a backslash: the string goes on


def _tokens(data: bytes) -> Iterator[bytes]:
    """The strings and names written in PDF syntax, decoded (ISO 32000-2, 7.3.4 and 7.3.5).

    Bytes, never text: a name need not be UTF-8. Names keep their slash; those that every PDF has
    are left out, or a removed "Size" would be found in each.
    """
    for literal, digits, name in _TOKEN.findall(data):
        if name and name not in _STANDARD:
            yield re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), name)
        elif digits:
            whole = b"".join(digits.split()).decode()
            yield bytes.fromhex(whole + "0" * (len(whole) % 2))
        elif literal:
            text = _ESCAPE.sub(_unescaped, literal)
            yield text
            for _ in range(_LAYERS):  # as an address may spell it (RFC 3986, 2.1)
                text, outer = unquote_to_bytes(text), text
                if text == outer:
                    break
                yield text


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1] in b"01234567":
        return bytes([int(code, 8) & 255])
    return b"" if code in _LINE_ENDS else _LETTERS.get(code, code)


# What QPDF writes itself between the objects: places in the file, and counts.
_FURNITURE = re.compile(
    rb"\b\d+ \d+ obj\b.*?\bendobj\b|^\d{10} \d{5} [nf]\s*$|^\d+ \d+\s*$"
    rb"|/Size \d+|\b\d+ \d+ R\b|startxref\s+\d+",
    re.DOTALL | re.MULTILINE,
)


def _outside_objects(output: bytes) -> bytes:
    """The file's own bytes less its objects, which are walked, and less its cross-references."""
    return _FURNITURE.sub(b" ", output)
