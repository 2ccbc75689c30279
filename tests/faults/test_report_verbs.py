"""`redactor report ...` by the real command: what it writes, and how it says no."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from redactor.errors import ExitCode
from redactor.policy.kept import DocumentParts
from redactor.policy.model import BoxStyle, Settings
from redactor.provenance import sealed_bytes
from redactor.report import Report
from redactor.sign.envelope import open_envelope
from redactor.sign.keys import PrivateKey, load_key
from redactor.sign.public import public_line
from redactor.sign.sshsig import embedded_key
from redactor.statement import statement
from redactor.statement_schema import schema
from redactor.strict_json import canonical_json
from redactor.verify.signed import signature_of, signed_report
from tests.faults.command import LINE_WITH_HINT, SECRETS, Place, make_place

REPORT = "out.pdf.report.json"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = make_place(tmp_path_factory.mktemp("published"))
    done = place.run("redact", "in.pdf", "-o", "out.pdf", "--term", "Patient", "--pages", "1")
    assert done.code == ExitCode.OK, done.err
    key = load_key(place.config / "signing_key")
    line = public_line(key.public_key())
    (place.work / "allowed").write_text(f"office@example.com {line}\n")
    other = public_line(PrivateKey.generate().public_key())
    (place.work / "strangers").write_text(f"stranger@example.com {other}\n")
    return place


@pytest.fixture
def copy(published: Place, tmp_path: Path) -> Place:
    shutil.copytree(published.work, tmp_path / "work")
    shutil.copytree(published.config, tmp_path / "config")
    return Place(tmp_path / "work", tmp_path / "config")


def report_of(place: Place) -> Report:
    return signed_report(place.work / REPORT, None).content


def payload_of(place: Place) -> bytes:
    key = embedded_key(signature_of(place.work / REPORT).read_bytes())
    return open_envelope((place.work / REPORT).read_bytes(), [key])


def put_signed(place: Place, data: object) -> None:
    """Signs any statement with the key of the place: a hostile signer, or a broken program."""
    path = place.work / REPORT
    envelope, signature = sealed_bytes(canonical_json(data), load_key(place.config / "signing_key"))
    path.write_bytes(envelope)
    signature_of(path).write_bytes(signature)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sampled(place: Place, *options: str) -> None:
    done = place.run(
        "report", "sample", REPORT, "--redacted", "out.pdf", "--seed", "s", "-o", "s.csv", *options
    )
    assert done.code == ExitCode.OK, done.err


# ------------------------------------------------------------------ what it writes


def test_a_report_made_today_fits_the_published_schema(copy: Place) -> None:
    done = copy.run("report", "schema")
    assert done.code == ExitCode.OK
    published = json.loads(done.out)
    assert published == schema()
    report = report_of(copy)
    jsonschema.Draft202012Validator(published).validate(
        json.loads(canonical_json(statement(report)))
    )
    assert report.job.terms == 1
    assert report.job.pages == (1,)
    assert report.job.rebuild == "auto"
    assert {rule.id for rule in report.policy.resolved.rules} >= {"names"}
    settings = {setting.name: setting.value for setting in report.policy.resolved.settings}
    assert set(settings) == {
        *(f"settings.{name}" for name in Settings.model_fields),
        *(f"box.{name}" for name in BoxStyle.model_fields),
        *(f"document.{name}" for name in DocumentParts.model_fields),
    }
    assert settings["settings.min_score"] == "0.35"
    assert settings["settings.vlm_hosts"] == "[]"
    assert report.reviewers == ()
    assert report.packages[0].name == "python"


def test_who_decided_is_in_the_report(copy: Place) -> None:
    assert copy.run("plan", "in.pdf", "-o", "plan.json").code == ExitCode.OK
    plan = json.loads((copy.work / "plan.json").read_text())
    plan["decisions"][0] |= {"action": "keep", "decided_by": "Ann Example"}
    plan["decisions"][1] |= {"decided_by": "Ann Example"}
    (copy.work / "plan.json").write_text(json.dumps(plan))
    assert copy.run("apply", "plan.json", "in.pdf", "-o", "out.pdf").code == ExitCode.OK
    (who,) = report_of(copy).reviewers
    assert (who.name, who.redacted, who.kept) == ("Ann Example", 1, 1)


@pytest.mark.parametrize(
    "options", [(), ("--redacted", "out.pdf"), ("--allowed-signers", "allowed")]
)
def test_pdf(copy: Place, options: Sequence[str]) -> None:
    done = copy.run("report", "pdf", REPORT, "-o", "r.pdf", *options)
    assert done.code == ExitCode.OK, done.err
    data = (copy.work / "r.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    again = copy.run("report", "pdf", REPORT, "-o", "r2.pdf", *options)
    assert again.code == ExitCode.OK
    assert (copy.work / "r2.pdf").read_bytes() == data
    trust = "office@example.com" if "allowed" in options else "not known to be trusted"
    assert trust in done.err


def test_csv_has_every_decision(copy: Place) -> None:
    done = copy.run("report", "csv", REPORT)
    assert done.code == ExitCode.OK, done.err
    report = report_of(copy)
    rows = rows_of(done.out)
    assert len(rows) == len(report.redactions) + len(report.declined)
    assert {row["id"] for row in rows} == {c.id for c in (*report.redactions, *report.declined)}
    assert copy.run("report", "csv", REPORT, "-o", "d.csv").out == ""
    assert (copy.work / "d.csv").read_bytes().decode() == done.out


def test_log_in_each_format(copy: Place) -> None:
    count = len(report_of(copy).redactions)
    done = copy.run("report", "log", REPORT, REPORT)
    assert len(rows_of(done.out)) == 2 * count
    for name, start in (("l.csv", b"Entry,"), ("l.xlsx", b"PK"), ("l.pdf", b"%PDF")):
        assert copy.run("report", "log", REPORT, "-o", name).code == ExitCode.OK
        assert (copy.work / name).read_bytes().startswith(start)
    assert copy.run("report", "log", REPORT, "-o", "x", "--format", "pdf").code == ExitCode.OK
    assert (copy.work / "x").read_bytes().startswith(b"%PDF")
    sheet = openpyxl.load_workbook(copy.work / "l.xlsx")["Log"]
    assert sheet.max_row == count + 1
    counts = rows_of(copy.run("report", "log", REPORT, "--counts").out)
    assert sum(int(row["Places"]) for row in counts) == count


@pytest.mark.parametrize("verb", [("csv",), ("log",), ("pdf", "-o", "r.pdf")])
def test_json_says_who_signed(copy: Place, verb: Sequence[str]) -> None:
    name, *options = verb
    for trust in (False, True):
        trusting = ("--allowed-signers", "allowed") if trust else ()
        done = copy.run("report", name, REPORT, "--json", *options, *trusting)
        assert done.code == ExitCode.OK, done.err
        said = json.loads(done.out)
        said = said["reports"][0] if name == "log" else said
        assert said["trusted"] is trust
        assert said["names"] == (["office@example.com"] if trust else [])


def test_a_sample_is_drawn_checked_and_told(copy: Place) -> None:
    sampled(copy, "--words", "3", "--pages", "1", "-o", "s.pdf")
    table = (copy.work / "s.csv").read_text()
    assert len(rows_of(table)) == 4
    assert (copy.work / "s.pdf").read_bytes().startswith(b"%PDF")
    sampled(copy, "--words", "3", "--pages", "1")
    assert (copy.work / "s.csv").read_text() == table

    before = (copy.work / REPORT).read_bytes()
    options = ("--sample", "s.csv", "--missed", "1", "--by", "Ann Example", "--json")
    done = copy.run("report", "reviewed", REPORT, *options)
    assert done.code == ExitCode.OK, done.err
    said = json.loads(done.out)
    assert said["words"] == {"checked": 3, "missed": 1, "bound": 0.86465}
    assert said["pages"] == {"checked": 1, "missed": 0, "bound": 0.950001}  # rounded up
    assert (copy.work / REPORT).read_bytes() == before
    assert copy.run("verify", "out.pdf").code == ExitCode.OK

    for trust in ((), ("--allowed-signers", "allowed")):
        done = copy.run("report", "pdf", REPORT, "-o", "r.pdf", *trust)
        assert done.code == ExitCode.OK, done.err
    shutil.copy(copy.work / f"{REPORT}.review.json", copy.work / "second.json")
    shutil.copy(copy.work / f"{REPORT}.review.json.sig", copy.work / "second.json.sig")
    assert copy.run("report", "pdf", REPORT, "-o", "r.pdf", "--review", "second.json").code == 0


def test_nothing_of_the_document_is_in_anything_written(copy: Place) -> None:
    sampled(copy)
    for options in (
        ("log", REPORT, "-o", "l.csv"),
        ("csv", REPORT, "-o", "d.csv"),
        ("reviewed", REPORT, "--sample", "s.csv", "--missed", "0", "--by", "Ann"),
    ):
        assert copy.run("report", *options).code == ExitCode.OK
    payload = payload_of(copy)
    written = [payload, *(p.read_bytes() for p in copy.work.iterdir() if p.suffix != ".pdf")]
    for data in written:
        for secret in (*SECRETS, "on file"):
            assert secret.encode() not in data


# ------------------------------------------------------------------ hostile, but signed


def redaction(**values: object) -> Change:
    return lambda data: data["predicate"]["redactions"][0].update(values)


def policy(**values: object) -> Change:
    return lambda data: data["predicate"]["policy"].update(values)


FORMULA = '=HYPERLINK("http://example.com")'
_STRANGE: list[tuple[str, Change]] = [
    ("formula", redaction(rule=FORMULA, code=FORMULA, reason=FORMULA, label=FORMULA)),
    ("markup", redaction(rule="<b><font size=99>x</para>", reason="<img src='x'/>", label="</b>")),
    ("policy markup", policy(name="<a href='http://example.com'>x</a>")),
    ("long", redaction(rule="x" * 100_000, reason="y " * 50_000, code="z" * 9_000)),
    ("empty", redaction(rule="", code="", reason="", label="", detector="", decided_by="")),
    ("control", redaction(rule="\x00\x07\x1b[31m", reason="\u202e\u0000", label="\n\r\t")),
    ("unicode", redaction(rule="規則", decided_by="Ελένη Žižka", label="א")),
    ("far off", redaction(box=[-1e9, -1e9, 1e9, 1e9])),
    ("large", lambda data: data["predicate"]["input"].update(size=10**4000)),
    ("no pages", lambda data: data["predicate"].update(pages=[])),
    ("nothing", lambda data: data["predicate"].update(redactions=[], declined=[], checks=[])),
]


@pytest.mark.parametrize(("change"), [c for _, c in _STRANGE], ids=[name for name, _ in _STRANGE])
def test_strange_reports_are_shown(copy: Place, change: Change) -> None:
    data = json.loads(canonical_json(statement(report_of(copy))))
    change(data)
    put_signed(copy, data)
    for options in (
        ("pdf", REPORT, "-o", "r.pdf", "--redacted", "out.pdf"),
        ("log", REPORT, "-o", "l.xlsx"),
        ("log", REPORT, "-o", "l.pdf"),
        ("log", REPORT, "-o", "l.csv"),
        ("csv", REPORT, "-o", "d.csv"),
    ):
        done = copy.run("report", *options)
        assert done.code == ExitCode.OK, (options, done.err)
    for name in ("l.csv", "d.csv"):
        for row in csv.reader((copy.work / name).read_text(encoding="utf-8").splitlines()):
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)


_BROKEN: list[tuple[str, Change]] = [
    ("type", lambda data: data["predicate"].update(redactions={})),
    ("number", redaction(page="1")),
    ("range", redaction(score=2)),
    ("null", redaction(rule=None)),
    ("surplus", redaction(text="John")),
    ("missing", lambda data: data["predicate"].pop("checks")),
    (
        "version",
        lambda data: data.update(predicateType="urn:redactor:predicate:redaction-report:v0"),
    ),
]


@pytest.mark.parametrize("change", [c for _, c in _BROKEN], ids=[name for name, _ in _BROKEN])
@pytest.mark.parametrize(
    "verb",
    [
        ("pdf", "-o", "r.pdf"),
        ("csv", "-o", "d.csv"),
        ("log", "-o", "l.csv"),
        ("sample", "--redacted", "out.pdf", "--seed", "s", "-o", "s.csv"),
    ],
    ids=lambda verb: verb[0],
)
def test_broken_reports_are_refused(copy: Place, change: Change, verb: Sequence[str]) -> None:
    data = json.loads(canonical_json(statement(report_of(copy))))
    change(data)
    put_signed(copy, data)
    before = copy.listing()
    done = copy.run("report", verb[0], REPORT, *verb[1:])
    assert done.code == ExitCode.ANSWER_IS_NO
    assert "not one of ours" in done.err
    assert "John" not in done.err
    assert LINE_WITH_HINT.fullmatch(done.err.splitlines(keepends=True)[-1])
    assert copy.listing() == before


def test_a_report_that_names_pages_the_pdf_does_not_have(copy: Place) -> None:
    data = json.loads(canonical_json(statement(report_of(copy))))
    redaction(page=7)(data)
    put_signed(copy, data)
    done = copy.run("report", "pdf", REPORT, "-o", "r.pdf", "--redacted", "out.pdf")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert "page 7" in done.err
    assert not (copy.work / "r.pdf").exists()
    assert copy.run("report", "pdf", REPORT, "-o", "r.pdf").code == ExitCode.OK


# ------------------------------------------------------------------ how it says no


def changed_report(place: Place) -> None:
    path = place.work / REPORT
    path.write_bytes(path.read_bytes().replace(b'"payload":"e', b'"payload":"f', 1))


def another_pdf(place: Place) -> None:
    with (place.work / "out.pdf").open("ab") as file:
        file.write(b"\n")


def review_of_another(place: Place) -> None:
    """The review is signed, but of a report that was replaced meanwhile."""
    sampled(place, "--words", "1")
    enter = ("--sample", "s.csv", "--missed", "0", "--by", "Ann")
    assert place.run("report", "reviewed", REPORT, *enter).code == ExitCode.OK
    data = json.loads(canonical_json(statement(report_of(place))))
    policy(name="other")(data)
    put_signed(place, data)


def unsigned_review(place: Place) -> None:
    (place.work / f"{REPORT}.review.json").write_text("{}")


def without(name: str) -> Callable[[Place], None]:
    return lambda place: (place.work / name).unlink()


def nothing(place: Place) -> None:
    """All is well but for the options."""


def drawn(place: Place) -> None:
    sampled(place, "--words", "2")


def drawn_elsewhere(place: Place) -> None:
    sampled(place, "--words", "2")
    path = place.work / "s.csv"
    report = report_of(place).output.sha256
    path.write_text(path.read_text().replace(report, "0" * 64))


def reviewed(place: Place) -> None:
    drawn(place)
    enter = ("--sample", "s.csv", "--missed", "0", "--by", "Ann")
    assert place.run("report", "reviewed", REPORT, *enter).code == ExitCode.OK


def marked(place: Place) -> None:
    drawn(place)
    path = place.work / "s.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1] + "x"]) + "\n")


PDF = ("pdf", REPORT, "-o", "r.pdf")
SAMPLE = ("sample", REPORT, "--redacted", "out.pdf")
ENTER = ("reviewed", REPORT, "--sample", "s.csv", "--by", "Ann", "--missed")
_NO: list[tuple[str, Callable[[Place], None], Sequence[str], ExitCode, str]] = [
    ("changed", changed_report, PDF, ExitCode.ANSWER_IS_NO, REPORT),
    ("stranger", nothing, (*PDF, "--allowed-signers", "strangers"), ExitCode.ANSWER_IS_NO, REPORT),
    ("log of stranger", nothing, ("log", REPORT, "--allowed-signers", "strangers"),
     ExitCode.ANSWER_IS_NO, REPORT),
    ("csv of stranger", nothing, ("csv", REPORT, "--allowed-signers", "strangers"),
     ExitCode.ANSWER_IS_NO, REPORT),
    ("another pdf", another_pdf, (*PDF, "--redacted", "out.pdf"), ExitCode.ANSWER_IS_NO, "out.pdf"),
    ("sample of another pdf", another_pdf, (*SAMPLE, "--seed", "s", "-o", "s.csv"),
     ExitCode.ANSWER_IS_NO, "out.pdf"),
    ("review of another", review_of_another, PDF, ExitCode.ANSWER_IS_NO, "review.json"),
    ("unsigned review", unsigned_review, PDF, ExitCode.FILE_ACCESS, "review.json.sig"),
    ("no report", without(REPORT), PDF, ExitCode.FILE_ACCESS, REPORT),
    ("no signature", without(f"{REPORT}.sig"), PDF, ExitCode.FILE_ACCESS, f"{REPORT}.sig"),
    ("no pdf", without("out.pdf"), (*PDF, "--redacted", "out.pdf"), ExitCode.FILE_ACCESS,
     "out.pdf"),
    ("no signers", nothing, (*PDF, "--allowed-signers", "none"), ExitCode.FILE_ACCESS, "none"),
    ("no folder", nothing, ("pdf", REPORT, "-o", "no/r.pdf"), ExitCode.FILE_ACCESS, "no"),
    ("over the report", nothing, ("pdf", REPORT, "-o", REPORT), ExitCode.USAGE, REPORT),
    ("over the pdf", nothing, ("pdf", REPORT, "--redacted", "out.pdf", "-o", "out.pdf"),
     ExitCode.USAGE, "out.pdf"),
    ("over the signature", nothing, ("csv", REPORT, "-o", f"{REPORT}.sig"), ExitCode.USAGE, ".sig"),
    ("xlsx to stdout", nothing, ("log", REPORT, "--format", "xlsx"), ExitCode.USAGE, "xlsx"),
    ("counts in pdf", nothing, ("log", REPORT, "-o", "l.pdf", "--counts"), ExitCode.USAGE,
     "--counts"),
    ("no reports", nothing, ("log",), ExitCode.USAGE, "REPORT"),
    ("seed", nothing, (*SAMPLE, "--seed", "=1", "-o", "s.csv"), ExitCode.USAGE, "--seed"),
    ("kind", nothing, (*SAMPLE, "--seed", "s", "-o", "s.txt"), ExitCode.USAGE, "s.txt"),
    ("twice", nothing, (*SAMPLE, "--seed", "s", "-o", "s.csv", "-o", "s.csv"), ExitCode.USAGE,
     "s.csv"),
    ("nothing to draw", nothing, (*SAMPLE, "--seed", "s", "--words", "0", "-o", "s.csv"),
     ExitCode.USAGE, "--words"),
    ("negative", nothing, (*SAMPLE, "--seed", "s", "--words", "-1", "-o", "s.csv"), ExitCode.USAGE,
     "--words"),
    ("no sample", nothing, (*ENTER, "0"), ExitCode.FILE_ACCESS, "s.csv"),
    ("more than drawn", drawn, (*ENTER, "3"), ExitCode.USAGE, "--missed"),
    ("pages not drawn", drawn, (*ENTER, "0", "--missed-pages", "1"), ExitCode.USAGE,
     "--missed-pages"),
    ("other than marked", marked, (*ENTER, "0"), ExitCode.USAGE, "s.csv"),
    ("elsewhere", drawn_elsewhere, (*ENTER, "0"), ExitCode.USAGE, "s.csv"),
    ("reviewed already", reviewed, (*ENTER, "0"), ExitCode.FILE_ACCESS, "review.json"),
    ("no table", nothing, ("reviewed", REPORT, "--sample", "out.pdf", "--by", "A", "--missed", "0"),
     ExitCode.USAGE, "out.pdf"),
    ("no name", drawn, ("reviewed", REPORT, "--sample", "s.csv", "--by", " ", "--missed", "0"),
     ExitCode.USAGE, "--by"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "options", "code", "names"), [row[1:] for row in _NO], ids=[row[0] for row in _NO]
)
def test_no(
    copy: Place,
    make: Callable[[Place], None],
    options: Sequence[str],
    code: ExitCode,
    names: str,
) -> None:
    make(copy)
    before = copy.listing()
    done = copy.run("report", *options)
    assert done.code == code, done.err
    assert done.out == ""
    last = done.err.splitlines(keepends=True)[-1]
    assert LINE_WITH_HINT.fullmatch(last), last
    assert names in last
    assert copy.listing() == before


def test_marked_as_many_as_said(copy: Place) -> None:
    marked(copy)
    assert copy.run("report", *ENTER, "1").code == ExitCode.OK


def test_a_report_that_was_not_asked_for_pages_says_nothing_of_them(copy: Place) -> None:
    report = report_of(copy)
    assert (
        "pages"
        not in statement(replace(report, job=replace(report.job, pages=())))["predicate"]["job"]
    )


def test_the_real_command(copy: Place) -> None:
    done = copy.spawn("report", "log", REPORT, "--counts", "--allowed-signers", "allowed")
    assert done.code == ExitCode.OK, done.err
    assert rows_of(done.out)


def test_the_texts_that_a_policy_names_are_not_in_the_report(copy: Place) -> None:
    """They are counted: they may be the very names that had to go."""
    (copy.work / "own.yaml").write_text(
        "redactor_policy: 1\nname: own\nextends: default\n"
        'always: ["Zebedee Quagga"]\nnever: ["Okapi Institute", "Tapir House"]\n'
        'rules:\n  - {id: pets, pattern: "Axolotl", as: PET, unless: ["Narwhal"], cite: Own 1}\n'
    )
    assert copy.run("redact", "in.pdf", "-o", "out.pdf", "-p", "./own.yaml").code == ExitCode.OK
    payload = payload_of(copy)
    for text in (b"Quagga", b"Okapi", b"Tapir", b"Axolotl", b"Narwhal"):
        assert text not in payload
    resolved = report_of(copy).policy.resolved
    assert (resolved.always, resolved.never) == (1, 2)
    assert resolved.rules[0].cite == "Own 1"
    assert resolved.rules[0].limits == "unless 1"
