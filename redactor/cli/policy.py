"""redactor policy list, check, show, schema, test, explain"""

from __future__ import annotations

import click

from redactor.cli import common, policy_explain, policy_test
from redactor.policy.load import available, digest, load, source
from redactor.policy.schema import schema
from redactor.policy.write import to_yaml


@click.group("policy")
def command() -> None:
    """List, check, show, test and explain policies."""


command.add_command(policy_test.command)
command.add_command(policy_explain.command)


@command.command("list")
@common.as_json
def list_policies(as_json: bool) -> None:
    """List the policies that come with redactor."""
    sources = available()
    if as_json:
        common.print_json([{"name": s.name, "description": s.description} for s in sources])
        return
    for entry in sources:
        click.echo(f"{entry.name:<24} {entry.description}")


@command.command("check")
@click.argument("policies", metavar="POLICY...", nargs=-1, required=True)
@common.as_json
def check_policies(policies: tuple[str, ...], as_json: bool) -> None:
    """Check policies, given by name or file; says what is wrong, by file and line.

    The files that a policy names (those it extends, and rosters) are looked at, too.
    """
    checked = []
    for name in policies:
        policy = load(name)
        checked.append({"name": policy.name, "sha256": digest(policy), "rules": len(policy.rules)})
        if not as_json:
            click.echo(f"{name}: good, {len(policy.rules)} rules, sha256 {digest(policy)}")
    if as_json:
        common.print_json(checked)


@command.command("show")
@click.argument("name", metavar="POLICY")
@click.option("--resolved", is_flag=True, help="With all that it extends merged in.")
@common.as_json
def show_policy(name: str, resolved: bool, as_json: bool) -> None:
    """Print a policy's file, to copy and change it.

    Paths in it are relative to where the file lies, with --resolved too.
    """
    document, policy = source(name), load(name)
    text = to_yaml(policy, document.path.absolute().parent) if resolved else document.text
    if as_json:
        common.print_json({"name": policy.name, "sha256": digest(policy), "yaml": text})
    else:
        click.echo(text, nl=False)


@command.command("schema")
@common.as_json
def show_schema(as_json: bool) -> None:
    """Print the format as JSON Schema, for editors that check while one types.

    Save it, and begin a policy with: # yaml-language-server: $schema=FILE
    """
    common.print_json(schema())
