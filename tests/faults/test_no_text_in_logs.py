"""No identifier of a document in anything but the document: logs, reports, plans, reprs."""

from __future__ import annotations

import base64
import dataclasses
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from dataclasses import dataclass

import pikepdf
import pytest

import redactor
from redactor.errors import ExitCode
from tests.documents import opened, words_of
from tests.faults.command import Place, make_place
from tests.samples import sample, truth

_SAMPLES = ("letter", "intake_form", "benefits_application")
# The real command; beside the output it leaves the plan, and reprs of all that was in memory.
_TELLING = """
import sys
from pathlib import Path
from redactor import applying, pipeline, plan
from redactor.cli.main import main
finish, verify = pipeline.finish, applying.verify
reprs = []
def telling_verify(subject):
    outcomes = verify(subject)
    reprs.extend([repr(subject), repr(outcomes)])
    return outcomes
def telling_finish(planned, *arguments):
    Path("plan.json").write_text(plan.to_json(planned.plan))
    done = finish(planned, *arguments)
    lattices = [line.lattice for page in planned.pages for line in page.lines]
    reprs.extend(map(repr, (planned, planned.source, done, done.applied, done.report, lattices)))
    Path("reprs.txt").write_text("\\n".join(reprs))
    return done
applying.verify, pipeline.finish = telling_verify, telling_finish
sys.argv[0] = "redactor"
main()
"""


def identifying(name: str) -> list[str]:
    """Words of a sample's identifiers that nothing else would hold by chance."""
    words = {word.text.strip(".,;:()[]\"'") for word in truth(name).secret}
    return sorted(w for w in words if re.search(r"[A-Z][a-z]{3}|\d\D*\d\D*\d\D*\d\D*\d", w))


def hits(words: list[str], text: str) -> list[str]:
    return [w for w in words if re.search(rf"(?<![A-Za-z0-9]){re.escape(w)}(?![A-Za-z0-9])", text)]


@dataclass(frozen=True)
class Told:
    """Everything that a job said or left, but for the PDF."""

    log: str
    report: str
    plan: str
    reprs: str
    temporary: dict[str, bytes]


@pytest.fixture(scope="module", params=_SAMPLES)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Told]:
    name: str = request.param
    place = make_place(tmp_path_factory.mktemp(name))
    temporary = place.work / "tmp"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _TELLING, "--debug", "redact", sample(name), "-o", "out.pdf"],
        cwd=place.work,
        env={**place.environment(), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.OK, done.stderr
    return name, Told(
        done.stdout + done.stderr,
        report_of(place),
        (place.work / "plan.json").read_text(),
        (place.work / "reprs.txt").read_text(),
        {str(p): p.read_bytes() for p in temporary.rglob("*") if p.is_file()},
    )


def report_of(place: Place) -> str:
    """The signed statement, and its envelope."""
    envelope = (place.work / "out.pdf.report.json").read_text()
    return base64.b64decode(json.loads(envelope)["payload"]).decode() + envelope


def test_search_would_find(told: tuple[str, Told]) -> None:
    """The search is not empty: it finds most of these words in the document itself."""
    name, said = told
    words = identifying(name)
    assert len(words) >= 10
    text = " ".join(
        word
        for number in range(1, 1 + len(opened(sample(name).read_bytes()).pages))
        for word in words_of(sample(name).read_bytes(), number)
    )
    if text:
        assert len(hits(words, text)) >= len(words) // 3
    assert "DEBUG:" in said.log
    assert "Word(" in said.reprs
    assert "Finding(" in said.reprs
    assert '"decisions"' in said.plan
    assert '"redactions"' in said.report


@pytest.mark.parametrize("where", ["log", "report", "plan", "reprs"])
def test_no_identifier_in(told: tuple[str, Told], where: str) -> None:
    name, said = told
    assert hits(identifying(name), getattr(said, where)) == []


def test_nothing_in_temporary_files(told: tuple[str, Told]) -> None:
    name, said = told
    for path, data in said.temporary.items():
        assert hits(identifying(name), data.decode("latin-1")) == [], path


def test_no_text_field_in_any_repr() -> None:
    """Fields that hold document text are kept out of reprs, in every dataclass there is."""
    telling = {"text", "texts", "char", "chars", "alternatives", "removed_texts", "alphabet"}
    telling |= {"lattice", "posteriors", "data", "output", "bare", "pixels"}
    # Not of the document: a path, a digest, and what stands in a policy.
    harmless = {"Redacted.output", "Report.output", "PolicyTest.text", "_Document.data"}
    harmless |= {"QualityReview.output", "Sample.output"}
    shown = []
    for module in pkgutil.walk_packages(redactor.__path__, "redactor."):
        if module.name.endswith("__main__"):
            continue
        for kind in vars(importlib.import_module(module.name)).values():
            if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
                continue
            if kind.__repr__ is object.__repr__ or kind.__module__ != module.name:
                continue
            if not kind.__dataclass_params__.repr:  # type: ignore[attr-defined]
                continue
            fields = {f.name for f in dataclasses.fields(kind) if f.repr} & telling
            shown += [f"{kind.__name__}.{field}" for field in fields]
    assert sorted(set(shown) - harmless) == []


@pytest.mark.parametrize("holder", ["catalog", "page", "info", "resources"])
def test_no_key_of_the_document_in_the_report(place: Place, holder: str) -> None:
    """What was removed is counted under names of ours: a document's own keys are its text."""
    with opened(place.document.read_bytes()) as pdf:
        page = pdf.pages[0].obj
        if holder == "info":
            pdf.docinfo["/SmithJohn"] = "x"
        elif holder == "resources":
            page.Resources["/SmithJohn"] = pikepdf.Dictionary(A=1)
        else:
            (pdf.Root if holder == "catalog" else page)["/SmithJohn"] = pikepdf.Dictionary(A=1)
        pdf.save(place.document.with_name("keys.pdf"))
    done = place.run("redact", "keys.pdf", "-o", "out.pdf")
    assert done.code == ExitCode.OK, done.err
    assert "SmithJohn" not in done.err
    assert "SmithJohn" not in report_of(place)
