"""Tables as CSV and XLSX, in which no cell can start a formula, whatever a report holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | float
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text starts with that spreadsheets take for a formula (OWASP, CSV Injection)."""
_WIDEST: Final = 60  # characters of a column


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; numbers stay numbers, texts are shown as they are."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_text(table: Table) -> str:
    """The table as CSV (RFC 4180).

    A text that would start a formula gets an apostrophe before it, as OWASP advises; characters
    that cannot be printed are shown as "?".
    """
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(table.head)
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return target.getvalue()


def as_dicts(table: Table) -> list[dict[str, Cell]]:
    """The rows as JSON objects."""
    return [dict(zip(table.head, row, strict=True)) for row in table.rows]


def xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table; every text is a text cell, never a formula."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(zip(table.head, *table.rows, strict=True), start=1):
            width = min(_WIDEST, 2 + max(len(str(cell)) for cell in column))
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_xlsx_cell(sheet, name, bold=True) for name in table.head])
        for row in table.rows:
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv_cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return f"'{_printable(cell)}" if cell.startswith(FORMULA_STARTS) else _printable(cell)


def _xlsx_cell(sheet: Any, cell: Cell, bold: bool = False) -> Any:
    if not isinstance(cell, str):
        return WriteOnlyCell(sheet, cell)
    made = WriteOnlyCell(sheet, _printable(cell))
    made.data_type = "s"  # what begins with "=" would be a formula
    made.quotePrefix = True  # and would become one when a person edits the cell
    made.alignment = Alignment(wrap_text=not bold, vertical="top")
    made.font = Font(bold=bold)
    return made


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text)
