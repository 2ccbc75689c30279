"""Which findings are the data subject's own: what a person who asks for their data may see.

A copy of personal data must not adversely affect others (Regulation (EU) 2016/679, Article 15(3)
and (4)): the subject's data stays, everybody else's goes. A finding is the subject's own only where
the subject's data makes up all of it: "Ann and Bob Lee" is not Ann Lee's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from redactor.detect.known import KnownDetector
from redactor.detect.page_text import PageText, findings_of
from redactor.findings import Finding
from redactor.geometry import Box

SURE = 0.6  # score from which a place is the subject's: less may be somebody else
_COVERED = 0.98  # share of a finding's box that the subject's must cover; boxes are rounded


def subject_findings(
    findings: Iterable[Finding], texts: Sequence[PageText], subject: KnownDetector
) -> frozenset[str]:
    """The ids of the findings that are the subject's own, all boxes of each.

    `texts` are the texts of the pages as read, `subject` knows one person: the one who asks. What
    was found without text (a signature, ink that nobody could read) is nobody's and not among them.
    """
    own: dict[int, list[Box]] = {}
    for source in texts:
        spans = [span for span in subject.spans(source.text) if span.score >= SURE]
        boxes = [box for finding in findings_of(source, spans) for box in finding.boxes]
        own.setdefault(source.page.number, []).extend(boxes)
    return own_findings(findings, own)


def own_findings(findings: Iterable[Finding], own: Mapping[int, Iterable[Box]]) -> frozenset[str]:
    """The ids of the findings with text whose boxes the subject's cover; `own` by page."""
    return frozenset(f.id for f in findings if f.text and _is_own(f, own.get(f.page, ())))


def _is_own(finding: Finding, own: Iterable[Box]) -> bool:
    return all(any(box.covered_by(other) >= _COVERED for other in own) for box in finding.boxes)
