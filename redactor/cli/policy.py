"""redactor policy list, check"""

from __future__ import annotations

import click

from redactor.cli import common
from redactor.policy.load import available, digest, load


@click.group("policy")
def command() -> None:
    """List and check policies."""


@command.command("list")
@common.as_json
def list_policies(as_json: bool) -> None:
    """List the policies that come with redactor."""
    sources = available()
    if as_json:
        common.print_json([{"name": s.name, "description": s.description} for s in sources])
        return
    for source in sources:
        click.echo(f"{source.name:<24} {source.description}")


@command.command("check")
@click.argument("policies", metavar="POLICY...", nargs=-1, required=True)
@common.as_json
def check_policies(policies: tuple[str, ...], as_json: bool) -> None:
    """Check policies, given by name or file; says what is wrong, by file and line."""
    checked = []
    for name in policies:
        policy = load(name)
        checked.append({"name": policy.name, "sha256": digest(policy), "rules": len(policy.rules)})
        if not as_json:
            click.echo(f"{name}: good, {len(policy.rules)} rules, sha256 {digest(policy)}")
    if as_json:
        common.print_json(checked)
