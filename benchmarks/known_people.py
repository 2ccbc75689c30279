"""Measures how known people are found: in text, with slips of recognition, and in posteriors.

    python -m benchmarks.known_people DATA [--fit]

DATA is the folder that `benchmarks.datasets` describes; it also holds `pii_text` with the corpora
`tab144` and `gum` (JSON lines with `text`). People are made up (training/ner/names.py), seeded.

- roster: reading and indexing a CSV of 100,000 people with eight columns; seconds of processor
  time of one core, and the memory that the process grew by
- words a second: `spans` on tab144's train texts against these people
- alarms: spans a 1,000 words of the texts, which know nobody of a roster of 1,000 (100,000)
  people but by coincidence; in all, and those of a score that makes a finding certain by itself
- noise: names in a sentence, changed by `scan_noise` until at least one of their letters is; the
  share that is found, at most two letters short
- lattice: 200 lines of IAM's val pages as in `benchmarks.known_words`, one view each, as pages are
  read. Of the words of 4 letters and more in a line, among as many names that are in no line
  as make up the roster, those that `LatticeSearch` finds, and names that it finds wrongly, a line;
  in comparison the words that are in the line as read

`--fit` measures on IAM's train pages instead from which score so many names that are in no line
raise so many alarms a line: the table in `redactor/ocr/known.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.datasets import LabelLine, LabelPage, iam_pages
from benchmarks.known_words import LETTERS, best_view, long, spread, words
from redactor.detect.known import KnownDetector
from redactor.detect.people.roster import parse_roster
from redactor.geometry import Box
from redactor.ocr import known
from redactor.ocr.choose import choose
from redactor.ocr.known import LatticeSearch
from redactor.ocr.recognize import recognize
from redactor.words import Line, LineKind, Origin, Page, Word
from training.ner import names
from training.ner.augment import scan_noise
from training.ner.corpora import PERSON, Sample

_MANY, _SOME = 100_000, 1000
_CERTAIN = 0.75
_ROSTERS = (10, 100, 1000)
_RATES = (0.1, 0.3, 1.0)
_ROUNDS = 2000  # lines searched at least for a row of the table
_NOISED = 500


@dataclass(frozen=True, slots=True)
class _Case:
    """A line as a page of its own, and the words in it; no page where nothing was read."""

    page: Page | None = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


def people(count: int, seed: int) -> list[tuple[str, str]]:
    """Given names and family names."""
    rng = random.Random(seed)  # noqa: S311
    return [(names.given(rng), names.surname(rng)) for _ in range(count)]


def roster(count: int, seed: int) -> bytes:
    """A CSV of that many people."""
    rng = random.Random(seed)  # noqa: S311
    rows = ["first,middle,last,dob,ssn,mrn,phone,email"]
    for number, (given, family) in enumerate(people(count, seed)):
        born = f"{rng.randint(1930, 2010)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        ssn, area = rng.randint(100_000_000, 899_999_999), rng.randint(200, 999)
        phone = f"({area}) {rng.randint(200, 999)}-{rng.randint(0, 9999):04}"
        rows.append(
            f"{given},{rng.choice('ABCDEFG')},{family},{born},{ssn},M{number:07},{phone},"
            f"{number}@mail.example"
        )
    return "\n".join(rows).encode()


def measure_text(data: Path) -> Iterator[tuple[str, float]]:
    """The figures on text, by name."""
    before = _memory()
    text = roster(_MANY, 1)
    started = time.process_time()
    read = parse_roster(text, "roster.csv")
    yield "roster_read_seconds", time.process_time() - started
    started = time.process_time()
    many = KnownDetector(read)
    yield "roster_index_seconds", time.process_time() - started
    yield "roster_megabytes", _memory() - before
    texts = {name: _texts(data, name) for name in ("tab144", "gum")}
    some = KnownDetector(parse_roster(roster(_SOME, 2), "roster.csv"))
    started = time.process_time()
    list(_spans(many, texts["tab144"]))
    yield "words_a_second", _count(texts["tab144"]) / (time.process_time() - started)
    for name, corpus in texts.items():
        for size, detector in ((_SOME, some), (_MANY, many)):
            scores = list(_spans(detector, corpus))
            per = 1000 / _count(corpus)
            yield f"alarms_{name}_{size}", len(scores) * per
            yield f"certain_alarms_{name}_{size}", sum(s >= _CERTAIN for s in scores) * per
    for form in ("{0} {1}", "{1}, {0}", "{1}"):
        yield f"noise_recall {form.format('First', 'Last')}", _noise_recall(form)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _texts(data: Path, corpus: str) -> list[str]:
    with (data / "pii_text" / corpus / "train.jsonl").open(encoding="utf-8") as rows:
        return [json.loads(row)["text"] for row in rows]


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _spans(detector: KnownDetector, texts: Sequence[str]) -> Iterator[float]:
    return (span.score for text in texts for span in detector.spans(text))


def _noise_recall(form: str) -> float:
    """The share of misread names that a roster of 1,000 people finds."""
    known_people = people(_SOME, 3)
    detector = KnownDetector(parse_roster(roster(_SOME, 3), "roster.csv"))
    rng = random.Random(4)  # noqa: S311
    found = 0
    for given, family in known_people[:_NOISED]:
        name = form.format(given, family)
        before = "It was noted that "
        text = f"{before}{name} came in on that day and was seen."
        noised = Sample(text, [(len(before), len(before) + len(name), PERSON)])
        while (read := scan_noise(noised, rng)) and read.text.count(name):
            pass
        start, end, _ = read.spans[0]
        found += any(
            span.start <= start + 2 and span.end >= end - 2 for span in detector.spans(read.text)
        )
    return found / _NOISED


def measure_lattice(data: Path) -> Iterator[tuple[str, float]]:
    """The figures on handwritten lines, by name."""
    cases = _cases(data, "val")
    absent = _absent(cases, _ROSTERS[-1] * 10)
    own = sum(len(case.words) for case in cases)
    yield "lattice_as_read", sum(_as_read(case) for case in cases) / own
    rng = random.Random(5)  # noqa: S311
    for size in _ROSTERS:
        for rate in _RATES:
            hits = [
                (text in case.words)
                for case in cases
                for text in _found(case, rng.sample(absent, size), rate)
            ]
            yield f"lattice_recall_{size}_at_{rate}", sum(hits) / own
            yield f"lattice_alarms_{size}_at_{rate}", (len(hits) - sum(hits)) / len(cases)


def _found(case: _Case, absent: Sequence[str], rate: float) -> set[str]:
    if case.page is None:
        return set()
    texts = [*case.words, *absent[len(case.words) :]]
    return {hit.text for hit in LatticeSearch(rate)(case.page, texts)}


def _as_read(case: _Case) -> int:
    read = words(case.page.lines[0].text) if case.page else frozenset()
    return len(read.intersection(case.words))


def fit(data: Path) -> Iterator[tuple[str, float]]:
    """The scores of the table, by the number of texts and the rate of alarms."""
    cases = _cases(data, "train")
    absent = _absent(cases, 12_000)
    for size in known.TEXTS:
        rounds = max(1, min(len(absent), _ROUNDS * 5) // size // 10)
        scores = np.array(
            sorted(
                score
                for number in range(rounds)
                for case in cases
                for score in _scores(case, absent[number * size : (number + 1) * size])
            )
        )
        for rate in known.ALARMS:
            allowed = int(rate * rounds * len(cases))
            least = scores[-allowed - 1] if allowed < len(scores) else known.LEAST
            yield f"{size} texts, {rate} alarms", float(least)


def _scores(case: _Case, texts: Sequence[str]) -> Iterator[float]:
    """The best score of each text that is found at all."""
    best: dict[str, float] = {}
    for hit in known.search(case.page, texts, known.LEAST) if case.page else ():
        best[hit.text] = max(hit.score, best.get(hit.text, 0.0))
    yield from best.values()


def _cases(data: Path, split: str) -> list[_Case]:
    pages = iam_pages(data, split)
    lines = spread([(page, line) for page in pages for line in page.lines if line.reliable])
    return [_case(page, line) for page, line in lines]


def _case(page: LabelPage, line: LabelLine) -> _Case:
    view = best_view(page, line)
    (lattice,) = recognize([view.line], [view.stretch])
    read = [
        Word(word.text, Box(at, 0, at + 1, 1), word.share, Origin.HANDWRITING)
        for at, word in enumerate(choose(lattice, with_prior=True))
    ]
    one = Line(tuple(read), LineKind.HANDWRITING, lattice)
    return _Case(Page(1, 600, 800, (one,)) if read else None, long(words(line.text)))


def _absent(cases: Sequence[_Case], count: int) -> list[str]:
    """Distinct names that are in none of the lines."""
    rng = random.Random(6)  # noqa: S311
    seen = {word for case in cases for word in case.words}
    found: list[str] = []
    while len(found) < count:
        name = rng.choice((names.given, names.surname))(rng)
        if len(name) >= LETTERS and name.isalpha() and name.lower() not in seen:
            seen.add(name.lower())
            found.append(name)
    return found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--fit", action="store_true", help="derive the table of scores instead")
    arguments = parser.parse_args()
    parts = (fit,) if arguments.fit else (measure_text, measure_lattice)
    for part in parts:
        for name, value in part(arguments.data):
            sys.stdout.write(f"{name:32} {value:.4g}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
