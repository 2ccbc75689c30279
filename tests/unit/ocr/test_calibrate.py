"""Confidence is a probability that falls with every reason to doubt a reading."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from redactor.ocr.calibrate import FEATURES, confidence, features
from redactor.ocr.choose import Chosen
from redactor.ocr.ground import Char
from redactor.words import LineKind
from training.calibrate.logistic import auroc, calibration_error, fit, predict


def word(text: str, probability: float = 0.99) -> Chosen:
    chars = tuple(Char(char, 2 * n, 2 * n + 1, probability) for n, char in enumerate(text))
    return Chosen(chars, share=probability, support=float(np.log(probability)))


@pytest.mark.parametrize("kind", LineKind)
@pytest.mark.parametrize("text", ["house", "Thornberry", "608-555-0123", ",", "x"])
def test_confidence_is_a_probability(kind: LineKind, text: str) -> None:
    assert len(features(word(text))) == len(FEATURES)
    for probability in (1.0, 0.5, 1e-9):
        assert 0 < confidence(word(text, probability), kind) < 1


@pytest.mark.parametrize("kind", LineKind)
def test_doubt_costs_confidence(kind: LineKind) -> None:
    sure = word("house", 0.999)  # under .99 a reading is weighed against others
    overruled = replace(sure, share=0.4, support=-2.0, conceded=5.0)
    assert confidence(sure, kind) > 0.85
    assert confidence(overruled, kind) < 0.7
    assert confidence(word("house", 0.3), kind) < confidence(sure, kind)


def test_a_regression_finds_the_odds_that_made_its_data() -> None:
    rng = np.random.default_rng(5)
    rows = np.column_stack([np.ones(4000), rng.normal(0, 1, 4000)])
    truth = np.array([0.5, 2.0])
    right = (rng.random(4000) < predict(rows, truth)).astype(np.float64)
    found = fit(rows, right)
    assert found == pytest.approx(truth, abs=0.2)
    assert calibration_error(predict(rows, found), right) < 0.03
    assert calibration_error(predict(rows, 4 * found), right) > 0.05


def test_auroc_counts_pairs_in_order() -> None:
    guess, right = np.array([0.1, 0.4, 0.4, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])
    assert auroc(guess, right) == pytest.approx(3.5 / 4)
