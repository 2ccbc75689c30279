"""How likely it is that a word was read right: a probability, not a network's opinion of itself.

Logistic regression (Platt 1999, "Probabilistic outputs for support vector machines") on a handful
of things that are known about a reading, with coefficients of their own for print and handwriting.
`training/calibrate` fits them and says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from redactor.ocr.choose import Chosen, core_of
from redactor.ocr.lexicon import lexicon, log_prior
from redactor.ocr.models import CALIBRATION, read_verified
from redactor.words import LineKind

FEATURES = (
    "one",
    "least",
    "mean",
    "share",
    "support",
    "conceded",
    "changed",
    "listed",
    "prior",
    "length",
    "coded",
)
_EDGE = 1e-4  # probabilities are kept this far from 0 and 1 before their log-odds are taken
_FAR = 20.0  # nats beyond which a difference says no more


def confidence(word: Chosen, kind: LineKind) -> float:
    """The probability (0-1) that the word says what stands there."""
    odds = float(np.dot(features(word), _coefficients()[kind]))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def features(word: Chosen) -> npt.NDArray[np.float64]:
    """What is known about a reading, in the order of `FEATURES`."""
    probabilities = [char.probability for char in word.chars]
    core = core_of(word.text)
    return np.array(
        [
            1.0,
            _log_odds(min(probabilities)),
            _log_odds(sum(probabilities) / len(probabilities)),
            _log_odds(word.share),
            max(word.support, -_FAR),
            min(word.conceded, _FAR),
            float(word.conceded > 0),
            float(core in lexicon()),
            max(log_prior(core), -_FAR) / _FAR if core.isalpha() else -1.0,
            math.log(len(word.text)),
            float(not core.isalpha()),
        ]
    )


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


@cache
def _coefficients() -> Mapping[LineKind, npt.NDArray[np.float64]]:
    """Raises MissingDependency where the file in the package is missing or changed."""
    stored = json.loads(read_verified(CALIBRATION))
    return {kind: np.array([stored[kind][name] for name in FEATURES]) for kind in LineKind}
