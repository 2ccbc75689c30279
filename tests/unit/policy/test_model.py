"""The policy model by itself: strict, frozen, and its small helpers."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import ValidationError

from redactor.findings import Action
from redactor.policy.labels import NAMING, OF_MANY
from redactor.policy.model import (
    KNOWN_LABELS,
    Policy,
    Rule,
    Settings,
    compile_pattern,
    nearest,
    normalized,
    own_labels,
)


def test_models_are_frozen_and_hashable() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.min_score = 0.0
    assert hash(settings) == hash(Settings())


def test_python_may_state_what_yaml_states() -> None:
    rule = Rule.model_validate({"id": "a", "pattern": r"\d+", "as": "CASE", "action": "keep"})
    assert rule.action is Action.KEEP
    assert own_labels([rule, Rule(id="b", find=("URL",))]) == {"CASE"}


@pytest.mark.parametrize("label", KNOWN_LABELS)
def test_every_known_label_may_be_found(label: str) -> None:
    rule = {"id": "a", "find": [label]}
    assert Policy.model_validate({"redactor_policy": 1, "name": "x", "rules": [rule]}).rules


def test_what_many_share_names_nobody() -> None:
    assert set(KNOWN_LABELS) > OF_MANY
    assert {"DATE_TIME", "LOCATION", "ORGANIZATION", "NRP", "TERM"} <= OF_MANY
    assert {"PERSON", "US_SSN", "DATE_OF_BIRTH", "MEMBER_ID"} <= NAMING


def test_labels_of_extended_policies_come_by_the_context() -> None:
    data = {"redactor_policy": 1, "name": "x", "rules": [{"id": "a", "find": ["CASE"]}]}
    assert Policy.model_validate(data, context={"labels": {"CASE"}}).rules[0].find == ("CASE",)
    with pytest.raises(ValidationError):
        Policy.model_validate(data)


@pytest.mark.parametrize(
    "name", ["builtin", *(f"en_core_web_{k}" for k in ("sm", "md", "lg", "trf"))]
)
def test_ner_models(name: str) -> None:
    assert Settings(ner=name).ner == name


@pytest.mark.parametrize(
    "name", ["", "builtin\n", "BUILTIN", "de_core_news_sm", "en_core_web_trf2"]
)
def test_other_ner_models_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Settings(ner=name)


def test_validation_errors_do_not_show_the_input() -> None:
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate({"redactor_policy": 1, "name": "x", "never": [{"Zebulon": 1}]})
    assert "Zebulon" not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department  of\nHealth ", "department of health"),
        ("ﬁle", "FILE"),
        ("Straße", "STRASSE"),
        ("\u00a0A\u2003B", "a b"),
        ("e\u0301", "É"),
    ],
)
def test_texts_that_are_the_same_to_never(one: str, other: str) -> None:
    assert normalized(one) == normalized(other)


def test_texts_that_differ_to_never() -> None:
    assert len({normalized(text) for text in ("a b", "ab", "a-b", "á b")}) == 4


def test_nearest() -> None:
    assert nearest("acton", ["action", "as"]) == "action"
    assert nearest("PATTERN", ["pattern"]) == "pattern"
    assert nearest("fields", ["find", "as"]) == ""
    assert nearest("x" * 100_000, ["find"]) == ""
    assert nearest("x", []) == ""


def test_patterns_are_re2() -> None:
    assert compile_pattern(r"\p{Lu}\d{2}").search("É12")
    with pytest.raises(ValueError, match="invalid perl operator"):
        compile_pattern("(?!a)")
    assert compile_pattern(r"\\C").search("\\C")


def test_a_bad_pattern_logs_nothing() -> None:
    """RE2 itself would write the pattern to stderr."""
    code = "import redactor.policy.model as m\ntry: m.compile_pattern('(a')\nexcept ValueError: 0"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout + done.stderr == b""
