"""Measures where words stand: is a word's ink inside its box, and no other ink?

    python -m benchmarks.reading_boxes DATA [--pages N]

DATA is the folder that `benchmarks.datasets` describes. What is counted:

- *Ink of a word* (IAM): the connected blobs of the binarized page that lie, by nine tenths,
  inside the label box of exactly one word. A blob that two words share says nothing and is left
  out. On the sample documents, whose boxes are exact, it is the ink inside a word's true box.
- *Its box*: the boxes of ours that lie inside the label box by half (a word that was read as two
  has two), else the ones that hold its middle (two words read as one share a box).
- `ink_inside`: of the ink of all words, the share inside their boxes.
- `foreign_ink`: of the ink inside those boxes, the share that is another word's.
- `iou`: the share of label boxes that a box of ours meets with an IoU of at least a half. IAM
  boxes punctuation apart: it is joined to the nearest word of its line first. FUNSD cuts words
  at punctuation ("12", "/5/", "89"), now so, now so: a label that a punctuation mark joins to its
  neighbor, without a blank, may also be met together with it. FUNSD boxes are drawn by hand,
  loosely: they are cut down to the ink inside them first, ruled lines left out.
- `uncovered`: the share of label boxes of which our boxes, together, hold less than half of the
  ink.

IAM labels whose segmentation the dataset doubts (`seg: err`) are not scored, but claim their ink;
a page whose labels miss more than a hundredth of its ink is left out: they are another image's.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.datasets import LabelPage, LabelWord, funsd_held_out, iam_pages
from redactor import pipeline
from redactor.geometry import Box, union
from redactor.ink import Ink, find_ink, slices
from redactor.ocr.engine import PaddleRecognizer
from redactor.pdf.render import DPI, render
from redactor.words import Line
from tests.samples import NAMES, sample, truth

_MATCH = 0.5  # IoU from which a box of ours is the word's
_OWN = 0.9  # share of a blob inside one label box for the blob to be that word's
_FITTING = 0.99  # share of a page's ink that its labels must hold for them to be its own
_BLANK = 0.5  # line heights between words
# FUNSD labels cut words that we do not cut, so that parts of them would count as foreign; the
# samples have no figure for what no box covers: benchmarks.samples has.
_UNFAIR = {("funsd", "ink_inside"), ("funsd", "foreign_ink"), ("samples", "uncovered")}
_COVERED = 0.5  # share of a word's ink that our boxes must hold for it to be covered
_JOINED = frozenset(",.;:!?()'\"")


@dataclass(frozen=True, slots=True)
class Target:
    """A word as labeled, in pixels; only `scored` ones count, all claim their ink.

    `run` is the box of the labels that punctuation joins it to, itself among them.
    """

    box: Box
    scored: bool = True
    run: Box | None = None


def measure(data: Path, limit: int | None = None) -> dict[str, float]:
    """All figures, on the first `limit` pages of each set (None: all). Raises FileAccessError.

    IAM: the val pages. FUNSD: the second half of the pages; nothing was tuned on either.
    """
    iam = [page for page in iam_pages(data, "val") if page.words]
    tally: Counter[str] = Counter()
    for page in iam[:limit]:
        ink, boxes = _read(page)
        targets = iam_targets(page, ink.dpi)
        if fits(ink, targets):
            count("iam", ink, targets, boxes, tally)
    for page in funsd_held_out(data)[:limit]:
        ink, boxes = _read(page)
        count("funsd", ink, funsd_targets(page, ink), boxes, tally)
    for name in NAMES:
        _count_sample(name, tally)
    return figures(tally)


def _read(page: LabelPage) -> tuple[Ink, list[Box]]:
    image = page.image(DPI)
    ink = find_ink(image)
    return ink, _boxes_px(PaddleRecognizer().read_ink(image, ink), image.px_per_pt)


def _boxes_px(lines: Iterable[Line], scale: float) -> list[Box]:
    return [word.box.scaled(scale) for line in lines for word in line.words]


def iam_targets(page: LabelPage, dpi: int) -> list[Target]:
    """The words of an IAM page with their punctuation, in pixels at `dpi`."""
    by_line: dict[int, list[LabelWord]] = {}
    for word in page.words:
        by_line.setdefault(word.line, []).append(word)
    joined = [word for words in by_line.values() for word in _with_punctuation(words)]
    return [Target(word.box.scaled(dpi / 72), word.reliable) for word in joined]


def _with_punctuation(words: Sequence[LabelWord]) -> Iterator[LabelWord]:
    """Marks that are written close to a word, joined to the nearer of their neighbors."""
    letters = [word for word in words if not set(word.text) <= _JOINED]
    marks: dict[int, list[LabelWord]] = {}
    for mark in words:
        if set(mark.text) <= _JOINED and letters:
            distance = [_gap(mark.box, word.box) for word in letters]
            marks.setdefault(int(np.argmin(distance)), []).append(mark)
    for index, word in enumerate(letters):
        parts = [word, *marks.get(index, ())]
        reliable = all(part.reliable for part in parts)
        yield replace(word, box=union(part.box for part in parts), reliable=reliable)


def _gap(a: Box, b: Box) -> float:
    return max(a.x0 - b.x1, b.x0 - a.x1)


def funsd_targets(page: LabelPage, ink: Ink) -> list[Target]:
    """The words of a FUNSD page, cut down to their ink, in pixels; those without ink left out."""
    cut = [(w.text, trimmed(w.box.scaled(ink.dpi / 72), ink)) for w in page.words]
    return with_runs([(text, box) for text, box in cut if box and text])


def with_runs(words: Sequence[tuple[str, Box]]) -> list[Target]:
    """The words as targets, those that punctuation joins into one run with the run's box."""
    run = list(range(len(words)))
    for a, (left, box) in enumerate(words):
        for b, (right, other) in enumerate(words):
            if not (left[-1].isalnum() and right[0].isalnum()) and _touch(box, other):
                run = [run[a] if number == run[b] else number for number in run]
    hulls = {n: union(w[1] for w, r in zip(words, run, strict=True) if r == n) for n in set(run)}
    return [Target(box, run=hulls[n]) for (_, box), n in zip(words, run, strict=True)]


