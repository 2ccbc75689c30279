"""Measures fields on scanned forms: whether the value is found, and what is taken with it.

    python -m benchmarks.fields DATA [--pages N] [--tuning]

DATA is the folder that `benchmarks.datasets` describes. On each page of FUNSD every question is
given to the detector as the one label of a rule, as a person copies it from the form. The figures
are of the pages at odd positions; the geometry was made while looking at those at even positions,
which --tuning measures instead. Read are the words as labeled, and, on the first N pages, what our
own recognition makes of the picture.

- found: of the labels with an answer, those where boxes cover 90 % of each word of the answer (of
  its area, or of its ink where our own recognition is measured, whose boxes are those of the ink)
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
from redactor.ink import find_ink, slices
from redactor.pdf.render import DPI
from redactor.words import Line, LineKind, Origin, Page, Word

_COVERED = 0.9  # share of a word from which it is found
_TAKEN = 0.5  # share of a word from which it is taken
_WIDTH, _HEIGHT = 612.0, 792.0  # points of a letter page, which the scans were made from

Shares = Callable[[Sequence[Box]], list[float]]
"""For boxes in page space, the share of each word of a form that they cover."""
Read = Callable[[LabelForm], tuple[Page, Shares]]


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


def as_labeled(form: LabelForm) -> tuple[Page, Shares]:
    """The words as they are labeled, in no order: each a line of its own. Shares are of areas."""
    words = (
        Word(word.text.strip(), word.box, 1.0, Origin.PRINT)
        for word in form.page.words
        if word.text.strip()
    )
    lines = tuple(Line((word,), LineKind.PRINT) for word in words)
    width = max([_WIDTH, *(line.box.x1 for line in lines)])

    def shares(boxes: Sequence[Box]) -> list[float]:
        return [sum(word.box.covered_by(box) for box in boxes) for word in form.page.words]

    return Page(1, width, _HEIGHT, lines), shares


def as_recognized(form: LabelForm) -> tuple[Page, Shares]:
    """The page as our own recognition reads it. Shares are of the ink in the labels' boxes."""
    image = form.page.image(DPI)
    mask = find_ink(image).labels > 0
    places = [slices(image.to_px(word.box), mask.shape) for word in form.page.words]

    def shares(boxes: Sequence[Box]) -> list[float]:
        bare = mask.copy()
        for box in boxes:
            bare[slices(image.to_px(box), mask.shape)] = False
        return [1 - bare[place].sum() / max(mask[place].sum(), 1) for place in places]

    return readers.read_page(image), shares


def score(form: LabelForm, page: Page, shares: Shares) -> Counts:
    """Every label of a form looked for on its page."""
    total = Counts()
    for label, answers in merged(form):
        found = FieldDetector([FieldRule("field", (label,), "VALUE")]).find(page)
        boxes = [box for finding in found for box in finding.boxes]
        total += counted(shares(boxes), answers)
    return total


def merged(form: LabelForm) -> list[tuple[str, frozenset[int]]]:
    """The labels of a form, those alike but for case and punctuation taken together."""
    by_key: dict[str, tuple[str, frozenset[int]]] = {}
    for field in form.fields:
        key = "".join(filter(str.isalnum, field.label.casefold()))
        label, answers = by_key.get(key, (field.label, frozenset()))
        by_key[key] = label, answers | set(field.answers)
    return list(by_key.values())


def counted(shares: Sequence[float], answers: frozenset[int]) -> Counts:
    """One label whose answer are some of the page's words, by the share found of each word."""
    taken = {number for number, share in enumerate(shares) if share >= _TAKEN}
    if not answers:
        return Counts(empty=1, empty_taken=bool(taken))
    is_found = all(shares[number] >= _COVERED for number in answers)
    return Counts(1, is_found, len(taken), len(taken - answers))


def measure(forms: Iterable[LabelForm], read: Read) -> Counts:
    """All labels of some forms, on the pages as `read` gives them."""
    return sum((score(form, *read(form)) for form in forms), Counts())


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
    rows = [(f"{len(forms)} pages as labeled", *measure(forms, as_labeled).row())]
    if given.pages:
        some = forms[: given.pages]
        rows.append((f"{len(some)} of them, as labeled", *measure(some, as_labeled).row()))
        rows.append((f"{len(some)} of them, recognized", *measure(some, as_recognized).row()))
    header = ("FUNSD", "value found", "foreign words taken", "empty fields with a value")
    sys.stdout.write(tables.markdown(header, rows) + "\n")


if __name__ == "__main__":
    main()
