"""Labeled lines: a folder of pictures and a `labels.jsonl` of {"file", "text"}, one line each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from redactor.errors import FileAccessError, UsageError

Gray = npt.NDArray[np.uint8]

LABELS = "labels.jsonl"
HELD_OUT = 0.15
"""The share of the lines that is not trained on, and tells what the training was good for."""
LEAST = 60
"""Lines; with fewer, nothing that the held-out ones say would mean much."""


@dataclass(frozen=True, slots=True)
class LabeledLine:
    """The picture of one written line (rows, columns; dark on light) and what it says."""

    name: str
    picture: Gray = field(repr=False)
    text: str = field(repr=False)


def read_lines(folder: Path, alphabet: Sequence[str]) -> tuple[LabeledLine, ...]:
    """The lines of a folder, in the order of its labels.

    Raises FileAccessError (no labels, no such picture) and UsageError (a label that makes no
    sense, a character outside the alphabet, too few lines); both name the row, never its text.
    """
    lines = tuple(_rows(folder, frozenset(alphabet)))
    if len(lines) < LEAST:
        raise UsageError(
            f"{folder / LABELS} has {len(lines)} lines",
            f"label at least {LEAST}; some hundreds are better",
        )
    return lines


def split(
    lines: Sequence[LabeledLine], seed: int
) -> tuple[tuple[LabeledLine, ...], tuple[LabeledLine, ...]]:
    """The lines to train on and those held out; which is which hangs on names and seed only."""
    order = sorted(lines, key=lambda line: hashlib.sha256(f"{seed} {line.name}".encode()).digest())
    count = round(len(order) * HELD_OUT)
    return tuple(order[count:]), tuple(order[:count])


def _rows(folder: Path, alphabet: frozenset[str]) -> Iterator[LabeledLine]:
    path = folder / LABELS
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise FileAccessError(f"{path}: {reason}", "give a folder of labeled lines") from error
    except UnicodeDecodeError as error:
        raise FileAccessError(f"{path} is not UTF-8 text", "save it as UTF-8") from error
    for number, row in enumerate(rows, start=1):
        if row.strip():
            name, text = _label(row, f"{path}, row {number}")
            if not alphabet.issuperset(text):
                raise UsageError(
                    f"{path}, row {number}: a character is not in the recognizer's alphabet",
                    "leave the line out or write the character another way",
                )
            yield LabeledLine(name, _picture(folder, name, f"{path}, row {number}"), text)


def _label(row: str, where: str) -> tuple[str, str]:
    """File and text of one row of the labels, blanks made single."""
    try:
        label: Any = json.loads(row)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON", 'write {"file": …, "text": …}') from error
    values = [label.get(key) for key in ("file", "text")] if isinstance(label, dict) else [None]
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise UsageError(f"{where}: no file or no text", 'write {"file": …, "text": …}')
    return str(values[0]), " ".join(str(values[1]).split())


def _picture(folder: Path, name: str, where: str) -> Gray:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{where}: the file is outside the folder", "put the pictures beside it")
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) if path.is_file() else None
    if picture is None:
        raise FileAccessError(f"{where}: no picture can be read there", "check the file's name")
    return np.asarray(picture, np.uint8)
