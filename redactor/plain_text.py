"""What a policy does with plain text: no pages, no pixels, the same detectors and decisions."""

from __future__ import annotations

from collections.abc import Sequence

from redactor.decide import decide
from redactor.detect.data_subject import SURE, own_findings
from redactor.detect.detectors import (
    field_detectors,
    find_in_text,
    subject_detector,
    text_detectors,
)
from redactor.detect.spans import Span
from redactor.findings import Decision, Finding
from redactor.geometry import Box
from redactor.policy.model import Policy
from redactor.words import Origin

Decided = tuple[tuple[Span, Decision], ...]


class PlainText:
    """Decides on texts under one policy, for which its detectors are made once.

    Raises MissingDependency, BadPolicy, BadRoster, FileAccessError.
    """

    def __init__(self, policy: Policy, terms: Sequence[str] = ()) -> None:
        self._policy = policy
        self._detectors = (*text_detectors(policy, terms), *field_detectors(policy))
        self._subject = subject_detector(policy)

    def decide(self, text: str) -> Decided:
        """What is found in a text, each with the decision on it.

        Of what goes in part there is a span for each part that goes, with the same decision.
        """
        findings = [_finding(text, span) for span in find_in_text(text, self._detectors)]
        return tuple(
            (Span(int(box.x0), int(box.x1), found.label, found.score, found.detector), decision)
            for decision in decide(findings, self._policy, self._own(text, findings))
            for found in (decision.finding,)
            for box in found.boxes
        )

    def _own(self, text: str, findings: Sequence[Finding]) -> frozenset[str]:
        """The findings that are the data subject's own."""
        if self._subject is None:
            return frozenset()
        sure = [span for span in self._subject.spans(text) if span.score >= SURE]
        return own_findings(findings, {1: [_box(span.start, span.end) for span in sure]})


def _box(start: int, end: int) -> Box:
    """Characters as a box, each as wide as itself; above the page, where no region takes it."""
    return Box(start, -1, end, 0)


def _finding(text: str, span: Span) -> Finding:
    return Finding(
        id=f"{span.start}-{span.end}-{span.label}",
        page=1,
        label=span.label,
        text=text[span.start : span.end],
        boxes=(_box(span.start, span.end),),
        score=span.score,
        detector=span.detector,
        origins=frozenset((Origin.TEXT_LAYER,)),
        places=tuple(_box(at, at + 1) for at in range(span.start, span.end)),
    )