def _touch(left: Box, right: Box) -> bool:
    """Whether `right` follows `left` on its row at less than a blank."""
    tall, low = max(left.height, right.height), min(left.y1, right.y1)
    on_row = low - max(left.y0, right.y0) > 0
    return on_row and -0.5 * tall <= right.x0 - left.x1 <= _BLANK * tall and right.x0 > left.x0


def fits(ink: Ink, targets: Sequence[Target]) -> bool:
    """Whether the labels hold the page's ink."""
    held = np.zeros(ink.labels.shape, np.bool_)
    for target in targets:
        held[slices(target.box.padded(2), held.shape)] = True
    mask = ink.labels > 0
    return bool((mask & held).sum() >= _FITTING * mask.sum())


def trimmed(box: Box, ink: Ink) -> Box | None:
    """The extent of the ink inside a box, in pixels; None where it has none."""
    rows, columns = slices(box, ink.labels.shape)
    ys, xs = np.nonzero(ink.labels[rows, columns])
    if not len(ys):
        return None
    x0, y0 = columns.start, rows.start
    return Box(x0 + xs.min(), y0 + ys.min(), x0 + xs.max() + 1, y0 + ys.max() + 1)


def count(
    name: str, ink: Ink, targets: Sequence[Target], boxes: Sequence[Box], tally: Counter[str]
) -> None:
    """Adds one page's pixels and words to the tally."""
    owner = _owners(ink, targets)
    covered = np.zeros(ink.labels.shape, np.bool_)
    for box in boxes:
        covered[slices(box, covered.shape)] = True
    for index, target in enumerate(targets):
        if not target.scored:
            continue
        inside = slices(target.box, ink.labels.shape)
        here = ink.labels[inside] > 0
        tally[f"{name}.words"] += 1
        tally[f"{name}.uncovered"] += bool((here & covered[inside]).sum() < _COVERED * here.sum())
        tally[f"{name}.matched"] += is_met(target, boxes)
        own = np.zeros(0, np.intp)
        for box in boxes_of(target.box, boxes):
            own = np.append(own, owner[ink.labels[slices(box, ink.labels.shape)]])
        if len(own):
            tally[f"{name}.ink"] += int(ink.stats[owner == index, 4].sum())
            tally[f"{name}.ink inside"] += int((own == index).sum())
            tally[f"{name}.held"] += int((own > -2).sum())
            tally[f"{name}.foreign"] += int(((own >= 0) & (own != index)).sum())


