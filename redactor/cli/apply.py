"""redactor apply"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from redactor import pipeline
from redactor import plan as plans
from redactor.applying import Closing
from redactor.cli import common, pdf_signing, redact, signing
from redactor.errors import PersonMustDecide, UsageError
from redactor.modes import ReadingSettings
from redactor.output.publish import outputs_of
from redactor.plan import Plan
from redactor.policy.load import digest, load
from redactor.sign.agent import refuse_hardware
from redactor.stages import Tick


@click.command("apply")
@click.argument("plan_file", metavar="PLAN", type=common.FILE)
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("-o", "--output", required=True, type=common.FILE, help="OUT.pdf")
@common.password_option
@common.vlm_url_option
@common.vlm_key_option
@common.model_option
@click.option("-p", "--policy", help="The plan's policy, where it allows the endpoint's host.")
@signing.key_options
@pdf_signing.pdf_key_options
@common.rebuild_option
@common.encrypt_option
@common.log_option
@common.as_json
def command(
    plan_file: Path,
    source: Path,
    output: Path,
    password_file: Path | None,
    vlm_url: str | None,
    vlm_key_file: Path | None,
    model: Path | None,
    policy: str | None,
    choice_of_key: signing.KeyChoice,
    choice_of_pdf_key: pdf_signing.PdfKeyChoice,
    rebuild: str,
    encrypt_file: Path | None,
    log: Path | None,
    as_json: bool,
) -> None:
    """Carry out the decisions in PLAN on the PDF IN that it was made for."""
    decided = plans.from_json(common.read_text(plan_file), str(plan_file))
    if decided.to_review:
        raise PersonMustDecide(
            f"{plan_file} leaves {len(decided.to_review)} findings to a person",
            'set their "action" to "redact" or "keep"',
        )
    inputs = (
        source,
        plan_file,
        password_file,
        encrypt_file,
        vlm_key_file,
        policy,
        choice_of_key.file,
        *choice_of_pdf_key.files,
        *common.log_files(log),
    )
    common.check_outputs(outputs_of(output), *inputs)
    reading = replace(_reading(decided, vlm_url, vlm_key_file, policy), model=model)
    password = common.password_from(password_file)
    key = choice_of_key.signer()
    refuse_hardware(key.public_key)
    new_password = common.new_password_from(encrypt_file)
    closing = Closing(new_password, choice_of_pdf_key.signer())

    def job(tick: Tick) -> pipeline.Redacted:
        planned = pipeline.resume(source, decided, password, tick, reading)
        return pipeline.finish(planned, output, key, rebuild, tick, log, closing)

    common.carry_out(source, job, lambda done: redact.show(done, source, key, as_json))


def _reading(
    decided: Plan, url: str | None, key_file: Path | None, policy: str | None
) -> ReadingSettings:
    """The plan's settings with the way to the endpoint that the user names.

    A plan may come from someone else: it alone has no document text sent anywhere.
    """
    planned = decided.reading
    if planned.vlm is None:
        if url or key_file:
            raise UsageError(f"{decided.file} was not made with --mode vlm", "leave --vlm-url out")
        return planned
    if url != planned.vlm.url:
        raise UsageError(
            f"{decided.file} was made with --mode vlm at {planned.vlm.url}",
            "say with --vlm-url that it may be asked again, or make a new plan",
        )
    hosts: tuple[str, ...] = ()
    if policy:
        rules = load(policy)
        if digest(rules) != decided.policy_sha256:
            raise UsageError(f"{decided.file} was made under another policy", "name that one")
        hosts = rules.settings.vlm_hosts
    named = common.endpoint(url, planned.vlm.model, key_file)
    return replace(planned, vlm=named, vlm_hosts=hosts)
