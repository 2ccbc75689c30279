from pathlib import Path

import pytest

from benchmarks.tables import markdown, write_between


def test_a_table() -> None:
    assert markdown(("a", "b"), [("1", "2")]) == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_only_what_is_between_the_markers_changes(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("x\n<!-- a -->\nold\n<!-- /a -->\n<!-- b -->\nkeep\n<!-- /b -->\n")
    write_between("a", r"new \1", path)
    expected = "x\n<!-- a -->\nnew \\1\n<!-- /a -->\n<!-- b -->\nkeep\n<!-- /b -->\n"
    assert path.read_text() == expected


def test_a_missing_place_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("<!-- a -->\n")
    with pytest.raises(ValueError, match="no place marked a"):
        write_between("a", "new", path)
