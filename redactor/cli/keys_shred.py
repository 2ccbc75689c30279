"""redactor keys shred"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import click

from redactor.cli import common
from redactor.errors import UsageError
from redactor.pdf.intake import Limits, read_bytes
from redactor.provenance import created_now
from redactor.sign.job_keys import job_key_path, shred_hmac_key
from redactor.verify.signed import signed_report


@click.command("shred")
@click.argument("target", metavar="REPORT|FILE", type=common.FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@common.as_json
def command(target: Path, yes: bool, as_json: bool) -> None:
    """Destroy a job's key: the one in FILE, or the one kept for the signed report REPORT.

    Nothing then ties the report to the values that were removed: not for you either, for good.
    """
    path = _key_of(target)
    if not yes and sys.stdin.isatty() and not click.confirm(f"Destroy {path}?", err=True):
        raise UsageError("nothing was destroyed", "answer y, or say --yes")
    when = created_now()
    shred_hmac_key(path, when)
    if as_json:
        common.print_json({"shredded": str(path), "when": when})
    else:
        common.say(f"{path}: destroyed. No value can be tied to its report any more")


def _key_of(target: Path) -> Path:
    """The file itself, or the key of the report that it is."""
    data = read_bytes(target, Limits())
    if not data.lstrip().startswith(b"{"):
        return target
    signed_report(target, None)
    return job_key_path(hashlib.sha256(data).hexdigest())
