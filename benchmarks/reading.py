"""Measures reading: what is on the page, where, how sure, how fast; beside RapidOCR and Tesseract.

    python -m benchmarks.reading DATA [--pages N] [--write]

DATA is the folder that `benchmarks.datasets` describes. All three readers see the same pages in
the same run, each with its own settings: the val pages of IAM as scanned, at 300 dpi, and the
second half of FUNSD at the pipeline's dpi. With --pages only the first N of each set are read.
With --write the figures go to benchmarks/results/reading.json and into the README's table.

What is counted is said where it is counted, in `benchmarks.scores` and the `reading_*` modules.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks import (
    datasets,
    known_words,
    readers,
    reading_boxes,
    reading_names,
    reading_speed,
    scores,
    tables,
)
from benchmarks.datasets import LabelPage
from benchmarks.readers import Reader
from benchmarks.reading_speed import processor_time
from redactor.errors import RedactorError
from redactor.ink import PageImage, find_ink
from redactor.pdf.render import DPI
from redactor.words import Word

OURS, RAPIDOCR, TESSERACT = "redactor", "rapidocr", "tesseract"
_READERS = {RAPIDOCR: readers.rapidocr, TESSERACT: readers.tesseract, OURS: readers.ours}
_IAM_DPI = 300
_NAMES_A_PAGE = 10  # of a limit: a name is soon read
_KINDS = ("iam_kind", "funsd_kind")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its figures stand in one cell. `form` is how a number is written."""

    title: str
    figures: tuple[str, ...]
    reach: str
    form: str = ".3f"


_ROWS = (
    Row("IAM, handwritten pages: CER / WER", ("iam_cer", "iam_wer"), "≤ .05 / ≤ .15"),
    Row("IAM: words read right, of those labeled / of those read", ("iam_read", "iam_precise"), ""),
    Row("FUNSD, scanned forms: the same", ("funsd_read", "funsd_precise"), ""),
    Row("names: exact / within the top 5", ("names_exact", "names_top"), "≥ .60 / ≥ .85"),
    Row("handwriting (IAM): calibration error / AUROC", ("iam_ece", "iam_auroc"), "≤ .03 / ≥ .90"),
    Row("forms (FUNSD): calibration error / AUROC", ("funsd_ece", "funsd_auroc"), "≤ .03 / ≥ .90"),
    Row(
        "known words in 200 lines: recall at 0.3 / 1.0 false alarms a line",
        ("known_recall_at_0.3", "known_recall_at_1.0"),
        "≥ .93 / ≥ .97",
    ),
    Row("1,000 names searched in a page: seconds", ("known_seconds",), "≤ 1", ".2f"),
    Row(
        "ink of a word inside its box / ink of others in it (IAM)",
        ("iam_ink_inside", "iam_foreign_ink"),
        "≥ .997 / ≤ .015",
    ),
    Row("boxes with IoU ≥ .5: IAM / FUNSD", ("iam_iou", "funsd_iou"), "≥ .95 / ≥ .95"),
    Row(
        "words that no box covers: IAM / FUNSD",
        ("iam_uncovered", "funsd_uncovered"),
        "≤ .005 / ≤ .005",
        ".4f",
    ),
    Row(
        "seconds a page, one core: clean print / scanned forms / handwriting",
        ("print_seconds", "funsd_seconds", "iam_seconds"),
        "≤ Tesseract's / - / ≤ 2× Tesseract's",
        ".1f",
    ),
    Row("peak memory of a process that reads a page, MB", ("peak_mb",), "≤ 600", ".0f"),
    Row("words told to be handwriting (IAM) / print (FUNSD)", _KINDS, "≥ .97"),
)


