"""Fits the coefficients that turn what is known about a reading into a probability.

    python -m training.calibrate.fit --pages DIR --samples sample_docs \\
        --out redactor/weights/calibration/confidence.json

`--pages` is a folder of handwritten pages (`labels.jsonl`, see `readings.handwritten`), of which
the training part alone is used; `--samples` the sample documents, for print.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from redactor.ocr.calibrate import FEATURES
from redactor.words import LineKind
from training.calibrate.logistic import Floats, auroc, calibration_error, fit, predict
from training.calibrate.readings import handwritten, printed, table


@click.command()
@click.option("--pages", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--samples", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--most", default=32, show_default=True, help="Handwritten pages.")
def main(pages: Path, samples: Path, out: Path, most: int) -> None:
    """Writes one coefficient a feature for each kind of writing."""
    material = {
        LineKind.PRINT: table(list(printed(samples))),
        LineKind.HANDWRITING: table(list(handwritten(pages, "train", most))),
    }
    fitted = {kind.value: _coefficients(kind, *rows) for kind, rows in material.items()}
    out.write_text(json.dumps(fitted, indent=1) + "\n", encoding="ascii")


def _coefficients(kind: LineKind, features: Floats, right: Floats) -> dict[str, float]:
    coefficients = fit(features, right).round(4)
    guess = predict(features, coefficients)
    click.echo(
        f"{kind.value}: {len(right)} words, {right.mean():.3f} right, on the words fitted to: "
        f"ECE {calibration_error(guess, right):.3f}, AUROC {auroc(guess, right):.3f}",
        err=True,
    )
    return dict(zip(FEATURES, coefficients.tolist(), strict=True))


if __name__ == "__main__":
    main()
