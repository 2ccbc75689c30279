"""redactor plan"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from redactor import pipeline
from redactor import plan as plans
from redactor.cli import common
from redactor.output.publish import publish
from redactor.stages import Planned, Tick


@click.command("plan")
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("-o", "--output", required=True, type=common.FILE, help="PLAN.json")
@common.job_options
@common.as_json
def command(source: Path, output: Path, choice: common.JobChoice, as_json: bool) -> None:
    """Decide what to redact in the PDF IN and write the decisions, without any document text."""
    common.check_outputs((output,), source, *choice.files)
    job = choice.job()

    def make(tick: Tick) -> Planned:
        planned = pipeline.plan(
            source, job.policy, job.terms, job.password, job.only, tick, job.reading
        )
        publish({output: plans.to_json(planned.plan).encode()})
        return planned

    common.carry_out(source, make, lambda planned: _show(planned, source, output, as_json))


def _show(planned: Planned, source: Path, output: Path, as_json: bool) -> None:
    counts = Counter(decision.action.value for decision in planned.plan.decisions)
    if as_json:
        common.print_json({"plan": str(output), "decisions": dict(sorted(counts.items()))})
        return
    listed = ", ".join(f"{count} to {action}" for action, count in sorted(counts.items()))
    common.say(f"{source} -> {output}: {listed or 'nothing found'}")
