"""Alignment and n-best readings of CTC posteriors, against all paths of tiny lattices."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.ocr.lattice import align, n_best
from redactor.words import Lattice
from tests.lattices import one_hot

ALPHABET = ("a", "b")


def tiny(seed: int, steps: int) -> Lattice:
    """Random posteriors, none of them near 0."""
    rows = np.random.default_rng(seed).uniform(0.05, 1, (steps, len(ALPHABET) + 1))
    return Lattice((rows / rows.sum(axis=1, keepdims=True)).astype(np.float32), ALPHABET)


def spelled(path: tuple[int, ...]) -> str:
    return "".join(ALPHABET[k - 1] for k, _ in groupby(path) if k)


def all_paths(lattice: Lattice) -> dict[str, list[float]]:
    """The probability of every path, by the text it spells."""
    found: dict[str, list[float]] = defaultdict(list)
    for path in product(range(len(ALPHABET) + 1), repeat=len(lattice.posteriors)):
        value = math.prod(float(row[k]) for row, k in zip(lattice.posteriors, path, strict=True))
        found[spelled(path)].append(value)
    return found


@given(st.integers(0, 10**6), st.integers(1, 5), st.text("ab", max_size=4))
def test_align_finds_the_best_of_all_paths(seed: int, steps: int, text: str) -> None:
    lattice = tiny(seed, steps)
    found = align(lattice, text)
    paths = all_paths(lattice).get(text)
    if paths is None:
        assert found.score == -math.inf
        assert found.chars == ()
    else:
        assert found.score == pytest.approx(math.log(max(paths)) / steps, abs=1e-5)
        assert "".join(c.char for c in found.chars) == text


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 5))
def test_n_best_adds_all_paths(seed: int, steps: int) -> None:
    lattice = tiny(seed, steps)
    sums = sorted(((sum(v), t) for t, v in all_paths(lattice).items()), reverse=True)
    found = n_best(lattice, 5)
    assert [r.text for r in found] == [text for _, text in sums[:5]]
    assert [r.log_probability for r in found] == pytest.approx(
        [math.log(value) for value, _ in sums[:5]], abs=1e-4
    )


def test_aligned_characters_stand_on_their_steps() -> None:
    lattice = one_hot("on  ll")
    found = align(lattice, "l", start=len(lattice.posteriors) - 2)
    assert [(c.char, c.start, c.end) for c in found.chars] == [("l", 10, 11)]


def test_what_the_alphabet_lacks_cannot_be_aligned() -> None:
    assert align(one_hot("on"), "ón").score == -math.inf
    assert align(one_hot(""), "").score == -math.inf


def test_readings_come_best_first_and_repeat() -> None:
    lattice = one_hot("cat", sure=0.6)
    found = n_best(lattice, 4)
    assert found[0].text == "cat"
    assert [r.log_probability for r in found] == sorted(
        (r.log_probability for r in found), reverse=True
    )
    assert found == n_best(lattice, 4)
