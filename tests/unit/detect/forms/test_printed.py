"""Where labels are printed: what begins one, what ends one, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.unit.detect.forms.drawn import values

LABELS: dict[str, tuple[str, str, list[str]]] = {
    "after a sign": ("% Solution      5", "% Solution", ["5"]),
    "but not after a word": ("Salt % Solution      5", "Solution", []),
    "of initials": ("D. C.      x", "D. C.", ["x"]),
    "of one word after a number": ("(a) Consortium      x", "(a) Consortium", ["x"]),
    "in capitals before a sentence": (
        "CONCLUSION This may help.",
        "Conclusion",
        ["This may help."],
    ),
    "but not as a part of a phrase": ("CONCLUSION of the board was final.", "Conclusion", []),
    "nor as an abbreviation": ("USA This may help.", "USA", []),
    "before a cross": ("Attached: Yes x", "Yes", ["x"]),
    "but not before any word": ("Attached: Yes we did", "Yes", []),
    "up to a word that heads labels": ("Name       Project No. 12", "Name", []),
    "which is no number in a sentence": ("Result     No sample came", "Result", ["No sample came"]),
    "nor in the middle of one": ("Result     All of it, No. 12", "Result", ["All of it, No. 12"]),
    "nor is one written small": ("Result     All code was read", "Result", ["All code was read"]),
    "prose ends with a colon": (
        "Note:\nPlease run the job for all of those against file b: now",
        "Note",
        ["Please run the job for all of those against file b: now"],
    ),
    "but a label in capitals ends it": (
        "Note:\nPlease run the job for all of those against Date: now",
        "Note",
        ["Please run the job for all of those against"],
    ),
}


@pytest.mark.parametrize(("drawing", "label", "found"), LABELS.values(), ids=LABELS)
def test_labels(drawing: str, label: str, found: list[str]) -> None:
    assert values(drawing, label) == found
