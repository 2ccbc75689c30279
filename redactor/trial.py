"""What a policy does with a text or a document, character by character: for its own tests, and to
say why a word was taken or not. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redactor import pipeline
from redactor import plan as plans
from redactor.detect.page_text import PageText, Piece, page_text
from redactor.errors import Encrypted, FileAccessError, NotAPdf, ResourceLimit, UsageError
from redactor.findings import Action, Decision
from redactor.geometry import Box
from redactor.plain_text import PlainText
from redactor.policy.files import read_bytes
from redactor.policy.model import Policy, PolicyTest
from redactor.policy.tests import Failure, Passage, Touch, failures

_PDF: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one test of a policy went; they are numbered from 1."""

    number: int
    failures: tuple[Failure, ...]


def run_tests(policy: Policy) -> Iterator[Outcome]:
    """Runs the tests of a policy in order; a document that cannot be read fails its test.

    Raises MissingDependency.
    """
    if policy.tests:
        decider = PlainText(policy)
        for number, test in enumerate(policy.tests, start=1):
            yield Outcome(number, _failures(test, policy, decider))


def _failures(test: PolicyTest, policy: Policy, decider: PlainText) -> tuple[Failure, ...]:
    if test.document is None:
        return failures(test, (of_text(test.text or "", decider),))
    try:
        return failures(test, of_file(test.document.path, policy))
    except (Encrypted, FileAccessError, NotAPdf, ResourceLimit, UsageError) as error:
        return (Failure(("document",), test.document.name, f"cannot be tested on: {error}"),)


def of_file(path: Path, policy: Policy, terms: Sequence[str] = ()) -> tuple[Passage, ...]:
    """A PDF's pages, read as always, or the text of any other file.

    Raises FileAccessError, NotAPdf, Encrypted, ResourceLimit, MissingDependency.
    """
    data = read_bytes(path)
    if path.suffix.lower() == ".pdf" or _PDF in data[:1024]:
        return of_pdf(path, policy, terms)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileAccessError(f"{path} is no PDF and not UTF-8 text", "save it as UTF-8") from error
    return (of_text(text, PlainText(policy, terms)),)


def of_text(text: str, decider: PlainText) -> Passage:
    """The text with all that is found in it and decided on it."""
    touches: list[Touch] = []
    gone: set[int] = set()
    for span, decision in decider.decide(text):
        touches.append(_touch(decision, span.start, span.end))
        if decision.action is Action.REDACT:
            gone.update(range(span.start, span.end))
    return Passage(text, frozenset(gone), tuple(touches))


def of_pdf(path: Path, policy: Policy, terms: Sequence[str] = ()) -> tuple[Passage, ...]:
    """The pages of a PDF; gone is a character whose middle a box would cover."""
    planned = pipeline.plan(path, policy, terms)
    boxes: dict[int, list[Box]] = {page.number: [] for page in planned.pages}
    for redaction in plans.redactions(planned.plan, planned.pages):
        boxes[redaction.page].append(redaction.box)
    passages = []
    for page in planned.pages:
        source = page_text(page)
        gone = frozenset(_under(source, boxes[page.number]))
        touches = tuple(
            touch
            for decision in planned.plan.decisions
            if decision.finding.page == page.number
            for touch in _touches(decision, source)
        )
        passages.append(Passage(source.text, gone, touches, page.number))
    return tuple(passages)


def _touches(decision: Decision, source: PageText) -> Iterator[Touch]:
    """A finding on a page touches each run of characters that its boxes cover."""
    places = sorted(_under(source, decision.finding.boxes))
    start = None
    for at, following in zip(places, [*places[1:], -1], strict=True):
        start = at if start is None else start
        if following != at + 1:
            yield _touch(decision, start, at + 1)
            start = None


def _under(source: PageText, boxes: Sequence[Box]) -> Iterator[int]:
    for piece in source.pieces:
        near = [box for box in boxes if box.overlaps(piece.word.box)]
        for at in range(piece.start, piece.end) if near else ():
            if any(box.contains(*_middle(piece, at - piece.start)) for box in near):
                yield at


def _middle(piece: Piece, index: int) -> tuple[float, float]:
    """The middle of a character of a word, or of the word where its letters' edges are unknown."""
    x, y = piece.word.box.center
    edges = piece.word.edges
    return ((edges[index] + edges[index + 1]) / 2 if edges else x), y


def _touch(decision: Decision, start: int, end: int) -> Touch:
    found = decision.finding
    return Touch(
        start,
        end,
        found.label,
        found.detector,
        found.score,
        decision.action,
        decision.rule,
        decision.reason,
    )
