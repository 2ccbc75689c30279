"""How well lines are read: the best path of a model's posteriors against what the lines say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from rapidfuzz.distance import Levenshtein

from redactor.ocr.recognize import LINE_HEIGHT, STEP
from training.recognizer.lines import Gray, LabeledLine

Floats = npt.NDArray[np.float32]

STRETCH = 1.25
"""How much wider than high handwriting is made before it is read, as in the engine."""

_MAX_WIDTH = 4096  # of a line given to the network; wider ones are squeezed


def prepare(picture: Gray, stretch: float = STRETCH, multiple: int = STEP) -> Floats:
    """What the network sees of a gray line: (3, 48, columns), −1 is black and 1 white.

    The number of columns is brought to a multiple of `multiple`.
    """
    height, width = picture.shape
    wanted = min(_MAX_WIDTH, width * stretch * LINE_HEIGHT / height)
    columns = max(1, round(wanted / multiple)) * multiple
    way = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    scaled = cv2.resize(picture, (columns, LINE_HEIGHT), interpolation=way)
    return np.repeat(scaled[None].astype(np.float32) / 127.5 - 1, 3, axis=0)


def session(model: bytes) -> ort.InferenceSession:
    """One thread, so that results repeat to the bit."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def best_path(posteriors: Floats, alphabet: Sequence[str]) -> str:
    """The likeliest class of each step, repeats and blanks (class 0) collapsed."""
    classes = [number for number, _ in groupby(posteriors.argmax(axis=1).tolist())]
    return "".join(alphabet[number - 1] for number in classes if number)


def errors(
    model: ort.InferenceSession, lines: Sequence[LabeledLine], alphabet: Sequence[str]
) -> npt.NDArray[np.int64]:
    """The edits (Levenshtein) between each line as read and as labeled."""
    counts = []
    for line in lines:
        (posteriors,) = model.run(None, {"x": prepare(line.picture)[None]})
        counts.append(Levenshtein.distance(best_path(posteriors[0], alphabet), line.text))
    return np.array(counts, np.int64)


def rate(edits: npt.NDArray[np.int64], lines: Sequence[LabeledLine]) -> float:
    """Edits for each character: the CER."""
    return float(edits.sum() / sum(len(line.text) for line in lines))


def is_better(before: npt.NDArray[np.int64], after: npt.NDArray[np.int64]) -> bool:
    """Whether the same lines are read with fewer edits by more than chance: one-sided, 5 %."""
    gain = before - after
    return bool(gain.sum() > 1.645 * np.sqrt(len(gain)) * gain.std())
