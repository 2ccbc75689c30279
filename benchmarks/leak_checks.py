"""Looks for a secret in every place of a PDF where one can hide, and in how it can be written.

It knows nothing of how the file was made, and takes nothing from the program's own checks: what
those overlook is to be found here.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pdfminer.high_level
import pikepdf
import pymupdf
import pypdfium2

Samples = npt.NDArray[np.uint8]
ImageArea = tuple[int, int, tuple[int, int, int, int]]
"""An image's width and height, and a box in it (left, top, right, bottom), all in samples."""

PUBLIC = "PUBLICTEXT"
_NOISE = 3  # of 255: by how much samples of one color may differ
_LIKE = 0.98  # share of two images' samples that are alike where one is a copy of the other
_LONG = 24  # bytes: shorter data turns up in other files by chance
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\[\s\S])*)\)")
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|[\s\S])")
_STREAM = re.compile(rb"stream\r?\n")


@dataclass(frozen=True)
class Secret:
    """What must be gone: texts, areas of images, and the data of images wherever it stands."""

    tokens: tuple[str, ...] = ()
    uniform_images: tuple[ImageArea, ...] = ()
    blobs: tuple[bytes, ...] = ()
    copies: tuple[Samples, ...] = ()


def survivors(output: bytes, secret: Secret) -> list[str]:
    """Where a secret survives, in words; empty where it does not."""
    places = dict.fromkeys(place for place in _texts(output, secret.tokens))
    if secret.uniform_images or secret.copies:
        places |= dict.fromkeys(_images(output, secret))
    for place, chunk in chunks(output):
        if any(blob in chunk for blob in secret.blobs if len(blob) >= _LONG):
            places[f"image data in {place}"] = None
    return list(places)


def _texts(output: bytes, tokens: Iterable[str]) -> Iterator[str]:
    """Where a token stands, written in any of the ways that are looked for."""
    forms = [form for token in tokens for form in _forms(token)]
    plain = [_bare(token) for token in tokens]
    if not forms:
        return
    for place, chunk in chunks(output):
        if any(form in chunk.lower() for form in forms):
            yield place
    for engine, text in _extracted(output):
        if any(token in _bare(text) or token[::-1] in _bare(text) for token in plain):
            yield f"text that {engine} extracts"


def _forms(token: str) -> Iterator[bytes]:
    """A token as bytes in lower case: plain, UTF-16, hexadecimal, and each backward."""
    for text in (token, token[::-1]):
        for encoding in ("utf-8", "cp1252", "utf-16-be", "utf-16-le"):
            try:
                raw = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            yield raw.lower()
            yield raw.hex().encode()


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """All bytes of a PDF, each as stored and as decoded, with words on where.

    Strings and names come decoded, too, and all strings of a stream joined: a text may be shown
    letter by letter.
    """
    yield "the file's bytes", data
    for match in _STREAM.finditer(data):  # of old revisions and orphans, too
        yield "a deflated stream", _inflated(data[match.end() :])
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        holders = [pdf.trailer, *pdf.objects]
        for holder in (h for h in holders if isinstance(h, pikepdf.Object)):
            yield from _object(holder)


def _object(holder: pikepdf.Object) -> Iterator[tuple[str, bytes]]:
    if not isinstance(holder, pikepdf.Stream):
        yield from _syntax("a string or name", holder.unparse(resolved=True))
        return
    yield from _syntax("a stream's dictionary", holder.stream_dict.unparse(resolved=True))
    yield "a stream as stored", holder.read_raw_bytes()
    try:
        content = holder.read_bytes()
    except pikepdf.PdfError:
        return
    if holder.get("/Subtype") == "/Image":
        yield "an image", content
    else:
        yield from _syntax("a stream", content)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 1 << 26)
    except zlib.error:
        return b""


def _syntax(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """PDF syntax as it is, and its strings and names decoded."""
    yield place, data
    yield place, _NAME_CODE.sub(lambda m: bytes.fromhex(m[1].decode()), data)
    literals = [_ESCAPE.sub(_unescaped, m) for m in _LITERAL.findall(data)]
    digits = [b"".join(m.split()) for m in _HEX.findall(data)]
    numbers = [bytes.fromhex((d + b"0" * (len(d) % 2)).decode()) for d in digits]
    for strings in (literals, numbers):
        yield place, b"".join(strings)
        yield place, b"\n".join(strings)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 255]) if code[:1] in b"01234567" else code.strip(b"\r\n")


