"""Letter-spaced words are words; columns and initials are not."""

from __future__ import annotations

import pymupdf
import pytest

from redactor.geometry import Box, PageFrame
from redactor.pdf.text_layer import glyph_lines, split_at_blanks

FRAME = PageFrame(Box(0, 0, 400, 400), 0, 1)


def words(content: str) -> list[str]:
    """What a page with that content says; the font is Helvetica of 12 points."""
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=400)
        page.insert_text((0, -50), "x")  # brings the font
        font = page.get_fonts()[0][4]
        document.update_stream(
            page.get_contents()[0], f"BT /{font} 12 Tf 1 0 0 1 20 200 Tm {content} ET".encode()
        )
        lines = glyph_lines(page, FRAME)
        return [
            "".join(g.char for g in part) for glyphs in lines for part in split_at_blanks(glyphs)
        ]


def placed(text: str, pace: float) -> str:
    """Each letter at its own place, as in the boxes of a form; blanks are only left out."""
    return " ".join(
        f"1 0 0 1 {20 + pace * index} 200 Tm ({char}) Tj"
        for index, char in enumerate(text)
        if char != " "
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("5 Tc (Zebulon) Tj", ["Zebulon"]),
        ("5 Tc (Zebulon Quux) Tj", ["Zebulon", "Quux"]),
        ("5 Tc (MILLI) Tj", ["MILLI"]),
        ("5 Tc (Zebulon Wm) Tj", ["Zebulon", "Wm"]),
        ("[(Z) -400 (e) -400 (b) -400 (u)] TJ", ["Zebu"]),
        ("[(Z) -400 (e) -400 (b) -400 (u) -800 (Q) -400 (x)] TJ", ["Zebu", "Qx"]),
        (placed("219099999", 16), ["219099999"]),
        (placed("21909 9999", 16), ["21909", "9999"]),
        ("[(Z) -400 (-) -400 (7) -400 (3)] TJ", ["Z-73"]),
        # Near misses
        ("[(6) -400 (.) -400 (.) -400 (.) -400 (.) -400 (7)] TJ", list("6....7")),
        ("(Z e b u l o n) Tj", list("Zebulon")),  # the document's own blanks
        ("[(J) -400 (Q) -400 (P)] TJ", ["J", "Q", "P"]),
        ("[(J) -400 (Q) -400 (Public)] TJ", ["J", "Q", "Public"]),
        (placed("12345", 40), list("12345")),  # columns of a table
        ("(Zebulon Quux) Tj", ["Zebulon", "Quux"]),
        ("[(to) -400 (be) -400 (or) -400 (no)] TJ", ["to", "be", "or", "no"]),
    ],
)
def test_words(content: str, expected: list[str]) -> None:
    assert words(content) == expected


@pytest.mark.parametrize("turn", ["0 1 -1 0 200 20", "-1 0 0 -1 380 200", "0.8 0.6 -0.6 0.8 50 50"])
def test_in_any_direction(turn: str) -> None:
    assert words(f"{turn} Tm 5 Tc (Zebulon) Tj") == ["Zebulon"]
