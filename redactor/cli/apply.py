"""redactor apply"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline
from redactor import plan as plans
from redactor.cli import common, redact
from redactor.errors import PersonMustDecide
from redactor.output.publish import check_target


@click.command("apply")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="OUT.pdf")
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
    check_target(output, source, plan_file)
    password = common.password_from(password_file)
    key = common.signing_key(key_file)
    with common.progress() as tick:
        planned = pipeline.resume(source, decided, password, tick)
        done = pipeline.finish(planned, output, key, rebuild, tick)
    redact.show(done, source, key, as_json)