def _extracted(data: bytes) -> Iterator[tuple[str, str]]:
    """The text of the pages with all that lies outside what they show."""
    wide = _widened(data)
    with pymupdf.open(stream=wide, filetype="pdf") as document:
        for page in document:
            yield "MuPDF", page.get_text()
            yield "MuPDF", page.get_text(sort=True)
    other = pypdfium2.PdfDocument(wide)
    try:
        for page in other:
            yield "PDFium", page.get_textpage().get_text_range()
    finally:
        other.close()
    yield "pdfminer.six", pdfminer.high_level.extract_text(io.BytesIO(wide))


def _widened(data: bytes) -> bytes:
    """The file with pages so large that nothing lies beside them."""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        for page in pdf.pages:
            page.obj["/MediaBox"] = pikepdf.Array([-14400, -14400, 14400, 14400])
            page.obj["/CropBox"] = page.obj["/MediaBox"]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def pages_with_public_text(data: bytes, password: str = "") -> frozenset[int]:
    """The pages on which both MuPDF and PDFium extract PUBLICTEXT.

    Engines put blanks between letters that are set wide apart: blanks do not count.
    """
    with pymupdf.open(stream=data, filetype="pdf") as document:
        if document.needs_pass:
            document.authenticate(password)
        by_mupdf = {n for n, page in enumerate(document, 1) if _is_public(page.get_text())}
    other = pypdfium2.PdfDocument(data, password=password or None)
    try:
        texts = [page.get_textpage().get_text_range() for page in other]
    finally:
        other.close()
    return frozenset(n for n, text in enumerate(texts, 1) if n in by_mupdf and _is_public(text))


def _is_public(text: str) -> bool:
    return PUBLIC in "".join(text.split())


def image_data(source: bytes, password: str = "") -> tuple[tuple[bytes, ...], tuple[Samples, ...]]:
    """The data of all images of a file as stored and as decoded, and their samples."""
    with pikepdf.open(io.BytesIO(source), password=password, suppress_warnings=True) as pdf:
        images = [o for o in pdf.objects if _is_image(o)]
        blobs = [bytes(image.read_raw_bytes()) for image in images]
        for image in images:
            try:
                blobs.append(bytes(image.read_bytes()))
            except pikepdf.PdfError:
                continue
        out = io.BytesIO()
        pdf.save(out, encryption=False)
    return tuple(blobs), tuple(s for s in _samples(out.getvalue()) if s.std() > _NOISE)


def _is_image(obj: object) -> bool:
    return isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"


def _samples(data: bytes) -> Iterator[Samples]:
    """The images of a file in gray. Raises where one cannot be decoded: nobody can tell then."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for xref in range(1, document.xref_length()):
            if document.xref_is_image(xref):
                yield _gray(pymupdf.Pixmap(document, xref))


def _gray(pixmap: pymupdf.Pixmap) -> Samples:
    if pixmap.colorspace and pixmap.colorspace.n not in (1, 3):
        pixmap = pymupdf.Pixmap(pymupdf.csRGB, pixmap)
    rows = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    colors = rows[:, : pixmap.width * pixmap.n].reshape(pixmap.height, pixmap.width, pixmap.n)
    return np.asarray(colors.mean(axis=2), np.uint8)


def _images(output: bytes, secret: Secret) -> Iterator[str]:
    for samples in _samples(output):
        height, width = samples.shape
        for wide, high, (left, top, right, bottom) in secret.uniform_images:
            if (width, height) == (wide, high):
                area = samples[top:bottom, left:right]
                if int(area.max()) - int(area.min()) > _NOISE:
                    yield "an image's samples"
        if any(_alike(samples, copy) for copy in secret.copies):
            yield "a copy of an image"


def _alike(one: Samples, other: Samples) -> bool:
    if one.shape != other.shape:
        return False
    marks = np.abs(other.astype(int) - int(np.median(other))) > 30
    if not marks.any():
        return False
    same = np.abs(one.astype(int) - other.astype(int)) <= 30
    return bool(same[marks].mean() >= _LIKE)
