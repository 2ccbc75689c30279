"""Measures what is found in labeled texts, beside Presidio with the same entity model.

    python -m benchmarks.finding DATA [--write] [--no-presidio]

DATA is the folder that holds `pii_text`. Presidio is measured where it is installed
(`pip install presidio-analyzer`), in the same run. With --write the figures go to
benchmarks/results/finding.json and into the README's table.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks import tables
from benchmarks.finding_scores import Labeled, Place, Tally, tally
from redactor.detect.detectors import find_in_text, text_detectors
from redactor.detect.entities import load_pipeline
from redactor.policy.load import load

_RESULTS = tables.RESULTS / "finding.json"
System = Callable[[str], Iterable[Place]]
Wanted = Callable[[dict[str, Any]], Iterator[Place]]


@dataclass(frozen=True, slots=True)
class Set:
    """Labeled texts and which of their labels are to be found; the others may be found too."""

    name: str
    files: tuple[str, ...]
    wanted: Wanted


def _of_type(*types: str) -> Wanted:
    """Places of some types, all where none is named."""

    def places(row: dict[str, Any]) -> Iterator[Place]:
        for start, end, kind in row["spans"]:
            if not types or kind in types:
                yield start, end

    return places


def _direct(row: dict[str, Any]) -> Iterator[Place]:
    """What points to the person by itself, as the Text Anonymization Benchmark marks it."""
    for span in row["full"]:
        if span["identifier"] == "DIRECT":
            yield span["start"], span["end"]


SETS = (
    Set("tab144 dev, direct identifiers", ("tab144/dev.jsonl",), _direct),
    Set("tab144 dev, persons", ("tab144/dev.jsonl",), _of_type("PERSON")),
    Set("presidio generated_large", ("presidio_research/generated_large.jsonl",), _of_type()),
    Set(
        "ambientmeta contextual and ambiguous",
        ("ambientmeta/contextual.jsonl", "ambientmeta/ambiguous.jsonl"),
        _of_type(),
    ),
    Set("uner_ewt dev, persons", ("uner_ewt/dev.jsonl",), _of_type("PER")),
    Set("gum dev, persons", ("gum/dev.jsonl",), _of_type("PERSON")),
)


def documents(data: Path, chosen: Set) -> Iterator[Labeled]:
    """The texts of a set; what it labels beyond what is wanted is allowed to be found."""
    for name in chosen.files:
        for line in (data / "pii_text" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold = tuple(chosen.wanted(row))
            yield Labeled(row["text"], gold, tuple(_of_type()(row)))


def ours() -> System:
    """All that the detectors of the default policy find, whatever the policy does with it."""
    policy = load("default")
    detectors = text_detectors(policy)

    def find(text: str) -> Iterator[Place]:
        for span in find_in_text(text, detectors):
            if span.score >= policy.settings.min_score:
                yield span.start, span.end

    return find


def presidio() -> System | None:
    """Presidio's own recognizers over our entity model; None where it is not installed."""
    try:
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    except ImportError:
        return None
    labels = {"PERSON": "PERSON", "LOCATION": "LOCATION", "DATE": "DATE_TIME"}
    configuration = NerModelConfiguration(
        model_to_presidio_entity_mapping={**labels, "ORGANIZATION": "ORGANIZATION"},
        low_score_entity_names=[],
        labels_to_ignore=[],
    )
    engine = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": "ours"}], ner_model_configuration=configuration
    )
    engine.nlp = {"en": load_pipeline()}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])

    def find(text: str) -> Iterator[Place]:
        for result in analyzer.analyze(text, language="en"):
            yield result.start, result.end

    return find


def measure(data: Path, system: System) -> dict[str, Any]:
    """The figures of one system on every set, and its speed."""
    figures: dict[str, Any] = {}
    for chosen in SETS:
        total = Tally()
        for document in documents(data, chosen):
            total += tally(document, system(document.text))
        figures[chosen.name] = {
            "documents": total.documents,
            "leak": round(total.leak, 4),
            "recall": round(total.recall, 4),
            "over": round(total.over, 4),
        }
        click.echo(f"  {chosen.name}: {figures[chosen.name]}", err=True)
    figures["words_per_second"] = speed(data, system)
    return figures


def speed(data: Path, system: System) -> int:
    """Words a second of processor time on court texts and web texts."""
    texts = [d.text for chosen in (SETS[1], SETS[4]) for d in documents(data, chosen)]
    for text in texts[:3]:
        list(system(text))
    began = time.process_time()
    for text in texts:
        list(system(text))
    return round(sum(len(text.split()) for text in texts) / (time.process_time() - began))


def table(results: dict[str, dict[str, Any]]) -> str:
    """The figures as a Markdown table: a row a set, a group of columns a system."""
    names = list(results)
    header = ("set", *(f"{n}: leak · recall · too much" for n in names))
    rows = [
        (
            chosen.name,
            *(
                "{leak:.3f} · {recall:.3f} · {over:.3f}".format(**results[name][chosen.name])
                for name in names
            ),
        )
        for chosen in SETS
    ]
    rows.append(
        ("words a second, one core", *(f"{results[n]['words_per_second']:,}" for n in names))
    )
    return tables.markdown(header, rows)


def systems(names: Sequence[str]) -> dict[str, System]:
    """The systems asked for that are installed."""
    made = {"redactor": ours, "presidio-analyzer": presidio}
    found = {name: made[name]() for name in names}
    return {name: system for name, system in found.items() if system}


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Publish the figures.")
@click.option("--no-presidio", is_flag=True, help="Leave the peer out.")
def main(data: Path, write: bool, no_presidio: bool) -> None:
    """Measure, print, and with --write publish."""
    wanted = ["redactor"] if no_presidio else ["redactor", "presidio-analyzer"]
    results = {}
    for name, system in systems(wanted).items():
        click.echo(name, err=True)
        results[name] = measure(data, system)
    click.echo(table(results))
    if write:
        _RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        tables.write_between("finding", table(results))


if __name__ == "__main__":
    sys.exit(main())
