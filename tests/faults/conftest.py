"""A fresh folder to fail in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.command import Place, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)
