"""Removed texts must be nowhere in the file: in no page's text, string, name or stream."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

import pikepdf
import pymupdf

from redactor.report import Check
from redactor.verify.subject import Outcome, Subject, outcome, pdfium

_SHORTEST = 4  # characters: shorter texts turn up in any file by chance
_ALLOWED_ROOT = frozenset({"/Type", "/Pages"})


def check_page_texts(subject: Subject) -> tuple[Outcome, Outcome]:
    """No page's text holds a removed text, as PDFium and as MuPDF extract it."""
    wanted = [_folded(text) for text in _searchable(subject.removed)]
    with pdfium(subject.bare) as document:
        seen = [page.get_textpage().get_text_bounded() for page in document]
    with pymupdf.open(stream=subject.bare, filetype="pdf") as other:
        also = [page.get_text() for page in other]
    return (
        outcome("no removed text on a page", "PDFium", _hits(seen, wanted), "removed texts"),
        outcome("no removed text on a page", "MuPDF", _hits(also, wanted), "removed texts"),
    )


def check_bytes(subject: Subject) -> Outcome:
    """No string, name or inflated stream holds a removed text in a plain encoding."""
    forms = {form for text in _searchable(subject.removed) for form in _encodings(text)}
    pattern = re.compile(b"|".join(sorted(forms))) if forms else None
    found = 0
    with pikepdf.open(io.BytesIO(subject.output)) as pdf:
        for chunk in _chunks(pdf):
            found += bool(pattern and pattern.search(chunk))
    found += bool(pattern and pattern.search(_outside_objects(subject.output)))
    passed = found == 0
    detail = "nothing found" if passed else f"{found} objects hold a removed text"
    return Outcome(Check("no removed text in any object", "QPDF", passed, detail))


def check_structure(subject: Subject) -> Outcome:
    """One revision, nothing after its end, and a catalog with pages and nothing else."""
    problems = []
    if subject.output.count(b"startxref") != 1:
        problems.append("more than one revision")
    if not subject.output.rstrip(b"\r\n").endswith(b"%%EOF"):
        problems.append("data after the end")
    with pikepdf.open(io.BytesIO(subject.output)) as pdf:
        extra = sorted(set(pdf.Root.keys()) - _ALLOWED_ROOT)
        problems += [f"catalog key {key}" for key in extra]
        problems += ["document information"] if "/Info" in pdf.trailer else []
        problems += ["annotations"] if any("/Annots" in page.obj for page in pdf.pages) else []
        if len(pdf.pages) != len(subject.frames):
            problems.append(f"{len(pdf.pages)} pages for {len(subject.frames)}")
    detail = "; ".join(problems) or "nothing found"
    return Outcome(Check("structure", "QPDF", not problems, detail))


def _searchable(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if len("".join(text.split())) >= _SHORTEST})


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _hits(pages: Iterable[str], wanted: Iterable[str]) -> list[int]:
    """A page number for each wanted text on it, standing by itself."""
    wanted = list(wanted)
    if not wanted:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)")
    return [
        number
        for number, text in enumerate(pages, start=1)
        for _ in pattern.finditer(_folded(text))
    ]


def _encodings(text: str) -> Iterator[bytes]:
    """Patterns for the ways a text is written in PDF strings and streams, standing by itself."""
    alnum, pair = b"[A-Za-z0-9]", b"(?:3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])"
    for encoding, before, after in (
        ("utf-8", alnum, alnum),
        ("cp1252", alnum, alnum),
        ("utf-16-be", b"\\x00" + alnum, b"\\x00" + alnum),
        ("utf-16-le", alnum + b"\\x00", alnum + b"\\x00"),
    ):
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        yield b"(?<!%b)%b(?!%b)" % (before, re.escape(raw), after)
        if encoding != "utf-16-le":
            either_case = raw.hex().encode()
            yield b"(?<!%b)(?i:%b)(?!%b)" % (pair, either_case, pair)


def _chunks(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """Every string, name and decoded stream of the file.

    Image samples are left out: what they show is checked as pixels.
    """
    yield from _tokens(pdf.trailer.unparse(resolved=True))
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream):
            yield from _tokens(obj.stream_dict.unparse(resolved=True))
            yield from _content(obj)
        elif isinstance(obj, pikepdf.Object):
            yield from _tokens(obj.unparse(resolved=True))
        else:
            yield str(obj).encode()  # pikepdf gives a number for an object that is one


def _content(stream: pikepdf.Stream) -> Iterator[bytes]:
    """A stream as it is and, but for images, its strings: each, and all that a line may join."""
    if stream.get("/Subtype") == "/Image":
        yield stream.read_raw_bytes()
        return
    data = _decoded(stream)
    yield data
    tokens = list(_tokens(data))
    strings = [token for token in tokens if not token.startswith(b"/")]
    yield b"\n".join(tokens)
    yield b"".join(strings)


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
        b" Screen Overlay Darken Lighten Difference Exclusion Color Saturation Luminosity Alpha"
    ).split()
)


# Literal strings nest: three levels are known; the text of a deeper one is still in the data.
_FLAT = rb"[^()\\]++|\\[\s\S]"
_NESTED = rb"(?:%b|\((?:%b|\((?:%b)*+\))*+\))*+" % (_FLAT, _FLAT, _FLAT)
_TOKEN = re.compile(rb"\((%b)\)|<([0-9A-Fa-f\s]*+)>|(/[^\s()<>\[\]{}/%%]++)" % _NESTED)
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
            yield _ESCAPE.sub(_unescaped, literal)


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
