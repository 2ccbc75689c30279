"""Training: CTC on distorted lines, with the weights tied to where they started.

Nine tenths of the work of reading a line is finding its strokes, and strokes are strokes. So those
layers stay as they are and run once for each view of a line; what is trained is what makes text of
their features: two layers of attention and the classes. It sees every view many times.

A few hundred lines of one hand say nothing about the rest of what the recognizer can read. The tie
(L2-SP: Li et al. 2018, "Explicit Inductive Bias for Transfer Learning") pulls every weight back
to its start, and the teacher (Li and Hoiem 2016, "Learning without Forgetting") keeps what the
original read in views that have no label.
"""

# mypy: disable-error-code="no-untyped-call"
# ruff: noqa: T201 - a command-line tool prints

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found, unused-ignore]

from training.recognizer.graph import Graph
from training.recognizer.lines import Gray
from training.recognizer.score import STRETCH, prepare

Draw = Callable[[np.random.Generator], tuple[Gray, str]]
"""Gives a line at random: its picture and what it says, nothing where only the teacher knows."""

_WIDTHS = 64  # pixels: lines are brought to multiples, so that those of a batch are as wide
_MAX_WIDTH = 1600  # of a training line, in network pixels
_FAINT = 0.05  # the deviation of a line that lost its ink on the way


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; a run is a function of these, the lines and the versions of the libraries."""

    views: int
    seed: int = 20
    passes: int = 12
    batch: int = 16
    learn_rate: float = 1e-3
    tie: float = 0.002

    @property
    def steps(self) -> int:
        return max(1, self.views * self.passes // self.batch)


@dataclass(frozen=True, slots=True)
class View:
    """A line as it may look: its features (channels, 1, steps), and its classes, if known."""

    features: torch.Tensor = field(repr=False)
    label: tuple[int, ...] = field(repr=False)


def views(
    net: Graph, draw: Draw, alphabet: Sequence[str], count: int, rng: np.random.Generator
) -> tuple[View, ...]:
    """Random lines, each as wide as a different stretch makes it."""
    classes = {char: number for number, char in enumerate(alphabet, start=1)}
    found: list[View] = []
    while len(found) < count:
        picture, text = draw(rng)
        label = tuple(classes[char] for char in text if char in classes)
        line = prepare(picture, STRETCH * float(np.exp(rng.normal(0, 0.12))), _WIDTHS)
        features = net.features(torch.from_numpy(line[None]))[0].half()
        if line.shape[2] <= _MAX_WIDTH and line.std() > _FAINT and len(label) < len(features[0, 0]):
            found.append(View(features, label))
            if len(found) % 200 == 0:
                print(f"{len(found)}/{count} views", flush=True)
    return tuple(found)


def train(net: Graph, shown: Sequence[View], teacher: Graph, settings: Settings) -> None:
    """Trains in place what follows the features."""
    rng = np.random.default_rng(settings.seed)
    weights = [weight for weight in net.parameters() if weight.requires_grad]
    starts = [weight.detach().clone() for weight in weights]
    optimizer = torch.optim.Adam(weights, lr=settings.learn_rate)
    groups = _groups(shown, settings.batch, rng)
    began, mean = time.monotonic(), math.nan
    for step in range(settings.steps):
        rate = _rate(step, settings.steps)
        for group in optimizer.param_groups:
            group["lr"] = settings.learn_rate * rate
        optimizer.zero_grad()
        loss = _loss(net, teacher, next(groups))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 5.0)
        optimizer.step()
        with torch.no_grad():
            for weight, start in zip(weights, starts, strict=True):
                weight.lerp_(start, settings.tie * rate)
        now = float(loss.detach())
        mean = now if math.isnan(mean) else 0.98 * mean + 0.02 * now
        if step % 50 == 49:
            passed = time.monotonic() - began
            print(f"{step + 1}/{settings.steps} loss {mean:.4f} {passed:.0f} s", flush=True)


def _groups(
    shown: Sequence[View], size: int, rng: np.random.Generator
) -> Iterator[tuple[View, ...]]:
    """Batches without end; those of one are equally wide, and all labeled or none."""
    shelves: dict[tuple[int, bool], list[View]] = {}
    for view in shown:
        shelves.setdefault((view.features.shape[2], not view.label), []).append(view)
    while True:
        mixed = [[shelf[k] for k in rng.permutation(len(shelf))] for shelf in shelves.values()]
        groups = [tuple(shelf[i : i + size]) for shelf in mixed for i in range(0, len(shelf), size)]
        for number in rng.permutation(len(groups)):
            yield groups[number]


def _rate(step: int, steps: int) -> float:
    """Warm-up, then down along a half cosine."""
    warm = min(1.0, (step + 1) / (0.05 * steps + 1))
    return warm * (0.02 + 0.98 * (1 + math.cos(math.pi * step / steps)) / 2)


def _loss(net: Graph, teacher: Graph, group: Sequence[View]) -> torch.Tensor:
    """The CTC loss a character (Graves et al. 2006); of unlabeled views what the teacher minds."""
    features = torch.stack([view.features for view in group]).float()
    logs = net.read(features)
    if not group[0].label:
        return _distance(logs, teacher, features)
    return functional.ctc_loss(  # type: ignore[no-any-return, unused-ignore]
        logs.transpose(0, 1),
        torch.tensor([number for view in group for number in view.label]),
        torch.full((len(group),), logs.shape[1]),
        torch.tensor([len(view.label) for view in group]),
        zero_infinity=True,
    )


def _distance(logs: torch.Tensor, teacher: Graph, features: torch.Tensor) -> torch.Tensor:
    """The divergence (KL) from what the teacher reads, a step."""
    with torch.no_grad():
        wanted = teacher.read(features)
    total = functional.kl_div(logs, wanted, reduction="sum", log_target=True)
    return total / (wanted.shape[0] * wanted.shape[1])  # type: ignore[no-any-return, unused-ignore]
