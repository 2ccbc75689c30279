"""redactor redact"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline, sign
from redactor.cli import common, summary
from redactor.output.publish import outputs_of
from redactor.policy.load import load


@click.command("redact")
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("-o", "--output", required=True, type=common.FILE, help="OUT.pdf")
@common.policy_option
@common.term_options
@common.pages_option
@common.password_option
@common.key_option
@common.rebuild_option
@common.as_json
def command(
    source: Path,
    output: Path,
    policy: str,
    terms: tuple[str, ...],
    terms_file: Path | None,
    pages: str | None,
    password_file: Path | None,
    key_file: Path | None,
    rebuild: str,
    as_json: bool,
) -> None:
    """Redact the PDF IN.

    Writes OUT.pdf, OUT.pdf.report.json (the signed report) and OUT.pdf.report.json.sig, or
    nothing at all.
    """
    own_key = key_file or sign.default_key_path()
    inputs = (source, policy, terms_file, password_file, own_key)
    common.check_outputs(outputs_of(output), *inputs)
    rules = load(policy)
    only = common.page_numbers(pages)
    values = common.all_terms(terms, terms_file)
    password = common.password_from(password_file)
    key = common.signing_key(key_file)
    common.carry_out(
        source,
        lambda tick: pipeline.redact(
            source, output, rules, key, values, password, only, rebuild, tick
        ),
        lambda done: show(done, source, key, as_json),
    )


def show(done: pipeline.Redacted, source: Path, key: sign.PrivateKey, as_json: bool) -> None:
    """Prints what a finished job did."""
    signer = sign.fingerprint(key.public_key())
    if as_json:
        common.print_json(
            summary.as_dict(done.report, str(done.output), str(done.report_path), signer)
        )
        return
    for line in summary.lines(
        done.report, str(source), str(done.output), str(done.report_path), signer
    ):
        common.say(line)
