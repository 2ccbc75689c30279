"""The fields of a real interactive form: names, tooltips, places."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from redactor.geometry import Box
from redactor.pdf.intake import take_in
from redactor.words import FormField


def widget(
    kind: int, name: str, rect: tuple[float, float, float, float], tooltip: str = ""
) -> pymupdf.Widget:
    made = pymupdf.Widget()
    made.field_type, made.field_name, made.rect = kind, name, pymupdf.Rect(*rect)
    made.field_label = tooltip
    if kind == pymupdf.PDF_WIDGET_TYPE_TEXT:
        made.field_value = "John"
    return made


def form(path: Path, rotation: int = 0, hidden: bool = False) -> Path:
    """A page of 400 by 300 points with a text field and a tick box."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.add_widget(
        widget(pymupdf.PDF_WIDGET_TYPE_TEXT, "patient.name", (50, 40, 200, 60), "Patient name")
    )
    page.add_widget(widget(pymupdf.PDF_WIDGET_TYPE_CHECKBOX, "consent", (50, 80, 60, 90)))
    if hidden:
        for found in page.widgets():
            document.xref_set_key(found.xref, "F", "2")
    page.set_rotation(rotation)
    document.save(path)
    return path


def fields(path: Path) -> tuple[FormField, ...]:
    (first,) = take_in(path).fields
    return first


def is_near(box: Box, expected: tuple[float, float, float, float]) -> bool:
    return box.as_tuple() == pytest.approx(expected, abs=1.5)  # a border counts to the rectangle


def test_a_text_field_and_no_tick_box(tmp_path: Path) -> None:
    (found,) = fields(form(tmp_path / "form.pdf"))
    assert (found.name, found.tooltip) == ("patient.name", "Patient name")
    assert is_near(found.box, (50, 40, 200, 60))


def test_its_place_is_that_of_the_page_as_it_is_shown(tmp_path: Path) -> None:
    (found,) = fields(form(tmp_path / "form.pdf", rotation=90))
    assert is_near(found.box, (240, 50, 260, 200))


def test_what_is_not_shown_is_no_field(tmp_path: Path) -> None:
    assert fields(form(tmp_path / "form.pdf", hidden=True)) == ()


def test_a_page_without_fields(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    document.save(tmp_path / "plain.pdf")
    assert fields(tmp_path / "plain.pdf") == ()
