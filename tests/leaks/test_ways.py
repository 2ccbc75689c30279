"""Each way in which a file can hold a secret, through the real command: nothing of it is left."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pikepdf
import pytest

from benchmarks import leaks
from benchmarks.leak_checks import Secret, image_data, pages_with_public_text, survivors
from benchmarks.leak_job import Job, by_area
from benchmarks.leak_pixels import areas_that_show
from redactor import applying
from redactor.errors import ExitCode
from redactor.verify.run import verify
from tests.leaks import document, images, marks, text
from tests.leaks.made import SECRET, Way

TEXT = Secret((SECRET,))
SHARED = os.environ.get("REDACTOR_LEAKS", "")


@pytest.fixture(autouse=True)
def verified_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process for the verifier would take half of the time."""
    monkeypatch.setattr(applying, "verify", verify)


def each(ways: tuple[Way, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("way", [pytest.param(way, id=way.name) for way in ways])


def redacted(way: Way, source: bytes, folder: Path) -> tuple[bytes, frozenset[int]]:
    """The output and the pages that were rebuilt."""
    file = folder / "in.pdf"
    file.write_bytes(source)
    boxes, terms = (way.boxes, ()) if way.by_area else ({}, (SECRET,))
    done = by_area(Job(file, boxes, terms, way.password), folder)
    assert done.code == ExitCode.OK, done.said
    assert done.output is not None
    return done.output, frozenset(done.rebuilt)


def open_to_all(source: bytes, password: str) -> bytes:
    """The file without its password; one that has none as it is."""
    if not password:
        return source
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(source), password=password) as pdf:
        pdf.save(out, encryption=False)
    return out.getvalue()


def check(way: Way, secret: Secret, folder: Path) -> None:
    """The checkers see the secret in the file as it came, and not in what the command made of it;
    what is no secret is still there."""
    source = way.make()
    seen = open_to_all(source, way.password)
    assert survivors(seen, secret) or areas_that_show(seen, seen, way.boxes)
    output, rebuilt = redacted(way, source, folder)
    assert survivors(output, secret) == []
    assert areas_that_show(output, source, way.boxes, way.password) == []
    assert way.risky or not rebuilt
    public = pages_with_public_text(source, way.password)
    assert public
    assert public - rebuilt <= pages_with_public_text(output)


@each(text.WAYS)
def test_text(way: Way, tmp_path: Path) -> None:
    check(way, TEXT, tmp_path)


@each(images.WAYS)
def test_images(way: Way, tmp_path: Path) -> None:
    blobs, copies = image_data(way.make())
    check(way, Secret((SECRET,), (images.AREA,), blobs, copies), tmp_path)


@each(marks.WAYS)
def test_annotations_and_forms(way: Way, tmp_path: Path) -> None:
    check(way, TEXT, tmp_path)


@each(document.WAYS)
def test_document(way: Way, tmp_path: Path) -> None:
    check(way, TEXT, tmp_path)


@pytest.mark.skipif(not SHARED, reason="set REDACTOR_LEAKS to a folder of leak cases")
def test_shared_cases() -> None:
    """Files of others that each leak one way: nothing survives, what is public stays, and few
    pages lose their text to pixels."""
    figures = [leaks.measure(case) for case in leaks.cases(Path(SHARED))]
    assert [f for f in figures if f.survives or f.lost_public_text] == []
    assert {f.code for f in figures} <= {ExitCode.OK, ExitCode.RESOURCE_LIMIT}
    assert sum(f.code == ExitCode.OK for f in figures) >= 0.95 * len(figures)
    assert sum(bool(f.rebuilt) for f in figures) <= 0.15 * len(figures)
