"""redactor log verify, prove, check, head"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import click

from redactor.cli import common, signing
from redactor.errors import AnswerIsNo
from redactor.journal import check, store
from redactor.output.publish import check_target, publish
from redactor.pdf.intake import Limits, read_bytes
from redactor.provenance import created_now
from redactor.sign.allowed_signers import AllowedSigner, read_allowed_signers

_signers_option = click.option(
    "--allowed-signers",
    type=common.FILE,
    help="Keys you trust, in the format of ssh-keygen; default: your own key.",
)


@click.group("log")
def command() -> None:
    """Check the audit log that `--log` writes, and prove what is in it."""


@command.command("verify")
@click.argument("log", metavar="LOG", type=common.FILE)
@_signers_option
@click.option(
    "--head",
    "kept",
    type=common.FILE,
    multiple=True,
    help="A head that was kept elsewhere (`log head`): the log must still begin as it says.",
)
@common.as_json
def verify(log: Path, allowed_signers: Path | None, kept: tuple[Path, ...], as_json: bool) -> None:
    """Was no entry of LOG changed, dropped or put in between? Exits 1 when one was."""
    envelopes = [read_bytes(path, Limits()).strip() for path in kept]
    found = check.check(log, _trusted(allowed_signers), envelopes)
    if as_json:
        common.print_json(asdict(found))
    else:
        common.say(
            f"ok   {found.size} entries, each in its place; {found.heads} signed heads, "
            f"the largest over {found.signed}"
        )
    if found.signed < found.size:
        raise AnswerIsNo(
            f"{log}: the last {found.size - found.signed} entries are under no signed head",
            "sign them with: redactor log head",
        )


@command.command("prove")
@click.argument("log", metavar="LOG", type=common.FILE)
@click.argument("file", metavar="FILE", type=common.FILE)
@click.option("-o", "--output", type=common.FILE, help="Proof file; default: stdout.")
@_signers_option
def prove(log: Path, file: Path, output: Path | None, allowed_signers: Path | None) -> None:
    """Prove that FILE (an input, output or report) is in LOG, without showing the rest of it."""
    digest = hashlib.sha256(read_bytes(file, Limits())).hexdigest()
    proof = check.proof_bytes(check.prove(log, digest, _trusted(allowed_signers)))
    if output is None:
        click.echo(proof)
        return
    check_target(output, log, file)
    publish({output: proof + b"\n"})


@command.command("check")
@click.argument("proof", metavar="PROOF", type=common.FILE)
@click.argument("file", metavar="FILE", type=common.FILE)
@_signers_option
@common.as_json
def check_(proof: Path, file: Path, allowed_signers: Path | None, as_json: bool) -> None:
    """Does PROOF show that FILE is in a log signed by someone I trust? Needs no log."""
    found = check.read_proof(read_bytes(proof, Limits()))
    entry, head = check.check_proof(found, _trusted(allowed_signers))
    digest = hashlib.sha256(read_bytes(file, Limits())).hexdigest()
    job = entry.job
    if digest not in (job.input_sha256, job.output_sha256, job.report_sha256):
        raise AnswerIsNo(f"{proof} is of another file than {file}", "prove this one")
    if as_json:
        common.print_json({"entry": asdict(entry), "head": asdict(head)})
    else:
        common.say(f"ok   entry {entry.number} of {head.size}, of {job.time}, signed {head.time}")


@command.command("head")
@click.argument("log", metavar="LOG", type=common.FILE)
@signing.key_options
def head(log: Path, choice_of_key: signing.KeyChoice) -> None:
    """Sign the state of LOG and print it: kept elsewhere, it shows any later rewriting."""
    store.append(log, (), choice_of_key.signer(), created_now())
    click.echo(check.newest_head(log))


def _trusted(allowed_signers: Path | None) -> tuple[AllowedSigner, ...]:
    if allowed_signers:
        return read_allowed_signers(allowed_signers)
    own = signing.KeyChoice(None, None).public_key()
    return (AllowedSigner(("you",), own),)
