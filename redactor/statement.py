"""The report as an in-toto Statement v1 (in-toto Attestation Framework, spec/v1/statement.md).

Its subject is the output PDF's SHA-256, its predicate everything else. `sign.py` puts the
statement's canonical bytes into a signed envelope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from redactor.codec import build, decoder, encode, keys, may_be_absent, plain, shown
from redactor.parts import hints
from redactor.report import OutputInfo, Report, SanitizedItem
from redactor.strict_json import canonical_json, strict_json

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:redactor:predicate:redaction-report:v1"


def statement(report: Report) -> dict[str, Any]:
    """The report as an in-toto Statement v1."""
    predicate: dict[str, Any] = encode(report)
    del predicate["output"]
    predicate["sanitized"] = {entry.item: entry.count for entry in report.sanitized}
    return envelop(report.output, PREDICATE_TYPE, predicate)


def parse_statement(data: object) -> Report:
    """The report that `statement` made this of.

    Raises ValueError naming the path of the first key that is unknown, missing or of the wrong
    type or range; no value is ever quoted.
    """
    output, found = opened(data, PREDICATE_TYPE)
    parts = [f for f in fields(Report) if f.name != "output"]
    optional = [f.name for f in parts if may_be_absent(f)]
    required = [f.name for f in parts if f.name not in optional]
    values: dict[str, Any] = {"output": output}
    for name, value in keys(found, "predicate", required, optional).items():
        decode = _sanitized if name == "sanitized" else decoder(hints(Report)[name])
        values[name] = decode(value, f"predicate.{name}")
    return build(Report, values, "predicate")


def to_bytes(report: Report) -> bytes:
    """The statement's canonical bytes: what gets signed."""
    return canonical_json(statement(report))


def from_bytes(data: bytes) -> Report:
    """The inverse of `to_bytes`, not caring for spacing. Raises ValueError as said there."""
    return parse_statement(strict_json(data))


def envelop(
    output: OutputInfo, predicate_type: str, predicate: Mapping[str, Any]
) -> dict[str, Any]:
    """A statement of that type on an output PDF."""
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": output.name, "digest": {"sha256": output.sha256}}],
        "predicateType": predicate_type,
        "predicate": predicate,
    }


def opened(data: object, predicate_type: str) -> tuple[OutputInfo, Any]:
    """The output PDF and the predicate, still JSON, of a statement of that type.

    Raises ValueError as `parse_statement` does.
    """
    top = keys(data, "statement", ("_type", "subject", "predicateType", "predicate"))
    for key, known in (("_type", STATEMENT_TYPE), ("predicateType", predicate_type)):
        if top[key] != known:
            raise ValueError(f"{key}: must be {known}")
    return _subject(top["subject"]), top["predicate"]


def _sanitized(value: object, path: str) -> tuple[SanitizedItem, ...]:
    if not isinstance(value, dict):
        raise ValueError(f"{path}: must be an object")
    for name, count in value.items():
        if type(count) is not int or count < 0:
            raise ValueError(f"{path}.{shown(name)}: must be a whole number, at least 0")
    return tuple(SanitizedItem(name, count) for name, count in value.items())


def _subject(value: object) -> OutputInfo:
    if not isinstance(value, list) or len(value) != 1:
        raise ValueError("subject: must be a list of one")
    path, text = "subject[0]", plain(str)
    found = keys(value[0], path, ("name", "digest"))
    digest = keys(found["digest"], f"{path}.digest", ("sha256",))
    values = {
        "name": text(found["name"], f"{path}.name"),
        "sha256": text(digest["sha256"], f"{path}.digest.sha256"),
    }
    return build(OutputInfo, values, f"{path}.digest")
