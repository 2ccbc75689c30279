"""Measures fields on scanned forms: whether the value is found, and what is taken with it.

    python -m benchmarks.fields DATA [--pages N] [--tuning]

DATA is the folder that `benchmarks.datasets` describes. On each page of FUNSD every question is
given to the detector as the one label of a rule, as a person copies it from the form. The figures
are of the pages at odd positions; the geometry was made while looking at those at even positions,
which --tuning measures instead. Read are the words as labeled, and, on the first N pages, what our
own recognition makes of the picture.

- found: of the labels with an answer, those where boxes cover 90 % of each word of the answer
- foreign: of the words taken for labels with an answer, those that are no part of it
- empty: of the labels without an answer, those for which something is taken all the same

A label that stands on a page more than once is one label, with the answers of all its places.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import datasets, readers, tables
from benchmarks.datasets import LabelForm
from redactor.detect.fields import FieldDetector, FieldRule
from redactor.errors import RedactorError
from redactor.geometry import Box
from redactor.pdf.render import DPI
from redactor.words import Line, LineKind, Origin, Page, Word

_COVERED = 0.9  # share of a word's area from which it is found
_TAKEN = 0.5  # share of a word's area from which it is taken
_WIDTH, _HEIGHT = 612.0, 792.0  # points of a letter page, which the scans were made from

PageOf = Callable[[LabelForm], Page]


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of some labels: how many with an answer, and found; words taken, and foreign."""

    labels: int = 0
    found: int = 0
    taken: int = 0
    foreign: int = 0
    empty: int = 0
    empty_taken: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.labels + other.labels,
            self.found + other.found,
            self.taken + other.taken,
            self.foreign + other.foreign,
            self.empty + other.empty,
            self.empty_taken + other.empty_taken,
        )

    def row(self) -> tuple[str, ...]:
        """The figures as cells: found, foreign, empty."""
        pairs = (
            (self.found, self.labels),
            (self.foreign, self.taken),
            (self.empty_taken, self.empty),
        )
        return tuple(f"{part} of {whole} ({part / max(whole, 1):.1%})" for part, whole in pairs)


def labeled_page(form: LabelForm) -> Page:
    """The words as they are labeled, in no order: each a line of its own."""
    words = (
        Word(word.text.strip(), word.box, 1.0, Origin.PRINT)
        for word in form.page.words
        if word.text.strip()
    )
    lines = tuple(Line((word,), LineKind.PRINT) for word in words)
    return Page(1, max([_WIDTH, *(line.box.x1 for line in lines)]), _HEIGHT, lines)


def recognized_page(form: LabelForm) -> Page:
    """The page as our own recognition reads it."""
    return readers.read_page(form.page.image(DPI))


def score(form: LabelForm, page: Page) -> Counts:
    """Every label of a form looked for on its page."""
    total = Counts()
    for label, answers in merged(form):
        found = FieldDetector([FieldRule("field", (label,), "VALUE")]).find(page)
        boxes = [box for finding in found for box in finding.boxes]
        total += counted([word.box for word in form.page.words], answers, boxes)
    return total


def merged(form: LabelForm) -> list[tuple[str, frozenset[int]]]:
    """The labels of a form, those alike but for case and punctuation taken together."""
    by_key: dict[str, tuple[str, frozenset[int]]] = {}
    for field in form.fields:
        key = "".join(filter(str.isalnum, field.label.casefold()))
        label, answers = by_key.get(key, (field.label, frozenset()))
        by_key[key] = label, answers | set(field.answers)
    return list(by_key.values())


def counted(words: Sequence[Box], answers: frozenset[int], boxes: Sequence[Box]) -> Counts:
    """One label whose answer are some of the page's words, and the boxes found for it."""
    taken = {number for number, word in enumerate(words) if _share(word, boxes) >= _TAKEN}
    if not answers:
        return Counts(empty=1, empty_taken=bool(taken))
    is_found = all(_share(words[number], boxes) >= _COVERED for number in answers)
    return Counts(1, is_found, len(taken), len(taken - answers))


def _share(word: Box, boxes: Iterable[Box]) -> float:
    """The share of a word's area under boxes that do not overlap each other much."""
    return sum(word.covered_by(box) for box in boxes)


def measure(forms: Iterable[LabelForm], page_of: PageOf) -> Counts:
    """All labels of some forms, on the pages as `page_of` reads them."""
    return sum((score(form, page_of(form)) for form in forms), Counts())


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder of the datasets")
    parser.add_argument("--pages", type=int, default=0, help="to recognize (default: none)")
    parser.add_argument("--tuning", action="store_true", help="on the pages it was made with")
    given = parser.parse_args()
    try:
        forms = datasets.funsd_forms(given.data)[0 if given.tuning else 1 :: 2]
    except RedactorError as error:
        sys.exit(str(error))
    rows = [(f"{len(forms)} pages as labeled", *measure(forms, labeled_page).row())]
    if given.pages:
        some = forms[: given.pages]
        rows.append((f"{len(some)} of them, as labeled", *measure(some, labeled_page).row()))
        rows.append((f"{len(some)} of them, recognized", *measure(some, recognized_page).row()))
    header = ("FUNSD", "value found", "foreign words taken", "empty fields with a value")
    sys.stdout.write(tables.markdown(header, rows) + "\n")


if __name__ == "__main__":
    main()
