"""The recognition models: where their weights are, what their digests are, sessions on them.

PP-OCRv6-small (PaddleOCR team, Apache-2.0) as shipped inside the `rapidocr` wheel: a DBNet line
detector (Liao et al. 2020) and an SVTR-style CTC recognizer. Beside them our own network that tells
handwriting from print, in this package. Nothing is fetched at run time.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import onnxruntime as ort

from redactor.errors import MissingDependency


@dataclass(frozen=True, slots=True)
class Model:
    """Weights on disk; `sha256` (hex) is the digest they must have.

    They lie in `folder` of an installed Python `package`, which `requirement` asks pip for.
    """

    name: str
    file_name: str
    sha256: str
    licence: str
    package: str = "rapidocr"
    folder: str = "models"
    requirement: str = "rapidocr>=3.10,<4"

    @property
    def version(self) -> str:
        """The version of the package that holds the weights."""
        return importlib.metadata.version(self.package)

    @property
    def path(self) -> Path:
        """Raises MissingDependency when the wheel that holds the weights is not installed."""
        spec = importlib.util.find_spec(self.package)
        if spec is None or spec.origin is None:
            raise MissingDependency(
                f"model {self.name} is missing: the package {self.package} is not installed",
                f"pip install '{self.requirement}'",
            )
        return Path(spec.origin).parent / self.folder / self.file_name


LOCATOR = Model(
    "PP-OCRv6-small-det",
    "PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    "Apache-2.0",
)
RECOGNIZER = Model(
    "PP-OCRv6-small-rec",
    "PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    "Apache-2.0",
)
SCRIPT = Model(
    "redactor-script",
    "script.onnx",
    "d140916c39549a0adafc0fcdb32b46611c1b04c2f8b77a1b56b9c3c4f079257c",
    "AGPL-3.0-or-later",
    package="redactor",
    folder="weights/script",
    requirement="redactor",
)
LEXICON = Model(
    "redactor-lexicon",
    "words.txt",
    "5b0528a655d6d6d321bc47152c2ffd34cb6f681035506eafa78f66dec87d5935",
    "AGPL-3.0-or-later",
    package="redactor",
    folder="weights/lexicon",
    requirement="redactor",
)
RANGES = Model(
    "redactor-ranges",
    "ranges.json",
    "39c22086bdf5486c479cd55a009e96e93510f7f0b734deabd97bc31d9f01b8b4",
    "AGPL-3.0-or-later",
    package="redactor",
    folder="weights/ranges",
    requirement="redactor",
)
PAIRS = Model(
    "redactor-pairs",
    "pairs.npz",
    "482cddeaf18ac628021ae29b8236c1856180ae9fa73b2724793bbb15da309742",
    "AGPL-3.0-or-later",
    package="redactor",
    folder="weights/lexicon",
    requirement="redactor",
)
CALIBRATION = Model(
    "redactor-calibration",
    "confidence.json",
    "6c8302763dd89825ee60616f0f2a15e0e1e01c86ee8615b49fed7be269351e75",
    "AGPL-3.0-or-later",
    package="redactor",
    folder="weights/calibration",
    requirement="redactor",
)
MODELS = (LOCATOR, RECOGNIZER, SCRIPT, LEXICON, PAIRS, RANGES, CALIBRATION)


def read_verified(model: Model) -> bytes:
    """The model file's bytes. Raises MissingDependency when absent or not the pinned digest."""
    try:
        data = model.path.read_bytes()
    except OSError as error:
        raise MissingDependency(
            f"model {model.name} cannot be read: {model.file_name}: {error.strerror}",
            f"reinstall {model.requirement}",
        ) from error
    if hashlib.sha256(data).hexdigest() != model.sha256:
        raise MissingDependency(
            f"model {model.name} is not the pinned one: {model.file_name} has another SHA-256",
            f"reinstall {model.package} at the version in the lock file",
        )
    return data


@cache
def session(model: Model) -> ort.InferenceSession:
    """A CPU session on a model's verified weights, one per process."""
    return open_session(read_verified(model))


def open_session(weights: bytes) -> ort.InferenceSession:
    """A CPU session.

    One thread: sums are then added in one order, so that results repeat to the bit.
    """
    ort.disable_telemetry_events()  # where it was loaded before this package was
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # line widths vary: the arena would keep the peak
    options.log_severity_level = 4  # what goes wrong is raised, and said once
    return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
