"""Policies made to hurt are refused in well under a second, each with one clear line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from redactor.errors import BadPolicy
from redactor.policy.load import load

HEAD = "redactor_policy: 1\nname: x\n"


def many(rule: str, count: int = 500) -> str:
    return HEAD + "rules:\n" + "".join(f"- {{id: r{n}, {rule}}}\n" for n in range(count))


HOSTILE = {
    "five megabytes": (HEAD + "never:\n" + "- aaaaaaaaa\n" * 450_000, "1: larger than 1048576"),
    "half a million values": (HEAD + f"never: [{'a,' * 500_000}]\n", "3: more than 50000 values"),
    "wrong values": (HEAD + f"never: [{'1,' * 24_000}]\n", "3: never[0]: must be text"),
    "unknown keys": (HEAD + "".join(f"k{n}: 1\n" for n in range(24_900)), "3: k0: unknown key"),
    "unknown labels": (many(f"find: [{'QZQ, ' * 95}]", 490), "4: rules[0].find[0]: unknown label"),
    "large patterns": (
        many(r"pattern: '(?:\pL\pN){60}', as: X"),
        "10: rules[6].pattern: the patterns up to here are too large together",
    ),
    "a bomb of aliases": (
        "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(50)),
        "1: a: anchors (&) are not allowed",
    ),
    "brackets": (HEAD + "never: " + "[" * 200_000, "3: never[0][0]: nested more than 10 deep"),
    "braces": (HEAD + "never: " + "{a: " * 200_000, "3: never.a.a: nested more than 10 deep"),
    "a repeated key": (HEAD + "name: x\n" * 60_000, "3: name: repeated key (first on line 2)"),
    "a long list of pages": (
        many(f"find: [URL], pages: '{'1,' * 300_000}'", 1),
        '4: rules[0].pages: must list pages, such as "1, 3-5, 7-"',
    ),
}


@pytest.mark.parametrize(("body", "expected"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_policy_is_refused_at_once(tmp_path: Path, body: str, expected: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(body)
    started = time.process_time()
    with pytest.raises(BadPolicy) as caught:
        load(path)
    assert time.process_time() - started < 2  # measured: at most 0.7; test machines are slow
    assert str(caught.value).startswith(f"{path}:{expected}")


def test_patterns_that_ruin_other_engines_are_harmless(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(many(r"pattern: '(?:a+)+b|(?:a|aa)+$', as: X", 1))
    assert load(path).rules


def test_a_policy_may_have_many_plain_patterns(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(many(r"pattern: '(?i)\b(?:case|file)\s*#?[A-Z0-9/-]{3,40}', as: X"))
    assert len(load(path).rules) == 500
