"""How words are used: clusters and capitals of the table that comes with the model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from redactor.detect import usage
from redactor.detect.usage import FOLDER, TABLE, Usage, load, shipped
from redactor.errors import MissingDependency

SMALL = Usage(
    {"smith": 0, "hope": 1, "jean": 2, "garcia": 3},
    capital=(7, 8, 9, 4),
    lower=(0, 5, 0, 0),
    code=(3, 2, 3, 6),
)


@pytest.mark.parametrize(
    ("word", "cluster", "habit"),
    [
        ("Smith", "7", "3"),
        ("SMITH", "7", "3"),
        ("smith", "7", "3"),  # known with a capital alone
        ("Hope", "8", "2"),
        ("hope", "5", "2"),
        ("García", "4", "6"),
        ("Jean-Luc", "9", "3"),
        ("Luc-Jean", "", ""),
        ("Smithson", "", ""),
        ("", "", ""),
    ],
)
def test_what_is_known_of_a_word(word: str, cluster: str, habit: str) -> None:
    assert (SMALL.cluster(word), SMALL.habit(word)) == (cluster, habit)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Smith", True),
        ("john", True),
        ("Quuxley", True),  # never seen
        ("young", False),
        ("Brown", False),
        ("the", False),
        ("mark", False),
    ],
)
def test_what_is_hardly_ever_another_word(word: str, expected: bool) -> None:
    assert shipped().is_named_by(word) is expected


def test_a_table_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(usage, "FOLDER", tmp_path)
    shipped.cache_clear()
    with pytest.raises(MissingDependency, match=TABLE):
        shipped()


def test_a_damaged_table_is_refused(tmp_path: Path) -> None:
    words = np.frombuffer(b"a\nb", np.uint8)
    one = np.array([1], np.uint16)
    np.savez(tmp_path / TABLE, words=words, capital=one, lower=one, code=one)
    with pytest.raises(ValueError, match="different lengths"):
        load(tmp_path)


def test_half_a_table_is_refused(tmp_path: Path) -> None:
    whole = (FOLDER / TABLE).read_bytes()
    (tmp_path / TABLE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="damaged"):
        load(tmp_path)
