"""What leads around a document is read from many forms, and written in one."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.geometry import Box, PageFrame
from redactor.navigation import Aid, Bookmark, Link, Navigation, PageLabels, Target
from redactor.pdf.read_navigation import read_navigation
from redactor.pdf.write_navigation import write_navigation
from tests.documents import saved

PLAIN = PageFrame(Box(0, 0, 300, 200), 0)
TURNED = PageFrame(Box(10, 20, 310, 220), 90, 2.0)
FRAMES = (PLAIN, TURNED, PLAIN)
ALL = frozenset(Aid)
Plant = Callable[[pikepdf.Pdf], None]


def pages(count: int = 3) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(300, 200))
    return pdf


def read(plant: Plant, wanted: frozenset[Aid] = ALL) -> tuple[Navigation, dict[str, int]]:
    pdf = pages()
    plant(pdf)
    found, unusable = read_navigation(saved(pdf), FRAMES, wanted)
    return found, dict(unusable)


def outline(pdf: pikepdf.Pdf, *items: dict[str, Any]) -> None:
    made = [
        pdf.make_indirect(pikepdf.Dictionary({f"/{k}": v for k, v in i.items()})) for i in items
    ]
    for before, after in pairwise(made):
        before["/Next"] = after
    pdf.Root.Outlines = pikepdf.Dictionary(First=made[0], Last=made[-1])


def target_of(pdf_to_item: Callable[[pikepdf.Pdf], dict[str, Any]]) -> Target | None:
    found, _ = read(lambda pdf: outline(pdf, {"Title": "a", **pdf_to_item(pdf)}))
    (bookmark,) = found.bookmarks
    return bookmark.target


def place(*parts: object, page: int = 1) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
    return lambda pdf: {"Dest": pikepdf.Array([pdf.pages[page - 1].obj, *parts])}


def in_an_action(pdf: pikepdf.Pdf) -> dict[str, Any]:
    where = pikepdf.Array([pdf.pages[2].obj, pikepdf.Name.Fit])
    return {"A": pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=where)}


def named_in_a_tree(pdf: pikepdf.Pdf) -> dict[str, Any]:
    where = pikepdf.Dictionary(D=pikepdf.Array([pdf.pages[2].obj, pikepdf.Name.Fit]))
    leaf = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(["here", where])))
    looping = pikepdf.Dictionary(Kids=pikepdf.Array([leaf]))
    tree = pdf.make_indirect(looping)
    tree["/Kids"].append(tree)
    pdf.Root.Names = pikepdf.Dictionary(Dests=tree)
    return {"Dest": pikepdf.String("here")}


def named_in_the_catalog(pdf: pikepdf.Pdf) -> dict[str, Any]:
    where = pikepdf.Array([pdf.pages[2].obj, pikepdf.Name.Fit])
    pdf.Root.Dests = pikepdf.Dictionary(here=where)
    return {"Dest": pikepdf.Name.here}


XYZ, FITH, FITR = pikepdf.Name.XYZ, pikepdf.Name.FitH, pikepdf.Name.FitR


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (place(XYZ, 30, 150, 0), Target(1, (30, 50))),
        (place(XYZ, None, 150, None), Target(1, (0, 50))),
        (place(XYZ, 30, None, 0), Target(1)),
        (place(XYZ), Target(1)),
        (place(XYZ, 30, 9000, 0), Target(1, (30, 0))),  # above the page
        (place(FITH, 150), Target(1, (0, 50))),
        (place(FITR, 10, 20, 100, 120), Target(1, (10, 80))),
        (place(XYZ, 10, 20, 0, page=2), Target(2, (0, 0))),  # turned by 90, two points a unit
        (place(XYZ, 110, 70, 0, page=2), Target(2, (100, 200))),
        (in_an_action, Target(3)),
        (named_in_a_tree, Target(3)),
        (named_in_the_catalog, Target(3)),
        (lambda pdf: {"Dest": pikepdf.Array([1, pikepdf.Name.Fit])}, Target(2)),
        # near misses: nothing that leads to a page of this document
        (lambda pdf: {}, None),
        (lambda pdf: {"Dest": pikepdf.Array([3, pikepdf.Name.Fit])}, None),
        (lambda pdf: {"Dest": pikepdf.Array([-1, pikepdf.Name.Fit])}, None),
        (lambda pdf: {"Dest": pikepdf.Array([True, pikepdf.Name.Fit])}, None),
        (lambda pdf: {"Dest": pikepdf.Array([])}, None),
        (lambda pdf: {"Dest": pikepdf.Array([pdf.Root, XYZ, 0, 0, 0])}, None),
        (lambda pdf: {"Dest": pikepdf.String("nowhere")}, None),
        (lambda pdf: {"A": pikepdf.Dictionary(S=pikepdf.Name.GoToR, D="here", F="b.pdf")}, None),
        (lambda pdf: {"A": pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x()")}, None),
    ],
)
def test_where_a_bookmark_leads(
    item: Callable[[pikepdf.Pdf], dict[str, Any]], expected: Target | None
) -> None:
    assert target_of(item) == expected


def test_bookmarks_below_bookmarks() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as made:
            first = pikepdf.OutlineItem("One", 0)
            first.children.append(pikepdf.OutlineItem("One a", 1))
            first.is_closed = False
            made.root += [first, pikepdf.OutlineItem("Two", 2)]

    found, unusable = read(plant)
    assert [b.title for b in found.bookmarks] == ["One", "Two"]
    assert [b.title for b in found.bookmarks[0].children] == ["One a"]
    assert [b.is_open for b in found.bookmarks] == [True, False]
    assert found.texts == ("One", "One a", "Two")
    assert unusable == {}


def test_a_circle_of_bookmarks_ends() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        outline(pdf, {"Title": "a"}, {"Title": "b"})
        pdf.Root.Outlines.Last["/Next"] = pdf.Root.Outlines.First
        pdf.Root.Outlines.First["/First"] = pdf.Root.Outlines.First

    found, unusable = read(plant)
    assert found.texts == ("a", "b")
    assert unusable == {"bookmarks_unusable": 2}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  Two\r\nlines\tand  blanks ", "Two lines and blanks"),
        ("zero\u200bwidth \u202eturned", "zerowidth turned"),
        ("\x1ben\x1bplain", "enplain"),
        ("a" * 3000, "a" * 2000),
        ("Ünïcode 文", "Ünïcode 文"),
    ],
)
def test_titles_are_one_line_that_shows(given: str, expected: str) -> None:
    found, _ = read(lambda pdf: outline(pdf, {"Title": given}))
    assert found.texts == (expected,)


def linked(**keys: object) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[10, 150, 60, 170])
        for key, value in keys.items():
            note["/" + key] = value(pdf) if callable(value) else value
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])

    return plant


def uri(address: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))


def named(action: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name("/" + action))


WHERE = Box(10, 30, 60, 50)


@pytest.mark.parametrize(
    ("keys", "leads_to"),
    [
        ({"A": uri("https://example.org/a?b=c%20d")}, "https://example.org/a?b=c%20d"),
        ({"A": uri("HTTP://example.org")}, "HTTP://example.org"),
        ({"A": uri("mailto:a@example.org")}, "mailto:a@example.org"),
        ({"Dest": lambda pdf: pikepdf.Array([pdf.pages[2].obj, pikepdf.Name.Fit])}, Target(3)),
        ({"A": named("NextPage")}, Target(2)),
        ({"A": named("LastPage")}, Target(3)),
    ],
)
def test_links_that_can_be_kept(keys: dict[str, object], leads_to: str | Target) -> None:
    found, unusable = read(linked(**keys))
    assert found.links == (Link(1, WHERE, leads_to),)
    assert unusable == {}


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"A": uri("file:///etc/passwd")},
        {"A": uri("javascript:alert(1)")},
        {"A": uri("https:example.org")},
        {"A": uri("xhttps://example.org")},
        {"A": uri("www.example.org")},
        {"A": uri("https://example.org/a b")},
        {"A": uri("https://example.org/\n(x)")},
        {"A": uri("https://ex\u00e4mple.org")},
        {"A": uri("https://" + "a" * 2000)},
        {"A": pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe")},
        {"A": named("PrevPage")},  # of the first page
        {"A": named("Print")},
        {"A": uri("https://example.org"), "Rect": [10, 20]},
        {"A": uri("https://example.org"), "Rect": [10, 20, "a", 40]},
        {"A": uri("https://example.org"), "Rect": [400, 20, 500, 40]},  # off the page
    ],
)
def test_links_that_cannot(keys: dict[str, object]) -> None:
    found, unusable = read(linked(**keys))
    assert found.links == ()
    assert unusable == {"links_unusable": 1}


def test_other_annotations_are_no_links() -> None:
    found, unusable = read(linked(Subtype=pikepdf.Name.Text, A=uri("https://example.org")))
    assert found == Navigation()
    assert unusable == {}


def labeled(*nums: object) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([*nums]))

    return plant


def label(**keys: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({f"/{key}": value for key, value in keys.items()})


@pytest.mark.parametrize(
    ("nums", "expected"),
    [
        ((0, label(S=pikepdf.Name.r)), [PageLabels(1, "r", "")]),
        (
            (0, label(S=pikepdf.Name.D, P="A- ", St=4), 2, label(P="Annex")),
            [PageLabels(1, "D", "A- ", 4), PageLabels(3, "", "Annex")],
        ),
        ((1, label(S=pikepdf.Name.a)), [PageLabels(1, "D", ""), PageLabels(2, "a", "")]),
        ((0, label(S=pikepdf.Name.Z, St=-3)), [PageLabels(1, "", "")]),
    ],
)
def test_page_labels(nums: Sequence[object], expected: list[PageLabels]) -> None:
    found, unusable = read(labeled(*nums))
    assert list(found.labels) == expected
    assert unusable == {}


def test_page_labels_that_are_none() -> None:
    found, unusable = read(labeled(0, label(P="A"), 3, label(P="B"), -1, label(), 1, 7))
    assert found.labels == (PageLabels(1, "", "A"),)
    assert unusable == {"page_labels_unusable": 3}


@pytest.mark.parametrize("tag", ["en", "en-US", "zh-Hant-TW", "es-419", "EN-us"])
def test_a_plain_language_tag_is_kept(tag: str) -> None:
    found, _ = read(lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String(tag)), frozenset())
    assert found == Navigation(language=tag)


@pytest.mark.parametrize("tag", ["x-smith", "en-x-smith", "english", "en_US", "en-US-smith", "e"])
def test_another_is_not(tag: str) -> None:
    found, _ = read(lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String(tag)), frozenset())
    assert found == Navigation()


def test_only_what_is_wanted_is_read() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        linked(A=uri("https://example.org"))(pdf)
        labeled(0, label(P="A"))(pdf)
        outline(pdf, {"Title": "a"})
        pdf.docinfo["/Title"] = "b"

    assert read(plant, frozenset())[0] == Navigation()
    assert read(plant, frozenset([Aid.TITLE]))[0] == Navigation(title="b")
    assert read(plant)[0].texts == ("b", "a", "https://example.org", "A")


def test_no_text_in_a_repr() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        linked(A=uri("https://zebulon.org"))(pdf)
        labeled(0, label(P="Zebulon"))(pdf)
        outline(pdf, {"Title": "Zebulon"})
        pdf.docinfo["/Title"] = "Zebulon"

    found, _ = read(plant)
    assert len(found.texts) == 2
    assert "zebulon" not in repr(found).lower()


TEXTS = st.text("ab 文é()\\", min_size=1, max_size=12).map(lambda t: " ".join(t.split()) or "x")


def points(frame: PageFrame) -> st.SearchStrategy[tuple[float, float]]:
    """In whole numbers: files have them rounded."""
    width, height = frame.size
    return st.tuples(st.integers(0, int(width)), st.integers(0, int(height)))


TARGETS = st.integers(1, 3).flatmap(
    lambda page: st.builds(Target, st.just(page), st.none() | points(FRAMES[page - 1]))
)
LEAVES = st.builds(Bookmark, TEXTS, st.none() | TARGETS)
BOOKMARKS = st.recursive(
    LEAVES,
    lambda below: st.builds(
        Bookmark, TEXTS, TARGETS, st.booleans(), st.lists(below, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
)
LINKS = st.builds(
    Link, st.integers(1, 3), st.just(Box(10, 20, 80, 40)), st.just("https://a.org/x") | TARGETS
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BOOKMARKS, max_size=4), st.lists(LINKS, max_size=3), TEXTS)
def test_what_was_written_is_read_again(
    bookmarks: list[Bookmark], links: list[Link], title: str
) -> None:
    links.sort(key=lambda link: link.page)
    labels = (PageLabels(1, "r", title), PageLabels(3, "D", "", 5))
    written = Navigation(title, "de-CH", tuple(bookmarks), tuple(links), labels)
    pdf = pages()
    write_navigation(pdf, written, FRAMES)
    found, unusable = read_navigation(saved(pdf), FRAMES, ALL)
    assert found == written
    assert not unusable


def test_a_viewer_shows_what_was_written() -> None:
    """As another library reads it: titles, levels, pages, and counts of what is unfolded."""
    below = (Bookmark("One a", Target(2, (0, 0))), Bookmark("One b", None))
    pdf = pages()
    tree = (Bookmark("One", Target(1), True, below), Bookmark("Two", Target(3), False, below))
    write_navigation(pdf, Navigation(bookmarks=tree), FRAMES)
    data = saved(pdf)
    with pikepdf.open(io.BytesIO(data)) as again:
        assert again.Root.Outlines.Count == 4
        assert [again.Root.Outlines.First.Count, again.Root.Outlines.Last.Count] == [2, -2]
        with again.open_outline() as shown:
            assert [item.title for item in shown.root] == ["One", "Two"]
            assert [item.title for item in shown.root[1].children] == ["One a", "One b"]


def test_nothing_is_written_where_there_is_nothing() -> None:
    pdf = pages()
    write_navigation(pdf, Navigation(), FRAMES)
    assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
    assert "/Info" not in pdf.trailer
