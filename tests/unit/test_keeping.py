"""What leads around a document stays where it passes, and is counted where it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from redactor.detect.apart import as_page
from redactor.detect.page_text import page_text
from redactor.detect.patterns import PatternDetector
from redactor.findings import Finding, Redaction
from redactor.geometry import Box
from redactor.keeping import REDACTED, carried_out, keeping
from redactor.navigation import Aid, Bookmark, Keeping, Link, Navigation, PageLabels, Target
from redactor.pdf.intake import Source
from redactor.pdf.write_navigation import write_navigation
from redactor.policy.model import Policy
from tests.documents import opened, redaction, saved, taken, text_pdf

SSN = "219-09-9999"
ALL = tuple(Aid)
GUIDES = Navigation(
    title=f"File of {SSN}",
    language="en-US",
    bookmarks=(
        Bookmark("Report", Target(1), True, (Bookmark(f"SSN {SSN}", Target(2, (0, 10))),)),
        Bookmark("Annex", Target(2)),
    ),
    links=(
        Link(1, Box(20, 30, 80, 42), "https://example.org/a"),
        Link(1, Box(20, 60, 80, 72), f"https://example.org/?ssn={SSN}"),
        Link(2, Box(20, 30, 80, 42), Target(1)),
    ),
    labels=(PageLabels(1, "D", f"{SSN}/"), PageLabels(2, "r", "A-")),
)
SSN_RULE = {"id": "ssn", "find": ["US_SSN"]}
NAME = Finding("p1-f1", 1, "PERSON", "John Smith", (Box(0, 0, 9, 9),), 0.9, "names")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    with opened(text_pdf([(20, 40, "One")], [(20, 40, "Two")])) as pdf:
        frames = taken(tmp_path, saved(pdf)).frames
        write_navigation(pdf, GUIDES, frames)
        return taken(tmp_path, saved(pdf))


def policy(*rules: dict[str, Any], **more: Any) -> Policy:
    return Policy.model_validate({"redactor_policy": 1, "name": "x", "rules": rules, **more})


def kept(source: Source, *rules: dict[str, Any], **more: Any) -> set[str]:
    """The texts that are refused."""
    document = {"keep": [aid.value for aid in ALL]}
    made = policy(*rules, document=document, **more)
    decided = keeping(source, made, [as_page(1, "One")], [], [PatternDetector()], [])
    return {GUIDES.texts[place] for place in decided.refused}


WITH_SSN = {text for text in GUIDES.texts if SSN in text}


def test_texts_of_which_a_rule_redacts_something_are_refused(source: Source) -> None:
    assert len(WITH_SSN) == 4
    assert kept(source, SSN_RULE) == WITH_SSN


@pytest.mark.parametrize(
    ("rules", "more", "refused"),
    [
        ([], {}, False),
        ([{"id": "name", "find": ["PERSON"]}], {}, False),
        ([{**SSN_RULE, "action": "keep"}], {}, False),
        ([{**SSN_RULE, "action": "review"}], {}, True),  # nobody will be asked
        ([{**SSN_RULE, "keep": {"last": 4}}], {}, True),
        ([SSN_RULE], {"never": [SSN]}, False),
        ([{**SSN_RULE, "unless": [SSN]}], {}, False),
        ([{**SSN_RULE, "unless": ["219-09-9998"]}], {}, True),
        # rules for one place hold for texts that have none, unless they keep
        ([{**SSN_RULE, "pages": "7"}], {}, True),
        ([{**SSN_RULE, "region": [0, 0, 1, 1]}], {}, True),
        ([{**SSN_RULE, "origin": ["handwriting"]}], {}, True),
        ([{**SSN_RULE, "id": "a", "pages": "1", "action": "keep"}, SSN_RULE], {}, True),
        ([{"id": "a", "area": "all", "as": "COVER", "pages": "1"}], {}, False),
    ],
)
def test_by_what_the_rules_say(
    source: Source, rules: list[dict[str, Any]], more: dict[str, Any], refused: bool
) -> None:
    assert kept(source, *rules, **more) == (WITH_SSN if refused else set())


def test_names_that_the_pages_told(tmp_path: Path) -> None:
    with opened(text_pdf([(20, 40, "One")])) as pdf:
        pdf.docinfo["/Title"] = "smith file"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Statement of J. Smith", 0))
            outline.root.append(pikepdf.OutlineItem("Statement of the blacksmith", 0))
        source = taken(tmp_path, saved(pdf))
    made = policy({"id": "n", "find": ["PERSON"]}, document={"keep": ["bookmarks", "title"]})
    for found, refused in (((NAME,), (0, 1)), ((), ())):
        decided = keeping(source, made, [as_page(1, "One")], found, [PatternDetector()], [])
        assert decided.refused == refused


def test_nothing_is_looked_at_where_nothing_is_kept(source: Source) -> None:
    made = policy(SSN_RULE, document={"title": "Release", "language": "de"})
    broken = replace(source, data=b"")
    assert keeping(broken, made, [], [], [], []) == Keeping((), "Release", "de")


def out(
    source: Source,
    removed: tuple[str, ...] = (),
    redactions: tuple[Redaction, ...] = (),
    **more: Any,
) -> tuple[Navigation, dict[str, int]]:
    made = Keeping(**{"keep": ALL, **more})
    found, counts = carried_out(source, made, removed, redactions)
    return found, dict(counts)


def test_what_passes_is_kept_as_it_was(source: Source) -> None:
    assert out(source) == (GUIDES, {})


CLEAN = Navigation(
    title="",
    language="en-US",
    bookmarks=(
        Bookmark("Report", Target(1), True, (Bookmark(REDACTED, Target(2, (0, 10))),)),
        Bookmark("Annex", Target(2)),
    ),
    links=(GUIDES.links[0], GUIDES.links[2]),
    labels=(PageLabels(1, "D", ""), PageLabels(2, "r", "A-")),
)
COUNTS = {
    "bookmarks_redacted": 1,
    "links_redacted": 1,
    "page_label_prefixes_redacted": 1,
    "title_redacted": 1,
}


def test_what_was_refused_goes(source: Source) -> None:
    places = tuple(place for place, text in enumerate(GUIDES.texts) if text in WITH_SSN)
    assert out(source, refused=places) == (CLEAN, COUNTS)
    assert out(source, refused=(*places, 99)) == (CLEAN, COUNTS)


def test_what_a_person_had_removed_goes_too(source: Source) -> None:
    assert out(source, (SSN,)) == (CLEAN, COUNTS)


@pytest.mark.parametrize(
    ("removed", "counts"),
    [
        ("annex", {"bookmarks_redacted": 1}),
        ("219099999", COUNTS),
        ("Rep", {}),  # a part of a word
        ("A", {}),  # letters that any text has
        ("e", {}),
        ("212-09-9999", {}),
    ],
)
def test_removed_texts_and_near_misses(
    source: Source, removed: str, counts: dict[str, int]
) -> None:
    assert out(source, (removed,))[1] == counts


def test_a_title_that_the_policy_sets(source: Source) -> None:
    assert out(source, title="Release")[0].title == GUIDES.title
    assert out(source, title="Release", keep=())[0] == Navigation("Release", "en-US")
    assert out(source, (SSN,), title="Release")[0].title == "Release"
    found, counts = out(source, ("John Roe",), title="Release of John Roe", keep=())
    assert (found.title, counts) == ("", {"title_redacted": 1})


def test_a_language_that_the_policy_sets(source: Source) -> None:
    assert out(source, language="de-CH", keep=())[0] == Navigation(language="de-CH")


@pytest.mark.parametrize(
    ("box", "left"), [(Box(70, 35, 90, 50), 2), (Box(81, 30, 90, 42), 3), (Box(20, 43, 80, 50), 3)]
)
def test_a_link_under_a_box_goes(source: Source, box: Box, left: int) -> None:
    found, counts = out(source, redactions=(redaction(box),))
    assert len(found.links) == left
    assert counts == ({} if left == 3 else {"links_under_boxes": 1})


def test_a_box_on_another_page_takes_no_link(source: Source) -> None:
    assert out(source, redactions=(redaction(GUIDES.links[0].box, page=2),))[1] == {
        "links_under_boxes": 1  # the one of page 2, which lies in the same place
    }


def test_the_same_line_has_the_same_text() -> None:
    assert page_text(as_page(1, " a  b ")).text == "a b"
