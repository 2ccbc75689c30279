"""Measures what the lexicon does for handwritten lines.

    python -m training.lexicon.evaluate --data DIR [--split train]

`--data` is the folder that `benchmarks.datasets` describes; every fifth IAM page of the split is
read. Lines are located by redactor. A line's words are compared with those of the labeled line
that it overlaps most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from benchmarks import scores
from benchmarks.datasets import LabelPage, iam_pages
from redactor.ink import find_ink
from redactor.ocr.choose import SETTINGS, WITHOUT, Settings, chosen
from redactor.ocr.engine import PaddleRecognizer, Read

_EVERY = 5
_DPI = 300
_SETTINGS = {
    "without": WITHOUT,
    "words": replace(SETTINGS, pair_weight=0.0),
    "words and pairs": SETTINGS,
    "words 0.5": replace(SETTINGS, weight=0.5),
    "pairs 0.35": replace(SETTINGS, pair_weight=0.35),
    "pairs 0.65": replace(SETTINGS, pair_weight=0.65),
}

Labeled = tuple[str, tuple[Read, ...]]


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--split", default="train", type=click.Choice(["train", "val"]))
def main(data: Path, split: str) -> None:
    """Prints CER and WER with each of several settings."""
    pages = iam_pages(data, split)[::_EVERY]
    lines = [line for page in pages for line in _lines(page)]
    for name, settings in _SETTINGS.items():
        read = [(text, _text(parts, settings)) for text, parts in lines]
        characters = scores.total(scores.character_errors(*pair) for pair in read)
        words = scores.total(scores.word_errors(*pair) for pair in read)
        click.echo(f"{name:16} CER {characters.rate:.4f} WER {words.rate:.4f} of {words.length}")


def _lines(page: LabelPage) -> Iterator[Labeled]:
    """The labeled lines of a page, each with what was read in its place, from the left."""
    image = page.image(_DPI)
    found: dict[int, list[Read]] = {}
    for read in PaddleRecognizer().recognized(image, find_ink(image)):
        heights = read.view.region.corners[:, 1] / image.px_per_pt
        overlaps = [
            min(heights.max(), line.box.y1) - max(heights.min(), line.box.y0) for line in page.lines
        ]
        found.setdefault(overlaps.index(max(overlaps)), []).append(read)
    for number, line in enumerate(page.lines):
        parts = sorted(found.get(number, []), key=lambda r: float(r.view.region.corners[0, 0]))
        yield line.text, tuple(parts)


def _text(parts: Sequence[Read], settings: Settings) -> str:
    return " ".join(word.text for part in parts for word in chosen(part.lattice, settings))


if __name__ == "__main__":
    main()
