"""The bound on what was missed, against tables, and exactly."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.bounds import miss_rate_bound


@pytest.mark.parametrize(
    ("missed", "checked", "bound"),
    [
        (0, 1, 0.95),
        (0, 10, 0.2589),
        (0, 60, 0.0487),
        (0, 300, 0.0099),
        (1, 10, 0.3942),
        (1, 60, 0.0766),
        (2, 20, 0.2826),
        (3, 100, 0.0757),
        (5, 10, 0.7776),
        (9, 10, 0.9949),
        (10, 10, 1.0),
        (0, 0, 1.0),
    ],
)
def test_values_of_tables(missed: int, checked: int, bound: float) -> None:
    assert miss_rate_bound(missed, checked) == pytest.approx(bound, abs=5e-5)


@pytest.mark.parametrize("checked", [1, 7, 60, 1000, 100_000])
def test_none_missed_has_a_formula(checked: int) -> None:
    assert miss_rate_bound(0, checked) == pytest.approx(1 - 0.05 ** (1 / checked), rel=1e-9)


counts = st.integers(1, 120).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n)))


@given(counts)
def test_so_few_come_up_one_time_in_twenty(pair: tuple[int, int]) -> None:
    """The binomial tail at the bound, in whole numbers, with nothing of the code under test."""
    missed, checked = pair
    rate = Fraction(miss_rate_bound(missed, checked))
    tail = sum(comb(checked, k) * rate**k * (1 - rate) ** (checked - k) for k in range(missed + 1))
    assert float(tail) == pytest.approx(0.05, rel=1e-6)


@given(counts)
def test_more_missed_is_worse_and_more_checked_is_better(pair: tuple[int, int]) -> None:
    missed, checked = pair
    bound = miss_rate_bound(missed, checked)
    assert missed / checked < bound <= 1
    assert bound < miss_rate_bound(missed + 1, checked)
    assert bound > miss_rate_bound(missed, checked + 1)


@pytest.mark.parametrize(("missed", "checked"), [(1, 0), (-1, 5), (6, 5)])
def test_counts_that_cannot_be(missed: int, checked: int) -> None:
    with pytest.raises(ValueError, match="from 0 to"):
        miss_rate_bound(missed, checked)
