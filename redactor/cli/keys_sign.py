"""redactor keys sign"""

from __future__ import annotations

from pathlib import Path

import click

from redactor.cli import common, signing
from redactor.errors import AnswerIsNo, UsageError
from redactor.output.publish import check_target, publish
from redactor.sign.public import fingerprint
from redactor.sign.sshsig import ssh_sign
from redactor.verify.signed import next_signature_path, signed_report


@click.command("sign")
@click.argument("report", metavar="REPORT", type=common.FILE)
@signing.key_options
@common.as_json
def command(report: Path, choice_of_key: signing.KeyChoice, as_json: bool) -> None:
    """Add a signature to the signed report REPORT, as a reviewer does who stands behind it.

    It covers the report with the signature that it has, and goes into a file of its own,
    REPORT.2.sig and so on. `redactor verify` says who signed.
    """
    try:
        signed = signed_report(report, None)
    except AnswerIsNo as error:
        raise AnswerIsNo(f"{report}: {error.what}", "do not sign it") from error
    target = next_signature_path(report)
    check_target(target)
    key = choice_of_key.existing()
    name = fingerprint(key.public_key)
    if any(name == each.fingerprint for each in signed.signatures):
        raise UsageError(f"{name} has signed {report} already", "sign with another key")
    publish({target: ssh_sign(signed.envelope, key).encode("ascii")})
    if as_json:
        common.print_json({"report": str(report), "signature": str(target), "signer": name})
    else:
        common.say(f"{target}: signed by {name}")
