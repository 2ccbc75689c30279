"""Names and numbers in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.geometry import Box
from redactor.output.in_words import counted, label_in_words, listed, percent, place_in_words
from tests.unit.test_report import REPORT

PAGE = replace(REPORT.pages[0], width=600, height=900)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("PERSON", "Person"),
        ("DATE_OF_BIRTH", "Date of birth"),
        ("US_SSN", "US SSN"),
        ("DE_TAX_ID", "DE tax ID"),
        ("LAW_ENFORCEMENT_PERSON", "Law enforcement person"),
        ("URL", "URL"),
        ("QR_CODE", "QR code"),
        ("", ""),
        ("_", ""),
    ],
)
def test_labels(label: str, words: str) -> None:
    assert label_in_words(label) == words


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (1, 1, "top left"),
        (199, 299, "top left"),
        (201, 301, "center"),
        (300, 1, "top center"),
        (599, 450, "middle right"),
        (1, 899, "bottom left"),
        (9999, 9999, "bottom right"),
        (-50, -50, "top left"),
    ],
)
def test_places(x: float, y: float, words: str) -> None:
    assert place_in_words(Box(x, y, x, y), PAGE) == words


def test_a_place_on_a_page_without_a_size() -> None:
    assert place_in_words(Box(5, 5, 6, 6), replace(PAGE, width=0, height=0)) == "top left"


@pytest.mark.parametrize(
    ("share", "words"), [(1, "100 %"), (0.999, "99 %"), (0.5, "50 %"), (0, "0 %"), (0.004, "0 %")]
)
def test_shares(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([3], "3"),
        ([1, 2, 3, 7], "1-3, 7"),
        ([7, 1, 1, 2], "1-2, 7"),
        (list(range(1, 40, 2)), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 ..."),
    ],
)
def test_numbers(numbers: list[int], words: str) -> None:
    assert listed(numbers) == words


def test_counts() -> None:
    assert counted(1, "page") == "1 page"
    assert counted(0, "page") == "0 pages"
    assert counted(1234, "entry", "entries") == "1,234 entries"
