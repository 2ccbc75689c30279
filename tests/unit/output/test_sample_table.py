"""A sample's table: it comes back as it went, filled in or not, and anything odd is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from redactor.output.sample_table import read_sample, sample_table
from redactor.output.tables import csv_text
from tests.unit.test_quality import SAMPLE

Rows = list[list[str]]
TEXT = csv_text(sample_table(SAMPLE))


def changed(change: Callable[[Rows], object]) -> bytes:
    rows = list(csv.reader(io.StringIO(TEXT, newline="")))
    change(rows)
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def put(row: int, column: str, value: str) -> Callable[[Rows], object]:
    return lambda rows: rows[row].__setitem__(rows[0].index(column), value)


def test_it_comes_back() -> None:
    filled = read_sample(TEXT.encode())
    assert filled.sample == SAMPLE
    assert (filled.missed_words, filled.missed_pages) == (0, 0)


def test_as_a_spreadsheet_saves_it_again() -> None:
    assert read_sample(b"\xef\xbb\xbf" + TEXT.replace("\r\n", "\n").encode()).sample == SAMPLE


@pytest.mark.parametrize(
    ("value", "missed"), [("x", 1), ("yes", 1), ("1", 1), ("no", 0), ("0", 0), (" - ", 0)]
)
def test_what_a_person_writes(value: str, missed: int) -> None:
    assert read_sample(changed(put(1, "missed", value))).missed_words == missed
    assert read_sample(changed(put(2, "missed", value))).missed_pages == missed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.clear(), "columns"),
        (lambda rows: rows[0].reverse(), "columns"),
        (lambda rows: rows[0].append("text"), "columns"),
        (lambda rows: rows.__delitem__(slice(1, None)), "no rows"),
        (lambda rows: rows.__delitem__(1), "row 1 is missing"),
        (lambda rows: rows.append(rows[1]), "row 3 is missing"),
        (lambda rows: rows[2].pop(), "row 2 has not as many"),
        (put(2, "seed", "other"), "row 2 is of another sample"),
        (put(2, "report_sha256", "e" * 64), "row 2 is of another sample"),
        (put(1, "kind", "line"), "row 1 is not a place"),
        (put(1, "page", "0"), "row 1 is not a place"),
        (put(1, "page", "one"), "row 1 is not a place"),
        (put(1, "left", "9999"), "row 1 is not a place"),
        (put(1, "left", "nan"), "row 1 is not a place"),
    ],
)
def test_what_is_no_sample(change: Callable[[Rows], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_sample(changed(change))


@pytest.mark.parametrize("column", ["report_sha256", "pdf_sha256", "population"])
def test_heads_that_are_wrong(column: str) -> None:
    def change(rows: Rows) -> None:
        for row in (1, 2):
            put(row, column, "-5")(rows)

    with pytest.raises(ValueError):
        read_sample(changed(change))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b'"', b"%PDF-1.7", b"\x00"])
def test_what_is_no_table(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_sample(data)


def test_nothing_is_quoted() -> None:
    with pytest.raises(ValueError) as caught:
        read_sample(changed(put(1, "kind", "Jane Example")))
    assert "Jane" not in str(caught.value)
