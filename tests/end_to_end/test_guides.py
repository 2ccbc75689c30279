"""Bookmarks, links, page labels, title and language through the real command."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from redactor import applying, pipeline
from redactor import plan as plans
from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid, Bookmark, Link, Navigation, PageLabels, Target
from redactor.pdf.read_navigation import read_navigation
from redactor.pdf.write_navigation import write_navigation
from redactor.policy.load import load
from redactor.verify.published import verify_published
from tests.command import run
from tests.documents import opened, text_pdf

FRAMES = (PageFrame(Box(0, 0, 300, 200), 0),) * 2
SPOTS = [(20.0, 40.0, "Report on the inspection"), (20.0, 80.0, "Patient: John Smith")]
ANNEX = [(20.0, 40.0, "Annex: all else is well")]
POLICY = """\
redactor_policy: 1
name: release
extends: default
document: {keep: [bookmarks, links, page_labels, title], language: en-US}
"""
GUIDES = Navigation(
    title="Inspection of John Smith",
    language="x-smith",
    bookmarks=(
        Bookmark("Inspection", Target(1, (0, 20)), True, (Bookmark("smith file", Target(2)),)),
        Bookmark("Annex", Target(2, (20, 30))),
    ),
    links=(
        Link(1, Box(20, 120, 80, 132), "https://example.org/about"),
        Link(1, Box(20, 140, 80, 152), "https://example.org/jsmith.html"),
        Link(1, Box(20, 70, 130, 84), "https://example.org/?id=77"),
        Link(2, Box(20, 120, 80, 132), Target(1)),
    ),
    labels=(PageLabels(1, "r", ""), PageLabels(2, "D", "Smith-")),
)
CLEAN = Navigation(
    language="en-US",
    bookmarks=(
        Bookmark("Inspection", Target(1, (0, 20)), True, (Bookmark("[redacted]", Target(2)),)),
        Bookmark("Annex", Target(2, (20, 30))),
    ),
    links=(GUIDES.links[0], GUIDES.links[3]),
    labels=(PageLabels(1, "r", ""), PageLabels(2, "D", "")),
)
COUNTS = {
    "bookmarks_redacted": 1,
    "links_redacted": 1,
    "links_under_boxes": 1,
    "page_label_prefixes_redacted": 1,
    "title_redacted": 1,
}


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source, its policy, and what `redact` made of them."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "policy.yaml").write_text(POLICY)
    with opened(text_pdf(SPOTS, ANNEX)) as pdf:
        write_navigation(pdf, GUIDES, FRAMES)
        pdf.pages[0].obj.TrimBox = pikepdf.Array([5, 5, 295, 195])
        pdf.save(folder / "in.pdf")
    options = ("-p", folder / "policy.yaml")
    done = run("redact", folder / "in.pdf", "-o", folder / "out.pdf", *options, config=folder)
    assert done.returncode == 0, done.stderr
    return folder


def statement(job: Path) -> dict[str, Any]:
    envelope = json.loads((job / "out.pdf.report.json").read_bytes())
    found: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"]))["predicate"]
    return found


def test_what_passes_stays_and_the_rest_is_counted(job: Path) -> None:
    output = (job / "out.pdf").read_bytes()
    assert read_navigation(output, FRAMES, frozenset(Aid)) == (CLEAN, {})
    assert COUNTS.items() <= statement(job)["sanitized"].items()
    stated = {s["name"]: s["value"] for s in statement(job)["policy"]["resolved"]["settings"]}
    assert json.loads(stated["document.keep"]) == ["bookmarks", "links", "page_labels", "title"]
    with opened(output) as pdf:
        assert [*map(float, pdf.pages[0].obj.TrimBox)] == [5, 5, 295, 195]


def test_it_verifies_and_what_is_put_beside_it_does_not(job: Path, tmp_path: Path) -> None:
    assert run("verify", job / "out.pdf", "--source", job / "in.pdf", config=job).returncode == 0
    with pikepdf.open(job / "out.pdf") as pdf:
        pdf.pages[0].obj.Annots[0].Contents = pikepdf.String("more")
        pdf.save(tmp_path / "out.pdf", deterministic_id=True)
    verdict = verify_published(tmp_path / "out.pdf", job / "out.pdf.report.json")
    assert "structure" in {check.name for check in verdict.checks if not check.passed}


def test_a_plan_says_what_will_stay_without_a_word_of_it(job: Path) -> None:
    planned = pipeline.plan(job / "in.pdf", load(job / "policy.yaml"))
    text = plans.to_json(planned.plan)
    assert json.loads(text)["document"]["refused"] == [0, 2, 5, 7]
    assert not [t for t in GUIDES.texts if t in text]
    again = replace(planned, plan=plans.from_json(text, "plan.json"))
    assert applying.apply(again).output == (job / "out.pdf").read_bytes()


def test_without_the_policy_nothing_but_a_plain_language_stays(job: Path, tmp_path: Path) -> None:
    with pikepdf.open(job / "in.pdf") as pdf:
        pdf.Root.Lang = pikepdf.String("de-CH")
        pdf.save(tmp_path / "in.pdf")
    output = applying.apply(pipeline.plan(tmp_path / "in.pdf", load("default"))).output
    found, _ = read_navigation(output, FRAMES, frozenset(Aid))
    assert found == Navigation(language="de-CH")
