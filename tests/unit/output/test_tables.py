"""Tables for spreadsheets: whatever a text begins with, none of it is ever a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.output.tables import FORMULA_STARTS, Cell, Table, as_dicts, csv_text, xlsx

ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("http://x")']
HARMLESS = ["a=1", "1-2", "(b)(6)", "", "'=1", " =1", 'say "x", then', "Žižka 山田"]


def table(*cells: Cell) -> Table:
    return Table("T", tuple(f"c{n}" for n in range(len(cells))), (cells,))


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", ATTACKS)
def test_csv_starts_no_formula(text: str) -> None:
    (_, (cell,)) = read_csv(csv_text(table(text)))
    assert cell.startswith("'")
    assert not cell.startswith(FORMULA_STARTS)


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_other_text_as_it_is(text: str) -> None:
    assert read_csv(csv_text(table(text, "x")))[1][0] == text


def test_csv_numbers_stay_numbers() -> None:
    assert read_csv(csv_text(table(-1.5, 3)))[1] == ["-1.5", "3"]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_stays_in_its_cell(texts: list[str]) -> None:
    (_, row) = read_csv(csv_text(table(*texts)))
    assert len(row) == len(texts)
    assert all(not cell.startswith(FORMULA_STARTS) and cell.isprintable() for cell in row)


@pytest.mark.parametrize("text", [*ATTACKS, *HARMLESS[:3], "\x00\x07", "x" * 40_000])
def test_xlsx_has_texts_and_numbers_only(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([table(text, 2, -0.5)])))
    cells = next(book["T"].iter_rows(min_row=2))
    assert [cell.data_type for cell in cells] == ["s", "n", "n"]
    assert cells[0].quotePrefix


def test_xlsx_has_a_sheet_for_each_table() -> None:
    empty = Table("None", ("a", "b"), ())
    book = openpyxl.load_workbook(io.BytesIO(xlsx([table("x"), empty])))
    assert book.sheetnames == ["T", "None"]
    assert [cell.value for cell in book["None"][1]] == ["a", "b"]


def test_json_has_all_as_it_is() -> None:
    assert as_dicts(table("=1", 2)) == [{"c0": "=1", "c1": 2}]
