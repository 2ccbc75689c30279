"""What makes training lines look scanned and copied."""

from __future__ import annotations

import numpy as np
import pytest

from training.script import degrade
from training.script.render import Coverage


def strokes() -> Coverage:
    """Ten upright bars, 40 pixels high."""
    ink = np.zeros((60, 200), np.uint8)
    for x in range(10, 200, 20):
        ink[10:50, x : x + 8] = 255
    return ink


@pytest.mark.parametrize("seed", range(20))
def test_a_copy_has_its_ink_where_the_strokes_were(seed: int) -> None:
    ink = strokes()
    copy = degrade._copied(ink, np.random.default_rng(seed))
    assert copy.dtype == np.float32
    assert 0 <= copy.min() <= copy.max() <= 1
    rows = np.linspace(0, 59, copy.shape[0]).astype(int)
    columns = np.linspace(0, 199, copy.shape[1]).astype(int)
    inside = ink[np.ix_(rows, columns)] > 0
    assert copy[inside].mean() > copy[~inside].mean() + 0.3


@pytest.mark.parametrize("seed", range(20))
def test_a_lost_rule_takes_a_band_and_nothing_else(seed: int) -> None:
    ink = strokes()
    degrade._lose_rule(ink, np.random.default_rng(seed))
    changed = (ink != strokes()).any(axis=1)
    assert not ink[changed].any()
    assert changed.sum() <= len(ink) // 10


def test_the_same_seed_gives_the_same_crop() -> None:
    first, second = (degrade.degraded([strokes()], 0, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first, second)
    assert first.dtype == np.uint8