def _owners(ink: Ink, targets: Sequence[Target]) -> npt.NDArray[np.intp]:
    """The target that owns each blob; -1 where none or several could, -2 for paper."""
    n_blobs = len(ink.stats)
    owner = np.full(n_blobs, -1, np.intp)
    claims = np.zeros(n_blobs, np.intp)
    for index, target in enumerate(targets):
        inside = np.bincount(
            ink.labels[slices(target.box, ink.labels.shape)].ravel(), minlength=n_blobs
        )
        whole = inside >= _OWN * ink.stats[:, 4]
        owner[whole] = index
        claims[inside > (1 - _OWN) * ink.stats[:, 4]] += 1
    owner[claims > 1] = -1
    owner[0] = -2
    return owner


def is_met(target: Target, boxes: Sequence[Box]) -> bool:
    """Whether a box meets a word, or the run that it belongs to."""
    wanted = [target.box, *([target.run] if target.run else [])]
    return any(iou(box, each) >= _MATCH for each in wanted for box in boxes)


def boxes_of(target: Box, boxes: Sequence[Box]) -> list[Box]:
    """The boxes of ours that lie inside the target by half, else those that hold its middle."""
    inside = [box for box in boxes if box.covered_by(target) >= 0.5]
    return inside or [box for box in boxes if box.contains(*target.center)]


def iou(a: Box, b: Box) -> float:
    """Intersection over union of two boxes."""
    common = a.intersection(b)
    return common.area / (a.area + b.area - common.area) if common else 0.0


def _count_sample(name: str, tally: Counter[str]) -> None:
    """Adds the scanned words of a sample document: their true boxes are exact."""
    facts = truth(name)
    scanned = [w for w in (*facts.secret, *facts.keep) if w.box and w.kind != "text_layer"]
    document = pipeline.read(sample(name))
    for page in document.pages:
        true = [word.box for word in scanned if word.page == page.number and word.box]
        if not true:
            continue
        image = render(document.source, page.number)
        ink, words = find_ink(image), [image.to_px(word.box) for word in page.words]
        _count_exact(ink, [image.to_px(box) for box in true], words, tally)


def _count_exact(ink: Ink, true: Sequence[Box], boxes: Sequence[Box], tally: Counter[str]) -> None:
    """Adds words whose true boxes hold their ink and no other."""
    mask = ink.labels > 0
    for target in true:
        tally["samples.words"] += 1
        tally["samples.matched"] += is_met(Target(target), boxes)
        tally["samples.ink"] += _amount(mask, target)
        for box in boxes_of(target, boxes):
            common = box.intersection(target)
            within = _amount(mask, common) if common else 0
            tally["samples.ink inside"] += within
            tally["samples.held"] += _amount(mask, box)
            tally["samples.foreign"] += _amount(mask, box) - within


def _amount(mask: npt.NDArray[np.bool_], box: Box) -> int:
    return int(mask[slices(box, mask.shape)].sum())


def figures(tally: Counter[str]) -> dict[str, float]:
    """Shares of what was counted, for each set of pages that was."""
    shares = {
        "ink_inside": ("ink inside", "ink"),
        "foreign_ink": ("foreign", "held"),
        "iou": ("matched", "words"),
        "uncovered": ("uncovered", "words"),
    }
    found = {}
    for name in ("iam", "funsd", "samples"):
        for figure, (part, whole) in shares.items():
            if tally[f"{name}.{whole}"] and (name, figure) not in _UNFAIR:
                found[f"{name}_{figure}"] = tally[f"{name}.{part}"] / tally[f"{name}.{whole}"]
    return found


def main() -> None:
    """Prints each figure on a line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=None, help="of each set (default: all)")
    given = parser.parse_args()
    for name, value in measure(given.data, given.pages).items():
        sys.stdout.write(f"{name:20} {value:.4f}\n")


if __name__ == "__main__":
    main()
