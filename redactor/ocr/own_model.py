"""A user's own recognizer: what `training/recognizer` made of the built-in one.

A folder with `model.json`, which says what it is, and `recognizer.onnx`. It takes the built-in
recognizer's place: lines 48 pixels high in, the posteriors of its alphabet out.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime as ort

from redactor.errors import MissingDependency
from redactor.ocr.models import MODELS, open_session

CARD: Final = "model.json"
WEIGHTS: Final = "recognizer.onnx"
FORMAT: Final = 1
VERSION: Final = "own"
"""What stands for the version of a model that came in no package."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_STEPS = 8  # of the line that a new model is tried on
_STEP, _HEIGHT = 8, 48  # pixels


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A recognizer ready to run: class k of its output is `alphabet[k - 1]`, class 0 the blank."""

    name: str
    sha256: str
    alphabet: tuple[str, ...] = field(repr=False)
    session: ort.InferenceSession = field(repr=False, compare=False)
    version: str = VERSION


def load(folder: Path) -> OwnModel:
    """The model in a folder, checked; once a process, so that what is named is what reads.

    Raises MissingDependency where a file is missing or damaged, the weights are not those that
    the card names, or they do not fit.
    """
    return _load(folder.absolute())


@cache
def _load(folder: Path) -> OwnModel:
    card = _card(folder)
    weights = _bytes(folder / WEIGHTS)
    sha256 = hashlib.sha256(weights).hexdigest()
    if sha256 != card["sha256"]:
        raise _unusable(folder / WEIGHTS, f"has another SHA-256 than {CARD} says")
    model = OwnModel(card["name"], sha256, tuple(card["alphabet"]), _session(folder, weights))
    _try(folder, model)
    return model


def is_name(name: str) -> bool:
    """Whether an own model may go by that name in a report; a built-in model's is taken."""
    return bool(_NAME.fullmatch(name)) and name not in {model.name for model in MODELS}


def _card(folder: Path) -> dict[str, Any]:
    """What model.json says, as far as it is needed here."""
    path = folder / CARD
    try:
        card = json.loads(_bytes(path))
    except ValueError as error:
        raise _unusable(path, "is not JSON") from error
    if not isinstance(card, dict) or card.get("redactor_recognizer") != FORMAT:
        raise _unusable(path, "is not the card of a recognizer that this version can use")
    values = [card.get(key) for key in ("name", "sha256", "alphabet")]
    if not all(isinstance(value, str) and value for value in values):
        raise _unusable(path, "does not say name, sha256 and alphabet")
    if not is_name(card["name"]):
        raise _unusable(path, "has a name with odd characters, or a built-in model's")
    if len(set(card["alphabet"])) != len(card["alphabet"]):
        raise _unusable(path, "has a character twice in its alphabet")
    return card


def _session(folder: Path, weights: bytes) -> ort.InferenceSession:
    try:
        return open_session(weights)
    except Exception as error:  # onnxruntime's errors have no common class but this
        raise _unusable(folder / WEIGHTS, "is not an ONNX model that can be run") from error


def _try(folder: Path, model: OwnModel) -> None:
    """Raises MissingDependency unless a blank line comes out as posteriors of the alphabet."""
    line = np.ones((1, 3, _HEIGHT, _STEPS * _STEP), np.float32)
    try:
        (posteriors, *more) = model.session.run(None, {"x": line})
    except Exception as error:
        raise _unusable(folder / WEIGHTS, f"does not take lines {_HEIGHT} pixels high") from error
    shape = (1, _STEPS, len(model.alphabet) + 1)
    if more or np.shape(posteriors) != shape or not np.allclose(posteriors.sum(2), 1, atol=1e-3):
        raise _unusable(folder / WEIGHTS, f"does not give probabilities of the alphabet of {CARD}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise MissingDependency(
            f"model {path}: {reason}", "--model takes a folder made by training.recognizer.train"
        ) from error


def _unusable(path: Path, what: str) -> MissingDependency:
    return MissingDependency(f"model {path} {what}", "train it again with training.recognizer")
