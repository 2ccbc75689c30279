"""redactor plan"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from redactor import pipeline
from redactor import plan as plans
from redactor.cli import common
from redactor.output.publish import publish
from redactor.policy.load import load
from redactor.stages import Planned


@click.command("plan")
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("-o", "--output", required=True, type=common.FILE, help="PLAN.json")
@common.policy_option
@common.term_options
@common.pages_option
@common.password_option
@common.as_json
def command(
    source: Path,
    output: Path,
    policy: str,
    terms: tuple[str, ...],
    terms_file: Path | None,
    pages: str | None,
    password_file: Path | None,
    as_json: bool,
) -> None:
    """Decide what to redact in the PDF IN and write the decisions, without any document text."""
    common.check_outputs((output,), source, policy, terms_file, password_file)
    rules = load(policy)
    only = common.page_numbers(pages)
    values = common.all_terms(terms, terms_file)
    password = common.password_from(password_file)

    def job(tick: pipeline.Tick) -> Planned:
        planned = pipeline.plan(source, rules, values, password, only, tick)
        publish({output: plans.to_json(planned.plan).encode()})
        return planned

    common.carry_out(source, job, lambda planned: _show(planned, source, output, as_json))


def _show(planned: Planned, source: Path, output: Path, as_json: bool) -> None:
    counts = Counter(decision.action.value for decision in planned.plan.decisions)
    if as_json:
        common.print_json({"plan": str(output), "decisions": dict(sorted(counts.items()))})
        return
    listed = ", ".join(f"{count} to {action}" for action, count in sorted(counts.items()))
    common.say(f"{source} -> {output}: {listed or 'nothing found'}")
