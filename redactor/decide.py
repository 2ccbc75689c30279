"""Findings and a policy in, exactly one decision per finding out.

What decides, in this order: a term that the user named; the policy's `never`; the rule that the
finding's pattern belongs to, or the first rule that finds its label; the scores. What a rule would
redact but nobody is sure of goes by `settings.uncertain`, ink that nobody could read by
`settings.unread_ink`. Reasons speak of rules, labels and numbers, never of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from redactor.findings import OTHER_READING, RULE_DETECTOR, Action, Decision, Finding
from redactor.policy.model import TERM, UNREAD_INK, Policy, Rule, normalized

_STRICTNESS = (Action.KEEP, Action.REVIEW, Action.REDACT)


def decide(findings: Sequence[Finding], policy: Policy) -> tuple[Decision, ...]:
    """One decision for each finding, in the same order."""
    never = frozenset(normalized(text) for text in policy.never)
    return tuple(_decision(finding, policy, never) for finding in findings)


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
        return Decision(finding, Action.REDACT, "term", code, "a term that the user named")
    if normalized(finding.text) in never:
        return Decision(finding, Action.KEEP, "never", "", 'listed under "never"')
    if finding.label == UNREAD_INK:
        return _unread(finding, policy, rule)
    if rule is None:
        return Decision(finding, Action.KEEP, "", "", f"no rule names {finding.label}")
    action, reason = _by_scores(finding, policy, rule)
    return Decision(finding, action, rule.id, code, reason)


def _rule_for(finding: Finding, policy: Policy) -> Rule | None:
    """The pattern rule that made the finding, else the first rule that finds its label."""
    detector = finding.detector.removesuffix(OTHER_READING)
    if detector.startswith(RULE_DETECTOR):
        made_by = detector.removeprefix(RULE_DETECTOR)
        for rule in policy.rules:
            if rule.id == made_by:
                return rule
    return next((rule for rule in policy.rules if finding.label in (rule.find or ())), None)


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
    if finding.detector.removesuffix(OTHER_READING) == f"{RULE_DETECTOR}{rule.id}":
        return rule.action, f'matches the pattern of rule "{rule.id}"'
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
