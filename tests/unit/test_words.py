"""Words and pages may be logged: no repr holds what was read."""

from __future__ import annotations

import numpy as np
import pytest

from redactor.geometry import Box
from redactor.words import InkLedger, Lattice, Line, LineKind, Origin, Page, Word

SECRET = "Zebulon"
WORD = Word(SECRET, Box(0, 0, 30, 10), 0.9, Origin.PRINT, (SECRET + "s",), (0.0, 30.0))
OTHER = Word("Quagmire", Box(40, 2, 80, 12), 0.4, Origin.HANDWRITING)
LATTICE = Lattice(np.ones((1, 2), np.float32), (SECRET,))
LINE = Line((WORD, OTHER), LineKind.PRINT, LATTICE)
PAGE = Page(1, 612, 792, (LINE, Line((OTHER,), LineKind.HANDWRITING)), InkLedger(word=3))


@pytest.mark.parametrize("thing", [WORD, LATTICE, LINE, PAGE, (PAGE,)], ids=type)
def test_repr_never_holds_text(thing: object) -> None:
    for shown in (repr(thing), str(thing), f"{thing}"):
        assert SECRET not in shown
        assert "Quagmire" not in shown


def test_a_line_sums_up_its_words() -> None:
    assert LINE.text == f"{SECRET} Quagmire"
    assert LINE.box == Box(0, 0, 80, 12)
    assert LINE.confidence == 0.4
    assert Line((WORD, OTHER), LineKind.PRINT) == LINE  # the lattice does not count


def test_a_page_lists_its_words_in_order() -> None:
    assert PAGE.words == (WORD, OTHER, OTHER)
