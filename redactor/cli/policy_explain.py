"""redactor policy explain"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from redactor import trial
from redactor.cli import common
from redactor.errors import AnswerIsNo, UsageError
from redactor.plain_text import PlainText
from redactor.policy.explain import explained, lines
from redactor.policy.load import load
from redactor.policy.model import Policy
from redactor.policy.tests import UNFOUND, Passage, Place, Touch, places
from redactor.policy.values import quoted

_FATE = {"all": "redacted", "some": "redacted in part", "none": "not redacted"}


@click.command("explain")
@click.argument("positional", metavar="[POLICY]", required=False)
@click.option("-p", "--policy", "option", help="Policy: a name, or a YAML file.")
@click.option("--finding", metavar="TEXT", help="Say why this text is taken, or is not.")
@click.option("--in", "file", type=common.FILE, help="Where it stands: a PDF, a text file, or -.")
@common.as_json
def command(
    positional: str | None,
    option: str | None,
    finding: str | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Say in plain words what a policy does, or why it does so to a text.

    Without --in the text itself is looked at; around it detectors may see more.
    """
    if positional and option:
        raise UsageError("the policy is named twice", "leave -p out")
    if file and finding is None:
        raise UsageError("--in belongs to --finding", "add that, or leave it out")
    policy = load(positional or option or "default")
    if finding is not None:
        _explain_finding(finding, file, policy, as_json)
    elif as_json:
        common.print_json(explained(policy))
    else:
        for line in lines(policy):
            click.echo(line)


def _explain_finding(word: str, file: Path | None, policy: Policy, as_json: bool) -> None:
    found = places(word, _passages(word, file, policy))
    if not found:
        where = file or "the text"
        raise AnswerIsNo(f"{quoted(word)} does not stand in {where}", "capitals and marks count")
    if as_json:
        common.print_json({"finding": word, "places": [_as_dict(place) for place in found]})
        return
    for place in found:
        at = f"page {place.passage.page}, characters {place.start + 1}-{place.end}"
        click.echo(f"{quoted(word)}, {at}: {_FATE[place.gone]}")
        for line in _why(place.touches, policy):
            click.echo(f"  {line}")


def _passages(word: str, file: Path | None, policy: Policy) -> Sequence[Passage]:
    if file is None:
        return [trial.of_text(word, PlainText(policy))]
    if str(file) == "-":
        return [trial.of_text(common.standard_input(), PlainText(policy))]
    with common.naming(file):
        return trial.of_file(file, policy)


def _why(touches: Sequence[Touch], policy: Policy) -> Iterator[str]:
    for touch in touches:
        by = f" by {touch.rule}" if touch.rule else ""
        yield (
            f"{touch.label}, found by {touch.detector} with score {touch.score:.2f}, "
            f"{touch.action}{by}: {touch.reason}"
        )
    if not touches:
        yield UNFOUND
        own = [f"{rule.id} ({rule.kind})" for rule in policy.rules if rule.kind != "find"]
        could = f"rules that find texts of their own: {', '.join(own)}" if own else ""
        yield could or "no rule of the policy finds texts of its own (pattern, fields, known, area)"
        yield 'what must go wherever it stands can be listed under "always", or given by --term'


def _as_dict(place: Place) -> dict[str, Any]:
    return {
        "page": place.passage.page,
        "start": place.start,
        "end": place.end,
        "redacted": place.gone,
        "findings": [
            {
                "label": touch.label,
                "detector": touch.detector,
                "score": round(touch.score, 4),
                "action": touch.action.value,
                "rule": touch.rule,
                "reason": touch.reason,
            }
            for touch in place.touches
        ],
    }
