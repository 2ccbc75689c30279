"""Marks become findings; what a barcode says is looked through like any text."""

from __future__ import annotations

from redactor.detect.detectors import detect
from redactor.detect.patterns import PatternDetector
from redactor.geometry import Box
from redactor.words import Mark, MarkLabel, Page

BOX = Box(10, 20, 110, 60)


def page(*marks: Mark) -> Page:
    return Page(3, 600, 800, (), marks=marks)


def test_each_mark_is_a_finding() -> None:
    given = [Mark(label, BOX, 0.7) for label in MarkLabel]
    found = detect([page(*given)], [PatternDetector()])
    assert [f.label for f in found] == [label.value for label in MarkLabel]
    assert {(f.page, f.boxes, f.score, f.detector) for f in found} == {(3, (BOX,), 0.7, "marks")}


def test_a_barcode_is_read_like_any_text() -> None:
    code = Mark(MarkLabel.BARCODE, BOX, 1.0, "SSN: 212-09-7694")
    found = detect([page(code)], [PatternDetector()])
    assert [(f.label, f.text) for f in found] == [
        ("BARCODE", "SSN: 212-09-7694"),
        ("US_SSN", "212-09-7694"),
    ]
    assert all(f.boxes == (BOX,) for f in found)
    assert "212" not in repr(found)
    assert len({f.id for f in found}) == 2


def test_a_barcode_without_an_identifier_is_just_that() -> None:
    (found,) = detect([page(Mark(MarkLabel.BARCODE, BOX, 1.0, "box 7"))], [PatternDetector()])
    assert found.label == "BARCODE"
