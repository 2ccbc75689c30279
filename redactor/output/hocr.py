"""What was read, as hOCR 1.2 (kba.github.io/hocr-spec/1.2): HTML that any XML parser reads, too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from redactor.engine import TOOL, Engine
from redactor.geometry import POINTS_PER_INCH, Box, union
from redactor.output.blocks import blocks
from redactor.output.characters import harmless
from redactor.words import Line, Page, Word

_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf"
_NAMESPACE = "http://www.w3.org/1999/xhtml"


def to_hocr(pages: Sequence[Page], dpi: int, engine: Engine) -> str:
    """Pages as hOCR: boxes in whole pixels at `dpi`, origin top-left of the displayed page.

    `x_kind` of a line is "print" or "handwriting", `x_origin` of a word where it was read; ink
    that nobody could read is an element of class `ocrx_unread`. The same pages give the same text.
    """
    html = ET.Element("html", xmlns=_NAMESPACE, lang="")
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = "What was read"
    for name, content in _metadata(pages, engine):
        ET.SubElement(head, "meta", name=name, content=content)
    body = ET.SubElement(html, "body")
    for page in pages:
        _add_page(body, page, dpi)
    ET.indent(html, " ")
    for element in body.iter():
        if not len(element) and not element.text:
            element.text = " "  # HTML parsers take no element but a void one that closes itself
    text = ET.tostring(html, encoding="unicode")
    return f"<!DOCTYPE html>\n{text}"


def _metadata(pages: Sequence[Page], engine: Engine) -> list[tuple[str, str]]:
    return [
        ("ocr-system", f"{TOOL} {engine.version}"),
        ("ocr-capabilities", _CAPABILITIES),
        ("ocr-number-of-pages", str(len(pages))),
        ("redactor-code", engine.code),
        *((f"redactor-model-{m.name}", f"{m.version} {m.sha256}") for m in engine.models),
        *((f"redactor-package-{p.name}", p.version) for p in engine.packages),
        *((f"redactor-setting-{name}", str(value)) for name, value in engine.settings),
    ]


def _add_page(body: ET.Element, page: Page, dpi: int) -> None:
    scale = dpi / POINTS_PER_INCH
    size = Box(0, 0, round(page.width * scale), round(page.height * scale))
    name = f"page_{page.number}"
    outer = _add(
        body,
        "div",
        "ocr_page",
        name,
        f"{_bbox(size)}; ppageno {page.number - 1}; scan_res {dpi} {dpi}",
    )
    n_lines = 0
    for index, block in enumerate(blocks(page.lines), start=1):
        box = _bbox(union(line.box for line in block).scaled(scale), size)
        area = _add(outer, "div", "ocr_carea", f"{name}_block_{index}", box)
        paragraph = _add(area, "p", "ocr_par", f"{name}_par_{index}", box)
        for line in block:
            n_lines += 1
            _add_line(paragraph, line, f"{name}_line_{n_lines}", scale, size)
    for index, unread in enumerate(page.ink.unread, start=1):
        box = _bbox(unread.scaled(scale), size)
        _add(outer, "div", "ocrx_unread", f"{name}_unread_{index}", box)


def _add_line(paragraph: ET.Element, line: Line, name: str, scale: float, size: Box) -> None:
    title = f"{_bbox(line.box.scaled(scale), size)}; x_kind {line.kind.value}"
    outer = _add(paragraph, "span", "ocr_line", name, title)
    for index, word in enumerate(line.words, start=1):
        box = _bbox(word.box.scaled(scale), size)
        inner = _add(outer, "span", "ocrx_word", f"{name}_word_{index}", f"{box}; {_said(word)}")
        inner.text = harmless(word.text)
        inner.tail = " "


def _said(word: Word) -> str:
    return f"x_wconf {round(100 * word.confidence)}; x_origin {word.origin.value}"


def _add(parent: ET.Element, tag: str, kind: str, name: str, title: str) -> ET.Element:
    return ET.SubElement(parent, tag, {"class": kind, "id": name, "title": title})


def _bbox(box: Box, page: Box | None = None) -> str:
    """The whole pixels that a box touches, on the page."""
    x0, y0, x1, y1 = box.as_tuple()
    right, bottom = (page.x1, page.y1) if page else (x1, y1)
    left, top = (min(max(0, math.floor(v)), end) for v, end in ((x0, right), (y0, bottom)))
    ends = (min(max(0, math.ceil(v)), end) for v, end in ((x1, right), (y1, bottom)))
    return "bbox " + " ".join(f"{v:.0f}" for v in (left, top, *ends))
