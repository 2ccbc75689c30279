"""What was read, as ALTO 4.4 (Library of Congress, www.loc.gov/standards/alto)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise
from xml.etree import ElementTree as ET

from redactor.engine import TOOL, Engine
from redactor.geometry import POINTS_PER_INCH, Box, union
from redactor.output.blocks import blocks
from redactor.output.characters import harmless
from redactor.words import Line, LineKind, Origin, Page, Word

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_VERSION = "4.4"
_PROCESSING = "reading"
_UNREAD = "unread"


def to_alto(pages: Sequence[Page], dpi: int, engine: Engine) -> str:
    """Pages as ALTO: boxes in pixels at `dpi`, origin top-left of the displayed page.

    How a line was written, where a word was read and what nobody could read are tags. The same
    pages give the same text.
    """
    alto = ET.Element("alto", xmlns=_NAMESPACE, SCHEMAVERSION=_VERSION)
    _add_description(alto, engine)
    _add_tags(alto)
    if any(page.lines for page in pages):
        _add_order(alto, pages)
    layout = ET.SubElement(alto, "Layout")
    for page in pages:
        _add_page(layout, page, dpi / POINTS_PER_INCH)
    ET.indent(alto, " ")
    text = ET.tostring(alto, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _add_description(alto: ET.Element, engine: Engine) -> None:
    description = ET.SubElement(alto, "Description")
    ET.SubElement(description, "MeasurementUnit").text = "pixel"
    step = ET.SubElement(description, "Processing", ID=_PROCESSING)
    ET.SubElement(step, "processingCategory").text = "contentGeneration"
    ET.SubElement(step, "processingStepDescription").text = "reading of text layer and pixels"
    ET.SubElement(step, "processingStepSettings").text = "; ".join(
        f"{name}={value}" for name, value in engine.settings
    )
    software = ET.SubElement(step, "processingSoftware")
    ET.SubElement(software, "softwareName").text = TOOL
    ET.SubElement(software, "softwareVersion").text = engine.version
    ET.SubElement(software, "applicationDescription").text = "; ".join(
        [
            f"code sha256:{engine.code}",
            *(f"model {m.name} {m.version} sha256:{m.sha256}" for m in engine.models),
            *(f"package {p.name} {p.version}" for p in engine.packages),
        ]
    )


def _add_tags(alto: ET.Element) -> None:
    tags = ET.SubElement(alto, "Tags")
    for kind in LineKind:
        ET.SubElement(tags, "OtherTag", ID=_kind_id(kind), TYPE="kind", LABEL=kind.value)
    for origin in Origin:
        ET.SubElement(tags, "OtherTag", ID=_origin_id(origin), TYPE="origin", LABEL=origin.value)
    ET.SubElement(tags, "OtherTag", ID=_UNREAD, TYPE="ink", LABEL=_UNREAD)


def _kind_id(kind: LineKind) -> str:
    return f"kind_{kind.value}"


def _origin_id(origin: Origin) -> str:
    return f"origin_{origin.value}"


def _add_order(alto: ET.Element, pages: Sequence[Page]) -> None:
    """One group a page, of its blocks in order: a page without lines has none."""
    order = ET.SubElement(alto, "ReadingOrder")
    for page in pages:
        if page.lines:
            group = ET.SubElement(order, "OrderedGroup", ID=f"order_{page.number}")
            for index, _ in enumerate(blocks(page.lines), start=1):
                name = _block_id(page, index)
                ET.SubElement(group, "ElementRef", ID=f"order_{name}", REF=name)


def _block_id(page: Page, index: int) -> str:
    return f"page_{page.number}_block_{index}"


def _add_page(layout: ET.Element, page: Page, scale: float) -> None:
    size = {"WIDTH": str(round(page.width * scale)), "HEIGHT": str(round(page.height * scale))}
    name = f"page_{page.number}"
    outer = ET.SubElement(
        layout,
        "Page",
        {"ID": name, "PHYSICAL_IMG_NR": str(page.number), "PROCESSINGREFS": _PROCESSING, **size},
    )
    space = ET.SubElement(
        outer, "PrintSpace", {"ID": f"{name}_space", "HPOS": "0", "VPOS": "0", **size}
    )
    numbers = count(1)
    for index, block in enumerate(blocks(page.lines), start=1):
        box = union(line.box for line in block)
        inner = ET.SubElement(
            space, "TextBlock", {"ID": _block_id(page, index), **_place(box, scale)}
        )
        for line in block:
            _add_line(inner, line, f"{name}_line_{next(numbers)}", scale)
    for index, box in enumerate(page.ink.unread, start=1):
        marks = {"ID": f"{name}_unread_{index}", "TAGREFS": _UNREAD, "TYPE": _UNREAD}
        ET.SubElement(space, "Illustration", {**marks, **_place(box, scale)})


def _add_line(block: ET.Element, line: Line, name: str, scale: float) -> None:
    outer = ET.SubElement(
        block, "TextLine", {"ID": name, "TAGREFS": _kind_id(line.kind), **_place(line.box, scale)}
    )
    _add_word(outer, line.words[0], f"{name}_word_1", scale)
    for index, (before, word) in enumerate(pairwise(line.words), start=2):
        ET.SubElement(outer, "SP", _place(_between(before.box, word.box), scale))
        _add_word(outer, word, f"{name}_word_{index}", scale)


def _between(left: Box, right: Box) -> Box:
    """The blank between two words; without width where they touch or the line runs upward."""
    x0, y0 = left.x1, min(left.y0, right.y0)
    return Box(x0, y0, max(x0, right.x0), max(left.y1, right.y1))


def _add_word(line: ET.Element, word: Word, name: str, scale: float) -> None:
    said = {
        "ID": name,
        "CONTENT": harmless(word.text),
        "WC": f"{word.confidence:.4f}",
        "TAGREFS": _origin_id(word.origin),
    }
    string = ET.SubElement(line, "String", {**said, **_place(word.box, scale)})
    for text in word.alternatives:
        ET.SubElement(string, "ALTERNATIVE", PURPOSE="another reading").text = harmless(text)


def _place(box: Box, scale: float) -> dict[str, str]:
    scaled = box.scaled(scale)
    values = (scaled.x0, scaled.y0, scaled.width, scaled.height)
    names = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    return {name: f"{value:.2f}" for name, value in zip(names, values, strict=True)}
