"""--model by the command: whose weights read is said wherever a result is, and bad ones do not."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from redactor.errors import ExitCode
from redactor.ocr.models import LOCATOR, RECOGNIZER, SCRIPT
from tests.faults.command import LINE_WITH_HINT, Done, Place
from tests.unit.ocr.test_own_model import folder, weights

OWN = {"name": "clinic-hands", "version": "own", "sha256": hashlib.sha256(weights()).hexdigest()}


@pytest.fixture
def model(place: Place) -> Path:
    return folder(place.work / "hands", weights())


def names(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["name"] for entry in entries]


def test_what_reads_is_named_in_the_list_in_words_in_plan_and_report(
    place: Place, model: Path
) -> None:
    listed = json.loads(place.run("models", "list", "--model", "hands", "--json").out)
    assert names(listed)[:3] == [LOCATOR.name, OWN["name"], SCRIPT.name]
    assert OWN in listed
    read = json.loads(place.run("read", "in.pdf", "--json", "--model", "hands").out)
    assert OWN["sha256"] in json.dumps(read["engine"])
    assert RECOGNIZER.sha256 not in json.dumps(read["engine"])
    made = place.run("plan", "in.pdf", "-o", "p.json", "--model", "hands")
    assert made.code == ExitCode.OK, made.err
    assert OWN in json.loads((place.work / "p.json").read_text())["models"]
    done = place.run("redact", "in.pdf", "-o", "out.pdf", "--model", "hands")
    assert done.code == ExitCode.OK, done.err
    envelope = json.loads((place.work / "out.pdf.report.json").read_bytes())
    predicate = json.loads(base64.b64decode(envelope["payload"]))["predicate"]
    assert OWN in predicate["models"]


def test_without_the_option_the_built_in_weights_are_named(place: Place) -> None:
    listed = json.loads(place.run("models", "list", "--json").out)
    assert names(listed)[:3] == [LOCATOR.name, RECOGNIZER.name, SCRIPT.name]


def test_a_plan_is_carried_out_with_the_model_it_was_made_with(place: Place, model: Path) -> None:
    assert place.run("plan", "in.pdf", "-o", "own.json", "--model", "hands").code == ExitCode.OK
    assert place.run("plan", "in.pdf", "-o", "plain.json").code == ExitCode.OK
    folder(place.work / "others", weights(), name="other-hands")
    for plan, options in (
        ("own.json", ()),
        ("own.json", ("--model", "others")),
        ("plain.json", ("--model", "hands")),
    ):
        refused(place.run("apply", plan, "in.pdf", "-o", "out.pdf", *options), ExitCode.USAGE)
    assert not (place.work / "out.pdf").exists()
    done = place.run("apply", "own.json", "in.pdf", "-o", "out.pdf", "--model", "hands")
    assert done.code == ExitCode.OK, done.err


def test_another_engine_takes_no_model(place: Place, model: Path) -> None:
    refused(
        place.run("read", "in.pdf", "--engine", "tesseract", "--model", "hands"), ExitCode.USAGE
    )


def test_a_bad_folder_stops_every_verb_before_anything_is_written(place: Place) -> None:
    folder(place.work / "bad", weights(), sha256="0" * 64)
    before = place.listing()
    for verb in (
        ("redact", "in.pdf", "-o", "out.pdf"),
        ("plan", "in.pdf", "-o", "p.json"),
        ("read", "in.pdf"),
        ("models", "list"),
    ):
        for name in ("bad", "nowhere", "in.pdf"):
            refused(place.run(*verb, "--model", name), ExitCode.MISSING_DEPENDENCY)
    assert place.listing().keys() - {str(place.config)} <= before.keys() | keys_of(place)


def keys_of(place: Place) -> set[str]:
    """The signing key that `redact` makes on first use."""
    return {str(path) for path in place.config.rglob("*")}


def refused(done: Done, code: ExitCode) -> None:
    assert done.code == code, done.err
    assert LINE_WITH_HINT.fullmatch(done.err.splitlines(keepends=True)[-1])
