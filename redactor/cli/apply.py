"""redactor apply"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline, sign
from redactor import plan as plans
from redactor.cli import common, redact
from redactor.errors import PersonMustDecide
from redactor.output.publish import outputs_of


@click.command("apply")
@click.argument("plan_file", metavar="PLAN", type=common.FILE)
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("-o", "--output", required=True, type=common.FILE, help="OUT.pdf")
@common.password_option
@common.key_option
@common.rebuild_option
@common.as_json
def command(
    plan_file: Path,
    source: Path,
    output: Path,
    password_file: Path | None,
    key_file: Path | None,
    rebuild: str,
    as_json: bool,
) -> None:
    """Carry out the decisions in PLAN on the PDF IN that it was made for."""
    decided = plans.from_json(common.read_text(plan_file), str(plan_file))
    if decided.to_review:
        raise PersonMustDecide(
            f"{plan_file} leaves {len(decided.to_review)} findings to a person",
            'set their "action" to "redact" or "keep"',
        )
    own_key = key_file or sign.default_key_path()
    common.check_outputs(outputs_of(output), source, plan_file, password_file, own_key)
    password = common.password_from(password_file)
    key = common.signing_key(key_file)

    def job(tick: pipeline.Tick) -> pipeline.Redacted:
        planned = pipeline.resume(source, decided, password, tick)
        return pipeline.finish(planned, output, key, rebuild, tick)

    common.carry_out(source, job, lambda done: redact.show(done, source, key, as_json))
