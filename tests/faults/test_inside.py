"""Failures of our own: a check that fails, a model that is gone, an error nobody foresaw."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from redactor import applying, pipeline
from redactor.detect import entities
from redactor.errors import ExitCode, MissingDependency
from redactor.ocr import models
from redactor.pdf.intake import Source
from tests.faults.command import LINE_WITH_HINT, SECRETS, Place

_REDACT = ("redact", "in.pdf", "-o", "out.pdf")


@pytest.mark.parametrize("mode", ["auto", "always", "never"])
def test_nothing_burned(place: Place, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    """A burn that does nothing, however often it is tried again, is noticed."""

    def no_burn(source: Source, *_: object) -> bytes:
        return source.data

    before = place.listing()
    monkeypatch.setattr(applying, "burn", no_burn)
    done = place.run(*_REDACT, "--rebuild", mode)
    assert done.code == ExitCode.VERIFICATION_FAILED, done.err
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert not any(secret in done.err for secret in SECRETS)
    assert place.listing() == before


def test_failed_verification_names_the_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "burn", lambda source, *_: source.data)
    assert "in.pdf" in place.run(*_REDACT).err


@pytest.mark.parametrize(
    ("module", "stage"),
    [
        (pipeline, "read_text_layer"),
        (pipeline, "decide"),
        (applying, "burn"),
        (applying, "verify"),
        (pipeline, "report_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("debug", [False, True])
def test_unforeseen(
    place: Place, monkeypatch: pytest.MonkeyPatch, module: ModuleType, stage: str, debug: bool
) -> None:
    """The kind and the place of the error are said, what it says is not."""

    def fail(*_: object, **__: object) -> Any:
        raise LookupError("John Smith, 212-09-7694")

    before = place.listing()
    monkeypatch.setattr(module, stage, fail)
    done = place.run(*(["--debug"] if debug else []), *_REDACT)
    assert done.code == ExitCode.OTHER
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err.splitlines(keepends=True)[-1])
    assert "LookupError" in done.err
    assert "Traceback" not in done.err
    assert not any(secret in done.err for secret in SECRETS)
    assert place.listing() == before


@pytest.mark.parametrize("model", models.MODELS, ids=lambda m: m.name)
def test_weights_missing_or_damaged(
    model: models.Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MissingDependency, match=model.name):
        models.read_verified(replace(model, file_name="absent.onnx"))
    (tmp_path / model.file_name).write_bytes(model.path.read_bytes()[:-1])
    monkeypatch.setattr(models.Model, "path", property(lambda self: tmp_path / self.file_name))
    with pytest.raises(MissingDependency, match=model.name):
        models.read_verified(model)


def test_weights_missing_by_the_command(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.listing()
    absent = property(lambda self: place.work / "absent.onnx")
    monkeypatch.setattr(models.Model, "path", absent)
    models.session.cache_clear()
    try:
        done = place.run(*_REDACT)
    finally:
        models.session.cache_clear()
    assert done.code == ExitCode.MISSING_DEPENDENCY, done.err
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert place.listing() == before


@pytest.mark.parametrize(
    "damage",
    ["gone", "cut"],
)
def test_entity_model_damaged(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "ner"
    if damage == "cut":
        shutil.copytree(entities._FOLDER, folder)
        for path in folder.rglob("*"):
            if path.is_file() and path.name not in ("meta.json", "config.cfg"):
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    monkeypatch.setattr(entities, "_FOLDER", folder)
    entities.load_pipeline.cache_clear()
    try:
        done = place.run(*_REDACT)
    finally:
        entities.load_pipeline.cache_clear()
    assert done.code == ExitCode.MISSING_DEPENDENCY, done.err
    assert LINE_WITH_HINT.fullmatch(done.err)


def test_library_missing(place: Place) -> None:
    program = "import sys; sys.modules['onnxruntime'] = None; import redactor.__main__"
    done = subprocess.run(
        [sys.executable, "-c", program, *_REDACT],
        cwd=place.work,
        env=place.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.MISSING_DEPENDENCY
    assert LINE_WITH_HINT.fullmatch(done.stderr)


def test_a_person_must_decide(place: Place) -> None:
    """The only file that a non-zero exit leaves: a plan, without any text of the document."""
    (place.work / "own.yaml").write_text(
        "redactor_policy: 1\nname: own\nextends: default\n"
        "settings: {uncertain: review, certain_score: 1}\n"
    )
    before = place.listing()
    done = place.spawn(*_REDACT, "-p", "own.yaml")
    assert done.code == ExitCode.PERSON_MUST_DECIDE, done.err
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err)
    after = place.listing()
    plan = place.work / "out.pdf.plan.json"
    assert {*after.items()} - {*before.items()} == {(str(plan), after[str(plan)])}
    assert set(before) <= set(after)
    text = plan.read_text()
    assert not any(secret in text for secret in SECRETS)
    assert json.loads(text)["decisions"]
    again = place.run("apply", plan.name, "in.pdf", "-o", "out.pdf")
    assert again.code == ExitCode.PERSON_MUST_DECIDE
    assert not (place.work / "out.pdf").exists()
    plan.write_text(text.replace('"review"', '"redact"'))
    once_more = place.run(*_REDACT, "-p", "own.yaml")
    assert once_more.code == ExitCode.FILE_ACCESS
    assert LINE_WITH_HINT.fullmatch(once_more.err)
    assert plan.read_text() == text.replace('"review"', '"redact"')
    assert place.run("apply", plan.name, "in.pdf", "-o", "out.pdf").code == ExitCode.OK
