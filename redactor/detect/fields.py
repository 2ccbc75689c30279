"""Label to value on forms: what is filled in where a policy's label is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import re2

from redactor.detect.forms.labels import LabelIndex
from redactor.detect.forms.layout import Layout, Token
from redactor.detect.forms.level import leveled
from redactor.detect.forms.lines import Value
from redactor.detect.forms.printed import Printed
from redactor.detect.forms.tokens import page_tokens, text_tokens
from redactor.detect.forms.values import Values
from redactor.detect.spans import Span
from redactor.findings import Finding
from redactor.geometry import Box, BoxIndex, union
from redactor.words import FormField, Page, Word, part_of

_SCORE = 0.9
_Filled = tuple["FieldRule", Value]


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
        filled = self._filled(page, tokens)
        for rule, value in _once((*filled, *self._values(leveled(tokens)))):
            yield _finding(page, rule, value)

    def spans(self, text: str) -> Iterator[Span]:
        """The values in plain text, each line of one a span."""
        for rule, value in _once(self._values(list(text_tokens(text)))):
            for line in value:
                yield Span(line[0].start, line[-1].end, rule.label, _SCORE, f"rule:{rule.id}")

    def _values(self, tokens: Sequence[Token]) -> Iterator[_Filled]:
        """The values by the labels that are printed."""
        printed = Printed(Layout(tokens), self._index)
        values = Values(printed)
        for place in printed.places:
            for value in values.of(place):
                yield self._rules[place.label], value

    def _filled(self, page: Page, tokens: Sequence[Token]) -> Iterator[_Filled]:
        """What stands in the fields of an interactive form that are named like a label."""
        named = [(self._named(field), field.box) for field in page.fields]
        fields = [(rules, box) for rules, box in named if rules]
        if not fields:
            return
        index = BoxIndex([token.box for token in tokens])
        for rules, box in fields:
            inside = [tokens[n] for n in index.overlapping(box)]
            value = _lines([token for token in inside if box.contains(*token.box.center)])
            if value:
                yield from ((rule, value) for rule in rules)

    def _named(self, field: FormField) -> list[FieldRule]:
        """The rules with a label that a field's tooltip or name says, each once."""
        numbers = {n for text in names_of(field) for n in self._index.is_label(text)}
        return list({self._rules[n].id: self._rules[n] for n in sorted(numbers)}.values())


def names_of(field: FormField) -> Iterator[str]:
    """What a form field may be called: its tooltip, a sentence of it, the last part of its name.

    Programs number fields and write their names in one: `Page1[0].patientName_2[0]`.
    """
    yield field.tooltip
    yield from re2.split(r"[.:;(),]\s", field.tooltip)
    last = re2.sub(r"\[\d+\]", "", _encodable(field.name)).rpartition(".")[2]
    words = re2.sub(r"([a-z])([A-Z])", r"\1 \2", last)
    yield re2.sub(r"[_\-\s]+", " ", words)
    yield re2.sub(r"[_\-\s\d]+", " ", words)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _once(filled: Iterable[_Filled]) -> Iterator[_Filled]:
    """Each value once for a rule, however many labels lead to it."""
    seen: set[tuple[str, tuple[tuple[int, int, Box], ...]]] = set()
    for rule, value in filled:
        made = rule.id, tuple((t.word, t.start, t.cover) for line in value for t in line)
        if made not in seen:
            seen.add(made)
            yield rule, value


def _lines(tokens: Sequence[Token]) -> Value:
    """The tokens of value in a field, line by line from the top."""
    lines: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.box.center[1]):
        if not token.is_value:
            continue
        if lines and token.box.y0 < lines[-1][0].box.center[1]:
            lines[-1].append(token)
        else:
            lines.append([token])
    return tuple(tuple(sorted(line, key=lambda t: t.box.x0)) for line in lines)


def _finding(page: Page, rule: FieldRule, value: Value) -> Finding:
    tokens = [token for line in value for token in line]
    words = page.words
    return Finding(
        id="",
        page=page.number,
        label=rule.label,
        text=_text(value),
        boxes=tuple(union(token.cover for token in line) for line in value),
        score=_SCORE,
        detector=f"rule:{rule.id}",
        confidence=min(token.confidence for token in tokens),
        origins=frozenset(words[token.word].origin for token in tokens if token.word >= 0),
        places=tuple(_places(words, value)) if all(token.text for token in tokens) else (),
    )


def _places(words: Sequence[Word], value: Value) -> Iterator[Box]:
    """A box for each character of `_text(value)`; what parts words has that of the one before.

    Only for a value that could all be read: of ink without text no part may stay.
    """
    last: Box | None = None
    for token in (token for line in value for token in line):
        if last is not None:
            yield last
        for at in range(token.start, token.end):
            last = part_of(words[token.word], at, at + 1)
            yield last


def _text(value: Iterable[Iterable[Token]]) -> str:
    lines = (" ".join(token.text for token in line if token.text) for line in value)
    return "\n".join(line for line in lines if line)
