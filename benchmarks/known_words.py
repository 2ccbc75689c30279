"""Measures the search for known words in handwritten lines, beside search in the text as read.

    python -m benchmarks.known_words DATA [--split train]

DATA is the folder that `benchmarks.datasets` describes. The lines are 200 of the reliable lines of
IAM's val pages (train for tuning), evenly spread in order of page and line; each is cut out by its
labeled box with 4 pixels around it and read in the views below. The queries are the distinct words
(runs of letters A-Z, any case) of 4 letters and more in these lines' transcripts. A query is to be
found in each line that has it as a whole word; reported anywhere else, inside a longer word too,
it is a false alarm, counted once a line. Recall is over all pairs of a line and a word in it.

- exact: the query is a word of the best path, any case
- fuzzy: a word of the best path is at most one edit away (insertion, deletion or exchange)
- search: `find_texts`, then `contested` among all queries; the score of a query in a line is the
  geometric mean over the views of its best place's. Recall is told at the threshold that lets 0.3
  and 1.0 false alarms a line pass.

The seconds are processor time of one core for 1,000 words against 25 lines read in one view.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from benchmarks.datasets import LabelLine, LabelPage, iam_pages
from redactor.ocr.ground import best_path
from redactor.ocr.locate import Region
from redactor.ocr.recognize import recognize
from redactor.ocr.search import contested, find_texts
from redactor.ocr.second_look import View, plain, pulled_apart
from redactor.words import Lattice

_LINES = 200
_AROUND_PX = 4
_VIEWS = (1.0, 0.8)  # widths, as shares of the width in which handwriting is read
_LEAST = 0.05  # score under which a place is as good as none
LETTERS = 4
_NAMES, _PAGE_LINES = 1000, 25
_RATES = (0.3, 1.0)

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


def words(text: str) -> frozenset[str]:
    """The runs of letters in a text, in lower case."""
    return frozenset(word.lower() for word in re.findall(r"[A-Za-z]+", text))


def measure(data: Path, split: str = "val") -> dict[str, float]:
    """All figures by name."""
    pages = iam_pages(data, split)
    lines = spread([(page, line) for page in pages for line in page.lines if line.reliable])
    lattices = [_read(page, line) for page, line in lines]
    texts = [words(line.text) for _, line in lines]
    queries = long(frozenset().union(*texts))
    truth = np.array([[query in text for query in queries] for text in texts])
    read = [words("".join(c.char for c in best_path(views[0]))) for views in lattices]
    exact = np.array([[query in text for query in queries] for text in read])
    fuzzy = np.array([[_is_near(query, text) for query in queries] for text in read])
    found = np.array([_scores(views, queries) for views in lattices])
    every = long(frozenset().union(*(words(page.text) for page in pages)))
    return {
        "known_lines": len(lines),
        "known_queries": len(queries),
        "known_exact_recall": float(exact[truth].mean()),
        "known_exact_alarms": float(exact[~truth].sum() / len(lines)),
        "known_fuzzy_recall": float(fuzzy[truth].mean()),
        "known_fuzzy_alarms": float(fuzzy[~truth].sum() / len(lines)),
        **{f"known_recall_at_{rate}": recall_at(rate, found, truth) for rate in _RATES},
        "known_seconds": _seconds([views[0] for views in lattices], every[:_NAMES]),
    }


def recall_at(rate: float, scores: FloatArray, truth: BoolArray) -> float:
    """The share of true pairs that score above all but `rate` false ones a line."""
    false = np.sort(scores[~truth])[::-1]
    return float((scores[truth] > false[int(rate * len(scores))]).mean())


def spread(
    lines: Sequence[tuple[LabelPage, LabelLine]],
) -> list[tuple[LabelPage, LabelLine]]:
    """As many lines as are measured, evenly spread."""
    return [lines[number * len(lines) // _LINES] for number in range(_LINES)]


def long(words: frozenset[str]) -> tuple[str, ...]:
    """Those of `LETTERS` letters and more, in order."""
    return tuple(sorted(word for word in words if len(word) >= LETTERS))


def _read(page: LabelPage, line: LabelLine) -> tuple[Lattice, ...]:
    """The posteriors of a line in each view."""
    view = best_view(page, line)
    return recognize([view.line] * len(_VIEWS), [view.stretch * width for width in _VIEWS])


def best_view(page: LabelPage, line: LabelLine) -> View:
    """A labeled line as handwriting reads best."""
    image = page.image()
    box = image.to_px(line.box).padded(_AROUND_PX)
    corners = [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]]
    region = Region(np.array(corners, np.float32), 1.0)
    return pulled_apart(image.pixels, plain(image.pixels, image.pixels, region))


def _is_near(query: str, text: frozenset[str]) -> bool:
    return any(Levenshtein.distance(query, word, score_cutoff=1) <= 1 for word in text)


def _scores(views: Sequence[Lattice], queries: tuple[str, ...]) -> FloatArray:
    """The log score of each query in one line."""
    logs = np.full((len(views), len(queries)), np.log(_LEAST))
    numbers = {query: number for number, query in enumerate(queries)}
    for row, view in zip(logs, views, strict=True):
        for match in contested(find_texts(view, queries, _LEAST)):
            number = numbers[match.text]
            row[number] = max(row[number], np.log(match.score))
    return np.asarray(logs.mean(axis=0), np.float64)


def _seconds(lattices: Sequence[Lattice], names: tuple[str, ...]) -> float:
    started = time.process_time()
    for lattice in lattices[:_PAGE_LINES]:
        find_texts(lattice, names)
    return time.process_time() - started


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", choices=("val", "train"), default="val")
    arguments = parser.parse_args()
    for name, value in measure(arguments.data, arguments.split).items():
        sys.stdout.write(f"{name:22} {value:.4g}\n")


if __name__ == "__main__":
    main()
