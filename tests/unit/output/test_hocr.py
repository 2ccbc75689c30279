"""`read --format hocr`: hOCR 1.2, as XML parsers and as HTML parsers see it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from redactor.output.hocr import to_hocr
from redactor.words import Page
from tests.unit.output.readings import EMPTY, ENGINE, HARMFUL, HARMLESS, PAGE, page_of

# What an element of each class must lie in (hOCR 1.2, 4 to 6).
PARENTS = {
    "ocr_page": None,
    "ocr_carea": "ocr_page",
    "ocr_par": "ocr_carea",
    "ocr_line": "ocr_par",
    "ocrx_word": "ocr_line",
    "ocrx_unread": "ocr_page",
}
VOID = {"meta"}


class Seen(HTMLParser):
    """The elements with a class that an HTML parser sees: class, its parent's class, title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str | None] = []
        self.found: list[tuple[str, str | None, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        values = dict(attrs)
        kind = values.get("class")
        if kind:
            outer = next((k for k in reversed(self.open) if k), None)
            self.found.append((kind, outer, values.get("title") or ""))
        self.open.append(kind)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()


def parsed(*pages: Page) -> ET.Element:
    return ET.fromstring(to_hocr(pages, 144, ENGINE))


def of_class(root: ET.Element, kind: str) -> list[ET.Element]:
    return [e for e in root.iter() if e.get("class") == kind]


def test_elements_lie_where_they_must() -> None:
    found = Seen(to_hocr([PAGE, EMPTY], 144, ENGINE)).found
    assert {kind for kind, *_ in found} == set(PARENTS)
    assert all(PARENTS[kind] == outer for kind, outer, _ in found)


def test_void_elements_close_themselves_and_no_others_do() -> None:
    text = to_hocr([PAGE, EMPTY, page_of("")], 144, ENGINE)
    assert "</meta>" not in text
    assert set(re.findall(r"<(\w+)[^<>]*/>", text)) == VOID


@pytest.mark.parametrize("page", [PAGE, EMPTY, page_of("a", "b")])
def test_boxes_are_whole_pixels_on_the_page(page: Page) -> None:
    width, height = round(page.width * 2), round(page.height * 2)
    for _, _, title in Seen(to_hocr([page], 144, ENGINE)).found:
        match = re.match(r"bbox (\d+) (\d+) (\d+) (\d+)(;|$)", title)
        assert match
        x0, y0, x1, y1 = map(int, match.groups()[:4])
        assert 0 <= x0 <= x1 <= width
        assert 0 <= y0 <= y1 <= height


def test_words_with_box_confidence_and_kind() -> None:
    root = parsed(PAGE)
    assert [w.text for w in of_class(root, "ocrx_word")] == ["Name:", "Ænn", "Name:"]
    word = of_class(root, "ocrx_word")[1]
    assert word.get("title") == "bbox 180 141 216 164; x_wconf 50; x_origin handwriting"
    kinds = [str(line.get("title")).split("; ")[1] for line in of_class(root, "ocr_line")]
    assert kinds == ["x_kind print", "x_kind handwriting"]
    assert of_class(root, "ocrx_unread")[0].get("title") == "bbox 18 36 54 72"


def test_metadata() -> None:
    root = parsed(PAGE, EMPTY)
    said = {e.get("name"): e.get("content") for e in root.iter() if e.tag.endswith("}meta")}
    assert said["ocr-system"] == "redactor 0.1.0"
    assert said["ocr-number-of-pages"] == "2"
    used = {kind for kind, *_ in Seen(to_hocr([PAGE], 144, ENGINE)).found}
    standard = {kind for kind in used if kind != "ocrx_unread"}
    assert standard | {"ocrp_wconf"} == set(str(said["ocr-capabilities"]).split())
    assert said["redactor-model-locator"] == f"3.10 {'a' * 64}"
    assert said["redactor-setting-mode"] == "icr"


def test_no_id_is_there_twice() -> None:
    ids = [e.get("id") for e in parsed(PAGE, EMPTY).iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_harmful_text_does_no_harm() -> None:
    root = parsed(page_of(HARMFUL))
    assert of_class(root, "ocrx_word")[0].text == HARMLESS
