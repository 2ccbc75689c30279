"""What was found, and what was decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from redactor.geometry import Box
from redactor.words import Origin

OTHER_READING = " (other reading)"
"""Ends the `detector` of what was found only by reading words by their alternatives."""

REPAIRED = " (repaired)"
"""Ends the `detector` of what was found only by reading letters as the digits they look like."""

RULE_DETECTOR = "rule:"
"""Starts the `detector` of what a policy's own pattern found; the id of its rule follows."""

IN_LATTICE = " (lattice)"
"""Ends the `detector` of a known text that was found in what a line may say besides its reading."""

ELSEWHERE = " (elsewhere)"
"""Ends the `detector` of what was found because a rule found the same person in another place."""

_SUFFIXES = (OTHER_READING, REPAIRED, IN_LATTICE, ELSEWHERE)


def maker(detector: str) -> str:
    """A detector's name without what is said of how it came to its finding."""
    while suffix := next((s for s in _SUFFIXES if detector.endswith(s)), ""):
        detector = detector.removesuffix(suffix)
    return detector


POLICY = "policy"
"""Stands in `decided_by` where no person decided."""


class Action(StrEnum):
    """What happens to a finding. `review` leaves it to a person."""

    REDACT = "redact"
    KEEP = "keep"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of one page that a detector names.

    `id` is unique in the document ("p3-f12"); `boxes` in page space, one per line the finding
    stands on; `score` (0-1) and `detector` say how sure which detector is; `confidence` (0-1) is
    that of the worst-read word in it, `origins` are where its words were read. `places` has a box
    for each character of `text`, that of the whole word where the edges of its glyphs are not
    known; both are empty where no words were read.
    """

    id: str
    page: int
    label: str
    text: str = field(repr=False)
    boxes: tuple[Box, ...]
    score: float
    detector: str
    confidence: float = 1.0
    origins: frozenset[Origin] = frozenset()
    places: tuple[Box, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """Exactly one per finding: the action, and the rule, code and reason behind it.

    `rule` and `code` are the policy's; `reason` is for people and holds no document text;
    `decided_by` is "policy" or the reviewer's name.
    """

    finding: Finding
    action: Action
    rule: str
    code: str
    reason: str
    decided_by: str = POLICY


def printed(codes: Iterable[str]) -> tuple[str, str]:
    """What a box bears for its findings' codes: all, each once, and the first alone."""
    each = tuple(dict.fromkeys(filter(None, codes))) or ("",)
    return ", ".join(each), each[0]


@dataclass(frozen=True, slots=True)
class Redaction:
    """A box to burn, in page space. Holds no document text.

    It is for the finding `finding_id`, the strongest, and for those in `also`, whose boxes were
    one with it. `overlay` has the codes that are printed on it; where they have no room `brief`,
    that of the strongest alone, is printed.
    """

    page: int
    box: Box
    overlay: str
    finding_id: str
    also: tuple[str, ...] = ()
    brief: str = ""

    @property
    def finding_ids(self) -> tuple[str, ...]:
        """All findings that the box is for, the strongest first."""
        return self.finding_id, *self.also
