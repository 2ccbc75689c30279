"""What a sample that was checked by hand says about all that was not checked."""

from __future__ import annotations

import math
from typing import Final

CONFIDENCE: Final = 0.95
_STEPS: Final = 80  # halvings: more than the digits of a float


def miss_rate_bound(missed: int, checked: int) -> float:
    """The one-sided 95 % upper bound on a rate, after `missed` misses in `checked` draws.

    The exact bound of Clopper and Pearson (The Use of Confidence or Fiducial Limits Illustrated in
    the Case of the Binomial, Biometrika 26, 1934, 404-413): the rate at which so few misses, or
    fewer, come up with probability 5 %. Draws from a finite document without putting back only make
    it safer. Nothing checked says nothing: 1. Raises ValueError on counts that cannot be.
    """
    if not 0 <= missed <= checked:
        raise ValueError("misses are from 0 to the number of places checked")
    if missed == checked:
        return 1.0
    low, high = missed / checked, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(missed, checked, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, draws: int, rate: float) -> float:
    """The probability of no more than `count` hits in `draws` at a rate under 1."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    hit, miss = math.log(rate), math.log1p(-rate)
    return math.fsum(
        math.exp(_log_ways(draws, k) + k * hit + (draws - k) * miss) for k in range(count + 1)
    )


def _log_ways(draws: int, hits: int) -> float:
    return math.lgamma(draws + 1) - math.lgamma(hits + 1) - math.lgamma(draws - hits + 1)
