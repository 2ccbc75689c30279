"""The report's JSON: it comes back as it went, and anything odd is refused by its key path."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.findings import Action
from redactor.geometry import Box
from redactor.modes import Mode
from redactor.report import (
    Candidate,
    Check,
    DeclinedInfo,
    InkInfo,
    InputInfo,
    JobInfo,
    ModelInfo,
    OutputInfo,
    PackageInfo,
    PageInfo,
    PageMode,
    PdfSignatureInfo,
    PolicyInfo,
    PolicyRules,
    ReadingInfo,
    Reason,
    RedactionInfo,
    Report,
    ReviewerInfo,
    RuleInfo,
    SanitizedItem,
    SettingInfo,
    TimestampInfo,
    ToolInfo,
    VlmInfo,
)
from redactor.statement import from_bytes, parse_statement, statement, to_bytes
from redactor.strict_json import canonical_json, strict_json

DIGEST = "0123456789abcdef" * 4

REDACTION = RedactionInfo(
    id="p1-r1",
    finding="p1-f1",
    page=1,
    box=Box(72, 72.5, 144, 84),
    box_px=Box(200, 201, 400, 233),
    dpi=200,
    label="PERSON",
    rule="names",
    code="164.514(b)(2)(i)(A)",
    confidence=0.97,
    score=0.85,
    detector="entities",
    decided_by="policy",
    reason="rule names",
    hmac="ab" * 32,
)
DECLINED = DeclinedInfo(**{f.name: getattr(REDACTION, f.name) for f in fields(Candidate)})
REPORT = Report(
    output=OutputInfo(DIGEST),
    input=InputInfo(sha256="f" * 64, size=12_345, pages=2),
    created="2026-01-31T12:00:00Z",
    tool=ToolInfo("redactor", "0.1.0", DIGEST),
    job=JobInfo(3, "auto", (1, 2)),
    policy=PolicyInfo(
        "default",
        DIGEST,
        PolicyRules(
            (SettingInfo("settings.min_score", "0.35"),),
            (
                RuleInfo(
                    "names", "find", ("PERSON",), Action.REDACT, "(A)", "45 CFR 164.514", "", ""
                ),
            ),
            2,
            0,
            False,
        ),
    ),
    reading=ReadingInfo(
        Mode.VLM, "paddle", 0.65, 0.5, 200, VlmInfo("127.0.0.1:8000", "m", 5, 2, 3, 1)
    ),
    models=(ModelInfo("reader", DIGEST, "6"), ModelInfo("entities", DIGEST)),
    packages=(PackageInfo("pikepdf", "10.0"),),
    pages=(
        PageInfo(1, PageMode.IN_PLACE, "", 612, 792, 300, 4, InkInfo(900, 2, 7, 1, 12, 0)),
        PageInfo(2, PageMode.REBUILT, "soft mask", 612, 792, 20, 0, InkInfo(60, 0, 0, 0, 3, 2)),
    ),
    redactions=(REDACTION,),
    declined=(DECLINED,),
    reviewers=(ReviewerInfo("Ann Example", 1, 0),),
    sanitized=(SanitizedItem("xmp", 1), SanitizedItem("javascript", 2)),
    checks=(Check("no text under boxes", "pdfium", True, ""),),
    residual_risks=("handwriting was read with little confidence on 1 page",),
    pdf_signature=PdfSignatureInfo(
        "e" * 64, TimestampInfo("CN=Time Office", "d" * 64, "2026-01-31T12:00:01.5Z")
    ),
)


def json_form() -> Any:
    return json.loads(to_bytes(REPORT))


def put(data: Any, path: str, value: object) -> None:
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in parents:
        data = data[part]
    data[last] = value


def drop(data: Any, path: str) -> None:
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in parents:
        data = data[part]
    del data[last]


# ------------------------------------------------------------------ there and back


def test_statement_is_an_in_toto_statement() -> None:
    data = statement(REPORT)
    assert data["_type"] == "https://in-toto.io/Statement/v1"
    assert data["subject"] == [{"name": "output.pdf", "digest": {"sha256": DIGEST}}]
    assert data["predicateType"] == "urn:redactor:predicate:redaction-report:v1"
    assert set(data) == {"_type", "subject", "predicateType", "predicate"}


def test_predicate_in_its_json_form() -> None:
    predicate = json_form()["predicate"]
    assert set(predicate) == {f.name for f in fields(Report)} - {"output"}
    assert predicate["input"] == {"sha256": "f" * 64, "size": 12_345, "pages": 2}
    assert predicate["sanitized"] == {"javascript": 2, "xmp": 1}
    assert predicate["reading"] == {
        "mode": "vlm",
        "engine": "paddle",
        "lexicon_weight": 0.65,
        "reread_below": 0.5,
        "dpi": 200,
        "vlm": {
            "host": "127.0.0.1:8000",
            "model": "m",
            "lines_sent": 5,
            "accepted": 2,
            "rejected": 3,
            "malformed": 1,
        },
    }
    assert predicate["models"][1] == {"name": "entities", "sha256": DIGEST}
    assert predicate["pages"][1]["mode"] == "rebuilt"
    assert predicate["redactions"][0]["box"] == [72.0, 72.5, 144.0, 84.0]
    assert predicate["declined"][0]["action"] == "keep"
    assert "hmac" not in predicate["declined"][0]


def test_a_pdf_without_a_signature_is_reported_as_it_always_was() -> None:
    plain = replace(REPORT, pdf_signature=None)
    assert set(statement(plain)["predicate"]) == set(json_form()["predicate"]) - {"pdf_signature"}
    assert parse_statement(statement(plain)) == plain
    unstamped = replace(REPORT, pdf_signature=PdfSignatureInfo("e" * 64))
    assert statement(unstamped)["predicate"]["pdf_signature"] == {"certificate": "e" * 64}
    assert parse_statement(statement(unstamped)) == unstamped


OTHER = Reason("p1-f2", "LOCATION", "places", "(b)(6)", 0.9, 0.6, "entities", "Ann", "asked for")
SHARED = replace(REPORT, redactions=(replace(REDACTION, also=(OTHER,)),))


def test_a_shared_box_keeps_all_its_reasons() -> None:
    (redaction,) = SHARED.redactions
    assert [r.finding for r in redaction.reasons] == ["p1-f1", "p1-f2"]
    assert parse_statement(statement(SHARED)) == SHARED
    (entry,) = statement(SHARED)["predicate"]["redactions"]
    assert set(entry["also"][0]) == {f.name for f in fields(Reason)}


def test_a_box_of_one_finding_is_written_as_reports_always_had_it() -> None:
    (entry,) = json_form()["predicate"]["redactions"]
    assert set(entry) == {f.name for f in fields(RedactionInfo)} - {"also"}


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({}, "also: must be a list"),
        ([{}], r"also\[0\]\.finding: missing key"),
        ([{**asdict(OTHER), "score": 2.0}], r"also\[0\]\.score: must be between 0 and 1"),
        ([{**asdict(OTHER), "text": "x"}], r"also\[0\]\.text: unknown key"),
    ],
)
def test_reasons_that_are_none(value: object, where: str) -> None:
    data = json_form()
    put(data, "predicate/redactions/0/also", value)
    with pytest.raises(ValueError, match=where):
        parse_statement(data)


def test_report_comes_back() -> None:
    assert parse_statement(statement(REPORT)) == REPORT
    assert from_bytes(to_bytes(REPORT)) == REPORT


def test_equal_reports_have_equal_bytes() -> None:
    page = replace(REPORT.pages[0], width=612.0, height=792.0)
    same = replace(
        REPORT,
        pages=(page, REPORT.pages[1]),
        sanitized=REPORT.sanitized[::-1],
    )
    assert same == REPORT
    assert to_bytes(same) == to_bytes(REPORT) == to_bytes(from_bytes(to_bytes(REPORT)))


names = st.text(max_size=20)
shares = st.floats(0, 1)
counts = st.integers(0, 2**40)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
coordinates = st.floats(-1e6, 1e6)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    coordinates, coordinates, st.floats(0, 1e4), st.floats(0, 1e4),
)  # fmt: skip
candidate: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("id", "finding", "label", "rule", "code"), names),
    **dict.fromkeys(("detector", "decided_by", "reason"), names),
    **dict.fromkeys(("confidence", "score"), shares),
    **dict.fromkeys(("page", "dpi"), st.integers(1, 10_000)),
    **dict.fromkeys(("box", "box_px"), boxes),
}
reports = st.builds(
    replace,
    st.just(REPORT),
    output=st.builds(OutputInfo, digests, names),
    models=st.lists(st.builds(ModelInfo, names, digests, names), max_size=2).map(tuple),
    redactions=st.lists(st.builds(RedactionInfo, **candidate, hmac=digests), max_size=2).map(tuple),
    declined=st.lists(st.builds(DeclinedInfo, **candidate), max_size=2).map(tuple),
    sanitized=st.lists(
        st.builds(SanitizedItem, names, counts), max_size=4, unique_by=lambda entry: entry.item
    ).map(tuple),
    checks=st.lists(st.builds(Check, names, names, st.booleans(), names), max_size=2).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(reports)
def test_any_report_comes_back(report: Report) -> None:
    data = to_bytes(report)
    assert from_bytes(data) == report
    assert to_bytes(from_bytes(data)) == data


# ------------------------------------------------------------------ refused

OBJECTS = (
    "predicate", "predicate/input", "predicate/policy", "predicate/tool", "predicate/models/0",
    "predicate/packages/0", "predicate/pages/1", "predicate/redactions/0", "predicate/declined/0",
    "predicate/checks/0", "predicate/job", "predicate/policy/resolved",
    "predicate/policy/resolved/rules/0", "predicate/policy/resolved/settings/0",
    "predicate/reviewers/0", "predicate/pdf_signature", "predicate/pdf_signature/timestamp",
    "subject/0", "subject/0/digest",
)  # fmt: skip


def dotted(path: str) -> str:
    parts = [f"[{part}]" if part.isdigit() else f".{part}" for part in path.split("/")]
    return "".join(parts).removeprefix(".")


@pytest.mark.parametrize("path", OBJECTS)
def test_unknown_keys_are_refused_by_name(path: str) -> None:
    data = json_form()
    put(data, f"{path}/surplus", "x")
    with pytest.raises(ValueError) as caught:
        parse_statement(data)
    assert str(caught.value) == f"{dotted(path)}.surplus: unknown key"


@pytest.mark.parametrize("path", OBJECTS)
def test_every_missing_key_is_refused_by_name(path: str) -> None:
    found = json_form()
    for part in path.split("/"):
        found = found[int(part) if part.isdigit() else part]
    optional = {
        "predicate": "pdf_signature",
        "predicate/models/0": "version",
        "predicate/job": "pages",
        "predicate/pdf_signature": "timestamp",
    }.get(path)
    for key in set(found) - {optional}:
        data = json_form()
        drop(data, f"{path}/{key}")
        with pytest.raises(ValueError) as caught:
            parse_statement(data)
        assert str(caught.value) == f"{dotted(path)}.{key}: missing key"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("_type", "https://in-toto.io/Statement/v0.1", "_type: must be"),
        ("predicateType", ["x"], "predicateType: must be"),
        ("subject", [], "subject: must be a list of one"),
        ("subject/0/digest/sha256", "ABC", "subject[0].digest.sha256: must be 64"),
        ("subject/0/digest/sha256", 3, "subject[0].digest.sha256: must be of type str"),
        ("subject/0/name", None, "subject[0].name: must be of type str"),
        ("predicate", [], "predicate: must be an object"),
        ("predicate/created", "2026-01-31T12:00:00+01:00", "predicate.created: must be an RFC"),
        ("predicate/created", "2026-02-31T12:00:00Z", "predicate.created: must be an RFC"),
        ("predicate/created", "2026-01-31T12:00:00Z\n", "predicate.created: must be an RFC"),
        ("predicate/input/size", -1, "predicate.input.size: must be at least 0"),
        ("predicate/job/pages/1", 0, "predicate.job.pages: must be at least 1"),
        ("predicate/job/terms", -1, "predicate.job.terms: must be at least 0"),
        ("predicate/tool/code", "ab", "predicate.tool.code: must be 64"),
        (
            "predicate/policy/resolved/rules/0/action",
            "burn",
            "predicate.policy.resolved.rules[0]",
        ),
        ("predicate/input/size", True, "predicate.input.size: must be of type int"),
        ("predicate/input/size", 1.0, "predicate.input.size: must be of type int"),
        ("predicate/input/sha256", "F" * 64, "predicate.input.sha256: must be 64"),
        ("predicate/models", {}, "predicate.models: must be a list"),
        ("predicate/models/0/version", None, "predicate.models[0].version: must be of type"),
        ("predicate/pages/1/mode", "redrawn", "predicate.pages[1].mode: must be one of in_place"),
        ("predicate/pages/1/mode", [], "predicate.pages[1].mode: must be one of in_place"),
        ("predicate/pages/0/number", 0, "predicate.pages[0].number: must be at least 1"),
        ("predicate/pages/0/width", "612", "predicate.pages[0].width: must be a finite number"),
        ("predicate/pages/0/width", True, "predicate.pages[0].width: must be a finite number"),
        ("predicate/pages/0/width", 10**400, "predicate.pages[0].width: must be a finite"),
        ("predicate/pages/0/width", float("nan"), "predicate.pages[0].width: must be a finite"),
        ("predicate/redactions/0/box", [1, 2, 3], "predicate.redactions[0].box: must be four"),
        ("predicate/redactions/0/box", [3, 2, 1, 4], "predicate.redactions[0].box: the corners"),
        ("predicate/redactions/0/box/2", None, "predicate.redactions[0].box[2]: must be a fin"),
        ("predicate/redactions/0/score", 1.5, "predicate.redactions[0].score: must be between"),
        ("predicate/redactions/0/hmac", "", "predicate.redactions[0].hmac: must be 64"),
        ("predicate/redactions/0/dpi", 0, "predicate.redactions[0].dpi: must be at least 1"),
        ("predicate/declined/0/action", "redact", "predicate.declined[0].action: must be keep"),
        ("predicate/declined/0/hmac", "ab" * 32, "predicate.declined[0].hmac: unknown key"),
        ("predicate/sanitized", [], "predicate.sanitized: must be an object"),
        ("predicate/sanitized/xmp", "1", "predicate.sanitized.xmp: must be a whole"),
        ("predicate/sanitized/xmp", -1, "predicate.sanitized.xmp: must be a whole"),
        ("predicate/checks/0/passed", 1, "predicate.checks[0].passed: must be of type bool"),
        ("predicate/residual_risks/0", 1, "predicate.residual_risks[0]: must be of type str"),
    ],
)
def test_wrong_values_are_refused_by_path(path: str, value: object, message: str) -> None:
    data = json_form()
    put(data, path, value)
    with pytest.raises(ValueError) as caught:
        parse_statement(data)
    assert str(caught.value).startswith(message)


def test_messages_quote_no_value_and_long_keys_only_in_part() -> None:
    secret = "Jane Example"
    data = json_form()
    put(data, "predicate/pages/0/words", secret)
    with pytest.raises(ValueError) as caught:
        parse_statement(data)
    assert secret not in str(caught.value)

    data = json_form()
    data["predicate"]["x\n" * 100] = 1
    with pytest.raises(ValueError) as caught:
        parse_statement(data)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 80


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def all_paths(data: Any, path: str = "") -> list[str]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for key, value in items:
        found.append(f"{path}/{key}".lstrip("/"))
        if isinstance(value, dict | list):
            found += all_paths(value, f"{path}/{key}")
    return found


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(all_paths(json_form())), json_values)
def test_any_value_anywhere_parses_or_is_a_value_error(path: str, value: object) -> None:
    data = copy.deepcopy(json_form())
    put(data, path, value)
    try:
        parse_statement(data)
    except ValueError as error:
        assert ": " in str(error)


@pytest.mark.parametrize(
    "change",
    [
        {"created": "yesterday"},
        {"sanitized": (SanitizedItem("xmp", 1), SanitizedItem("xmp", 2))},
    ],
)
def test_a_report_that_makes_no_sense_cannot_be_built(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(REPORT, **change)


def test_a_declined_candidate_is_kept() -> None:
    with pytest.raises(ValueError, match="keep"):
        replace(DECLINED, action=Action.REVIEW)


# ------------------------------------------------------------------ JSON


def test_canonical_json_has_one_spelling() -> None:
    assert (
        canonical_json({"b": 1.5, "a": ["é", True, None]})
        == '{"a":["é",true,null],"b":1.5}'.encode()
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_canonical_json_refuses_what_json_has_not(value: float) -> None:
    with pytest.raises(ValueError):
        canonical_json([value])


def test_canonical_json_refuses_half_a_surrogate_pair_without_quoting() -> None:
    with pytest.raises(ValueError) as caught:
        canonical_json(["Jane\ud800"])
    assert "Jane" not in str(caught.value)
    assert not isinstance(caught.value, UnicodeError)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'[{"a":{"b":1,"b":2}}]',
        b"NaN",
        b"[-Infinity]",
        b'"\xff"',
        '{"a":1}'.encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b"[" * 200_000,
        b"1" * 5_000,
        b"{} {}",
    ],
    ids=lambda data: repr(data[:20]),
)
def test_strict_json_refuses(data: bytes) -> None:
    with pytest.raises(ValueError) as caught:
        strict_json(data)
    assert type(caught.value) is ValueError
