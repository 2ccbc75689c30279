"""Small PDFs made for one test each, and looks at them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pymupdf
import pypdfium2

from redactor.findings import Redaction
from redactor.geometry import Box
from redactor.ink import Mask, PageImage, Pixels
from redactor.pdf.intake import Source, take_in

Spot = tuple[float, float, str]
HELVETICA = pikepdf.Dictionary(
    Type=pikepdf.Name.Font,
    Subtype=pikepdf.Name.Type1,
    BaseFont=pikepdf.Name.Helvetica,
    Encoding=pikepdf.Name.WinAnsiEncoding,
)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def raw_pdf(
    content: bytes = b"",
    media: Sequence[float] = (0, 0, 300, 200),
    *,
    fonts: bool = True,
    **page_keys: object,
) -> pikepdf.Pdf:
    """One page with that content stream; Helvetica is /F."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.MediaBox = pikepdf.Array([*media])
    if fonts:
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=HELVETICA))
    page.obj.Contents = pdf.make_stream(content)
    for key, value in page_keys.items():
        page.obj["/" + key] = value
    return pdf


def number_pdf(number: int) -> bytes:
    """A page that says Alpha, in a file with an object that is nothing but a number."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources"
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 5 0 R>>>>>>>>",
        b"<</Length 36>> stream\nBT /F 12 Tf 50 100 Td (Alpha) Tj ET \nendstream",
        b"%d" % number,
    )
    parts = [b"%d 0 obj %b endobj" % (k, body) for k, body in enumerate(objects, start=1)]
    return b"\n".join((b"%PDF-1.4", *parts, b"trailer <</Root 1 0 R>>"))


def text_pdf(
    *pages: Sequence[Spot], size: float = 12, width: float = 300, height: float = 200
) -> bytes:
    """A page for each sequence of (x, baseline y from the top, text)."""
    with pymupdf.open() as document:
        for spots in pages:
            page = document.new_page(width=width, height=height)
            for x, y, text in spots:
                page.insert_text((x, y), text, fontsize=size)
        data: bytes = document.tobytes()
    return data


def taken(folder: Path, data: bytes, password: str = "") -> Source:
    path = folder / "in.pdf"
    path.write_bytes(data)
    return take_in(path, password)


def redaction(box: Box, page: int = 1, overlay: str = "") -> Redaction:
    return Redaction(page, box, overlay, "p1-f1")


def words_of(data: bytes, number: int = 1) -> list[str]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [entry[4] for entry in document[number - 1].get_text("words")]


def drawn_text(data: bytes, number: int = 1) -> bytes:
    """The strings that a page's content shows, whether they can be seen or not."""
    shown = b""
    with opened(data) as pdf:
        for instruction in pikepdf.parse_content_stream(pdf.pages[number - 1]):
            if str(instruction.operator) in ("Tj", "TJ"):
                (operand,) = instruction.operands
                parts = [operand] if isinstance(operand, pikepdf.String) else list(operand)
                shown += b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
    return shown


def word_box(data: bytes, text: str, number: int = 1) -> Box:
    """The tight box of a level word of a 12-point text, in page space."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        page = document[number - 1]
        for x0, y0, x1, y1, word, *_ in page.get_text("words"):
            if word == text:
                rect = (pymupdf.Rect(x0, y0, x1, y1) * page.rotation_matrix).normalize()
                return Box(rect.x0, rect.y0 + 2, rect.x1, rect.y1 - 2)
    raise AssertionError("no such word")


def pixels_of(data: bytes, number: int = 1, dpi: int = 144) -> Pixels:
    """As MuPDF draws it: (rows, columns, 3)."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        shot = document[number - 1].get_pixmap(dpi=dpi, colorspace=pymupdf.csRGB)
        flat = np.frombuffer(shot.samples, np.uint8)
        return flat.reshape(shot.height, shot.width, 3).copy()


def gray_by_pdfium(data: bytes, number: int = 1, scale: float = 2) -> Pixels:
    document = pypdfium2.PdfDocument(data)
    try:
        bitmap = document[number - 1].render(scale=scale, grayscale=True)
        shot = np.array(bitmap.to_numpy(), np.uint8)
        return shot.reshape(shot.shape[0], shot.shape[1])
    finally:
        document.close()


def extent(mask: Mask) -> Box:
    """The bounding box of what is True, in pixels."""
    rows, columns = np.nonzero(mask)
    assert len(rows), "nothing is drawn"
    return Box(
        float(columns.min()),
        float(rows.min()),
        float(columns.max() + 1),
        float(rows.max() + 1),
    )


def dark(pixels: Pixels) -> Mask:
    gray = pixels.min(axis=2) if pixels.ndim == 3 else pixels
    return np.asarray(gray < 128, np.bool_)


def cut(pixels: Pixels, box: Box, dpi: int = 144) -> Pixels:
    """The pixels inside a page-space box, less one at each side."""
    b = box.scaled(dpi / 72)
    return pixels[int(b.y0) + 2 : int(b.y1) - 1, int(b.x0) + 2 : int(b.x1) - 1]


def page_image(
    spots: Sequence[Spot],
    width: float = 300,
    height: float = 200,
    size: float = 12,
    dpi: int = 200,
    font: str = "helv",
) -> PageImage:
    """Text drawn on white paper."""
    with pymupdf.open() as document:
        page = document.new_page(width=width, height=height)
        for x, y, text in spots:
            page.insert_text((x, y), text, fontsize=size, fontname=font)
        shot = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csRGB)
        flat = np.frombuffer(shot.samples, np.uint8)
        return PageImage(flat.reshape(shot.height, shot.width, 3).copy(), dpi)


def spread(words: Sequence[str], x: float, y: float, size: float = 12) -> list[Spot]:
    """Words one after the other on one line, a blank between."""
    spots = []
    for word in words:
        spots.append((x, y, word))
        x += pymupdf.get_text_length(word + " ", "helv", size)
    return spots
