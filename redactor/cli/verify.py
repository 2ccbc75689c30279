"""redactor verify"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from redactor.cli import common
from redactor.errors import AnswerIsNo
from redactor.output.publish import outputs_of
from redactor.verify.published import verify_published


@click.command("verify")
@click.argument("output", metavar="OUT", type=common.FILE)
@click.option(
    "--report",
    "report_file",
    type=common.FILE,
    help="The signed report; default: OUT.report.json. Its signature is REPORT.sig.",
)
@click.option(
    "--allowed-signers",
    type=common.FILE,
    help="Keys you trust, in the format of ssh-keygen.",
)
@click.option(
    "--source",
    type=common.FILE,
    help="The PDF as it was: checks also that all else is still there.",
)
@common.password_option
@common.as_json
def command(
    output: Path,
    report_file: Path | None,
    allowed_signers: Path | None,
    source: Path | None,
    password_file: Path | None,
    as_json: bool,
) -> None:
    """Is OUT clean, whole, and signed by someone I trust? Exits 1 when it is not."""
    password = common.password_from(password_file)
    try:
        with common.naming(output):
            verdict = verify_published(output, report_file, allowed_signers, source, password)
    except AnswerIsNo as error:  # of the report or its signature, which it does not name
        report = report_file or outputs_of(output)[1]
        raise AnswerIsNo(f"{report}: {error.what}", error.hint or "do not rely on it") from error
    if as_json:
        common.print_json(
            {
                "passed": verdict.passed,
                "signer": verdict.signer,
                "trusted": verdict.is_trusted,
                "checks": [asdict(check) for check in verdict.checks],
            }
        )
    else:
        for check in verdict.checks:
            mark = "ok  " if check.passed else "FAIL"
            common.say(f"{mark} {check.name} ({check.engine}): {check.detail}")
    if not verdict.passed:
        raise AnswerIsNo(f"{output} is not what its report says", "do not rely on it")
