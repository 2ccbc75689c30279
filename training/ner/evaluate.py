"""Measure a model on texts it has not seen: ``python -m training.ner.evaluate --data DIR``.

Redaction cares about names that stay readable, so beside the strict scores two recalls count
persons whose every letter is masked: by an entity of any kind, and by a PERSON. One forgotten
surname of a full name is a miss. Forms of address ("Mr") are no part of a gold name, whatever
the corpus says. Where a corpus labels no dates, DATE predictions are left out of the counts.
"""

# ruff: noqa: T201 - a command-line tool prints

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from redactor.detect import english  # noqa: F401 - registers our language
from training.ner.corpora import DATE, DEV, LABELS, PERSON, Corpus, Sample, Span, read_corpus
from training.ner.sanity import LINES, NAMELESS

HERE = Path(__file__).parent
MODEL = HERE.parents[1] / "redactor" / "weights" / "ner_en"


@dataclass
class Tally:
    """Counts over one dev set."""

    persons: int = 0
    masked_by_any: int = 0
    masked_by_person: int = 0
    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    person_false: int = 0
    tokens: int = 0


def entities(doc: Doc) -> list[Span]:
    """The model's entities as offsets."""
    return [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]


def is_masked(text: str, span: Span, masks: Iterable[Span]) -> bool:
    """Whether every letter and digit of ``span`` lies under a mask."""
    covered = {i for start, end, _ in masks for i in range(start, end)}
    return all(i in covered for i in range(span[0], span[1]) if text[i].isalnum())


def count(tally: Tally, sample: Sample, found: list[Span], dates: bool) -> None:
    """Add one document to the counts."""
    for span in sample.spans:
        if span[2] == PERSON:
            near = [f for f in found if f[0] < span[1] and span[0] < f[1]]
            tally.persons += 1
            tally.masked_by_any += is_masked(sample.text, span, near)
            tally.masked_by_person += is_masked(
                sample.text, span, (f for f in near if f[2] == PERSON)
            )
    if not dates:
        found = [f for f in found if f[2] != DATE]
    gold = set(sample.spans)
    tally.gold.update(kind for _, _, kind in gold)
    tally.predicted.update(kind for _, _, kind in found)
    tally.right.update(f[2] for f in found if f in gold)
    tally.person_false += sum(
        f[2] == PERSON and not any(f[0] < g[1] and g[0] < f[1] for g in gold) for f in found
    )


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _strict(tally: Tally, label: str) -> dict[str, float | int | None]:
    precision = _ratio(tally.right[label], tally.predicted[label])
    recall = _ratio(tally.right[label], tally.gold[label])
    total = tally.predicted[label] + tally.gold[label]
    f1 = _ratio(2 * tally.right[label], total)
    return {"precision": precision, "recall": recall, "f1": f1, "gold": tally.gold[label]}


def measure(nlp: Language, corpus: Corpus, data: Path) -> dict[str, Any]:
    """All figures for one dev set."""
    tally = Tally()
    samples = list(read_corpus(corpus, data))
    for sample, doc in zip(samples, nlp.pipe(s.text for s in samples), strict=True):
        tally.tokens += len(doc)
        count(tally, sample, entities(doc), corpus.dates_labeled)
    labels = [label for label in LABELS if label != DATE or corpus.dates_labeled]
    return {
        "persons": tally.persons,
        "person_masked_by_any": _ratio(tally.masked_by_any, tally.persons),
        "person_masked_by_person": _ratio(tally.masked_by_person, tally.persons),
        "false_persons_per_1000_tokens": round(1000 * tally.person_false / tally.tokens, 2),
        "strict": {label: _strict(tally, label) for label in labels},
    }


def check_lines(nlp: Language) -> list[str]:
    """What goes wrong on the sanity lines, in words."""
    problems: list[str] = []
    for text, expected in LINES:
        found = entities(nlp(text))
        for name in expected:
            start = text.index(name)
            span = (start, start + len(name), PERSON)
            persons = [f for f in found if f[2] == PERSON]
            if not is_masked(text, span, persons):
                any_kind = " (masked as another kind)" if is_masked(text, span, found) else ""
                problems.append(f"missed {name!r} in {text!r}{any_kind}")
        for start, end, kind in found:
            piece = text[start:end]
            if kind == PERSON and not any(piece in name or name in piece for name in expected):
                problems.append(f"took {piece!r} for a person in {text!r}")
    return problems


def check_nameless(nlp: Language) -> list[str]:
    """What is taken for a person in lines that name nobody, as written and in capitals."""
    texts = [*NAMELESS, *(text.upper() for text in NAMELESS)]
    return [
        f"took {ent.text!r} for a person in {doc.text!r}"
        for doc in nlp.pipe(texts)
        for ent in doc.ents
        if ent.label_ == PERSON
    ]


def words_per_second(nlp: Language, data: Path) -> int:
    """Speed over the court texts, in blank-separated words per second of processor time."""
    texts = [sample.text for sample in read_corpus(DEV[0], data)]
    list(nlp.pipe(texts[:2]))
    began = time.process_time()
    list(nlp.pipe(texts))
    return round(sum(len(t.split()) for t in texts) / (time.process_time() - began))


def _show(value: float | int | None) -> str:
    return "    -" if value is None else f"{value:5.3f}"


def table(results: dict[str, dict[str, Any]]) -> str:
    """The figures as plain text."""
    lines = [
        f"{'set':<14}{'persons':>8}{'any':>7}{'as PER':>7}{'false/k':>8}  "
        + "  ".join(f"{label[:3]} P/R/F1".ljust(17) for label in LABELS)
    ]
    for name, row in results.items():
        cells = [f"{name:<14}{row['persons']:>8}"]
        cells += [f"  {_show(row['person_masked_by_any'])}"]
        cells += [f"  {_show(row['person_masked_by_person'])}"]
        cells += [f"{row['false_persons_per_1000_tokens']:>8}  "]
        for label in LABELS:
            score = row["strict"].get(label, {})
            parts = (_show(score.get(key)) for key in ("precision", "recall", "f1"))
            cells.append("/".join(parts).ljust(19))
        lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder holding the dev sets")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    results = {corpus.name: measure(nlp, corpus, args.data) for corpus in DEV}
    problems = check_lines(nlp)
    false = check_nameless(nlp)
    print(table(results))
    print(f"\nsanity: {len(problems)} problems on {len(LINES)} lines")
    print("\n".join(f"  {problem}" for problem in problems))
    print(f"\nnameless: {len(false)} false persons on {2 * len(NAMELESS)} lines")
    print("\n".join(f"  {problem}" for problem in false))
    report = {
        "model": {key: nlp.meta.get(key) for key in ("name", "version", "training")},
        "sets": results,
        "sanity": {"lines": len(LINES), "problems": problems},
        "nameless": {"lines": 2 * len(NAMELESS), "problems": false},
        "words_per_second": words_per_second(nlp, args.data),
    }
    print(f"\n{report['words_per_second']} words/s")
    args.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
