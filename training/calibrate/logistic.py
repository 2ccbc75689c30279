"""A small logistic regression, and two measures of how good its probabilities are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_RIDGE = 1.0  # on every coefficient but the first
_STEPS = 50
_BINS = 10


def fit(features: Floats, right: Floats) -> Floats:
    """Coefficients by Newton's method; column 0 of `features` is all ones, `right` is 0 or 1."""
    coefficients = np.zeros(features.shape[1])
    ridge = np.eye(len(coefficients)) * _RIDGE
    ridge[0, 0] = 1e-6
    for _ in range(_STEPS):
        guess = predict(features, coefficients)
        slope = features.T @ (guess - right) + ridge @ coefficients
        bend = (features * (guess * (1 - guess))[:, None]).T @ features + ridge
        coefficients -= np.linalg.solve(bend, slope)
    return coefficients


def predict(features: Floats, coefficients: Floats) -> Floats:
    """Probabilities (0-1), one a row."""
    odds = np.clip(features @ coefficients, -30, 30)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


def calibration_error(guess: Floats, right: Floats) -> float:
    """The expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum((guess * _BINS).astype(np.intp), _BINS - 1)
    gaps = [
        abs(guess[bins == k].mean() - right[bins == k].mean()) * float((bins == k).mean())
        for k in range(_BINS)
        if (bins == k).any()
    ]
    return float(sum(gaps))


def auroc(guess: Floats, right: Floats) -> float:
    """The chance that a right word got a higher probability than a wrong one; ties count half."""
    low, high = np.sort(guess[right == 0]), guess[right == 1]
    below = np.searchsorted(low, high, side="left") + np.searchsorted(low, high, side="right")
    return float(below.mean() / 2 / len(low)) if len(low) and len(high) else float("nan")
