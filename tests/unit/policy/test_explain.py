"""What a policy does, in words: every part of a rule is said, and nothing that never happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from redactor.policy.explain import explained, lines, spoken
from redactor.policy.labels import KNOWN_LABELS
from redactor.policy.load import available, load
from redactor.policy.model import Policy, Roster


def policy(*rules: dict[str, Any], **more: Any) -> Policy:
    named = [{"id": f"r{number}", **rule} for number, rule in enumerate(rules)]
    return Policy.model_validate({"redactor_policy": 1, "name": "x", "rules": named, **more})


RULES: list[tuple[dict[str, Any], str]] = [
    ({"find": ["PERSON"]}, "names of people"),
    ({"find": ["PERSON", "US_SSN"]}, "names of people and social security numbers"),
    ({"find": ["URL", "AGE", "CRYPTO"]}, "web addresses, ages and cryptocurrency wallets"),
    ({"find": ["AGE"], "over": 89}, "ages over 89"),
    ({"find": ["AU_TFN", "URL"]}, "TFNs of Australia and web addresses"),
    (
        {"find": ["AU_TFN", "AU_ABN", "BE_NN", "CA_SIN", "CH_AHV", "CZ_RC", "URL"]},
        "web addresses and national numbers (Australia, Belgium, Canada, Switzerland, Czechia)",
    ),
    ({"fields": ["Name", "Pt"], "as": "PERSON"}, 'names of people filled in at "Name", "Pt"'),
    ({"pattern": "x", "as": "CASE_NUMBER"}, "case numbers that match a pattern"),
    (
        {"pattern": "x", "as": "CASE_NUMBER", "context": list("abcd")},
        'case numbers that match a pattern near "a", "b", "c" and 1 more',
    ),
    ({"area": "all", "as": "COVER", "pages": "1, 3-"}, "everything, on pages 1, 3-"),
    (
        {"area": "all", "as": "COVER", "region": [0, 0, 612, 72.5]},
        "everything, between (0, 0) and (612, 72.5) pt from the top left",
    ),
    (
        {"find": ["PERSON"], "origin": ["print", "handwriting"], "unless": ["a"]},
        "names of people, only where printed or handwritten, but not 1 text that the rule lists",
    ),
    ({"find": ["PERSON"], "keep": {"initials": True}}, "names of people, the initials stay"),
    ({"find": ["DATE_TIME"], "keep": {"year": True}}, "dates, the year stays"),
    ({"find": ["CREDIT_CARD"], "keep": {"last": 4}}, "credit cards, the last 4 stay"),
    ({"find": ["CREDIT_CARD"], "keep": {"first": 1}}, "credit cards, the first one stays"),
    (
        {"find": ["US_ZIP_CODE"], "keep": {"first": 3, "except": ["036", "059"]}},
        "ZIP codes, the first 3 stay unless they are one of 2 that the rule lists",
    ),
]


@pytest.mark.parametrize(("rule", "expected"), RULES, ids=[said for _, said in RULES])
def test_a_rule_in_words(rule: dict[str, Any], expected: str) -> None:
    assert [said["what"] for said in explained(policy(rule))["rules"]] == [expected]


def test_a_rule_that_can_never_decide_is_not_said() -> None:
    said = explained(
        policy(
            {"find": ["PERSON"], "unless": ["Jane"]},
            {"find": ["PERSON", "URL"], "action": "keep"},
            {"find": ["PERSON"]},
            {"find": ["URL", "AGE"], "action": "review"},
            {"pattern": "x", "as": "PERSON"},
        )
    )
    assert [(rule["action"], rule["what"]) for rule in said["rules"]] == [
        ("redact", "names of people, but not 1 text that the rule lists"),
        ("keep", "names of people and web addresses"),
        ("review", "ages"),
        ("redact", "names of people that match a pattern"),
    ]


def test_what_no_rule_names() -> None:
    said = explained(policy({"find": list(KNOWN_LABELS[:50])}, {"pattern": "x", "as": "AGE"}))
    assert "ages" in said["unnamed"]  # the pattern finds its own, not those of others
    assert "names of people" not in said["unnamed"]


def test_what_comes_before_the_rules() -> None:
    roster = Roster(path=Path("me.csv"), sha256="0" * 64)
    said = explained(policy(never=["a"], always=["b", "c"], subject=roster))["first"]
    assert [line.split()[0] for line in said] == ["keep", "redact", "keep"]
    assert "2 texts that the policy always redacts" in said[1]
    assert len(explained(policy())["first"]) == 1


@pytest.mark.parametrize("action", ["redact", "keep", "review"])
def test_what_happens_in_doubt(action: str) -> None:
    done = {"redact": "is redacted", "keep": "is kept", "review": "is left to a person"}[action]
    said = explained(policy(settings={"uncertain": action, "unread_ink": action}))["in_doubt"]
    assert said[0].endswith(done)
    assert said[2].endswith(done)


@pytest.mark.parametrize("label", [*KNOWN_LABELS, "LETTERHEAD"])
def test_every_label_can_be_said(label: str) -> None:
    assert not re.search(r"[A-Z]{6,}|_", spoken(label).replace("NUMBER", ""))
    assert spoken(label) != label


@pytest.mark.parametrize("source", available(), ids=lambda source: source.name)
def test_a_policy_fits_a_screen(source: Any) -> None:
    said = list(lines(load(source.name)))
    assert len(said) <= 60
    assert max(map(len, said)) <= 100


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {},
            [
                "bookmarks, links, page labels and all else that is no page's content is removed",
                "the language is the document's own where it is a plain tag",
            ],
        ),
        (
            {"keep": ["bookmarks", "title"], "title": "Release", "language": "de-CH"},
            [
                "kept: bookmarks, the title, each only if the rules would redact nothing of its "
                "text",
                "all else that is no page's content is removed",
                "the title is one that the policy sets where the document's own fails",
                "the language is de-CH",
            ],
        ),
        (
            {"title": "Release"},
            [
                "bookmarks, links, page labels and all else that is no page's content is removed",
                "the title is one that the policy sets",
                "the language is the document's own where it is a plain tag",
            ],
        ),
    ],
)
def test_what_stays_beside_the_pages(document: dict[str, Any], expected: list[str]) -> None:
    assert explained(policy(document=document))["document"] == expected
    assert "Release" not in " ".join(lines(policy(document=document)))
