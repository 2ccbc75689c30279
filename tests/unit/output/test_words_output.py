"""`read --format json` and text: the format that others rely on, key by key."""

from __future__ import annotations

import json

from redactor.geometry import Box
from redactor.output.words import to_json, to_text
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.unit.output.readings import EMPTY, ENGINE, HARMFUL, HARMLESS, PAGE, page_of


def bounds(x: float, y: float, width: float, height: float) -> dict[str, float]:
    return {"x": x, "y": y, "width": width, "height": height}


def test_json_is_as_agreed() -> None:
    data = json.loads(to_json([PAGE, EMPTY], 144, ENGINE))
    name = {
        "text": "Name:",
        "bounds": bounds(72, 144, 72, 18),
        "confidence": 0.9877,
        "origin": "text_layer",
    }
    ann = {
        "text": "Ænn",
        "bounds": bounds(180, 141, 36, 23),
        "confidence": 0.5,
        "origin": "handwriting",
        "alternatives": ["Ann"],
    }
    ledger = data["pages"][0].pop("ink")  # more than was agreed
    data["pages"][1].pop("ink")
    assert ledger == {"word": 5, "rule": 4, "picture": 3, "speck": 2, "mark": 0, "unread": 1}
    assert [page.pop("marks") for page in data["pages"]] == [[], []]
    assert data == {
        "pages": [
            {
                "pageNumber": 1,
                "width": 1224,
                "height": 1584,
                "dpi": 144,
                "elements": [
                    {
                        "type": "print",
                        "text": "Name:",
                        "words": [name],
                        "readingOrder": 0,
                        "bounds": bounds(72, 144, 72, 18),
                        "confidence": 0.9877,
                    },
                    {
                        "type": "handwriting",
                        "text": "Ænn Name:",
                        "words": [ann, name],
                        "readingOrder": 1,
                        "bounds": bounds(72, 141, 144, 23),
                        "confidence": 0.5,
                    },
                ],
                "unread": [{"bounds": bounds(18, 36, 36, 36)}],
            },
            {
                "pageNumber": 2,
                "width": 200,
                "height": 100,
                "dpi": 144,
                "elements": [],
                "unread": [],
            },
        ],
        "engine": {
            "redactor": {"version": "0.1.0", "sha256": "c" * 64},
            "models": {"locator": {"version": "3.10", "sha256": "a" * 64}},
            "packages": {"numpy": "2.0"},
            "settings": {"dpi": 144, "mode": "icr"},
        },
    }


def test_json_can_always_be_written() -> None:
    broken = Page(
        1, 9, 9, (Line((Word("\ud800", Box(0, 0, 1, 1), 1, Origin.PRINT),), LineKind.PRINT),)
    )
    to_json([broken], 200, ENGINE).encode()


def test_text_is_a_line_a_line_and_a_form_feed_a_page() -> None:
    assert to_text([PAGE, EMPTY, PAGE]) == "Name:\nÆnn Name:\n\f\n\fName:\nÆnn Name:"


def test_text_does_nothing_to_a_terminal() -> None:
    assert to_text([page_of(HARMFUL)]) == HARMLESS
