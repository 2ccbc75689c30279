"""Every leak put back into a clean output, every box moved and every bit flipped is noticed."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from redactor import applying, pipeline
from redactor.errors import ExitCode
from redactor.geometry import Box
from redactor.pdf.intake import frames_of
from redactor.pdf.overlay import without_boxes
from redactor.policy.model import Policy
from redactor.provenance import sealed
from redactor.report import Report
from redactor.sign.keys import PrivateKey, load_key
from redactor.sign.public import public_line
from redactor.statement import from_bytes
from redactor.verify.run import verify
from redactor.verify.subject import Subject
from tests.documents import saved
from tests.faults.command import Done, Place, make_place
from tests.leaks import beside, changed, put_back
from tests.leaks.images import GRAY, HIGH, WIDE
from tests.leaks.made import HEIGHT, SECRET, SHOWN, STAYS, page, resource
from tests.leaks.mutants import IMAGE_AT, Mutant, drawn, resaved

MUTANTS = (
    *put_back.TEXT,
    *put_back.PIXELS,
    *beside.DOCUMENT,
    *beside.DRAWING,
    *beside.FILE,
    *changed.BOXES,
    *changed.STAYING,
)
PICTURE = Box(131, HEIGHT - 91, 199, HEIGHT - 73)
"""Where the picture has the secret, in page space."""


def original() -> bytes:
    """The secret as text and in a picture; a second page without it."""
    pdf = page(SHOWN + b"q " + IMAGE_AT + b" /I Do Q")
    picture = pdf.make_stream(
        GRAY.tobytes(),
        Subtype=pikepdf.Name.Image,
        Width=WIDE,
        Height=HIGH,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    resource(pdf, "/XObject", "/I", picture)
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj.Contents = pdf.make_stream(STAYS + b"20 50 90 3 re f")
    return saved(pdf)


@pytest.fixture(scope="module", params=["auto", "always"], ids=["in place", "rebuilt"])
def clean(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    path = tmp_path_factory.mktemp("mutations") / "in.pdf"
    path.write_bytes(original())
    rule = {
        "id": "picture",
        "area": "all",
        "as": "PICTURE",
        "region": PICTURE.as_tuple(),
        "pages": "1",
    }
    policy = Policy.model_validate({"redactor_policy": 1, "name": "test", "rules": [rule]})
    planned = pipeline.plan(path, policy, [SECRET])
    applied = applying.apply(planned, request.param)
    assert bool(applied.rebuilt) == (request.param == "always")
    return Subject(
        output=applied.output,
        bare=without_boxes(applied.output),
        source=planned.source.data,
        frames=frames_of(applied.output),
        source_frames=planned.source.frames,
        redactions=applied.redactions,
        rebuilt=frozenset(applied.rebuilt),
        removed=applied.removed,
    )


def failed(subject: Subject, output: bytes) -> set[str]:
    changed = replace(subject, output=output, bare=without_boxes(output))
    return {o.check.name for o in verify(changed) if not o.check.passed}


def test_what_is_clean_passes(clean: Subject) -> None:
    assert SECRET in clean.removed
    assert failed(clean, clean.output) == set()
    assert failed(clean, resaved(clean.output)) == set()


@pytest.mark.parametrize("mutant", [pytest.param(m, id=m.name) for m in MUTANTS])
def test_mutants_are_caught(clean: Subject, mutant: Mutant) -> None:
    if mutant.in_place and clean.rebuilt:
        pytest.skip("cannot be made of pages built anew")
    assert mutant.caught_by in failed(clean, mutant.spoil(clean.output))


Tamper = Callable[[Place], None]
REPORT, SIGNATURE = "out.pdf.report.json", "out.pdf.report.json.sig"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two outputs of one person: out.pdf of the document, other.pdf of another one."""
    place = make_place(tmp_path_factory.mktemp("published"))
    place.document.write_bytes(original())
    (place.work / "else.pdf").write_bytes(saved(page(SHOWN)))
    for source, output in (("in.pdf", "out.pdf"), ("else.pdf", "other.pdf")):
        done = place.run("redact", source, "-o", output, "--term", SECRET)
        assert done.code == ExitCode.OK, done.err
    return place


