"""Label to value on forms: what is filled in where a policy's label is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from redactor.detect.labels import LabelIndex
from redactor.detect.layout import Layout, Token
from redactor.detect.printed import Printed
from redactor.detect.spans import Span
from redactor.detect.tokens import COLUMN, page_tokens, text_tokens
from redactor.detect.values import Value, Values
from redactor.findings import Finding
from redactor.geometry import union
from redactor.words import Page

_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class FieldRule:
    """`labels` as the policy writes them; findings are named `label`, their detector is
    f"rule:{id}"."""

    id: str
    labels: tuple[str, ...]
    label: str


class FieldDetector:
    """Finds the values of fields by their labels, on pages and in plain text."""

    name = "fields"

    def __init__(self, rules: Sequence[FieldRule]) -> None:
        self._rules = [rule for rule in rules for _ in rule.labels]
        self._index = LabelIndex([label for rule in rules for label in rule.labels])

    def find(self, page: Page) -> Iterator[Finding]:
        """A finding for each value on a page, its boxes in page space, one a line; ids are empty.

        A value that nobody could read has an empty text, and confidence 0.
        """
        tokens = list(page_tokens(page))
        for rule, value in self._values(tokens, page.width):
            yield _finding(page, rule, value)

    def spans(self, text: str) -> Iterator[Span]:
        """The values in plain text, each line of one a span."""
        tokens = list(text_tokens(text))
        width = max((token.box.x1 for token in tokens), default=COLUMN)
        for rule, value in self._values(tokens, width):
            for line in value:
                yield Span(line[0].start, line[-1].end, rule.label, _SCORE, f"rule:{rule.id}")

    def _values(
        self, tokens: Sequence[Token], width: float
    ) -> Iterator[tuple[FieldRule, Value]]:
        """Each value once for a rule, however many labels lead to it."""
        printed = Printed(Layout(tokens, width), self._index)
        values = Values(printed)
        seen: set[tuple[str, Value]] = set()
        for place in printed.places:
            rule = self._rules[place.label]
            for value in values.of(place):
                if (rule.id, value) not in seen:
                    seen.add((rule.id, value))
                    yield rule, value


def _finding(page: Page, rule: FieldRule, value: Value) -> Finding:
    tokens = [token for line in value for token in line]
    return Finding(
        id="",
        page=page.number,
        label=rule.label,
        text=_text(value),
        boxes=tuple(union(token.cover for token in line) for line in value),
        score=_SCORE,
        detector=f"rule:{rule.id}",
        confidence=min(token.confidence for token in tokens),
    )


def _text(value: Iterable[Iterable[Token]]) -> str:
    lines = (" ".join(token.text for token in line if token.text) for line in value)
    return "\n".join(line for line in lines if line)
