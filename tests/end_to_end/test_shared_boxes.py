"""Findings that overlap, from the command to the signed report: one box, all reasons."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from redactor.errors import ExitCode
from redactor.report import Report
from redactor.statement import from_bytes
from tests.documents import words_of
from tests.faults.command import Place, make_place

POLICY = """\
redactor_policy: 1
name: both
box: {quantize_pt: 0}
rules:
  - {id: names, find: [PERSON], code: "(A)"}
  - {id: number, find: [US_SSN], keep: {last: 4}, code: "(B)"}
  - {id: surnames, pattern: Smith, as: SURNAME, code: "(C)"}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = make_place(tmp_path_factory.mktemp("shared"))
    (place.work / "both.yaml").write_text(POLICY)
    return place


def report_in(path: Path) -> Report:
    return from_bytes(base64.b64decode(json.loads(path.read_bytes())["payload"]))


def test_overlapping_findings_share_a_box_in_document_report_and_summary(place: Place) -> None:
    done = place.run("redact", "in.pdf", "-o", "out.pdf", "-p", "both.yaml", "--json")
    assert done.code == ExitCode.OK, done.err
    report = report_in(place.work / "out.pdf.report.json")
    shared, *others = (r for r in report.redactions if r.also)
    assert not others
    assert {(r.label, r.rule, r.code) for r in shared.reasons} == {
        ("PERSON", "names", "(A)"),
        ("SURNAME", "surnames", "(C)"),
    }
    assert json.loads(done.out)["redacted"] == {"PERSON": 1, "SURNAME": 1, "US_SSN": 1}
    left = words_of((place.work / "out.pdf").read_bytes())
    assert "7694" in "".join(left)
    assert {"(A),", "(C)"} < set(left) or {"(C),", "(A)"} < set(left)
    assert place.run("verify", "out.pdf", "--source", "in.pdf").code == ExitCode.OK
