"""What must not stand in an output."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.output.characters import encodable, harmless

ANY = st.text(st.characters())


@pytest.mark.parametrize("text", ["Ænn", "日本", "\U0001f600", "a b", "<&\"'>", "\ufffd\ue000"])
def test_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == encodable(text) == text


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\t", "\x7f", "\x85", "\x9b", "\udfff", "\uffff"])
def test_harmful_characters_are_replaced_one_by_one(char: str) -> None:
    assert harmless(f"a{char}b{char}") == "a\ufffdb\ufffd"


@given(ANY)
def test_xml_takes_what_is_harmless_and_gives_it_back(text: str) -> None:
    element = ET.Element("e", a=harmless(text))
    element.text = harmless(text)
    back = ET.fromstring(ET.tostring(element))
    assert back.get("a") == (back.text or "") == harmless(text)
    assert len(harmless(text)) == len(text)


@given(ANY)
def test_what_is_encodable_can_be_encoded(text: str) -> None:
    encodable(text).encode()
