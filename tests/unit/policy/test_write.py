"""A resolved policy, written as YAML, loads again to the same policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.policy.load import available, digest, load
from redactor.policy.model import Policy
from redactor.policy.write import to_yaml
from tests.unit.policy.test_schema import GOOD

HEAD = "redactor_policy: 1\nname: x\n"


def again(policy: Policy, folder: Path) -> Policy:
    path = folder / "again.yaml"
    path.write_text(to_yaml(policy, folder))
    return load(path)


@pytest.mark.parametrize("source", available(), ids=lambda source: source.name)
def test_the_policies_that_come_along(tmp_path: Path, source: object) -> None:
    policy = load(getattr(source, "name", ""))
    assert again(policy, tmp_path) == policy
    assert digest(again(policy, tmp_path)) == digest(policy)


def test_every_key_and_paths_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters" / "people.csv").write_text("name\n")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "me.csv").write_text("name\n")
    (tmp_path / "lib" / "x.yaml").write_text(HEAD + GOOD)
    policy = load(tmp_path / "lib" / "x.yaml")
    (tmp_path / "other").mkdir()
    copied = again(policy, tmp_path / "other")
    assert copied == policy
    assert copied.subject is not None
    assert copied.subject.path.resolve() == tmp_path / "lib" / "me.csv"
    assert 'subject: "../lib/me.csv"' in to_yaml(policy, tmp_path / "other")
    assert str(tmp_path) not in to_yaml(policy, tmp_path)


_TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=3)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TEXTS, st.text(st.characters(exclude_categories=["Cs"])))
def test_any_texts(tmp_path: Path, texts: list[str], description: str) -> None:
    never = tuple(text for text in texts if text.strip())
    policy = Policy(redactor_policy=1, name="true", never=never, description=description)
    assert again(policy, tmp_path) == policy
    assert digest(again(policy, tmp_path)) == digest(policy)


@pytest.mark.parametrize("text", ["no", "Yes", "12", "1e5", "~", "null", "- a", "a: b", "#x", "y"])
def test_texts_that_look_like_something_else(tmp_path: Path, text: str) -> None:
    policy = Policy(redactor_policy=1, name="x", never=(text,))
    assert again(policy, tmp_path).never == (text,)
