"""Measures what the recognizer loses, and gains, by reading lines small in whole numbers.

    python -m training.quantize.evaluate --data DIR

`--data` is the folder that `benchmarks.datasets` describes: the lines are those of every fourth
page of the first half of FUNSD. What floats read at full height stands for the truth.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.datasets import funsd_held_out, funsd_pages
from redactor.ink import find_ink
from redactor.ocr import locate, quantize, recognize
from redactor.ocr.ground import best_path
from redactor.ocr.models import open_session
from redactor.pdf.render import DPI
from redactor.words import Lattice
from training.calibrate.readings import key

_SURE = 0.9
_EVERY = 4

Readings = list[tuple[str, float]]
"""Of each line its letters and digits, and the probability of the least sure character."""


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, path_type=Path))
def main(data: Path) -> None:
    """Prints the milliseconds a line, the share of sure lines, and how many of these differ."""
    pages = funsd_pages(data)[: -len(funsd_held_out(data)) : _EVERY]
    images = [page.image(DPI) for page in pages]
    lines = [
        recognize.crop(image.pixels, region)
        for image in images
        for region in locate.locate(image.pixels, find_ink(image))
    ]
    small = [recognize.glimpse(line) for line in lines]
    whole = quantize.quantized(recognize.fitted(), quantize.ranges())
    truth, milliseconds = _read(recognize.fitted(), [recognize.full(line) for line in lines])
    click.echo(f"{len(lines)} lines; at full height, floats: {milliseconds:.1f} ms")
    for name, weights in (("floats", recognize.fitted()), ("whole numbers", whole)):
        found, milliseconds = _read(weights, small)
        sure = [
            (text, said) for (text, p), (said, _) in zip(found, truth, strict=True) if p >= _SURE
        ]
        others = sum(text != said for text, said in sure)
        share = len(sure) / len(lines)
        click.echo(
            f"small, {name}: {milliseconds:.1f} ms, {share:.3f} sure, {others} of them differ"
        )


def _read(weights: bytes, given: Sequence[recognize.FloatArray]) -> tuple[Readings, float]:
    """What a network reads, and the milliseconds of processor time that a line takes it."""
    session = open_session(weights)
    session.run(None, {"x": given[0]})
    started = time.process_time()
    posteriors = [session.run(None, {"x": line})[0][0] for line in given]
    taken = time.process_time() - started
    paths = [best_path(Lattice(rows, recognize.latin()[0])) for rows in posteriors]
    readings = [
        (key("".join(c.char for c in path)), min((c.probability for c in path), default=0.0))
        for path in paths
    ]
    return readings, 1000 * taken / len(given)


if __name__ == "__main__":
    main()
