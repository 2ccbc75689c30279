"""redactor verify"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from redactor.cli import common, signing
from redactor.errors import AnswerIsNo, UsageError
from redactor.output.publish import outputs_of
from redactor.policy.load import digest, load
from redactor.verify.published import Verdict, verify_published
from redactor.verify.values import Values


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
    "--rotation",
    "rotations",
    type=common.FILE,
    multiple=True,
    help="Statement by which a key you trust named the key after it. Repeatable.",
)
@click.option("--signed-by", multiple=True, help="Who must have signed. Repeatable.")
@click.option(
    "--source",
    type=common.FILE,
    help="The PDF as it was: checks also that all else is still there.",
)
@click.option(
    "--pdf-cert",
    type=common.FILE,
    help="Certificates (PEM), one of which the PDF itself must be signed with.",
)
@click.option("-p", "--policy", help="The policy it should have been redacted under.")
@click.option("--known", "known_file", type=common.FILE, help="The roster used with --policy.")
@click.option(
    "--job-key",
    type=common.FILE,
    help="Key of the job, to ask whether a value was removed; default: the one kept by itself.",
)
@click.option("--value-file", type=common.FILE, help="Values to ask about, one a line.")
@common.password_option
@click.option(
    "--source-password-file", type=common.FILE, help="The same for the source, if it has another."
)
@common.as_json
def command(
    output: Path,
    report_file: Path | None,
    allowed_signers: Path | None,
    rotations: tuple[Path, ...],
    signed_by: tuple[str, ...],
    source: Path | None,
    pdf_cert: Path | None,
    policy: str | None,
    known_file: Path | None,
    job_key: Path | None,
    value_file: Path | None,
    password_file: Path | None,
    source_password_file: Path | None,
    as_json: bool,
) -> None:
    """Is OUT clean, whole, and signed by someone I trust? Exits 1 when it is not."""
    if not allowed_signers and (rotations or signed_by):
        option = "--rotation" if rotations else "--signed-by"
        raise UsageError(f"{option} needs --allowed-signers", "name the keys that you trust")
    if known_file and not policy:
        raise UsageError("--known belongs to --policy", "add that, or leave it out")
    password = common.password_from(password_file)
    expected = digest(common.with_known(load(policy), known_file)) if policy else ""
    values = _values(job_key, value_file)
    try:
        with common.naming(output):
            verdict = verify_published(
                output,
                report_file,
                allowed_signers,
                source,
                password,
                rotations,
                signed_by,
                expected,
                values,
                common.password_from(source_password_file),
                pdf_cert,
            )
    except AnswerIsNo as error:  # of the report or its signature, which it does not name
        report = report_file or outputs_of(output)[1]
        raise AnswerIsNo(f"{report}: {error.what}", error.hint or "do not rely on it") from error
    if as_json:
        common.print_json(_as_dict(verdict))
    else:
        for check in verdict.checks:
            mark = "ok  " if check.passed else "FAIL"
            common.say(f"{mark} {check.name} ({check.engine}): {check.detail}")
        for note in verdict.notes:
            common.say(f"note {note}")
    if not verdict.passed:
        failed = dict.fromkeys(check.name for check in verdict.checks if not check.passed)
        raise AnswerIsNo(f"{output} did not pass: {', '.join(failed)}", "do not rely on it")


def _values(job_key: Path | None, value_file: Path | None) -> Values | None:
    """The values in the file; with a key alone, one that is asked for and not shown."""
    if value_file:
        texts = common.all_terms((), value_file)
    elif job_key and sys.stdin.isatty():
        texts = (signing.ask("Value to look for: ").decode("utf-8", "replace"),)
    elif job_key:
        raise UsageError("--job-key without a value to ask about", "give --value-file")
    else:
        return None
    if not any(text.strip() for text in texts):
        raise UsageError("there is no value to ask about", "write one a line")
    return Values(texts, job_key)


def _as_dict(verdict: Verdict) -> dict[str, object]:
    return {
        "passed": verdict.passed,
        "signer": verdict.signer,
        "trusted": verdict.is_trusted,
        "signatures": [
            {
                "key": signature.fingerprint,
                "principals": signature.names,
                "named_by": signature.through,
            }
            for signature in verdict.signatures
        ],
        "checks": [asdict(check) for check in verdict.checks],
        "notes": verdict.notes,
    }
