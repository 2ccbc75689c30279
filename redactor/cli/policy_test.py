"""redactor policy test"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from redactor.cli import common
from redactor.errors import AnswerIsNo
from redactor.output.junit import Case, junit
from redactor.output.publish import check_target, publish
from redactor.policy.document import Document, where
from redactor.policy.load import load, source
from redactor.trial import Outcome, run_tests


@dataclass(frozen=True, slots=True)
class _Tested:
    """A policy whose tests were run."""

    name: str
    document: Document
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> int:
        return sum(bool(outcome.failures) for outcome in self.outcomes)

    def lines(self, outcome: Outcome) -> list[tuple[int, str]]:
        """Each failure of a test with its line in the file."""
        before = ("tests", outcome.number - 1)
        return [(self.document.line((*before, *f.at)), str(f)) for f in outcome.failures]

    def place(self, outcome: Outcome, line: int) -> str:
        return f"{where(self.document.path, line)}: test {outcome.number}"


@click.command("test")
@click.argument("policies", metavar="POLICY...", nargs=-1, required=True)
@click.option("--junit", "junit_file", type=common.FILE, help="Write a JUnit report there, too.")
@common.as_json
def command(policies: tuple[str, ...], junit_file: Path | None, as_json: bool) -> None:
    """Run the tests that policies hold; exits 1 when one fails.

    A word of "redact" must be redacted wherever it stands, of a word of "keep" nothing may be.
    """
    if junit_file:
        common.check_outputs([junit_file], *policies)
    tested = []
    for name in policies:
        tested.append(_tested(name))
        if not as_json:
            _show(tested[-1], name)
    if as_json:
        common.print_json([_as_dict(entry) for entry in tested])
    if junit_file:
        check_target(junit_file)
        publish({junit_file: junit(_cases(tested))})
    total = sum(len(entry.outcomes) for entry in tested)
    if failed := sum(entry.failed for entry in tested):
        raise AnswerIsNo(f"{failed} of {total} tests failed", "change the policy, or the tests")


def _tested(name: str) -> _Tested:
    policy = load(name)
    return _Tested(policy.name, source(name), tuple(run_tests(policy)))


def _show(tested: _Tested, name: str) -> None:
    for outcome in tested.outcomes:
        for line, what in tested.lines(outcome):
            click.echo(f"{tested.place(outcome, line)}: {what}")
    count = len(tested.outcomes)
    how = f"{count} tests, {tested.failed or 'none'} failed" if count else "has no tests"
    click.echo(f"{name}: {how}")


def _as_dict(tested: _Tested) -> dict[str, Any]:
    return {
        "name": tested.name,
        "tests": len(tested.outcomes),
        "failed": tested.failed,
        "failures": [
            {"test": outcome.number, "line": line, "what": what}
            for outcome in tested.outcomes
            for line, what in tested.lines(outcome)
        ],
    }


def _cases(tested: list[_Tested]) -> list[Case]:
    return [
        Case(
            suite=entry.name,
            name=f"test {outcome.number}",
            failures=tuple(
                f"{entry.place(outcome, line)}: {what}" for line, what in entry.lines(outcome)
            ),
        )
        for entry in tested
        for outcome in entry.outcomes
    ]
