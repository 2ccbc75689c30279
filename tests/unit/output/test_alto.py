"""`read --format alto`: ALTO 4.4, element by element, and nothing that it does not allow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from redactor.output.alto import to_alto
from redactor.words import Page
from tests.unit.output.readings import ANN, EMPTY, ENGINE, HARMFUL, HARMLESS, PAGE, page_of

# The Library of Congress keeps it: www.loc.gov/standards/alto/v4/alto-4-4.xsd.
SCHEMA = os.environ.get("REDACTOR_ALTO_XSD")
NS = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}
GRAMMAR = etree.RelaxNG(file=str(Path(__file__).parents[2] / "resources" / "alto_written.rng"))


def parsed(*pages: Page, dpi: int = 144) -> etree._Element:
    return etree.fromstring(to_alto(pages, dpi, ENGINE).encode())


def place(element: etree._Element) -> tuple[float, ...]:
    return tuple(float(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))


@pytest.mark.parametrize(
    "pages",
    [(PAGE, EMPTY), (EMPTY,), (page_of("a", "b"),), (page_of(HARMFUL, ""),)],
    ids=["usual", "empty", "off the page", "harmful"],
)
def test_the_grammar_is_kept(pages: tuple[Page, ...]) -> None:
    GRAMMAR.assertValid(parsed(*pages))


class _Links(etree.Resolver):  # type: ignore[misc]
    """What the official schema asks of xlink, so that no network is needed."""

    def resolve(self, url: str, public_id: str, context: object) -> object:
        if "xlink" not in url:
            return None
        return self.resolve_string(
            b"<schema xmlns='http://www.w3.org/2001/XMLSchema'"
            b" targetNamespace='http://www.w3.org/1999/xlink'>"
            b"<attributeGroup name='simpleLink'/></schema>",
            context,
        )


@pytest.mark.skipif(SCHEMA is None, reason="REDACTOR_ALTO_XSD names no alto-4-4.xsd")
@pytest.mark.parametrize(
    "pages", [(PAGE, EMPTY), (EMPTY,), (page_of("a", "b"),), (page_of(HARMFUL, ""),)]
)
def test_the_official_schema_is_kept(pages: tuple[Page, ...]) -> None:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Links())
    schema = etree.XMLSchema(etree.parse(SCHEMA, parser))
    schema.assertValid(parsed(*pages))


@pytest.mark.parametrize("path", ["//a:Description", "//a:PrintSpace", "//a:String[1]"])
def test_the_grammar_misses_what_is_left_out(path: str) -> None:
    root = parsed(PAGE)
    element = root.xpath(path, namespaces=NS)[0]
    element.getparent().remove(element)
    assert not GRAMMAR.validate(root)


@pytest.mark.parametrize(("name", "value"), [("WC", "1.1"), ("WIDTH", "-1"), ("HPOS", "left")])
def test_the_grammar_knows_values(name: str, value: str) -> None:
    root = parsed(PAGE)
    root.find(".//a:String", NS).set(name, value)
    assert not GRAMMAR.validate(root)


def test_every_reference_leads_somewhere_and_no_id_is_there_twice() -> None:
    root = parsed(PAGE, EMPTY)
    ids = root.xpath("//@ID")
    references = " ".join(root.xpath("//@REF | //@TAGREFS | //@PROCESSINGREFS")).split()
    assert len(ids) == len(set(ids))
    assert references
    assert set(references) <= set(ids)


def test_words_lines_and_boxes() -> None:
    root = parsed(PAGE)
    first, second = root.iterfind(".//a:TextLine", NS)
    assert [s.get("CONTENT") for s in first.iterfind("a:String", NS)] == ["Name:"]
    assert [s.get("CONTENT") for s in second.iterfind("a:String", NS)] == ["Ænn", "Name:"]
    assert first.get("TAGREFS") == "kind_print"
    assert second.get("TAGREFS") == "kind_handwriting"
    word = second.find("a:String", NS)
    assert place(word) == (180, 141, 36, 23)
    assert (word.get("WC"), word.get("TAGREFS")) == ("0.5000", "origin_handwriting")
    assert word.findtext("a:ALTERNATIVE", namespaces=NS) == ANN.alternatives[0]


def test_unread_ink_is_an_illustration_of_its_own() -> None:
    (unread,) = parsed(PAGE).iterfind(".//a:Illustration", NS)
    assert place(unread) == (18, 36, 36, 36)
    assert unread.get("TAGREFS") == "unread"


def test_pages_have_their_size_and_number() -> None:
    sizes = [
        tuple(p.get(n) for n in ("PHYSICAL_IMG_NR", "WIDTH", "HEIGHT"))
        for p in parsed(PAGE, EMPTY).iterfind(".//a:Page", NS)
    ]
    assert sizes == [("1", "1224", "1584"), ("2", "200", "100")]


def test_what_it_was_read_with_is_said() -> None:
    root = parsed(PAGE)
    assert root.findtext(".//a:processingStepSettings", namespaces=NS) == "dpi=144; mode=icr"
    software = root.findtext(".//a:applicationDescription", namespaces=NS)
    for part in ("c" * 64, "a" * 64, "locator 3.10", "numpy 2.0"):
        assert part in software


def test_harmful_text_does_no_harm() -> None:
    root = parsed(page_of(HARMFUL))
    assert root.find(".//a:String", NS).get("CONTENT") == HARMLESS
    assert root.findtext(".//a:ALTERNATIVE", namespaces=NS) == HARMLESS