@pytest.fixture
def copy(published: Place, tmp_path: Path) -> Place:
    shutil.copytree(published.work, tmp_path / "work")
    shutil.copytree(published.config, tmp_path / "config")
    return Place(tmp_path / "work", tmp_path / "config")


def _written(place: Place, report: Report, key: PrivateKey) -> None:
    envelope, signature = sealed(report, key)
    (place.work / REPORT).write_bytes(envelope)
    (place.work / SIGNATURE).write_bytes(signature)


def _own_key(place: Place) -> PrivateKey:
    return load_key(place.config / "signing_key")


def _report(place: Place) -> Report:
    payload = json.loads((place.work / REPORT).read_bytes())["payload"]
    return from_bytes(base64.b64decode(payload))


def another_report(place: Place) -> None:
    """That of another output, signed by the same person."""
    for name in (REPORT, SIGNATURE):
        shutil.copy(place.work / name.replace("out", "other", 1), place.work / name)


def another_envelope(place: Place) -> None:
    shutil.copy(place.work / REPORT.replace("out", "other", 1), place.work / REPORT)


def another_signature(place: Place) -> None:
    shutil.copy(place.work / SIGNATURE.replace("out", "other", 1), place.work / SIGNATURE)


def another_output(place: Place) -> None:
    shutil.copy(place.work / "other.pdf", place.work / "out.pdf")


def another_signer(place: Place) -> None:
    """The same report, signed by someone whom nobody trusts."""
    _written(place, _report(place), PrivateKey.generate())


def a_box_less_in_the_report(place: Place) -> None:
    report = _report(place)
    _written(place, replace(report, redactions=report.redactions[:-1]), _own_key(place))


def a_box_moved_in_the_report(place: Place) -> None:
    report = _report(place)
    first, *rest = report.redactions
    moved = replace(first, box=first.box.padded(1))
    _written(place, replace(report, redactions=(moved, *rest)), _own_key(place))


def a_page_less_in_the_report(place: Place) -> None:
    report = _report(place)
    _written(place, replace(report, pages=report.pages[:-1]), _own_key(place))


def an_output_changed_and_reported(place: Place) -> None:
    """The secret is back, and the report has the digest of just that file."""
    spoiled = resaved((place.work / "out.pdf").read_bytes(), drawn(SHOWN.replace(b"/F", b"/M")))
    (place.work / "out.pdf").write_bytes(spoiled)
    report = _report(place)
    digest = hashlib.sha256(spoiled).hexdigest()
    output = replace(report.output, sha256=digest)
    _written(place, replace(report, output=output), _own_key(place))


TAMPERS: tuple[Tamper, ...] = (
    another_report,
    another_envelope,
    another_signature,
    another_output,
    another_signer,
    a_box_less_in_the_report,
    a_box_moved_in_the_report,
    a_page_less_in_the_report,
    an_output_changed_and_reported,
)


def _verified(place: Place) -> Done:
    """By someone who trusts the key and has the source."""
    line = public_line(_own_key(place).public_key())
    (place.work / "allowed").write_text(f"office@example.com {line}\n")
    return place.run("verify", "out.pdf", "--source", "in.pdf", "--allowed-signers", "allowed")


def test_what_was_published_is_believed(copy: Place) -> None:
    done = _verified(copy)
    assert done.code == ExitCode.OK, done.err
    _written(copy, _report(copy), _own_key(copy))  # that alone is no fault
    assert _verified(copy).code == ExitCode.OK


@pytest.mark.parametrize("tamper", TAMPERS)
def test_what_was_exchanged_is_not_believed(copy: Place, tamper: Tamper) -> None:
    tamper(copy)
    assert _verified(copy).code == ExitCode.ANSWER_IS_NO


@pytest.mark.parametrize("name", ["out.pdf", REPORT, SIGNATURE])
def test_a_flipped_bit_is_not_believed(copy: Place, name: str) -> None:
    file = copy.work / name
    data = file.read_bytes()
    chosen = random.Random(name)
    for position in chosen.sample(range(len(data)), 12):
        flipped = bytearray(data)
        flipped[position] ^= 1 << chosen.randrange(8)
        file.write_bytes(flipped)
        assert _verified(copy).code == ExitCode.ANSWER_IS_NO, position
