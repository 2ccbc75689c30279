"""Every finding gets one decision, by the rule that the policy says comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.decide import decide, is_uncertain
from redactor.findings import Action, Decision, Finding
from redactor.geometry import Box
from redactor.policy.load import load
from redactor.policy.model import KNOWN_LABELS, Policy
from redactor.words import MarkLabel, Origin

RULES: list[dict[str, Any]] = [
    {"id": "places-first", "find": ["LOCATION"], "action": "keep", "code": "L"},
    {"id": "people", "find": ["PERSON", "LOCATION"], "code": "P"},
    {"id": "people-again", "find": ["PERSON"], "action": "keep", "code": "Q"},
    {"id": "docket", "pattern": "x", "as": "CASE", "action": "review", "code": "C"},
    {"id": "roster", "pattern": "y", "as": "PERSON", "code": "R"},
    {"id": "look", "find": ["URL"], "action": "review"},
]


def policy(
    rules: list[dict[str, Any]] = RULES, never: tuple[str, ...] = (), **settings: Any
) -> Policy:
    return Policy.model_validate(
        {"redactor_policy": 1, "name": "x", "rules": rules, "never": never, "settings": settings}
    )


def finding(
    label: str = "PERSON",
    text: str = "Zebulon Quux",
    score: float = 0.9,
    confidence: float = 0.9,
    detector: str = "ner",
) -> Finding:
    return Finding("p1-f1", 1, label, text, (Box(0, 0, 1, 1),), score, detector, confidence)


def outcome(found: Finding, by: Policy) -> tuple[str, str, str, str]:
    (decision,) = decide([found], by)
    assert decision.finding is found
    assert decision.decided_by == "policy"
    return (str(decision.action), decision.rule, decision.code, decision.reason)


CASES = {
    "the first rule with the label": (
        finding("LOCATION"),
        ("keep", "places-first", "L", 'rule "places-first" names LOCATION'),
    ),
    "not a later one": (finding(), ("redact", "people", "P", 'rule "people" names PERSON')),
    "review": (finding("URL"), ("review", "look", "", 'rule "look" names URL')),
    "no rule": (finding("US_SSN"), ("keep", "", "", "no rule names US_SSN")),
    "a pattern decides for its own finding": (
        finding("CASE", detector="rule:docket"),
        ("review", "docket", "C", 'matches the pattern of rule "docket"'),
    ),
    "even where an earlier rule finds its label": (
        finding(detector="rule:roster"),
        ("redact", "roster", "R", 'matches the pattern of rule "roster"'),
    ),
    "a pattern of no rule here goes by its label": (
        finding(detector="rule:elsewhere"),
        ("redact", "people", "P", 'rule "people" names PERSON'),
    ),
    "a label that only a pattern bears is not found by it": (
        finding("CASE"),
        ("keep", "", "", "no rule names CASE"),
    ),
    "under min_score": (
        finding(score=0.21),
        ("keep", "people", "P", "score 0.21 is under min_score 0.35"),
    ),
    "rounding does not make the reason absurd": (
        finding(score=0.3499),
        ("keep", "people", "P", "score 0.3499 is under min_score 0.35"),
    ),
    "at min_score": (
        finding(score=0.35),
        ("redact", "people", "P", "uncertain: score 0.35 is under certain_score 0.5"),
    ),
    "at both thresholds": (
        finding(score=0.5, confidence=0.5),
        ("redact", "people", "P", 'rule "people" names PERSON'),
    ),
    "badly read": (
        finding(confidence=0.31),
        ("redact", "people", "P", "uncertain: read with confidence 0.31"),
    ),
    "both": (
        finding(score=0.4, confidence=0.31),
        (
            "redact",
            "people",
            "P",
            "uncertain: read with confidence 0.31, score 0.40 is under certain_score 0.5",
        ),
    ),
    "uncertain, but kept anyway": (
        finding("LOCATION", confidence=0.1),
        ("keep", "places-first", "L", 'rule "places-first" names LOCATION'),
    ),
    "a term": (
        finding("TERM", score=0.0, confidence=0.0),
        ("redact", "term", "", "a term that the user named"),
    ),
    "unread ink": (
        finding("UNREAD_INK", text="", score=0.0, confidence=0.0),
        ("keep", "unread_ink", "", "nobody could read this ink; settings.unread_ink is keep"),
    ),
    "a score that is no number is in doubt": (
        finding(score=float("nan")),
        ("redact", "people", "P", "uncertain: score nan is under certain_score 0.5"),
    ),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES.keys())
def test_decisions(found: Finding, expected: tuple[str, str, str, str]) -> None:
    assert outcome(found, policy()) == expected


@pytest.mark.parametrize("choice", ["redact", "review", "keep"])
def test_settings_decide_what_is_in_doubt(choice: str) -> None:
    by = policy(uncertain=choice, unread_ink=choice)
    assert outcome(finding(score=0.4), by)[:2] == (choice, "people")
    assert outcome(finding(), by)[:2] == ("redact", "people")
    assert outcome(finding("URL", confidence=0.0), by)[:2] == ("review", "look")
    assert outcome(finding("UNREAD_INK", text=""), by)[:2] == (choice, "unread_ink")


@pytest.mark.parametrize(
    ("setting", "action", "expected"),
    [
        ("keep", "redact", "redact"),
        ("keep", "review", "review"),
        ("review", "keep", "review"),
        ("redact", "keep", "redact"),
        ("redact", "review", "redact"),
    ],
)
def test_a_rule_on_unread_ink_makes_it_stricter_at_most(
    setting: str, action: str, expected: str
) -> None:
    rule = {"id": "ink", "find": ["UNREAD_INK"], "action": action, "code": "INK"}
    by = policy([rule], unread_ink=setting)
    assert outcome(finding("UNREAD_INK", text=""), by)[:3] == (expected, "ink", "INK")


NEVER = ("Department  of Health", "ZEBULON quux")


@pytest.mark.parametrize(
    "text", ["zebulon\u00a0quux", " Department\nof  health", "\uff3aEBULON Quux"]
)
def test_never_keeps_what_is_listed(text: str) -> None:
    for found in (finding(text=text), finding(text=text, detector="rule:roster")):
        assert outcome(found, policy(never=NEVER)) == ("keep", "never", "", 'listed under "never"')


@pytest.mark.parametrize("text", ["Zebulon", "Zebulon Quux Jr", "ZebulonQuux", ""])
def test_never_is_equality(text: str) -> None:
    assert outcome(finding(text=text), policy(never=NEVER))[:2] == ("redact", "people")


def test_a_term_is_redacted_whatever_never_says() -> None:
    rules = [{"id": "terms", "find": ["TERM"], "action": "keep", "code": "T"}]
    by = policy(rules, NEVER, min_score=1, uncertain="keep")
    assert outcome(finding("TERM", score=0.1), by)[:3] == ("redact", "term", "T")


@pytest.mark.parametrize(
    ("score", "confidence", "expected"),
    [(0.5, 0.5, False), (0.49, 1.0, True), (1.0, 0.49, True), (0.0, 0.0, True)],
)
def test_is_uncertain(score: float, confidence: float, expected: bool) -> None:
    assert is_uncertain(finding(score=score, confidence=confidence), policy()) is expected


def test_is_uncertain_goes_by_the_settings() -> None:
    assert is_uncertain(finding(score=0.9), policy(certain_score=0.95))
    assert not is_uncertain(finding(confidence=0.1), policy(certain_confidence=0))


DEFAULT_KEEPS = (
    {"ORGANIZATION", "LOCATION", "DATE_TIME", "URL", "UNREAD_INK"}
    | {"AU_ABN", "AU_ACN", "EU_VAT", "US_EIN"}  # numbers of companies
    | {"AGE", "CASE_NUMBER", "NRP", "REFERENCE_NUMBER", "TITLE", "US_ZIP_CODE"}
    | ({label.value for label in MarkLabel} - {"SIGNATURE"})
)


@pytest.mark.parametrize("label", KNOWN_LABELS)
def test_the_default_policy_decides_on_every_label(label: str) -> None:
    action, rule, code, _ = outcome(finding(label), load("default"))
    assert rule
    assert action == ("keep" if label in DEFAULT_KEEPS else "redact")
    if action == "redact" and label != "TERM":
        assert code.isupper()
        assert len(code) <= 8


_SHARES = st.floats(0, 1)
_FINDINGS = st.builds(
    finding,
    label=st.sampled_from([*KNOWN_LABELS, "CASE"]),
    text=st.sampled_from(["", "Zebulon Quux", "Department of Health"]),
    score=_SHARES,
    confidence=_SHARES,
    detector=st.sampled_from(["ner", "rule:docket", "rule:gone", "rule:"]),
)
_POLICIES = st.builds(
    policy,
    never=st.sampled_from([(), NEVER]),
    uncertain=st.sampled_from(["redact", "review", "keep"]),
    unread_ink=st.sampled_from(["redact", "review", "keep"]),
    min_score=_SHARES,
    certain_score=_SHARES,
    certain_confidence=_SHARES,
)


@given(st.lists(_FINDINGS, max_size=8), _POLICIES)
def test_one_decision_per_finding_in_order_and_always_the_same(
    findings: list[Finding], by: Policy
) -> None:
    decisions = decide(findings, by)
    assert [decision.finding for decision in decisions] == findings
    assert decisions == decide(tuple(findings), by)
    assert all(isinstance(decision, Decision) for decision in decisions)


@given(_FINDINGS, _POLICIES)
def test_each_decision_stands_alone_and_gives_a_reason(found: Finding, by: Policy) -> None:
    (alone,) = decide([found], by)
    assert decide([finding("URL"), found], by)[1] == alone
    assert alone.reason
    assert all(word not in repr(alone) for word in ("Zebulon", "Quux", "Department", "Health"))


@given(_FINDINGS, _POLICIES)
def test_what_a_rule_redacts_is_kept_only_for_a_stated_reason(found: Finding, by: Policy) -> None:
    (decision,) = decide([found], by)
    certain = found.score >= by.settings.min_score and not is_uncertain(found, by)
    if found.label == "PERSON" and certain and decision.rule != "never":
        assert decision.action is not Action.KEEP


def ruled(rule: dict[str, Any], found: Finding) -> tuple[str, str, str]:
    (decision,) = decide([found], policy([{"id": "r", "find": ["PERSON"], **rule}]))
    return (str(decision.action), decision.rule, decision.reason)


TAKEN = ("redact", "r", 'rule "r" names PERSON')
NOT_HERE = ("keep", "", "no rule names PERSON here")
HAND = frozenset({Origin.HANDWRITING})
WHERE: dict[str, tuple[dict[str, Any], Finding, tuple[str, str, str]]] = {
    "its page": ({"pages": "1, 3-"}, finding(), TAKEN),
    "another page": ({"pages": "2-"}, finding(), NOT_HERE),
    "in the region": ({"region": [0, 0, 2, 2]}, finding(), TAKEN),
    "beside the region": ({"region": [0.6, 0, 2, 2]}, finding(), NOT_HERE),
    "one of two lines beside it": (
        {"region": [0, 0, 2, 2]},
        replace(finding(), boxes=(Box(0, 0, 1, 1), Box(0, 8, 1, 9))),
        NOT_HERE,
    ),
    "no box is in no region": ({"region": [0, 0, 2, 2]}, replace(finding(), boxes=()), NOT_HERE),
    "handwriting": ({"origin": ["handwriting"]}, replace(finding(), origins=HAND), TAKEN),
    "no handwriting": ({"origin": ["print"]}, replace(finding(), origins=HAND), NOT_HERE),
    "a text that is excepted": ({"unless": ["zebulon  QUUX"]}, finding(), NOT_HERE),
    "a part of it is not": ({"unless": ["Zebulon"]}, finding(), TAKEN),
}


FIELD = {"id": "form", "fields": ["Patient"], "as": "PERSON"}
FIELD_MADE = 'stands in a field of rule "form"'


@pytest.mark.parametrize(
    ("rules", "detector", "expected"),
    [
        ([FIELD], "rule:form", ("redact", "form", FIELD_MADE)),
        ([FIELD], "rule:form (elsewhere)", ("redact", "form", f"{FIELD_MADE} elsewhere")),
        (
            [FIELD, RULES[1]],  # what names persons decides on them, wherever one was found
            "rule:form (elsewhere)",
            ("redact", "people", 'rule "people" names PERSON'),
        ),
        ([FIELD, RULES[1]], "rule:form", ("redact", "form", FIELD_MADE)),
        # a pattern says nothing of where it does not match
        ([RULES[4]], "rule:roster (elsewhere)", ("keep", "", "no rule names PERSON")),
        ([RULES[4]], "rule:gone (elsewhere)", ("keep", "", "no rule names PERSON")),
    ],
)
def test_what_a_rule_found_elsewhere(
    rules: list[dict[str, Any]], detector: str, expected: tuple[str, str, str]
) -> None:
    action, rule, _, reason = outcome(finding(detector=detector), policy(rules))
    assert (action, rule, reason) == expected


@pytest.mark.parametrize(("rule", "found", "expected"), WHERE.values(), ids=WHERE)
def test_where_a_rule_applies(
    rule: dict[str, Any], found: Finding, expected: tuple[str, str, str]
) -> None:
    assert ruled(rule, found) == expected


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("aged 89", "keep"),
        ("aged 90", "redact"),
        ("92-year-old", "redact"),
        ("aged between 88 and 91", "redact"),
        ("ninety-two years old", "redact"),
        ("seventy years old", "keep"),
        ("103 days old", "keep"),
        ("", "redact"),
        ("nonagenarian", "redact"),
    ],
)
def test_ages_over_a_limit(text: str, action: str) -> None:
    rule = {"id": "r", "find": ["AGE"], "over": 89}
    (decision,) = decide([finding("AGE", text)], policy([rule]))
    assert decision.action == action


def test_the_next_rule_takes_what_the_first_leaves() -> None:
    rules = [
        {"id": "first", "find": ["PERSON"], "pages": "2"},
        {"id": "second", "find": ["PERSON"], "action": "review"},
    ]
    (decision,) = decide([finding()], policy(rules))
    assert (decision.rule, decision.action) == ("second", Action.REVIEW)


def test_a_part_is_kept() -> None:
    text = "212-09-7694"
    places = tuple(Box(at, 0, at + 1, 1) for at in range(len(text)))
    found = replace(finding("US_SSN", text), boxes=(Box(0, 0, len(text), 1),), places=places)
    rule = {"id": "r", "find": ["US_SSN"], "keep": {"last": 4}}
    (decision,) = decide([found], policy([rule]))
    assert decision.finding.boxes == (Box(0, 0, 6, 1),)
    assert decision.reason == 'rule "r" names US_SSN, keeps the last 4'


def test_where_all_is_kept_nothing_goes() -> None:
    rule = {"id": "r", "find": ["DATE_TIME"], "keep": {"year": True}}
    (decision,) = decide([finding("DATE_TIME", "1961")], policy([rule]))
    assert decision.action is Action.KEEP
    assert decision.reason.endswith("keeps the year, and there is no more")


def test_a_text_that_is_always_redacted_says_so() -> None:
    (decision,) = decide([finding("TERM", detector="always")], policy())
    assert (decision.action, decision.rule) == (Action.REDACT, "always")
