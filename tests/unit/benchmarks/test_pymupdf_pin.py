"""The pinned version holds what is wanted of it, and what does not hold is seen."""

from __future__ import annotations

import io

import pikepdf
import pymupdf
import pytest

from benchmarks import pymupdf_pin as pin


def test_the_installed_version_holds() -> None:
    assert [figure for figure in pin.figures() if not figure.holds] == []


@pytest.mark.parametrize(("shift", "n_missing"), [(b"0", 0), (b"-10", 0), (b"-40", 5), (b"300", 5)])
def test_letters_that_moved_are_counted(shift: bytes, n_missing: int) -> None:
    """At 12 points, 40 thousandths are half a point."""
    shown = b"BT /F 12 Tf 20 100 Td [(Alpha) %b (Omega)] TJ ET"
    before = pin.taken(pin.saved(pin.page(shown % b"0")))
    after = pin.saved(pin.page(shown % shift))
    assert pin.missing(before, after, ()) == n_missing


def test_some_files_are_damaged_where_mupdf_does_not_look_at_first() -> None:
    opened = 0
    for data in pin.damaged():
        with pymupdf.open(stream=data, filetype="pdf") as document:
            opened += not document.is_repaired
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            assert len(pdf.pages) == 1
    assert opened
