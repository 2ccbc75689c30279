"""File names that give away what was removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.detect.file_name import tells


@pytest.mark.parametrize(
    ("name", "removed", "expected"),
    [
        ("smith_john.pdf", "John Smith", True),
        ("SMITH-2026.pdf", "John Smith", True),
        ("Smith2026.pdf", "Smith", True),
        ("report for Smith, J.pdf", "Smith", True),
        ("case 212097694.pdf", "212-09-7694", True),
        ("212 09 7694.pdf", "212-09-7694", True),
        ("jsmith.pdf", "John Smith", True),
        ("JSmith-2026.pdf", "SMITH, JOHN", True),
        ("statement_johns.pdf", "John Smith", True),
        ("smithj2.pdf", "John Smith", True),
        ("JohnSmith.pdf", "John Smith", True),
        ("jasmith.pdf", "John A. Smith", True),
        ("adelacruz.pdf", "Ana de la Cruz", True),
        ("garcia.pdf", "José García", True),
        ("García.pdf", "JOSE GARCIA", True),
        ("jsmithson.pdf", "John Smith", False),
        ("bsmith.pdf", "John Smith", False),
        ("jsmith.pdf", "Smith", False),  # nobody's given name is known
        ("jli.pdf", "Jane Li", False),  # three letters are in many names
        ("js.pdf", "John Smith", False),
        ("blacksmith.pdf", "Smith", False),
        ("report.pdf", "John Smith", False),
        ("li.pdf", "Bo Li", False),  # two letters are in any name
        ("file.pdf", "pdf", False),  # the extension does not count
        ("report_15.pdf", "15", False),  # so few digits stand anywhere
        ("2120976941.pdf", "212-09-7695", False),
        ("report.pdf", "", False),
    ],
)
def test_names(name: str, removed: str, expected: bool) -> None:
    assert tells(Path("/cases/Smith") / name, [removed]) is expected


def test_any_of_several() -> None:
    assert tells(Path("roe.pdf"), ["Smith", "Jane Roe"])
    assert not tells(Path("roe.pdf"), [])
