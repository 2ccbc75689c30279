"""A review's statement: it comes back as it went, and anything odd is refused by its key path."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from redactor import statement
from redactor.geometry import Box
from redactor.quality import (
    REVIEW_TYPE,
    Checked,
    Place,
    PlaceKind,
    QualityReview,
    Sample,
    from_bytes,
    sample_digest,
    to_bytes,
)
from redactor.report import OutputInfo, ToolInfo
from tests.unit.test_report import DIGEST, REPORT, put

SAMPLE = Sample(
    "c" * 64,
    DIGEST,
    "seed",
    100,
    (Place(PlaceKind.WORD, 1, Box(1, 2, 3, 4)), Place(PlaceKind.PAGE, 2, Box(0, 0, 612, 792))),
)
REVIEW = QualityReview(
    output=OutputInfo(DIGEST),
    report="c" * 64,
    sample=sample_digest(SAMPLE),
    seed="seed",
    words=Checked(60, 100, 1, 0.0766),
    pages=Checked(0, 2, 0, 1.0),
    confidence=0.95,
    by="Ann Example",
    created="2026-01-31T12:00:00Z",
    tool=ToolInfo("redactor", "0.1.0", DIGEST),
)


def test_a_review_comes_back() -> None:
    assert from_bytes(to_bytes(REVIEW)) == REVIEW


def test_it_is_a_statement_on_the_pdf() -> None:
    data = json.loads(to_bytes(REVIEW))
    assert data["_type"] == statement.STATEMENT_TYPE
    assert data["predicateType"] == REVIEW_TYPE != statement.PREDICATE_TYPE
    assert data["subject"][0]["digest"] == {"sha256": DIGEST}
    assert data["predicate"]["report"] == "c" * 64


def test_a_report_is_no_review_and_a_review_no_report() -> None:
    with pytest.raises(ValueError, match="predicateType"):
        from_bytes(statement.to_bytes(REPORT))
    with pytest.raises(ValueError, match="predicateType"):
        statement.from_bytes(to_bytes(REVIEW))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("predicate/words/missed", 61, "predicate.words.missed: must be at most checked"),
        ("predicate/words/missed", -1, "predicate.words.missed: must be at least 0"),
        ("predicate/words/bound", 1.1, "predicate.words.bound: must be between 0 and 1"),
        ("predicate/words/checked", "60", "predicate.words.checked: must be of type int"),
        ("predicate/report", "ab", "predicate.report: must be 64"),
        ("predicate/by", 1, "predicate.by: must be of type str"),
        ("predicate/created", "today", "predicate.created: must be an RFC 3339"),
        ("predicate/surplus", 1, "predicate.surplus: unknown key"),
    ],
)
def test_what_is_wrong_is_named(path: str, value: Any, message: str) -> None:
    data = json.loads(to_bytes(REVIEW))
    put(data, path, value)
    with pytest.raises(ValueError) as caught:
        from_bytes(json.dumps(data).encode())
    assert str(caught.value).startswith(message)


def test_a_samples_digest_is_of_all_its_places() -> None:
    changed = replace(SAMPLE, places=SAMPLE.places[:1]), replace(SAMPLE, seed="other")
    assert len({sample_digest(sample) for sample in (SAMPLE, *changed)}) == 3
    assert [p.kind for p in SAMPLE.words] == ["word"]
    assert [p.kind for p in SAMPLE.pages] == ["page"]
