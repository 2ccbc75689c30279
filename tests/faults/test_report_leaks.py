"""A plan that would put a removed text into the report ends the job."""

from __future__ import annotations

import json

import pytest

from redactor.errors import ExitCode
from tests.faults.command import LINE_WITH_HINT, SECRETS, Place


@pytest.mark.parametrize("key", ["reason", "decided_by", "rule", "code"])
def test_what_a_person_typed_into_a_plan_is_looked_at(place: Place, key: str) -> None:
    assert place.run("plan", "in.pdf", "-o", "plan.json").code == ExitCode.OK
    path = place.work / "plan.json"
    plan = json.loads(path.read_text())
    plan["decisions"][0][key] = "seen: John  Smith"
    path.write_text(json.dumps(plan))
    before = place.listing()
    done = place.run("apply", "plan.json", "in.pdf", "-o", "out.pdf")
    assert done.code == ExitCode.VERIFICATION_FAILED, done.err
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert f".{key}" in done.err
    assert not any(secret in done.err for secret in SECRETS)
    assert place.listing() == before
