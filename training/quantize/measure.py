"""Measures what values the tensors take that `redactor.ocr.quantize` makes whole.

    python -m training.quantize.measure --samples sample_docs \\
        --out redactor/weights/ranges/ranges.json

The pages of the sample documents in `--samples` are read, each as it is and as a bad scan of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import numpy as np
import onnx

from redactor.ink import PageImage, find_ink
from redactor.ocr import locate, models, quantize, recognize
from redactor.pdf.intake import take_in
from redactor.pdf.render import DPI, render
from training.calibrate.readings import worse

_INPUT = (-1.0, 1.0)  # what `locate.given` makes of pixels
_SEED = 11
_SCALES = (1.0, 0.5)  # of the resolution
_DIGITS = 4  # after the point


def ranges(weights: bytes, given: Iterable[recognize.FloatArray]) -> dict[str, quantize.Range]:
    """The least and greatest value of each tensor over all inputs; 0 is always between them."""
    model = quantize.fused(weights)
    names = quantize.quantized_tensors(weights)
    inside = [name for name in names if name != model.graph.input[0].name]
    shown = {output.name for output in model.graph.output}
    model.graph.output.extend(onnx.ValueInfoProto(name=n) for n in inside if n not in shown)
    session = models.open_session(model.SerializeToString())
    extremes = np.zeros((len(inside), 2))
    for image in given:
        values = session.run(inside, {model.graph.input[0].name: image})
        seen = np.array([(value.min(), value.max()) for value in values])
        extremes[:, 0] = np.minimum(extremes[:, 0], seen[:, 0])
        extremes[:, 1] = np.maximum(extremes[:, 1], seen[:, 1])
    rows = extremes.round(_DIGITS).tolist()
    found = {name: (low, high) for name, (low, high) in zip(inside, rows, strict=True)}
    return {name: found.get(name, _INPUT) for name in names}


def pages(folder: Path) -> Iterator[PageImage]:
    """Each page of the documents as it is, and as a bad scan of it."""
    rng = np.random.default_rng(_SEED)
    for path in sorted(folder.glob("*.pdf")):
        source = take_in(path)
        for number in range(1, len(source.frames) + 1):
            image = render(source, number, DPI)
            yield image
            yield PageImage(worse(image.pixels, _SCALES[number % 2], rng), DPI)


def glimpses(image: PageImage) -> Iterator[recognize.FloatArray]:
    """The lines of a page as the recognizer is given them when it reads them small."""
    for region in locate.locate(image.pixels, find_ink(image)):
        yield recognize.glimpse(recognize.crop(image.pixels, region))


@click.command()
@click.option("--samples", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def main(samples: Path, out: Path) -> None:
    """Writes the least and greatest value of each tensor."""
    lines = (line for page in pages(samples) for line in glimpses(page))
    out.write_text(json.dumps(ranges(recognize.fitted(), lines), indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
