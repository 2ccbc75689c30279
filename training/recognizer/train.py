"""Fine-tune the recognizer: ``python -m training.recognizer.train --lines DIR --out DIR``.

`--lines` is a folder of pictures of written lines and `labels.jsonl` with {"file", "text"}. Some
are held out; only when these are read better than before, by more than chance, is anything
written: `recognizer.onnx` and `model.json`, for ``redactor … --model DIR``.

The number of views of the lines is settled before training starts (from ``--views``, or by timing
a few against ``--minutes``), so a run is a function of its seed, that number, the lines and the
versions of the libraries.
"""

# ruff: noqa: T201 - a command-line tool prints

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx  # type: ignore[import-not-found, unused-ignore]
import torch  # type: ignore[import-not-found, unused-ignore]

from redactor.errors import (
    AnswerIsNo,
    FileAccessError,
    RedactorError,
    UsageError,
    VerificationFailed,
)
from redactor.ocr.models import RECOGNIZER, read_verified
from redactor.ocr.own_model import CARD, FORMAT, WEIGHTS, is_name
from redactor.ocr.recognize import latin
from redactor.ocr.surgery import IntArray, keep_classes
from training.recognizer import score
from training.recognizer.distort import coverage, distorted
from training.recognizer.fit import Draw, Settings, train, views
from training.recognizer.graph import Graph
from training.recognizer.lines import Gray, LabeledLine, read_lines, split
from training.recognizer.written import font_lines
from training.script.texts import Texts, read_words

_VIGOR = 0.7  # of the distortion: the lines are real already
_TIMED_VIEWS = 64
_TOLERANCE = 1e-4  # between the probabilities that PyTorch and onnxruntime give


@dataclass(frozen=True, slots=True)
class Trained:
    """New weights, and the character error rate of the held-out lines before and after."""

    weights: bytes
    settings: Settings
    before: float
    after: float


def built_in(classes: IntArray) -> Any:
    """The built-in recognizer as an ONNX model, its head cut to these classes."""
    model = onnx.load_from_string(read_verified(RECOGNIZER))
    keep_classes(model.graph, classes)
    return model


def own_lines(lines: Sequence[LabeledLine]) -> Draw:
    """The lines given, each time a little different."""
    inks = [(coverage(line.picture), line.text) for line in lines]

    def draw(rng: np.random.Generator) -> tuple[Gray, str]:
        ink, text = inks[int(rng.integers(len(inks)))]
        return distorted(ink, rng, _VIGOR), text

    return draw


def fine_tune(
    draw: Draw, held: Sequence[LabeledLine], minutes: float, count: int | None, seed: int
) -> Trained:
    """Trains on what `draw` gives and measures on the held-out lines.

    Raises AnswerIsNo when the held-out lines are not read better than before, and
    VerificationFailed when the exported weights do not compute what was trained.
    """
    alphabet, classes = latin()
    net, teacher = (Graph(built_in(classes)) for _ in range(2))
    before = score.errors(score.session(net.to_onnx()), held, alphabet)
    settings = Settings(count or _affordable(draw, alphabet, minutes), seed)
    rng = np.random.default_rng(seed)
    train(net, views(net, draw, alphabet, settings.views, rng), teacher, settings)
    weights = net.to_onnx()
    check_equal(net, weights, held[0])
    after = score.errors(score.session(weights), held, alphabet)
    trained = Trained(weights, settings, score.rate(before, held), score.rate(after, held))
    if not score.is_better(before, after):
        raise AnswerIsNo(
            f"the {len(held)} held-out lines are not read better than before (CER "
            f"{trained.before:.4f}, now {trained.after:.4f}); nothing was written",
            "label more lines, or keep the built-in recognizer",
        )
    return trained


def _affordable(draw: Draw, alphabet: Sequence[str], minutes: float) -> int:
    """The number of views that can be made and learned from in that time, by timing a few."""
    net, teacher = (Graph(built_in(latin()[1])) for _ in range(2))
    began = time.monotonic()
    shown = views(net, draw, alphabet, _TIMED_VIEWS, np.random.default_rng(0))
    train(net, shown, teacher, Settings(_TIMED_VIEWS))
    return max(1, int(minutes * 60 / (time.monotonic() - began) * _TIMED_VIEWS))


def check_equal(net: Graph, weights: bytes, line: LabeledLine) -> None:
    """Raises VerificationFailed where onnxruntime gives other probabilities than PyTorch."""
    seen = score.prepare(line.picture)[None]
    (there,) = score.session(weights).run(None, {"x": seen})
    with torch.no_grad():
        here = net(torch.from_numpy(seen)).exp().numpy()
    difference = float(np.abs(here - there).max())
    if difference > _TOLERANCE:
        raise VerificationFailed(
            f"the exported weights differ from the trained ones by {difference:.1e}",
            "use the versions of torch and onnxruntime that the README names",
        )


def card(name: str, trained: Trained, count: int) -> dict[str, Any]:
    """What model.json says. It holds no text of the lines and no date: same run, same bytes."""
    alphabet, _ = latin()
    return {
        "redactor_recognizer": FORMAT,
        "name": name,
        "sha256": hashlib.sha256(trained.weights).hexdigest(),
        "base": {"name": RECOGNIZER.name, "sha256": RECOGNIZER.sha256},
        "alphabet": "".join(alphabet),
        "lines": count,
        "settings": dataclasses.asdict(trained.settings),
        "held_out_cer": {"before": round(trained.before, 5), "after": round(trained.after, 5)},
    }


def write(out: Path, weights: bytes, about: dict[str, Any]) -> None:
    """Writes the folder that --model takes. Raises FileAccessError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / WEIGHTS).write_bytes(weights)
        text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        (out / CARD).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise FileAccessError(f"{out}: {reason}", "give a folder that can be written") from error


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, required=True, help="pictures and labels.jsonl")
    parser.add_argument("--fonts", type=Path, help="train on these fonts, only measure on --lines")
    parser.add_argument("--text", type=Path, help="JSON lines of text and genre, for --fonts")
    parser.add_argument("--out", type=Path, required=True, help="folder for --model")
    parser.add_argument("--name", default="own-recognizer", help="as reports shall call it")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--views", type=int, help="instead of --minutes, to repeat a run")
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    if bool(args.fonts) != bool(args.text):
        parser.error("--fonts and --text go together")
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    try:
        if not is_name(args.name):
            raise UsageError("--name is taken or has odd characters", "letters, digits, . _ - do")
        lines = read_lines(args.lines, latin()[0])
        seen, held = split(lines, args.seed)
        if args.fonts:
            texts = Texts(read_words(args.text), random.Random(args.seed))  # noqa: S311 - no secret
            draw, held = font_lines(args.fonts, texts), lines
        else:
            draw = own_lines(seen)
        trained = fine_tune(draw, held, args.minutes, args.views, args.seed)
        write(args.out, trained.weights, card(args.name, trained, len(lines)))
    except RedactorError as error:
        print(f"train: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    print(f"held-out CER {trained.before:.4f} before, {trained.after:.4f} after: {args.out}")


if __name__ == "__main__":
    main()
