"""A sample of places to check by hand as a table that a person fills in, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from redactor.geometry import Box
from redactor.output.tables import Table
from redactor.quality import Place, PlaceKind, Sample

_HEAD: Final = (
    *("report_sha256", "pdf_sha256", "seed", "population", "number", "kind", "page"),
    *("left", "top", "right", "bottom", "missed"),
)
_OF_ALL: Final = _HEAD[:4]
_NOT_MISSED: Final = frozenset(("", "0", "no", "n", "-"))
_MOST_ROWS: Final = 100_000
_MOST_BYTES: Final = 32 * 2**20


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A sample, and how many words and pages were marked as missed in the table."""

    sample: Sample
    missed_words: int
    missed_pages: int


def sample_table(sample: Sample) -> Table:
    """A row for each place; a person writes into the last column where something was missed."""
    same = (sample.report, sample.output, sample.seed, sample.population)
    rows = tuple(
        (*same, number, place.kind.value, place.page, *place.box.as_tuple(), "")
        for number, place in enumerate(sample.places, start=1)
    )
    return Table("Sample", _HEAD, rows)


def read_sample(data: bytes) -> FilledIn:
    """The sample in a table as `sample_table` makes it, filled in or not.

    Raises ValueError saying what is wrong, by row; no value is ever quoted.
    """
    rows = _rows(data)
    first = rows[0]
    places, missed = [], []
    for number, row in enumerate(rows, start=1):
        if any(row[name] != first[name] for name in _OF_ALL):
            raise ValueError(f"row {number} is of another sample")
        if row["number"] != str(number):
            raise ValueError(f"row {number} is missing or out of order")
        places.append(_place(row, number))
        missed.append(row["missed"].strip().lower() not in _NOT_MISSED)
    if not re.fullmatch(r"[0-9]{1,12}", first["population"]):
        raise ValueError("row 1: population is not a whole number")
    sample = Sample(
        first["report_sha256"],
        first["pdf_sha256"],
        first["seed"],
        int(first["population"]),
        tuple(places),
    )
    hits = [place.kind for place, hit in zip(places, missed, strict=True) if hit]
    pages = hits.count(PlaceKind.PAGE)
    return FilledIn(sample, len(hits) - pages, pages)


def _rows(data: bytes) -> Sequence[Mapping[str, str]]:
    if len(data) > _MOST_BYTES:
        raise ValueError("it is too large")
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise ValueError("it is not a CSV file in UTF-8") from None
    head, *body = lines or [[]]
    if tuple(head) != _HEAD:
        raise ValueError("its columns are not those of a sample")
    if not 0 < len(body) <= _MOST_ROWS:
        raise ValueError("it has no rows, or too many")
    for number, line in enumerate(body, start=1):
        if len(line) != len(_HEAD):
            raise ValueError(f"row {number} has not as many cells as there are columns")
    return [dict(zip(_HEAD, line, strict=True)) for line in body]


def _place(row: Mapping[str, str], number: int) -> Place:
    try:
        corners = [float(row[name]) for name in ("left", "top", "right", "bottom")]
        return Place(PlaceKind(row["kind"]), int(row["page"]), Box(*corners))
    except ValueError:
        raise ValueError(f"row {number} is not a place on a page") from None
