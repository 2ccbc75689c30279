"""redactor redact"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline
from redactor.applying import Closing
from redactor.cli import common, pdf_signing, signing, summary
from redactor.output.publish import outputs_of
from redactor.sign.agent import refuse_hardware
from redactor.sign.public import fingerprint
from redactor.sign.signer import SshSigner


@click.command("redact")
@click.argument("source", metavar="IN", type=common.FILE)
@click.option("-o", "--output", required=True, type=common.FILE, help="OUT.pdf")
@common.job_options
@signing.key_options
@pdf_signing.pdf_key_options
@common.rebuild_option
@common.encrypt_option
@common.log_option
@common.as_json
def command(
    source: Path,
    output: Path,
    choice: common.JobChoice,
    choice_of_key: signing.KeyChoice,
    choice_of_pdf_key: pdf_signing.PdfKeyChoice,
    rebuild: str,
    encrypt_file: Path | None,
    log: Path | None,
    as_json: bool,
) -> None:
    """Redact the PDF IN.

    Writes OUT.pdf, OUT.pdf.report.json (the signed report) and OUT.pdf.report.json.sig, or
    nothing at all.
    """
    keys = (choice_of_key.file, *choice_of_pdf_key.files)
    inputs = (source, encrypt_file, *keys, *choice.files, *common.log_files(log))
    common.check_outputs(outputs_of(output), *inputs)
    job = choice.job()
    key = choice_of_key.signer()
    refuse_hardware(key.public_key)
    new_password = common.new_password_from(encrypt_file)
    closing = Closing(new_password, choice_of_pdf_key.signer())
    common.carry_out(
        source,
        lambda tick: pipeline.redact(
            source,
            output,
            job.policy,
            key,
            job.terms,
            job.password,
            job.only,
            rebuild,
            tick,
            job.reading,
            log,
            closing,
        ),
        lambda done: show(done, source, key, as_json),
    )


def show(done: pipeline.Redacted, source: Path, key: SshSigner, as_json: bool) -> None:
    """Prints what a finished job did."""
    signer = fingerprint(key.public_key)
    if as_json:
        common.print_json(
            summary.as_dict(done.report, str(done.output), str(done.report_path), signer)
        )
    else:
        for line in summary.lines(
            done.report, str(source), str(done.output), str(done.report_path), signer
        ):
            common.say(line)
    if done.name_tells:
        common.say("warning: the name of the output holds words that were removed; rename it")
