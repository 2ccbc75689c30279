"""The published schema: it says of a report what the reader of reports does."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from redactor.quality import to_bytes
from redactor.report import Candidate, RedactionInfo
from redactor.statement import parse_statement
from redactor.statement_schema import descriptions, review_schema, schema
from tests.unit.test_quality import REVIEW
from tests.unit.test_report import OBJECTS, drop, json_form, put

SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DOC = Path(__file__).parents[2] / "docs" / "report-format.md"


def objects(value: Any, name: str = "statement") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the schema with the name of the field or part that it is."""
    if isinstance(value, dict):
        if "properties" in value:
            yield name, value
        for key, item in value.items():
            yield from objects(item, name if key in ("items", "properties", "$defs") else key)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_report_fits() -> None:
    VALIDATOR.validate(json_form())


@pytest.mark.parametrize("path", OBJECTS)
def test_unknown_and_missing_keys_are_refused(path: str) -> None:
    data = json_form()
    put(data, f"{path}/surplus", 1)
    assert not VALIDATOR.is_valid(data)
    found: Any = json_form()
    for part in path.split("/"):
        found = found[int(part) if part.isdigit() else part]
    for key in found:
        data = json_form()
        drop(data, f"{path}/{key}")
        assert VALIDATOR.is_valid(data) == _parses(data), key


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("predicateType", "urn:redactor:predicate:redaction-report:v2"),
        ("subject", []),
        ("subject/0/digest/sha256", "ABC"),
        ("predicate/created", "2026-01-31T12:00:00+01:00"),
        ("predicate/input/size", -1),
        ("predicate/input/size", "1"),
        ("predicate/job/pages/0", 0),
        ("predicate/pages/0/width", -1),
        ("predicate/pages/1/mode", "redrawn"),
        ("predicate/redactions/0/box", [1, 2, 3]),
        ("predicate/redactions/0/score", 1.5),
        ("predicate/redactions/0/hmac", ""),
        ("predicate/declined/0/action", "redact"),
        ("predicate/sanitized/xmp", -1),
        ("predicate/sanitized", []),
        ("predicate/residual_risks/0", 1),
        ("predicate/models/0/version", None),
    ],
)
def test_schema_and_reader_refuse_the_same(path: str, value: object) -> None:
    data = json_form()
    put(data, path, value)
    assert not VALIDATOR.is_valid(data)
    assert not _parses(data)


def _parses(data: Any) -> bool:
    try:
        parse_statement(copy.deepcopy(data))
    except ValueError:
        return False
    return True


def test_every_object_is_closed_and_every_field_described() -> None:
    found = [*objects(SCHEMA), *objects(review_schema())]
    assert len(found) > 15
    for name, part in found:
        assert part["additionalProperties"] is False, name
        for field, value in part["properties"].items():
            assert value["description"].strip(), (name, field)


def test_a_review_fits_its_schema_and_nothing_else_does() -> None:
    validator = jsonschema.Draft202012Validator(review_schema())
    data = json.loads(to_bytes(REVIEW))
    validator.validate(data)
    assert not VALIDATOR.is_valid(data)
    assert not validator.is_valid(json_form())
    data["predicate"]["words"]["bound"] = 2
    assert not validator.is_valid(data)


def test_descriptions_are_those_of_the_class_and_its_bases() -> None:
    assert descriptions(RedactionInfo)["hmac"].startswith("HMAC-SHA256")
    assert descriptions(RedactionInfo)["page"] == descriptions(Candidate)["page"]
    assert "hmac" not in descriptions(Candidate)


def test_the_documentation_explains_each_field() -> None:
    """In the section whose heading names the part, in the first column of its table."""
    sections = re.split(r"^##+ ", DOC.read_text(encoding="utf-8"), flags=re.MULTILINE)
    explained: dict[str, set[str]] = {}
    for section in sections:
        heading, _, body = section.partition("\n")
        rows = set(re.findall(r"^\| `([^`]+)` \| \S", body, flags=re.MULTILINE))
        for name in re.findall(r"`(\w+)`", heading):
            explained.setdefault(name, set()).update(rows)
    found = [*objects(SCHEMA), *objects(review_schema())]
    for name, part in found:
        missing = set(part["properties"]) - explained.get(name, set())
        assert not missing, f"{name}: {sorted(missing)}"
    known: dict[str, set[str]] = {}
    for name, part in found:
        known.setdefault(name, set()).update(part["properties"])
    for name, fields in explained.items():
        assert fields <= known.get(name, set()), f"{name}: no such fields"
