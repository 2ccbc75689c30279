"""redactor detect"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from redactor.cli import common
from redactor.detect.spans import Span
from redactor.errors import UsageError
from redactor.findings import Decision
from redactor.plain_text import PlainText
from redactor.policy.load import load


@click.command("detect")
@click.argument("source", metavar="[FILE|-]", default="-", type=common.FILE)
@common.policy_option
@common.term_options
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
def command(
    source: Path,
    policy: str,
    terms: tuple[str, ...],
    terms_file: Path | None,
    known_file: Path | None,
    form: str,
    as_json: bool,
) -> None:
    """Print what the detectors find in plain text, and what the policy does with it.

    FILE is a text file, or JSON lines with "text" (and "id"); - is stdin.
    """
    rules = common.with_known(load(policy), known_file)
    values = common.all_terms(terms, terms_file)
    documents = list(_documents(_content(source), str(source)))
    decider = PlainText(rules, values)
    for identifier, text in documents:
        for entry in map(_entry, decider.decide(text)):
            if form == "jsonl" or as_json:
                click.echo(json.dumps({"id": identifier, **entry}))
            else:
                value = " ".join(text[entry["start"] : entry["end"]].split())
                click.echo(
                    f"{entry['start']}-{entry['end']}\t{entry['action']}\t{entry['label']}\t"
                    f"{entry['score']:.2f}\t{common.printable(value)}"
                )


def _entry(placed: tuple[Span, Decision]) -> dict[str, Any]:
    span, decision = placed
    return {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "score": round(span.score, 4),
        "detector": span.detector,
        "rule": decision.rule,
        "action": decision.action.value,
    }


def _content(source: Path) -> str:
    return common.standard_input() if str(source) == "-" else common.read_text(source)


def _documents(content: str, name: str) -> Iterator[tuple[Any, str]]:
    """(id, text) of each document; a plain text is one, without an id."""
    lines = [line for line in content.split("\n") if line.strip()]
    if not lines or not _is_record(lines[0]):
        yield None, content
        return
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            text = record["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(
                f'{name}: line {number} is not a JSON object with a "text"', "one object a line"
            ) from error
        yield record.get("id", number), text


def _is_record(line: str) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and "text" in record
