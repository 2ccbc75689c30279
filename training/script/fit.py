"""Train the network: ``python -m training.script.fit --fonts DIR --text FILE --out DIR``.

The number of steps is settled before training starts (from ``--steps``, or by timing a few on a
throwaway copy against ``--minutes``), so a run is a function of its seed, that number and the
fonts. Nothing is chosen by looking at real documents: they are only measured afterwards.
"""

# ruff: noqa: T201 - a command-line tool prints

from __future__ import annotations

import argparse
import copy
import hashlib
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from redactor.ocr.script import FloatArray, prepare
from training.script import fonts
from training.script.degrade import Gray, degraded
from training.script.network import ScriptNet, export
from training.script.render import Coverage, handwriting, printed
from training.script.texts import Texts, read_words

NAME = "script.onnx"
SEED = 20
BATCH = 64
LEARN_RATE = 3e-3
_SHELF = 8  # batches sorted by width at a time
_MAX_WIDTH = 400  # of a training line, in network pixels: wider ones are windowed
_TIMED_STEPS = 24


@dataclass(frozen=True)
class Material:
    """Clean lines; `by_hand[i]` is 1.0 where line i is handwriting."""

    lines: Sequence[Coverage]
    by_hand: Sequence[float]


def compose(
    folder: Path, families: Sequence[Sequence[str]], texts: Texts, count: int, seed: int
) -> Material:
    """`count` lines, half of each kind (`families`: print, handwriting), every font as often."""
    rng = np.random.default_rng(seed)
    lines: list[Coverage] = []
    by_hand: list[float] = []
    for kind, (names, draw) in enumerate(zip(families, (printed, handwriting), strict=True)):
        by_family: dict[str, list[fonts.Face]] = {}
        for face in fonts.load(folder, names):
            by_family.setdefault(face.family, []).append(face)
        order = list(by_family.values())
        print(f"{len(order)} {draw.__name__} families", flush=True)
        for number in range(count // 2):
            faces = order[number % len(order)]
            face = faces[int(rng.integers(len(faces)))]
            lines.append(draw(face.writable(texts.line()) or "x", face, rng))
            by_hand.append(float(kind))
    return Material(lines, by_hand)


def batches(
    material: Material, rng: np.random.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Random degraded lines with their labels, without end; lines of like width share a batch."""
    while True:
        chosen = rng.integers(len(material.lines), size=BATCH * _SHELF)
        inks = [_seen(degraded(material.lines, int(index), rng), rng) for index in chosen]
        order = np.argsort([ink.shape[1] for ink in inks], kind="stable").reshape(_SHELF, BATCH)
        for rows in rng.permutation(order):
            labels = np.array([material.by_hand[chosen[row]] for row in rows], np.float32)
            yield torch.from_numpy(_padded([inks[row] for row in rows])), torch.from_numpy(labels)


def _seen(gray: Gray, rng: np.random.Generator) -> FloatArray:
    """A crop as the network sees it, or a window of it where it is very wide."""
    ink = prepare(np.repeat(gray[:, :, None], 3, axis=2))
    start = int(rng.integers(0, max(1, ink.shape[1] - _MAX_WIDTH)))
    return ink[:, start : start + _MAX_WIDTH]


def _padded(inks: Sequence[FloatArray]) -> FloatArray:
    """(N, 1, rows, columns) of the widest, paper on the right of the others."""
    wide = np.zeros((len(inks), 1, inks[0].shape[0], max(i.shape[1] for i in inks)), np.float32)
    for row, ink in zip(wide, inks, strict=True):
        row[0, :, : ink.shape[1]] = ink
    return wide


def train(net: ScriptNet, material: Material, steps: int, seed: int) -> float:
    """Train in place; gives the seconds a step took."""
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=LEARN_RATE, weight_decay=0.02)
    loss_of = torch.nn.BCEWithLogitsLoss()
    net.train()
    began, mean = time.monotonic(), 0.7
    for step, (ink, labels) in enumerate(islice(batches(material, rng), steps)):
        warm = min(1.0, (step + 1) / 50)
        rate = LEARN_RATE * warm * (0.01 + 0.99 * (1 + math.cos(math.pi * step / steps)) / 2)
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = loss_of(net(ink), 0.96 * labels + 0.02)  # a little doubt: fonts are not the world
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        mean = 0.98 * mean + 0.02 * float(loss.detach())
        if step % 50 == 49:
            passed = time.monotonic() - began
            print(f"{step + 1}/{steps} loss {mean:.4f} {passed:.0f} s", flush=True)
    return (time.monotonic() - began) / max(1, steps)


def accuracy(net: ScriptNet, material: Material, seed: int) -> tuple[float, float]:
    """The share right of print and of handwriting."""
    rng, right, total = np.random.default_rng(seed), [0, 0], [0, 0]
    net.eval()
    with torch.no_grad():
        for ink, labels in islice(batches(material, rng), 24):
            for odds, label in zip(net(ink).tolist(), labels.tolist(), strict=True):
                total[int(label)] += 1
                right[int(label)] += (odds > 0) == (label > 0.5)
    return right[0] / total[0], right[1] / total[1]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True, help="folder of npm packages (.tgz)")
    parser.add_argument("--text", type=Path, required=True, help="JSON lines of text and genre")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=16_000)
    parser.add_argument("--minutes", type=float, default=10, help="of training, lines not counted")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    texts = Texts(read_words(args.text), random.Random(args.seed))  # noqa: S311 - not a secret
    seen = [[n for n in names if n not in fonts.HELD_OUT] for names in _FAMILIES]
    held = [[n for n in names if n in fonts.HELD_OUT] for names in _FAMILIES]
    material = compose(args.fonts, seen, texts, args.lines, args.seed)
    unseen = compose(args.fonts, held, texts, 1600, args.seed + 1)
    net = ScriptNet().to(memory_format=torch.channels_last)  # faster steps
    steps = args.steps
    if steps is None:
        pace = train(copy.deepcopy(net), material, _TIMED_STEPS, args.seed)
        steps = max(1, int(args.minutes * 60 / pace))
        print(f"{pace:.3f} s a step: {steps} steps")
    train(net, material, steps, args.seed)
    print("fonts never seen, share right: print {:.4f}, handwriting {:.4f}".format(
        *accuracy(net, unseen, args.seed)
    ))  # fmt: skip
    export(net, args.out / NAME)
    digest = hashlib.sha256((args.out / NAME).read_bytes()).hexdigest()
    print(f"steps {steps}, seed {args.seed}; pin in redactor/ocr/models.py: {digest}")


_FAMILIES = (fonts.PRINT, fonts.HANDWRITING)

if __name__ == "__main__":
    main()
