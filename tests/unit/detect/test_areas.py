"""All that stands in a place or was written in a way."""

from __future__ import annotations

from typing import Any

import pytest

from redactor.detect.areas import AreaDetector
from redactor.geometry import Box
from redactor.policy.model import Rule
from redactor.words import InkLedger, Line, LineKind, Mark, MarkLabel, Origin, Page, Word

TYPED, INK = Origin.TEXT_LAYER, Origin.HANDWRITING


def word(text: str, x: float, y: float, origin: Origin = TYPED) -> Word:
    return Word(text, Box(x, y, x + 40, y + 10), 1.0, origin)


PAGE = Page(
    2,
    600,
    800,
    (
        Line(
            (word("Office", 10, 10), word("of", 60, 10), word("Anywhere", 400, 10)), LineKind.PRINT
        ),
        Line((word("Name", 10, 100), word("Roe", 60, 100, INK)), LineKind.PRINT),
    ),
    InkLedger(unread=(Box(10, 20, 50, 30),)),
    (
        Mark(MarkLabel.SIGNATURE, Box(100, 700, 200, 730), 0.9),
        Mark(MarkLabel.STAMP, Box(300, 700, 400, 730), 0.9),
    ),
)


def taken(**rule: Any) -> list[tuple[str, tuple[Box, ...]]]:
    made = Rule.model_validate({"id": "r", "area": "all", "as": "PLACE", **rule})
    found = list(AreaDetector([made]).find(PAGE))
    assert all((f.label, f.detector, f.page) == ("PLACE", "rule:r", 2) for f in found)
    return [(f.text, f.boxes) for f in found]


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a region takes words and itself": ({"region": [0, 0, 120, 40]}, ["Office of", ""]),
    "a run ends where a word is left out": ({"region": [0, 5, 90, 18]}, ["Office of", ""]),
    "by the center of a word": ({"region": [0, 0, 29, 16]}, [""]),
    "handwriting and signatures": ({"origin": ["handwriting"]}, ["Roe", ""]),
    "print takes no marks": ({"origin": ["print"]}, []),
    "both": ({"origin": ["handwriting"], "region": [0, 0, 600, 200]}, ["Roe"]),
    "another page": ({"pages": "1"}, []),
    "the whole page": ({"pages": "2"}, ["Office of Anywhere", "Name Roe", ""]),
}


@pytest.mark.parametrize(("rule", "texts"), CASES.values(), ids=CASES)
def test_what_an_area_takes(rule: dict[str, Any], texts: list[str]) -> None:
    assert [text for text, _ in taken(**rule)] == texts


def test_a_finding_has_the_boxes_of_its_words() -> None:
    assert taken(region=[0, 0, 120, 18])[0] == ("Office of", (Box(10, 10, 100, 20),))


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"region": [500, 700, 520, 710]}, Box(500, 700, 520, 710)),  # a picture, or nothing
        ({"region": [500, 700, 900, 900]}, Box(500, 700, 600, 800)),
        ({"pages": "2"}, Box(0, 0, 600, 800)),
    ],
)
def test_a_place_goes_whole(rule: dict[str, Any], place: Box) -> None:
    assert taken(**rule)[-1] == ("", (place,))


def test_a_place_beside_the_page_is_none() -> None:
    assert taken(region=[700, 0, 800, 10]) == []
