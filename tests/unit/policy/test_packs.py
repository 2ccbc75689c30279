"""The policies that come along: sound, sourced, and passing the tests that they hold."""

from __future__ import annotations

from functools import cache

import pytest

from redactor.findings import Action
from redactor.policy.load import available, load, source
from redactor.policy.model import KNOWN_LABELS, Policy, Rule
from redactor.trial import run_tests

PACKS = tuple(sorted(entry.name for entry in available()))
REGIMES = tuple(name for name in PACKS if name != "default")
NARROW = ("frcp-5.2", "pci-dss")
"""Regimes that name a few kinds of data; the others are laid over the default policy."""


def all_tests() -> list[object]:
    return [(name, number) for name in PACKS for number in range(1, len(load(name).tests) + 1)]


@cache
def outcomes(name: str) -> dict[int, list[str]]:
    return {o.number: list(map(str, o.failures)) for o in run_tests(load(name))}


@pytest.mark.parametrize(("name", "number"), all_tests())
def test_a_policy_passes_its_own_tests(name: str, number: int) -> None:
    assert outcomes(name)[number] == []


@pytest.mark.parametrize("name", REGIMES)
def test_a_regime_has_tests_with_near_misses(name: str) -> None:
    tests = load(name).tests
    assert len(tests) >= 8
    assert sum(bool(test.keep and not test.redact) for test in tests) >= 1
    assert sum(bool(test.redact) for test in tests) >= 5


@pytest.mark.parametrize("name", REGIMES)
def test_every_redaction_of_a_regime_has_code_and_source(name: str) -> None:
    for rule in own_rules(name):
        if rule.action is Action.REDACT:
            assert rule.code, rule.id
            assert rule.cite, rule.id


@pytest.mark.parametrize("name", REGIMES)
def test_every_rule_of_a_regime_decides_on_what_it_names(name: str) -> None:
    """Not one that is extended, or stands before it."""
    policy = load(name)
    for rule in own_rules(name):
        for label in rule.find or ():
            assert rule in deciding(policy, label), (rule.id, label)


@pytest.mark.parametrize("name", [name for name in REGIMES if name not in NARROW])
@pytest.mark.parametrize("label", KNOWN_LABELS)
def test_a_broad_regime_decides_on_every_label(name: str, label: str) -> None:
    assert label in ("TERM", "UNREAD_INK") or deciding(load(name), label)


def own_rules(name: str) -> tuple[Rule, ...]:
    own = {rule["id"] for rule in source(name).data["rules"]}
    return tuple(rule for rule in load(name).rules if rule.id in own)


def deciding(policy: Policy, label: str) -> list[Rule]:
    """The rules that may decide on a label: up to the first that fits without conditions."""
    found = []
    for rule in policy.rules:
        if label in (rule.find or ()):
            found.append(rule)
            if not rule.is_conditional:
                break
    return found


ALL_OF_HIPAA = set("ABCDEFGHIJKLMNOR")
"""Without (P) and (Q), biometric prints and faces, which no detector finds."""


def test_hipaa_has_all_letters() -> None:
    codes = "".join(rule.code for rule in own_rules("hipaa-safe-harbor"))
    assert set(codes) - set("()") == ALL_OF_HIPAA


def test_hipaa_keeps_no_digits_of_sparsely_populated_zip_codes() -> None:
    """Those of the HHS guidance (Census 2000) and of the Census of 2010."""
    (rule,) = (r for r in load("hipaa-safe-harbor").rules if r.id == "zip-codes")
    of_2000 = {36, 59, 63, 102, 203, 556, 692, 790, 821, 823, 830, 831, 878, 879, 884, 890, 893}
    of_2010 = {36, 59, 102, 203, 205, 369, 556, 692, 821, 823, 878, 879, 884, 893}
    assert rule.keep is not None
    assert of_2000 | of_2010 <= {int(zip3) for zip3 in rule.keep.exceptions}
