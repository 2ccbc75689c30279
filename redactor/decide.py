"""Findings and a policy in, exactly one decision per finding out.

What decides, in this order: a term that the user or the policy's `always` named; whose data it is,
where the policy names a `subject`; the policy's `never`; the rule that made the finding, or the
first rule that names its label, of those that apply to its place and text; the scores. What a rule
would redact but nobody is sure of goes by `settings.uncertain`, ink that nobody could read by
`settings.unread_ink`. Of what goes, a rule may keep a part: the decision then is on the finding
without it. Reasons speak of rules, labels and numbers, never of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redactor.ages import years_of_age
from redactor.findings import ELSEWHERE, IN_LATTICE, RULE_DETECTOR, Action, Decision, Finding, maker
from redactor.partial import described, narrowed
from redactor.policy.model import ALWAYS, TERM, UNREAD_INK, Policy, Rule, normalized

_MADE = {
    "pattern": "matches the pattern of",
    "fields": "stands in a field of",
    "known": "is of a person known to",
    "area": "stands in the area of",
    "find": "found by",
}
_STRICTNESS = (Action.KEEP, Action.REVIEW, Action.REDACT)


def decide(
    findings: Sequence[Finding], policy: Policy, own: frozenset[str] = frozenset()
) -> tuple[Decision, ...]:
    """One decision for each finding, in the same order.

    `own` are the ids of those that are the data of the policy's `subject`: they stay, terms go.
    """
    never = frozenset(normalized(text) for text in policy.never)
    return tuple(
        Decision(finding, Action.KEEP, "subject", "", "the data subject's own")
        if finding.id in own and finding.label != TERM
        else _decision(finding, policy, never)
        for finding in findings
    )


def is_uncertain(finding: Finding, policy: Policy) -> bool:
    """Whether its score, or how surely its words were read, falls short of what the policy asks.

    Numbers alone: it says nothing on what is decided (a term is redacted, certain or not).
    """
    settings = policy.settings
    sure = finding.score >= settings.certain_score
    return not (sure and finding.confidence >= settings.certain_confidence)


def _decision(finding: Finding, policy: Policy, never: frozenset[str]) -> Decision:
    rule = _rule_for(finding, policy)
    code = rule.code if rule else ""
    if finding.label == TERM:
        return _term(finding, policy, code)
    if normalized(finding.text) in never:
        return Decision(finding, Action.KEEP, "never", "", 'listed under "never"')
    if finding.label == UNREAD_INK:
        return _unread(finding, policy, rule)
    if rule is None:
        return Decision(finding, Action.KEEP, "", "", _why_none(finding, policy))
    action, reason = _by_scores(finding, policy, rule)
    if rule.keep and action is not Action.KEEP:
        return _in_part(Decision(finding, action, rule.id, code, reason), rule)
    return Decision(finding, action, rule.id, code, reason)


def _term(finding: Finding, policy: Policy, code: str) -> Decision:
    """A term goes, sure or not; one that was not read, but may be written there, by its scores."""
    listed = maker(finding.detector) == ALWAYS
    rule, reason = (
        (ALWAYS, 'listed under "always"') if listed else ("term", "a term that the user named")
    )
    if IN_LATTICE in finding.detector and is_uncertain(finding, policy):
        reason = f"uncertain: {_doubt(finding, policy)}; {reason}"
        return Decision(finding, policy.settings.uncertain, rule, code, reason)
    return Decision(finding, Action.REDACT, rule, code, reason)


def _in_part(decision: Decision, rule: Rule) -> Decision:
    """The decision on what the rule does not keep; a decision to keep where that is nothing."""
    assert rule.keep
    rest = narrowed(decision.finding, rule.keep)
    reason = f"{decision.reason}, keeps {described(rule.keep)}"
    if rest is None:
        return replace(decision, action=Action.KEEP, reason=f"{reason}, and there is no more")
    return replace(decision, finding=rest, reason=reason)


def _rule_for(finding: Finding, policy: Policy) -> Rule | None:
    """The rule that made the finding, else the first that names its label, if it applies.

    What a rule found elsewhere is first that of the rules that name it. Of the other kinds only a
    field says of its value that it is a person's wherever it stands.
    """
    detector = maker(finding.detector)
    made_by = detector.removeprefix(RULE_DETECTOR) if detector.startswith(RULE_DETECTOR) else ""
    makers = [rule for rule in policy.rules if rule.id == made_by]
    naming = [rule for rule in policy.rules if finding.label in (rule.find or ())]
    if ELSEWHERE in finding.detector:
        rules = [*naming, *(rule for rule in makers if rule.kind == "fields")]
    else:
        rules = [*makers, *naming]
    return next((rule for rule in rules if applies(rule, finding)), None)


def applies(rule: Rule, finding: Finding) -> bool:
    """Whether a finding lies where the rule looks, was read as it asks, and is none of `unless`.

    An age whose years cannot be told is over any limit: too much is better than too little.
    """
    if rule.pages and not rule.pages.contains(finding.page):
        return False
    if rule.region and not _inside(finding, rule):
        return False
    if rule.origin and not finding.origins.intersection(rule.origin):
        return False
    years = years_of_age(finding.text) if rule.over is not None else None
    if years is not None and rule.over is not None and years <= rule.over:
        return False
    return normalized(finding.text) not in {normalized(text) for text in rule.unless}


def _inside(finding: Finding, rule: Rule) -> bool:
    assert rule.region
    return bool(finding.boxes) and all(rule.region.contains(*box.center) for box in finding.boxes)


def _why_none(finding: Finding, policy: Policy) -> str:
    named = any(finding.label in (rule.find or ()) for rule in policy.rules)
    where = " here" if named else ""
    return f"no rule names {finding.label}{where}"


def _unread(finding: Finding, policy: Policy, rule: Rule | None) -> Decision:
    """The setting decides; a rule that names unread ink can only make it stricter."""
    action = policy.settings.unread_ink
    reason = f"nobody could read this ink; settings.unread_ink is {action}"
    if rule is None:
        return Decision(finding, action, "unread_ink", "", reason)
    if _STRICTNESS.index(rule.action) > _STRICTNESS.index(action):
        action, reason = rule.action, f'nobody could read this ink; rule "{rule.id}"'
    return Decision(finding, action, rule.id, rule.code, reason)


def _by_scores(finding: Finding, policy: Policy, rule: Rule) -> tuple[Action, str]:
    settings = policy.settings
    if finding.score < settings.min_score:
        shown = _shown(finding.score, settings.min_score)
        return Action.KEEP, f"score {shown} is under min_score {settings.min_score:g}"
    if rule.action is Action.REDACT and is_uncertain(finding, policy):
        return settings.uncertain, f"uncertain: {_doubt(finding, policy)}"
    if maker(finding.detector) == f"{RULE_DETECTOR}{rule.id}":
        elsewhere = " elsewhere" if ELSEWHERE in finding.detector else ""
        return rule.action, f'{_MADE[rule.kind]} rule "{rule.id}"{elsewhere}'
    return rule.action, f'rule "{rule.id}" names {finding.label}'


def _doubt(finding: Finding, policy: Policy) -> str:
    """What falls short, the reading first."""
    settings = policy.settings
    doubts = []
    if not finding.confidence >= settings.certain_confidence:
        shown = _shown(finding.confidence, settings.certain_confidence)
        doubts.append(f"read with confidence {shown}")
    if not finding.score >= settings.certain_score:
        shown = _shown(finding.score, settings.certain_score)
        doubts.append(f"score {shown} is under certain_score {settings.certain_score:g}")
    return ", ".join(doubts)


def _shown(value: float, limit: float) -> str:
    """Two decimals, unless rounding would lift the value to the limit that it is under."""
    short = f"{value:.2f}"
    return repr(value) if float(short) >= limit else short
