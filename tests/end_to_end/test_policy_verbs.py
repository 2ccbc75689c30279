"""redactor policy show, schema, test, explain: what they print, and how they end."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from redactor.errors import ExitCode
from redactor.policy.load import digest, load, source
from tests.documents import text_pdf
from tests.faults.command import Place, make_place

HEAD = "redactor_policy: 1\nname: own\nextends: default\n"
TESTS = HEAD + (
    "tests:\n"
    '  - {text: "Patient John Smith reports pain", redact: [John], keep: [pain]}\n'
    "  - text: John Smith lives in Boston.\n"
    "    keep: [lives in]\n"
    "    redact:\n"
    "      - Smith\n"
    "      - Boston\n"
    "  - {text: 'John Smith', keep: [Smith]}\n"
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = make_place(tmp_path)
    (made.work / "own.yaml").write_text(TESTS)
    return made


# show, schema


def test_show_prints_the_file_as_it_is(place: Place) -> None:
    done = place.run("policy", "show", "./own.yaml")
    assert (done.code, done.out, done.err) == (0, TESTS, "")


def test_show_resolved_loads_to_the_same_policy(place: Place) -> None:
    done = place.run("policy", "show", "--resolved", "./own.yaml")
    assert done.code == 0
    assert "extends" not in done.out
    (place.work / "resolved.yaml").write_text(done.out)
    policy = load(place.work / "own.yaml")
    assert digest(load(place.work / "resolved.yaml")) == digest(policy)
    told = json.loads(place.run("policy", "show", "--resolved", "--json", "./own.yaml").out)
    assert told == {"name": "own", "sha256": digest(policy), "yaml": done.out}


def test_schema_is_json(place: Place) -> None:
    done = place.run("policy", "schema")
    assert json.loads(done.out)["properties"]["rules"]["type"] == "array"
    assert done.out == place.run("policy", "schema", "--json").out


# test


def test_failures_are_named_by_file_line_and_reason(place: Place) -> None:
    done = place.run("policy", "test", "./own.yaml")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert done.out.splitlines() == [
        'own.yaml:10: test 2: "Boston" was kept: rule "places" names LOCATION',
        'own.yaml:11: test 3: "Smith" was redacted: rule "names" names PERSON',
        "./own.yaml: 3 tests, 2 failed",
    ]
    assert done.err == "redactor: 2 of 3 tests failed (change the policy, or the tests)\n"


def test_failures_for_machines(place: Place) -> None:
    done = place.run("policy", "test", "./own.yaml", "default", "--json", "--junit", "out.xml")
    assert done.code == ExitCode.ANSWER_IS_NO
    own, default = json.loads(done.out)
    assert (own["name"], own["tests"], own["failed"]) == ("own", 3, 2)
    assert own["failures"][0] == {
        "test": 2,
        "line": 10,
        "what": '"Boston" was kept: rule "places" names LOCATION',
    }
    assert (default["failed"], default["failures"]) == (0, [])
    suites = ET.fromstring((place.work / "out.xml").read_text())
    assert [s.get("name") for s in suites] == ["own", "default"]
    assert suites.get("failures") == "2"
    assert len(suites[0].findall("testcase")) == 3
    message = suites[0][1][0].get("message") or ""
    assert message.startswith('own.yaml:10: test 2: "Boston" was kept')


def test_a_policy_without_tests_says_so(place: Place) -> None:
    (place.work / "own.yaml").write_text(HEAD)
    done = place.run("policy", "test", "./own.yaml")
    assert (done.code, done.out, done.err) == (0, "./own.yaml: has no tests\n", "")


def test_a_bad_policy_is_no_failed_test(place: Place) -> None:
    (place.work / "own.yaml").write_text(HEAD + "rulse: []\n")
    assert place.run("policy", "test", "./own.yaml").code == ExitCode.BAD_POLICY


def test_the_report_may_not_replace_the_policy(place: Place) -> None:
    done = place.run("policy", "test", "./own.yaml", "--junit", "own.yaml")
    assert done.code == ExitCode.USAGE
    assert (place.work / "own.yaml").read_text() == TESTS


def test_documents_are_read_as_any_other(place: Place) -> None:
    lines = [(10.0, 30.0, "Patient: John Smith"), (10.0, 60.0, "Zebulon mended the roof.")]
    (place.work / "docs").mkdir()
    (place.work / "docs" / "form.pdf").write_bytes(text_pdf(lines, width=240, height=90))
    (place.work / "docs" / "note.txt").write_text("Call John Smith at (202) 555-0143.\n")
    (place.work / "own.yaml").write_text(
        HEAD + "tests:\n"
        "  - {document: docs/form.pdf, redact: [John, Smith, roof], keep: ['Patient:', mended]}\n"
        "  - {document: docs/note.txt, redact: [(202) 555-0143], keep: [Call, John Doe]}\n"
        "  - {document: docs/gone.pdf, keep: [x]}\n"
    )
    done = place.run("policy", "test", "./own.yaml")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert done.out.splitlines() == [
        'own.yaml:5: test 1: "roof" was kept: no detector found anything here',
        'own.yaml:6: test 2: "John Doe" does not stand there',
        'own.yaml:7: test 3: "docs/gone.pdf" cannot be tested on: '
        f"{place.work / 'docs' / 'gone.pdf'}: there is no such file",
        "./own.yaml: 3 tests, 3 failed",
    ]
    assert "Zebulon" not in done.out + done.err


# explain


def test_explain_says_what_is_done_in_order(place: Place) -> None:
    (place.work / "own.yaml").write_text(
        HEAD + "settings: {uncertain: review}\nnever: [Jane]\nalways: [a, b]\nrules:\n"
        "- {id: old, find: [AGE], over: 89, code: C, cite: a law}\n"
        "- {id: zip, find: [US_ZIP_CODE], keep: {first: 3, except: ['036']}, pages: 1-2}\n"
        "- {id: docket, pattern: x+, as: CASE_NUMBER, context: [case], action: review}\n"
        "- {id: hand, area: all, origin: [handwriting], as: HANDWRITING}\n"
    )
    done = place.run("policy", "explain", "./own.yaml")
    assert done.code == 0
    expected = [
        "   1. redact terms that are given for a job, and 2 texts that the policy always redacts",
        "   2. keep 1 text that the policy never redacts",
        "   1. redact ages over 89 [C] (a law)",
        "   2. redact ZIP codes, on pages 1-2, the first 3 stay "
        "unless they are one of 1 that the rule lists",
        '   3. ask a person case numbers that match a pattern near "case"',
        "   4. redact everything, only where handwritten",
        "   5. redact names of people [NAME]",
    ]
    said = " ".join(done.out.split())
    at = [said.find(" ".join(line.split())) for line in expected]
    assert min(at) >= 0
    assert at == sorted(at)
    assert "left to a person" in done.out
    told = json.loads(place.run("policy", "explain", "-p", "./own.yaml", "--json").out)
    assert told["rules"][0] == {
        "id": "old",
        "action": "redact",
        "what": "ages over 89",
        "code": "C",
        "cite": "a law",
    }


def test_explain_a_finding_in_a_text_and_in_a_document(place: Place) -> None:
    (place.work / "note.txt").write_text("We saw John Smith in Boston, or was it Smithson?\n")
    done = place.run("policy", "explain", "--finding", "Smith", "--in", "note.txt")
    assert done.out.splitlines() == [
        '"Smith", page 1, characters 13-17: redacted',
        '  PERSON, found by entities with score 0.55, redact by names: rule "names" names PERSON',
    ]
    done = place.run("policy", "explain", "--finding", "Boston", "--in", "note.txt")
    assert "not redacted\n  LOCATION, found by entities" in done.out
    done = place.run("policy", "explain", "--finding", "212-09-7694", "--in", "in.pdf", "--json")
    (where,) = json.loads(done.out)["places"]
    assert (where["page"], where["redacted"]) == (1, "all")
    assert where["findings"][0]["rule"] == "social-security-numbers"


def test_explain_what_nothing_found(place: Place) -> None:
    (place.work / "own.yaml").write_text(
        HEAD + "rules: [{id: docket, pattern: 'x{9}', as: CASE_NUMBER}]\n"
    )
    done = place.run("policy", "explain", "./own.yaml", "--finding", "mended", "--in", "in.pdf")
    assert (done.code, done.out) == (ExitCode.ANSWER_IS_NO, "")
    assert done.err == ('redactor: "mended" does not stand in in.pdf (capitals and marks count)\n')
    done = place.run("policy", "explain", "./own.yaml", "--finding", "on file", "--in", "in.pdf")
    assert done.out.splitlines() == [
        '"on file", page 1, characters 40-46: not redacted',
        "  no detector found anything here",
        "  rules that find texts of their own: docket (pattern)",
        '  what must go wherever it stands can be listed under "always", or given by --term',
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("default", "-p", "default"), ExitCode.USAGE),
        (("default", "--in", "in.pdf"), ExitCode.USAGE),
        (("--finding", "a", "--in", "gone.pdf"), ExitCode.FILE_ACCESS),
        (("nosuch",), ExitCode.BAD_POLICY),
    ],
)
def test_explain_refuses_what_makes_no_sense(
    place: Place, arguments: tuple[str, ...], code: ExitCode
) -> None:
    done = place.run("policy", "explain", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("redactor: ")


def test_check_looks_at_rosters(place: Place) -> None:
    (place.work / "own.yaml").write_text(HEAD + "subject: gone.csv\n")
    done = place.run("policy", "check", "./own.yaml")
    assert done.code == ExitCode.BAD_POLICY
    assert done.err == "redactor: own.yaml:4: subject: there is no such file\n"


def test_the_source_of_a_policy_is_its_own_file() -> None:
    assert source("default").path.name == "default.yaml"
