"""--known: the people of a roster go, whatever else the policy does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from redactor.cli.common import with_known
from redactor.cli.detect import command
from redactor.errors import FileAccessError, UsageError
from redactor.policy.load import digest, load

_KEEP_ALL = (
    "redactor_policy: 1\nname: keep\nrules:\n  - {id: names, find: [PERSON], action: keep}\n"
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("name,dob,mrn\nEleanor Whitcombe,1943-05-02,44-8812\n", encoding="utf-8")
    return path


def test_a_roster_outdoes_the_policys_own_rules(roster: Path, tmp_path: Path) -> None:
    policy = tmp_path / "keep.yaml"
    policy.write_text(_KEEP_ALL, encoding="utf-8")
    text = "Whitcombe, E. came on 5/2/1943, chart 448812. Then Robert Dole came."
    done = CliRunner().invoke(command, ["-", "-p", str(policy), "--known", str(roster)], input=text)
    found = [json.loads(line) for line in done.output.splitlines()]
    gone = {text[f["start"] : f["end"]] for f in found if f["action"] == "redact"}
    assert gone == {"Whitcombe, E", "5/2/1943", "448812"}
    assert {f["rule"] for f in found if f["action"] == "redact"} == {"known"}


def test_the_roster_is_part_of_the_policys_digest(roster: Path) -> None:
    policy = load("default")
    first = digest(with_known(policy, roster))
    roster.write_text("name\nJane Roe\n", encoding="utf-8")
    assert len({digest(policy), first, digest(with_known(policy, roster))}) == 3
    assert with_known(policy, None) is policy


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="there is no such file"):
        with_known(load("default"), tmp_path / "none.csv")


def test_a_policy_with_a_rule_of_that_name(roster: Path, tmp_path: Path) -> None:
    policy = tmp_path / "own.yaml"
    policy.write_text(_KEEP_ALL.replace("id: names", "id: known"), encoding="utf-8")
    with pytest.raises(UsageError, match="of its own"):
        with_known(load(str(policy)), roster)
