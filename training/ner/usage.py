"""Builds the table of how words are used: ``python -m training.ner.usage --out FOLDER``.

The package ``spacy-lookups-data`` (MIT, Explosion) must be installed: it holds the Brown clusters
and the log probabilities of a million English words, counted by case, that spaCy 2 came with.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from redactor.detect.usage import TABLE

_SOURCE = "spacy_lookups_data"
_WORD = re.compile(r"[a-z][a-z']{0,23}")
_RAREST = -18.5  # log probability: what is rarer is mostly slips
_RATIOS = (-4.0, -2.0, -0.5, 0.5, 2.0, 4.0)  # log of how much commoner with a capital
_RANKS = (-16.5, -14.0, -11.5, -9.0)  # log probability of the commoner form


def _read(name: str) -> dict[str, Any]:
    packed = files(_SOURCE).joinpath("data", f"en_lexeme_{name}.json.gz").read_bytes()
    table: dict[str, Any] = json.loads(gzip.decompress(packed))
    return table


def code(capital: float, lower: float) -> int:
    """How a word is capitalized and how common it is, from its two log probabilities; never 0."""
    ratio = int(np.searchsorted(_RATIOS, capital - lower))
    rank = int(np.searchsorted(_RANKS, max(capital, lower)))
    return 1 + ratio * (len(_RANKS) + 1) + rank


def rows(clusters: dict[str, int], chances: dict[str, float]) -> dict[str, tuple[int, int, int]]:
    """For each word in lower case: cluster with a capital, without one, and code.

    Clusters are numbered anew from 1, 0 is none.
    """
    floor = min(chances.values())
    numbers = {cluster: number for number, cluster in enumerate(sorted({0, *clusters.values()}))}
    found: dict[str, tuple[int, int, int]] = {}
    for word in sorted({text.lower() for text in chances}):
        if not _WORD.fullmatch(word):
            continue
        title, upper = word.capitalize(), word.upper()
        capital, lower = chances.get(title, floor), chances.get(word, floor)
        if max(capital, lower) < _RAREST:
            continue
        raised = numbers[clusters.get(title, 0)] or numbers[clusters.get(upper, 0)]
        found[word] = (raised, numbers[clusters.get(word, 0)], code(capital, lower))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    args = parser.parse_args()
    table = rows(_read("cluster"), _read("prob"))
    args.out.mkdir(parents=True, exist_ok=True)
    capital, lower, codes = zip(*table.values(), strict=True)
    np.savez_compressed(
        args.out / TABLE,
        words=np.frombuffer("\n".join(table).encode("ascii"), np.uint8),
        capital=np.array(capital, np.uint16),
        lower=np.array(lower, np.uint16),
        code=np.array(codes, np.uint8),
    )


if __name__ == "__main__":
    main()
