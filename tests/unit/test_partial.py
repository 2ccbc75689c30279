"""What goes where a rule keeps a part, in characters and in boxes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.findings import Finding
from redactor.geometry import Box
from redactor.partial import leaving, narrowed
from redactor.policy.model import Keep

LAST, YEAR, INITIALS = {"last": 4}, {"year": True}, {"initials": True}
ZIP = {"first": 3, "except": ["036", "059"]}

# what is kept, the text, and the text with an x for each character that goes
CASES: list[tuple[dict[str, Any], str, str]] = [
    (LAST, "212-09-7694", "xxxxxx-7694"),
    (LAST, "4111 1111 1111 1234", "xxxxxxxxxxxxxx 1234"),
    (LAST, "XY-123456", "xxxxx3456"),
    (LAST, "7694", "xxxx"),  # the last four would be all of it
    (LAST, "76-94", "xxxxx"),
    (LAST, "17694", "x7694"),
    ({"last": 1}, "A1", "x1"),
    (YEAR, "April 15, 1961", "xxxxxxxx, 1961"),
    (YEAR, "1961-04-15", "1961-xxxxx"),
    (YEAR, "04/15/1961", "xxxxx/1961"),
    (YEAR, "15 April", "xxxxxxxx"),  # no year to keep
    (YEAR, "04/15/61", "xxxxxxxx"),  # which of the three is the year?
    (YEAR, "20610415", "xxxxxxxx"),  # no year by itself
    (YEAR, "March 1990 to May 1995", "xxxxx 1990 xxxxxx 1995"),
    (YEAR, "1961", "1961"),
    (INITIALS, "John Q. Smith", "Jxxx Q. Sxxxx"),
    (INITIALS, "J.S.", "J.S."),
    (INITIALS, "O'Brien", "O'Bxxxx"),
    (INITIALS, "123", "xxx"),
    (ZIP, "78704", "787xx"),
    (ZIP, "78704-1234", "787xxxxxxx"),
    (ZIP, "03601", "xxxxx"),
    (ZIP, "787", "xxx"),
    (LAST, "", ""),
]


def keep(given: dict[str, Any]) -> Keep:
    return Keep.model_validate(given)


@pytest.mark.parametrize(("kept", "text", "expected"), CASES)
def test_what_goes(kept: dict[str, Any], text: str, expected: str) -> None:
    left = list(text)
    for start, end in leaving(text, keep(kept)):
        left[start:end] = "x" * (end - start)
    assert "".join(left) == expected


@given(st.text(max_size=40), st.sampled_from([LAST, YEAR, INITIALS, ZIP]))
def test_parts_are_in_order_and_no_letter_is_lost(text: str, kept: dict[str, Any]) -> None:
    parts = leaving(text, keep(kept))
    assert all(0 <= start < end <= len(text) for start, end in parts)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    if kept is LAST:
        gone = sum(text[at].isalnum() for start, end in parts for at in range(start, end))
        assert sum(map(str.isalnum, text)) - gone in (0, 4)


def finding(text: str, edges: bool = True) -> Finding:
    """Two lines of ten characters, each ten points wide where edges are known."""
    boxes = (Box(0, 0, 100, 10), Box(0, 20, 100, 30))
    places = tuple(
        Box(at % 10 * 10, at // 10 * 20, at % 10 * 10 + 10, at // 10 * 20 + 10)
        if edges
        else boxes[at // 10]
        for at in range(len(text))
    )
    used = boxes[: (len(text) - 1) // 10 + 1]
    return Finding("p1-f1", 1, "X", text, used, 1.0, "d", places=places)


def test_boxes_end_where_the_part_ends() -> None:
    rest = narrowed(finding("12345 7694"), keep(LAST))
    assert rest is not None
    assert (rest.boxes, rest.text) == ((Box(0, 0, 50, 10),), "12345")


def test_a_part_over_two_lines_has_two_boxes() -> None:
    rest = narrowed(finding("1234567890\n2345678"), keep(LAST))
    assert rest is not None
    assert rest.boxes == (Box(0, 0, 100, 10), Box(0, 20, 40, 30))


def test_a_word_whose_letters_have_no_places_goes_whole() -> None:
    rest = narrowed(finding("123457694", edges=False), keep(LAST))
    assert rest is not None
    assert rest.boxes == (Box(0, 0, 100, 10),)


def test_nothing_goes_of_a_year() -> None:
    assert narrowed(finding("1961"), keep(YEAR)) is None


def test_without_places_all_goes() -> None:
    bare = Finding("p1-f1", 1, "X", "212-09-7694", (Box(0, 0, 9, 9),), 1.0, "d")
    assert narrowed(bare, keep(LAST)) is bare
