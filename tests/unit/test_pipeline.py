"""Which texts must be nowhere in the output."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.geometry import Box
from redactor.pipeline import removed_texts
from redactor.plan import redactions
from redactor.stages import Planned
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.documents import taken, text_pdf
from tests.unit.test_plan import INNER, SECRET, decision, plan


@pytest.mark.parametrize(
    ("staying", "removed"),
    [
        ("Elsewhere", True),
        (SECRET, False),  # a name here, a common word there
        (f"({SECRET}),", False),
        (f"{SECRET}_1", False),
        (f"{SECRET}s", True),  # another word
        (f"2{SECRET}", True),
    ],
)
def test_a_text_that_stays_somewhere_is_not_searched_for(
    tmp_path: Path, staying: str, removed: bool
) -> None:
    words = (
        Word(SECRET, INNER, 1.0, Origin.PRINT),
        Word(staying, Box(10, 10, 40, 20), 1.0, Origin.PRINT),
    )
    page = Page(1, 300, 200, (Line(words, LineKind.PRINT),))
    planned = Planned(taken(tmp_path, text_pdf([])), (page,), plan(decision(INNER)))
    found = removed_texts(planned, redactions(planned.plan, planned.pages))
    assert found == ((SECRET,) if removed else ())
