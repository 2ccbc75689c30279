"""Values that somebody asks about, held against a report's HMACs and the output."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.sign.job_keys import text_hmac
from redactor.verify.values import Values, check_values
from tests.documents import text_pdf
from tests.unit.test_leaks import REDACTION, REPORT

KEY = bytes(range(32))
OUTPUT = text_pdf([(10.0, 30.0, "Paid to the Bearer, 12 May")])


def said_of(value: str, *boxes: str) -> tuple[bool, str]:
    """Whether the check passes and what it says, where the boxes took these texts."""
    taken = (replace(REDACTION, hmac=text_hmac(KEY, text)) for text in boxes)
    report = replace(REPORT, redactions=tuple(taken))
    (check,) = check_values([value], report, KEY, OUTPUT)
    assert check.name == "value 1"
    return check.passed, check.detail.split(";")[0]


@pytest.mark.parametrize(
    ("value", "boxes", "said"),
    [
        ("Jane Example", ["Jane Example"], "removed in 1 place"),
        ("jane  EXAMPLE", ["Jane Example", "Jane\u00a0Example,", "(Jane Example)"], "3 places"),
        ("212-09-7694", ["212-09-7694."], "removed in 1 place"),
        ("Jane Q Example", ["Jane Q", "Example."], "removed in parts"),
        ("Jane Q Example", ["Q Example", "Jane"], "removed in parts"),
        ("Jane Q Example", ["Jane", "Example"], "not among what was removed"),
        ("Jane Q Example", ["Jane Q"], "not among what was removed"),
        ("Jane", ["Jane Example"], "not among what was removed"),
        ("212-09-7694", ["212 09 7694"], "not among what was removed"),
        ("Jane Example", [], "not among what was removed"),
    ],
)
def test_how_a_value_was_removed(value: str, boxes: list[str], said: str) -> None:
    passed, detail = said_of(value, *boxes)
    assert passed
    assert said in detail


@pytest.mark.parametrize(
    ("value", "stands"),
    [
        ("Bearer", True),
        ("the bearer", True),
        ("TO  THE", True),
        ("12", True),  # short values, too
        ("Bear", False),
        ("1", False),
        ("the Bearer of", False),
    ],
)
def test_whether_it_stands_in_the_output(value: str, stands: bool) -> None:
    passed, detail = said_of(value, value)
    assert passed is not stands
    assert detail == "removed in 1 place"  # and elsewhere it may stand all the same


def test_values_are_not_shown() -> None:
    assert "Jane" not in repr(Values(("Jane",)))
