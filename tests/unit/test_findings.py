"""Findings and decisions may be logged: no repr holds what was found."""

from __future__ import annotations

from dataclasses import fields

import pytest

from redactor.findings import Action, Decision, Finding, Redaction
from redactor.geometry import Box

SECRET = "Zebulon"
FINDING = Finding("p1-f1", 1, "PERSON", SECRET, (Box(0, 0, 1, 1),), 0.9, "terms")
DECISION = Decision(FINDING, Action.REDACT, "names", "(A)", "score 0.90")


@pytest.mark.parametrize("thing", [FINDING, DECISION, (DECISION,)], ids=type)
def test_repr_never_holds_text(thing: object) -> None:
    for shown in (repr(thing), str(thing), f"{thing}"):
        assert SECRET not in shown
        assert "p1-f1" in shown


def test_a_redaction_has_no_place_for_text() -> None:
    names = ("page", "box", "overlay", "finding_id", "also", "brief")
    assert tuple(field.name for field in fields(Redaction)) == names


def test_a_redaction_names_all_its_findings_the_strongest_first() -> None:
    box = Box(0, 0, 1, 1)
    assert Redaction(1, box, "", "p1-f3").finding_ids == ("p1-f3",)
    assert Redaction(1, box, "", "p1-f3", ("p1-f1",)).finding_ids == ("p1-f3", "p1-f1")


def test_actions_are_what_policies_and_plans_write() -> None:
    assert [action.value for action in Action] == ["redact", "keep", "review"]
