"""What leads around an output is there only where it is kept, and in our form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from redactor.geometry import Box
from redactor.navigation import Aid, Bookmark, Link, Navigation, PageLabels, Target
from redactor.pdf.burn import burn
from redactor.pdf.overlay import without_boxes
from redactor.pdf.sanitize import sanitize
from redactor.verify.subject import Subject
from tests.documents import redaction, taken, text_pdf, word_box
from tests.unit.verify.test_checks import BYTES, SECRET, SPOTS, STRUCTURE, edited, failed

ALL = frozenset(Aid)
GUIDES = Navigation(
    title="Release",
    language="en-US",
    bookmarks=(
        Bookmark("One", Target(1, (0, 20)), True, (Bookmark("One a", Target(2)),)),
        Bookmark("Two", None),
    ),
    links=(
        Link(1, Box(20, 100, 80, 112), "https://example.org/a%20b"),
        Link(2, Box(20, 30, 80, 42), Target(1)),
    ),
    labels=(PageLabels(1, "r", "A-", 2),),
)
NUMBER = "212-09-7694"


def with_guides(folder: Path, guides: Navigation, removed: tuple[str, ...] = ()) -> Subject:
    data = text_pdf(SPOTS, [(20, 40, "Second page")])
    source = taken(folder, data)
    boxes = (redaction(word_box(data, SECRET)),)
    output, _ = sanitize(burn(source, boxes, {}), source.frames, boxes, {}, guides)
    return Subject(
        *(output, without_boxes(output), source.data, source.frames, source.frames),
        *(boxes, frozenset(), (SECRET, *removed), ALL),
    )


@pytest.fixture
def guided(tmp_path: Path) -> Subject:
    return with_guides(tmp_path, GUIDES)


def test_what_is_kept_passes(guided: Subject) -> None:
    assert failed(guided) == set()


@pytest.mark.parametrize("aid", Aid)
def test_what_the_policy_does_not_keep_may_not_be_there(guided: Subject, aid: Aid) -> None:
    assert failed(replace(guided, kept=ALL - {aid})) == {STRUCTURE}


@pytest.mark.parametrize(
    ("guides", "aid"),
    [
        (Navigation(title="A"), Aid.TITLE),
        (Navigation(bookmarks=(Bookmark("A", Target(1)),)), Aid.BOOKMARKS),
        (Navigation(links=GUIDES.links), Aid.LINKS),
        (Navigation(labels=GUIDES.labels), Aid.PAGE_LABELS),
    ],
)
def test_each_needs_nothing_but_itself(tmp_path: Path, guides: Navigation, aid: Aid) -> None:
    subject = with_guides(tmp_path, guides)
    assert failed(replace(subject, kept=frozenset([aid]))) == set()
    assert failed(replace(subject, kept=ALL - {aid})) == {STRUCTURE}


def test_a_plain_language_needs_nothing(tmp_path: Path) -> None:
    subject = with_guides(tmp_path, Navigation(language="zh-Hant-TW"))
    assert failed(replace(subject, kept=frozenset())) == set()


def first(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.Outlines.First


def link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj.Annots[0]


def put(holder: Callable[[pikepdf.Pdf], pikepdf.Object], key: str, value: object) -> object:
    def plant(pdf: pikepdf.Pdf) -> None:
        holder(pdf)[key] = value

    plant.__name__ = f"{holder.__name__}{key}"
    return plant


def root(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root


def info(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.docinfo


def view(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.ViewerPreferences


def outlines(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.Outlines


def labels(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.PageLabels


def a_label(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.PageLabels.Nums[1]


def address(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return link(pdf).A


def a_stamp(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))


def a_link_elsewhere(pdf: pikepdf.Pdf) -> None:
    """On an object that is no page."""
    pdf.Root.Pages["/Annots"] = pikepdf.Array([link(pdf)])


def a_circle(pdf: pikepdf.Pdf) -> None:
    first(pdf).First["/First"] = first(pdf)


def under_the_box(pdf: pikepdf.Pdf) -> None:
    link(pdf)["/Rect"] = pikepdf.Array([60, 155, 90, 165])


def to_a_page_that_is_gone(pdf: pikepdf.Pdf) -> None:
    page = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page))
    first(pdf)["/Dest"] = pikepdf.Array([page, pikepdf.Name.XYZ, 0, 0, None])


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
PLANTS = [
    put(first, "/A", SCRIPT),
    put(first, "/SE", pikepdf.Dictionary()),
    put(first, "/Dest", pikepdf.String("named")),
    put(outlines, "/Custom", 1),
    put(link, "/Contents", pikepdf.String("said")),
    put(link, "/A", SCRIPT),
    put(link, "/AP", pikepdf.Dictionary()),
    put(link, "/Subtype", pikepdf.Name.FileAttachment),
    put(address, "/URI", pikepdf.String("file:///a")),
    put(address, "/URI", pikepdf.String("https://a b")),
    put(address, "/Next", SCRIPT),
    put(labels, "/Limits", pikepdf.Array([0, 1])),
    put(a_label, "/Custom", 1),
    put(info, "/Author", pikepdf.String("said")),
    put(view, "/HideMenubar", True),
    put(root, "/Lang", pikepdf.String("x-said")),
    put(root, "/Lang", pikepdf.Name.en),
    put(root, "/AcroForm", pikepdf.Dictionary()),
    a_stamp,
    a_link_elsewhere,
    a_circle,
    under_the_box,
    to_a_page_that_is_gone,
]


@pytest.mark.parametrize("plant", PLANTS)
def test_another_form(guided: Subject, plant: Callable[[pikepdf.Pdf], None]) -> None:
    assert STRUCTURE in failed(edited(guided, plant))


@pytest.mark.parametrize(
    "plant",
    [
        put(first, "/Title", pikepdf.String(f"of {SECRET}")),
        put(first, "/Title", pikepdf.String(f"文 {SECRET}")),  # in UTF-16
        put(info, "/Title", pikepdf.String(SECRET)),
        put(a_label, "/P", pikepdf.String(f"{SECRET} ")),
        put(address, "/URI", pikepdf.String(f"https://example.org/{SECRET}")),
        put(address, "/URI", pikepdf.String("https://example.org/?id=212097694")),
        put(address, "/URI", pikepdf.String("https://example.org/%5Aebulo%6E")),
        put(address, "/URI", pikepdf.String("https://example.org/%255Aebulo%256E")),
    ],
)
def test_a_removed_text_in_what_is_kept(
    tmp_path: Path, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    subject = with_guides(tmp_path, GUIDES, (NUMBER,))
    assert failed(subject) == set()
    assert failed(edited(subject, plant)) == {BYTES}


@pytest.mark.parametrize(("gap", "is_under"), [(-0.04, False), (0.01, False), (-0.5, True)])
def test_a_link_may_touch_a_box(tmp_path: Path, gap: float, is_under: bool) -> None:
    box = with_guides(tmp_path, Navigation()).redactions[0].box
    below = Box(box.x0, box.y1 + gap, box.x1, box.y1 + 12)
    subject = with_guides(tmp_path, Navigation(links=(Link(1, below, "https://a.org"),)))
    assert failed(subject) == ({STRUCTURE} if is_under else set())


@pytest.mark.parametrize("word", ["Title", "Outlines", "Border", "Link", "Nums", "Lang", "Dest"])
def test_names_of_the_format_are_no_texts(tmp_path: Path, word: str) -> None:
    assert failed(with_guides(tmp_path, GUIDES, (word,))) == set()