@dataclass(frozen=True, slots=True)
class Results:
    """`figures` are by reader and name, `sizes` by set, `versions` by reader."""

    sizes: dict[str, int]
    versions: dict[str, str]
    processor: str
    figures: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A word that stands on labels: how sure it was, and whether it is right.

    `kind_right`: whether print or handwriting was told; None where the labels do not say.
    """

    confidence: float
    right: bool
    kind_right: bool | None


@dataclass(frozen=True, slots=True)
class PageScore:
    """What one reader made of one page. `labels` are the words to be read, and those not right."""

    characters: scores.Errors
    words: scores.Errors
    labels: scores.Errors
    judged: tuple[Judged, ...]


def score(page: LabelPage, words: Sequence[Word]) -> PageScore:
    """Compares words in reading order with the labels of their page."""
    text = " ".join(word.text for word in words)
    found = [word for word in words if scores.plain(word.text)]
    labels = [label for label in page.words if scores.plain(label.text)]
    matches = [
        match
        for match in scores.match(found, labels)
        if all(labels[number].reliable for number in match.labels)
    ]
    n_right = sum(len(match.labels) for match in matches if match.right)
    n_labels = sum(label.reliable for label in labels)
    return PageScore(
        scores.character_errors(page.text, text),
        scores.word_errors(page.text, text),
        scores.Errors(n_labels - n_right, n_labels),
        tuple(_judged(found[match.word], match, page_labels=labels) for match in matches),
    )


def _judged(word: Word, match: scores.Match, page_labels: Sequence[datasets.LabelWord]) -> Judged:
    origins = {page_labels[number].origin for number in match.labels}
    known = len(origins) == 1 and None not in origins
    return Judged(word.confidence, match.right, word.origin in origins if known else None)


def summary(results: Sequence[PageScore]) -> dict[str, float]:
    """The figures of a set of pages; those that its labels do not allow are left out."""
    characters = scores.total(result.characters for result in results)
    words = scores.total(result.words for result in results)
    labels = scores.total(result.labels for result in results)
    judged = [item for result in results for item in result.judged]
    kinds = [item.kind_right for item in judged if item.kind_right is not None]
    confidence, right = [item.confidence for item in judged], [item.right for item in judged]
    surer = scores.auroc(confidence, right)
    figures: dict[str, float] = {}
    if words.length:
        figures |= {"cer": characters.rate, "wer": words.rate}
    if judged:
        figures |= {"read": 1 - labels.rate, "precise": sum(right) / len(right)}
        figures |= {"ece": scores.calibration_error(confidence, right)}
    if surer is not None:
        figures |= {"auroc": surer}
    if kinds:
        figures |= {"kind": sum(kinds) / len(kinds)}
    return figures


def measure_pages(
    kind: str, pages: Sequence[LabelPage], dpi: int, read: Reader
) -> dict[str, float]:
    """The figures of one reader on one set of pages; their names begin with `kind`.

    `seconds` are of processor time a page, from pixels to words.
    """
    results, seconds = [], 0.0
    boxes: Counter[str] = Counter()
    for page in pages:
        image = page.image(dpi)
        started = processor_time()
        words = read(image)
        seconds += processor_time() - started
        results.append(score(page, words))
        if page.words:
            _count_boxes(kind, page, image, words, boxes)
    figures = summary(results) | {"seconds": seconds / max(len(pages), 1)}
    named = {f"{kind}_{name}": value for name, value in figures.items()}
    return named | reading_boxes.figures(boxes)


def _count_boxes(
    kind: str, page: LabelPage, image: PageImage, words: Sequence[Word], tally: Counter[str]
) -> None:
    ink = find_ink(image)
    targets = (
        reading_boxes.iam_targets(page, image.dpi)
        if kind == "iam"
        else reading_boxes.funsd_targets(page, ink)
    )
    reading_boxes.count(kind, ink, targets, [image.to_px(word.box) for word in words], tally)


def measure(data: Path, limit: int | None = None) -> Results:
    """All figures, on the first `limit` pages of each set and ten names for each of these.

    Without a limit on all. Raises FileAccessError.
    """
    iam = datasets.iam_pages(data, "val")[:limit]
    funsd = datasets.funsd_held_out(data)[:limit]
    names = datasets.names(data)[: limit and limit * _NAMES_A_PAGE]
    figures: dict[str, dict[str, float]] = {}
    for name, read in _READERS.items():
        if name == TESSERACT and not readers.has_tesseract():
            continue
        figures[name] = measure_pages("iam", iam, _IAM_DPI, read)
        figures[name] |= measure_pages("funsd", funsd, DPI, read)
        figures[name]["names_exact"] = reading_names.exact(names, read)
    for name in set(figures) - {OURS}:
        for kind in _KINDS:  # they do not tell handwriting from print
            figures[name].pop(kind, None)
    figures[OURS]["names_top"] = reading_names.in_top(names)
    figures[OURS] |= known_words.measure(data)
    figures[OURS]["peak_mb"] = reading_speed.peak_mb()
    for name, seconds in reading_speed.measure({n: _READERS[n] for n in figures}).items():
        figures[name] |= seconds
    sizes = {"IAM pages": len(iam), "FUNSD pages": len(funsd), "names": len(names)}
    return Results(sizes, versions(), processor(), figures)


def versions() -> dict[str, str]:
    """The versions of the readers that are installed."""
    found = {
        OURS: importlib.metadata.version("redactor"),
        RAPIDOCR: importlib.metadata.version("rapidocr"),
    }
    return found | ({TESSERACT: readers.tesseract_version()} if readers.has_tesseract() else {})


def processor() -> str:
    """The processor's name, which the seconds depend on."""
    try:
        rows = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        rows = []
    names = (row.partition(":")[2].strip() for row in rows if row.startswith("model name"))
    return next(names, platform.machine())


def table(results: Results) -> str:
    """The figures as a Markdown table, with what they were measured on under it."""
    header = ("figure", "plain RapidOCR", "Tesseract", "ours", "reach")
    rows = (
        (row.title, *(_cell(row, results.figures.get(name, {})) for name in _READERS), row.reach)
        for row in _ROWS
        if any(name in results.figures[OURS] for name in row.figures)
    )
    sizes = ", ".join(f"{count} {what}" for what, count in results.sizes.items())
    known = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    missing = "" if TESSERACT in results.figures else " Tesseract is not installed here."
    return f"{tables.markdown(header, rows)}\n\nOn {sizes}; {known}; {results.processor}.{missing}"


def _cell(row: Row, figures: Mapping[str, float]) -> str:
    values = [f"{figures[name]:{row.form}}" for name in row.figures if name in figures]
    return " / ".join(values) or "-"


def main() -> None:
    """Prints the table; with --write keeps it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder of the datasets")
    parser.add_argument("--pages", type=int, help="of each set (default: all)")
    parser.add_argument("--write", action="store_true", help="keep the figures, and in the README")
    given = parser.parse_args()
    try:
        results = measure(given.data, given.pages)
    except RedactorError as error:
        sys.exit(str(error))
    sys.stdout.write(table(results) + "\n")
    if given.write:
        path = tables.RESULTS / "reading.json"
        path.write_text(json.dumps(rounded(results), indent=1) + "\n", encoding="utf-8")
        tables.write_between("reading", table(results))


def rounded(results: Results) -> dict[str, object]:
    """The results as they are kept: four digits after the point."""
    figures = {
        name: {key: round(value, 4) for key, value in values.items()}
        for name, values in results.figures.items()
    }
    return asdict(replace(results, figures=figures))


if __name__ == "__main__":
    main()
