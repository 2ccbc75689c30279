"""Measures the sample documents: what is missed, what is taken too much, how well it reads.

    python -m benchmarks.samples [--write]

With --write the figures go to benchmarks/results/samples.json and into the README's table.
"""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import asdict, dataclass

from benchmarks import tables
from redactor import pipeline
from redactor import plan as plans
from redactor.findings import Redaction
from redactor.policy.load import load
from redactor.words import Origin, Page, Word
from tests.samples import NAMES, TrueWord, sample, truth

_RESULTS = tables.RESULTS / "samples.json"
_COVERED = 0.9  # share of a secret word's ink box that boxes must cover for it to be gone
_TOUCHED = 0.05  # share of a kept word's ink box from which a box harms it


@dataclass(frozen=True)
class Figures:
    """Counts of words of one document, and the time to read and decide a page."""

    document: str
    secret: int
    missed: int
    keep: int
    taken: int
    scanned: int
    read_right: int
    kind_right: int
    seconds_a_page: float


def measure(name: str) -> Figures:
    """Plans a sample under the default policy and compares with its truth."""
    started = time.perf_counter()
    planned = pipeline.plan(sample(name), load("default"))
    seconds = time.perf_counter() - started
    boxes = plans.redactions(planned.plan, planned.pages)
    facts = truth(name)
    secret = [word for word in facts.secret if word.box]
    keep = [word for word in facts.keep if word.box]
    scanned = [w for w in (*secret, *keep) if w.kind in ("print", "handwriting")]
    twins = [(w, _twin(w, planned.pages)) for w in scanned]
    return Figures(
        document=name,
        secret=len(secret),
        missed=sum(_share(word, boxes) < _COVERED for word in secret),
        keep=len(keep),
        taken=sum(_share(word, boxes) > _TOUCHED for word in keep),
        scanned=len(scanned),
        read_right=sum(bool(t) and _plain(t.text) == _plain(w.text) for w, t in twins if t),
        kind_right=sum(t.origin == Origin(w.kind) for w, t in twins if t),
        seconds_a_page=round(seconds / len(planned.pages), 1),
    )


def _share(word: TrueWord, boxes: tuple[Redaction, ...]) -> float:
    assert word.box
    return max((word.box.covered_by(r.box) for r in boxes if r.page == word.page), default=0.0)


def _twin(word: TrueWord, pages: tuple[Page, ...]) -> Word | None:
    """The recognized word that covers most of a true word."""
    assert word.box
    box = word.box
    return max(pages[word.page - 1].words, key=lambda w: box.covered_by(w.box), default=None)


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def table(figures: list[Figures]) -> str:
    """The figures as a Markdown table."""
    header = (
        "document",
        "words to go: missed",
        "words to stay: taken",
        "scanned words read right",
        "print or handwriting told right",
    )
    rows = (
        (
            f.document,
            f"{f.missed} of {f.secret}",
            f"{f.taken} of {f.keep}",
            _of(f.read_right, f.scanned),
            _of(f.kind_right, f.scanned),
        )
        for f in figures
    )
    return tables.markdown(header, rows)


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "-"


def _total(figures: list[Figures]) -> Figures:
    def add(field: str) -> int:
        return sum(getattr(f, field) for f in figures)

    return Figures(
        document="**all**",
        secret=add("secret"),
        missed=add("missed"),
        keep=add("keep"),
        taken=add("taken"),
        scanned=add("scanned"),
        read_right=add("read_right"),
        kind_right=add("kind_right"),
        seconds_a_page=round(sum(f.seconds_a_page for f in figures) / len(figures), 1),
    )


def main() -> None:
    """Prints the table; with --write keeps it."""
    figures = [measure(name) for name in NAMES]
    figures.append(_total(figures))
    text = table(figures)
    sys.stdout.write(text + "\n")
    if "--write" in sys.argv[1:]:
        _RESULTS.parent.mkdir(exist_ok=True)
        _RESULTS.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n")
        tables.write_between("samples", text)


if __name__ == "__main__":
    main()
