"""The JSON Schema: what loads validates, and slips that an editor should mark do not."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml

from redactor.policy.load import available
from redactor.policy.model import MAX_RULES
from redactor.policy.schema import schema

VALIDATOR = jsonschema.Draft202012Validator(schema())
HEAD = {"redactor_policy": 1, "name": "x"}


def problems(body: str) -> list[str]:
    data: Any = HEAD | (yaml.safe_load(body) or {})
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("source", available(), ids=lambda source: source.name)
def test_all_policies_that_come_along_validate(source: Any) -> None:
    assert not list(VALIDATOR.iter_errors(yaml.safe_load(source.path.read_text())))


GOOD = r"""
extends: default
settings: {ner: [builtin, en_core_web_lg], known_alarms: 1, vlm_hosts: ["a.b:443"]}
document: {keep: [bookmarks, title], title: Release 12, language: zh-Hant-TW}
rules:
  - {id: names, find: [PERSON, CASE], keep: {initials: true}, unless: [Jane], cite: "a law"}
  - {id: zips, find: [US_ZIP_CODE], keep: {first: 3, except: ["036"]}}
  - {id: docket, pattern: 'x\d', context: [case], as: CASE, pages: "1, 3-5, 7-", action: keep}
  - {id: born, fields: [DOB], as: DATE_OF_BIRTH, keep: {year: true}}
  - {id: roster, known: ../rosters/people.csv, as: PERSON, origin: [print]}
  - {id: head, area: all, region: [0, 0, 612, 72.5], as: LETTERHEAD}
always: [a]
never: [b]
subject: me.csv
tests:
  - {document: samples/form.pdf, redact: [Jane]}
  - {text: a}
"""


def test_all_that_can_be_written_validates() -> None:
    assert not problems(GOOD)


@pytest.mark.parametrize(
    "body",
    [
        "rulse: []",
        "name: a b",
        "redactor_policy: 2",
        "never: word",
        "never: ['']",
        "subject: /etc/passwd",
        "subject:",
        "document: {keep: [tags]}",
        "document: {keep: [links, links]}",
        "document: {language: x-smith}",
        "settings: {min_score: 1.1}",
        "settings: {uncertain: maybe}",
        "settings: {ner: english}",
        "settings: {vlm_hosts: [host]}",
        "box: {pad: -1}",
        "rules: [{find: [URL]}]",
        "rules: [{id: a}]",
        "rules: [{id: never, find: [URL]}]",
        "rules: [{id: a, find: []}]",
        "rules: [{id: a, find: [person]}]",
        "rules: [{id: a, find: [URL], pattern: x, as: X}]",
        "rules: [{id: a, pattern: x}]",
        "rules: [{id: a, pattern: x, as_label: X}]",
        "rules: [{id: a, pattern: x, as: TERM}]",
        "rules: [{id: a, find: [URL], context: [x]}]",
        "rules: [{id: a, find: [URL], action: redcat}]",
        "rules: [{id: a, find: [URL], pages: 1}]",
        "rules: [{id: a, find: [URL], pages: 1;2}]",
        "rules: [{id: a, find: [URL], region: [1, 2, 3]}]",
        "rules: [{id: a, find: [URL], origin: [ink]}]",
        "rules: [{id: a, find: [URL], keep: {}}]",
        "rules: [{id: a, find: [URL], keep: {last: 4, first: 1}}]",
        "rules: [{id: a, find: [URL], keep: {last: four}}]",
        "rules: [{id: a, area: page, as: X}]",
        "tests: [{keep: [a]}]",
        "tests: [{text: a, document: b}]",
        "tests: [{text: a, redcat: [b]}]",
    ],
)
def test_slips_do_not_validate(body: str) -> None:
    assert problems(body)


def _described(part: dict[str, Any]) -> list[str]:
    return [key for key, value in part["properties"].items() if "description" not in value]


def test_every_key_is_described_and_none_is_null() -> None:
    made = schema()
    parts = {"": made, **made["$defs"]}
    missing = {name: _described(part) for name, part in parts.items() if "properties" in part}
    assert {name: keys for name, keys in missing.items() if keys} == {}
    assert "null" not in repr(made)
    assert {"as", "keep", "unless"} < set(made["$defs"]["Rule"]["properties"])


def test_the_cap_on_rules_is_told() -> None:
    rules = [{"id": f"r{number}", "find": ["URL"]} for number in range(MAX_RULES + 1)]
    assert list(VALIDATOR.iter_errors(HEAD | {"rules": rules}))
    assert not list(VALIDATOR.iter_errors(HEAD | {"rules": rules[1:]}))
