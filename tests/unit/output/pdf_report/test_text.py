"""Text in PDF reports: nothing in it is markup, and nothing in it is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from redactor.output.pdf_report.text import (
    BODY,
    CODE,
    MOST,
    STRONG,
    markup,
    paragraph,
    prepare,
    shortened,
)
from redactor.pdf.thumbnails import wide_font


@pytest.fixture(autouse=True)
def fonts() -> None:
    prepare(wide_font)


def shown(made: Paragraph) -> str:
    return "".join(fragment.text for fragment in made.frags)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        '<font color="white">x</font>',
        "<img src='file:///etc/passwd'/>",
        '<a href="http://x">',
        "a & b &amp; c &lt;",
        "]]> <!-- x",
        "<para>",
        "%s {0} \\n",
    ],
)
def test_markup_is_shown_as_it_is(text: str) -> None:
    made = paragraph(text)
    assert shown(made) == text
    assert {fragment.textColor for fragment in made.frags} == {BODY.textColor}


@pytest.mark.parametrize("text", ["Žižka", "山田太郎", "Ελένη", "Анна", "한국", "→ ✓"])
def test_letters_of_other_scripts_are_drawn(text: str) -> None:
    assert shown(paragraph(text)) == text
    assert "U+" not in markup(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [("\u05d0", "[U+05D0]"), ("a\x00b", "a[U+0000]b"), ("\u202ex", "[U+202E]x")],
)
def test_what_no_font_has_is_told_by_number(text: str, told: str) -> None:
    assert shown(paragraph(text)) == told


def test_line_ends_are_blanks() -> None:
    assert shown(paragraph("a\n\n\tb ")) == "a b"


def test_fonts_that_know_ascii_only() -> None:
    assert markup("é", CODE.fontName) != "é"
    assert markup("é", STRONG.fontName) == "é"


@pytest.mark.parametrize(
    ("text", "most", "cut"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("", 3, "")]
)
def test_long_texts_are_cut(text: str, most: int, cut: str) -> None:
    assert shortened(text, most) == cut


@given(st.text(max_size=400))
def test_any_text_makes_a_paragraph(text: str) -> None:
    made = paragraph(text)
    assert "…" not in shown(made) or len(text) > MOST or "…" in text
    made.wrap(60, 1000)
