"""Label to value: on pages by geometry, in plain text by columns.

Forms are drawn as text, a character six points wide and a line twelve high, so that one drawing is
both. `<John>` is written by hand, `[John]` in the drawing of a page is ink that nobody could read.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.fields import FieldDetector, FieldRule, names_of
from redactor.findings import Finding
from redactor.geometry import Box
from redactor.words import FormField, Mark, MarkLabel, Origin, Page
from tests.unit.detect.forms.drawn import page

NAME = ("Patient name", "Name of patient", "Name", "Pt")


def detector(*labels: str) -> FieldDetector:
    return FieldDetector([FieldRule("r", labels or NAME, "PERSON")])


def on_page(drawing: str, *labels: str) -> list[str]:
    return [found.text for found in detector(*labels).find(page(drawing))]


DRAWINGS: dict[str, tuple[str, list[str]]] = {
    "right of its label": ("Patient name: John Smith", ["John Smith"]),
    "up to the next label": ("Name: John Smith    Date: 04/15/2026", ["John Smith"]),
    "after a label without a colon": ("Patient name      <John> <Smith>", ["John Smith"]),
    "a leader is no value": ("Name: ________", []),
    "but ends before one": ("Name:____John____", ["John"]),
    "an empty field has none": ("Name:          Date: 04/15/2026", []),
    "what looks like a label, close behind a colon": ("Name:   First Name", ["First Name"]),
    "or far": ("Name:             First Name", []),
    "or with a value of its own": ("Name:   Address: 12 Elm Road", []),
    "under its label": (
        "Patient name        Date of birth\n<John> <Smith>          <4/15/61>",
        ["John Smith"],
    ),
    "misread": ("Pat1ent nane: John Smith", ["John Smith"]),
    "in capitals": ("PATIENT NAME: JOHN SMITH", ["JOHN SMITH"]),
    "a short label exactly": ("Pt: John Smith", ["John Smith"]),
    "a short label is not like another": ("Pl: John Smith", []),
    "prose is no field": ("the patient name was recorded on the chart yesterday", []),
    "a longer label is another": ("Mother's name: Mary Smith", []),
    "two of them": ("Name: John Smith    Name: Mary Roe", ["John Smith", "Mary Roe"]),
    "no label": ("John Smith", []),
}  # fmt: skip


@pytest.mark.parametrize(("drawing", "values"), DRAWINGS.values(), ids=DRAWINGS)
def test_values_on_a_page(drawing: str, values: list[str]) -> None:
    assert on_page(drawing) == values


@pytest.mark.parametrize(("drawing", "values"), DRAWINGS.values(), ids=DRAWINGS)
def test_values_in_plain_text(drawing: str, values: list[str]) -> None:
    text = re.sub("[<>]", "", drawing)
    found = [text[span.start : span.end] for span in detector().spans(text)]
    assert found == values


def test_two_fields_on_one_line() -> None:
    line = "Date: 04/15/2026 Signature: J. Smith"
    assert on_page(line, "Date") == ["04/15/2026"]
    assert on_page(line, "Signature") == ["J. Smith"]


def test_a_column_of_a_table() -> None:
    table = (
        "Name               Born        Ward\n"
        "<John> <Smith>     1961        12\n"
        "<Mary> <Roe>       1975        14"
    )
    assert on_page(table, "Name") == ["John Smith", "Mary Roe"]
    assert on_page(table, "Ward") == ["12", "14"]


def found_on(drawn: Page, *labels: str) -> list[Finding]:
    return list(detector(*labels).find(drawn))


def test_ink_that_nobody_could_read_is_the_value() -> None:
    (found,) = found_on(page("Name: [scrawl]"))
    assert (found.text, found.confidence) == ("", 0)
    assert found.boxes == (Box(36, 0, 84, 10),)
    assert not found.origins


def test_a_signature_is_a_value() -> None:
    mark = Mark(MarkLabel.SIGNATURE, Box(70, 0, 130, 12), 0.9)
    (found,) = found_on(page("Signature:", marks=(mark,)), "Signature")
    assert found.boxes == (mark.box,)


def test_a_finding_says_where_it_was_written_and_where_each_letter_is() -> None:
    (found,) = found_on(page("Name: <John> Smith"))
    assert found.origins == {Origin.HANDWRITING, Origin.PRINT}
    assert (found.detector, found.label) == ("rule:r", "PERSON")
    assert len(found.places) == len(found.text) == len("John Smith")
    assert found.places[0] == Box(36, 0, 45, 10)  # <John> is six characters wide
    assert found.places[-1] == Box(102, 0, 108, 10)


def test_of_ink_without_text_no_part_has_a_place() -> None:
    (found,) = found_on(page("Name: John [scrawl]"))
    assert len(found.boxes) == 1
    assert found.places == ()


@pytest.mark.parametrize(
    ("name", "tooltip", "is_one"),
    [
        ("form1[0].patientName_2[0]", "", True),
        ("T12", "Patient name. Print in ink", True),
        ("Patient_name", "", True),
        ("motherName", "", False),
        ("T12", "Name of school", False),
    ],
)
def test_form_fields_go_by_their_names(name: str, tooltip: str, is_one: bool) -> None:
    field = FormField(name, tooltip, Box(60, 100, 200, 130))
    drawn = page("\n" * 9 + " " * 12 + "John Smith", fields=(field,))
    assert [f.text for f in found_on(drawn, "Patient name")] == (["John Smith"] if is_one else [])


def test_names_of_a_field_are_not_shown() -> None:
    field = FormField("patient", "Patient", Box(0, 0, 1, 1))
    assert "atient" not in repr(field)
    assert "Patient" in list(names_of(field))


@given(st.text(alphabet="Name: Jo_|.\n\t[]<>12é☐", max_size=120))
def test_any_form_has_values_that_lie_on_it(drawing: str) -> None:
    for found in detector().find(page(drawing)):
        assert found.boxes
        for box in found.boxes:
            assert box.clipped(612, 792) == box
    for span in detector().spans(drawing):
        assert 0 <= span.start < span.end <= len(drawing)


def test_many_words_and_labels_take_no_longer() -> None:
    drawing = "\n".join("word " * 20 for _ in range(1000))
    labels = [f"Label number {n}" for n in range(1000)]
    assert on_page(drawing, *labels) == []  # seconds, were it quadratic in either
