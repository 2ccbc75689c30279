"""What a policy is: settings, the look of the box, rules in order, texts never to be redacted.

The rule that comes first and fits a finding decides. Everything here is frozen and strict: a
number is not text, text is not a number, and an unknown key is an error. This module is the face
of the folder: what the rest of the program needs of the model is here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Final, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from redactor.policy.files import Roster, RosterFile, Sample, SampleFile
from redactor.policy.kept import DocumentParts
from redactor.policy.labels import ALWAYS, KNOWN_LABELS, TERM, UNREAD_INK
from redactor.policy.pages import PageRanges
from redactor.policy.rules import Keep, Rule
from redactor.policy.settings import BoxStyle, Settings
from redactor.policy.values import (
    MAX_LISTED,
    Identifier,
    KeyPath,
    Part,
    Text,
    Texts,
    compile_pattern,
    exactly_one,
    nearest,
    normalized,
    problem,
    problems,
    quoted,
)

__all__ = [
    "ALWAYS",
    "KNOWN_LABELS",
    "TERM",
    "UNREAD_INK",
    "BoxStyle",
    "DocumentParts",
    "Keep",
    "PageRanges",
    "Policy",
    "PolicyTest",
    "Roster",
    "Rule",
    "Sample",
    "Settings",
    "compile_pattern",
    "nearest",
    "normalized",
    "own_labels",
]

MAX_RULES: Final = 500


def _version(value: int) -> int:
    if value == 1:
        return value
    raise problem("must be 1, the version of the format that this program reads")


Version = Annotated[int, AfterValidator(_version), WithJsonSchema({"const": 1})]


class PolicyTest(Part):
    """A text, or a document, with the parts of it that must be redacted and those that must stay.

    A document is a PDF, which is read as any other, or a text file.
    """

    text: Text | None = None
    """A text to test on."""

    document: SampleFile | None = None
    """A PDF or text file to test on, relative to this one."""

    redact: Texts = ()
    """Words that must be redacted wherever they stand there."""

    keep: Texts = ()
    """Words that nothing may be redacted of."""

    model_config = ConfigDict(json_schema_extra=exactly_one("text", "document"))
    later: ClassVar = frozenset(("text", "document"))

    @model_validator(mode="after")
    def _text_or_document(self) -> Self:
        if (self.text is None) == (self.document is None):
            raise problem('needs exactly one of "text" and "document"')
        return self


class Policy(Part):
    """One policy file; after `load.load`, with all that it extends merged in.

    Labels in `find` must be known or be the `as` of a rule, here or, by way of the validation
    context {"labels": …}, in a policy that this one extends; its "folder" is where files that the
    policy names are looked for.
    """

    redactor_policy: Version
    """The version of the format."""

    name: Identifier
    """The policy's name, in reports and for policies that extend it."""

    extends: Text | None = None
    """A policy that this one is laid over: a name, or a path relative to this file."""

    description: str = ""
    """What the policy is for."""

    settings: Settings = Settings()
    """Thresholds, and what happens in doubt."""

    box: BoxStyle = BoxStyle()
    """The box burnt on the page."""

    document: DocumentParts = DocumentParts()
    """What the output has beside its pages."""

    rules: Annotated[tuple[Rule, ...], Field(strict=False)] = ()
    """What is redacted, kept or left to a person; the first rule that fits decides."""

    never: Texts = ()
    """Texts that are kept wherever they stand."""

    always: Texts = ()
    """Texts that are redacted wherever they stand."""

    subject: RosterFile | None = None
    """A file about one person, whose own data is kept while the rules decide on all others'."""

    tests: Annotated[tuple[PolicyTest, ...], Field(strict=False)] = ()
    """What `redactor policy test` tries the policy on."""

    later: ClassVar = frozenset(("always", "document", "subject"))

    @field_validator("rules", mode="after")
    @classmethod
    def _rules_fit_together(cls, rules: tuple[Rule, ...], info: ValidationInfo) -> tuple[Rule, ...]:
        if len(rules) > MAX_RULES:
            raise problem(f"more than {MAX_RULES} rules")
        inherited = (info.context or {}).get("labels", ())
        found = _repeated_ids(rules)
        found += _unknown_labels(rules, {*KNOWN_LABELS, *inherited, *own_labels(rules)})
        if found:
            raise problems(found)
        return rules

    @model_validator(mode="after")
    def _never_or_always(self) -> Self:
        if found := contradictions(self.never, self.always):
            what = 'is listed under "never", too'
            raise problems([(what, ("always", index)) for index in found])
        return self


def contradictions(texts: Iterable[str], others: Iterable[str]) -> list[int]:
    """The places of those of `others` that are also in `texts`."""
    candidates = [(index, normalized(text)) for index, text in enumerate(others)]
    known = {normalized(text) for text in texts} if candidates else ()
    return [index for index, text in candidates if text in known]


def own_labels(rules: Iterable[Rule]) -> frozenset[str]:
    """The labels that rules introduce with `as`."""
    return frozenset(rule.as_label for rule in rules if rule.as_label)


def _repeated_ids(rules: tuple[Rule, ...]) -> list[tuple[str, KeyPath]]:
    first: dict[str, int] = {}
    return [
        (f"already the id of rules[{first[rule.id]}]", (index, "id"))
        for index, rule in enumerate(rules)
        if first.setdefault(rule.id, index) != index
    ]


def _unknown_labels(rules: tuple[Rule, ...], known: set[str]) -> list[tuple[str, KeyPath]]:
    found: list[tuple[str, KeyPath]] = []
    for index, rule in enumerate(rules):
        for place, label in enumerate(rule.find or ()):
            if label not in known:
                # A hint costs more than all else; the problems beyond these are not shown.
                hint = _label_hint(label, known) if len(found) < MAX_LISTED else ""
                found.append((f"unknown label {quoted(label)}{hint}", (index, "find", place)))
    return found


def _label_hint(label: str, known: set[str]) -> str:
    close = nearest(label, sorted(known), cutoff=50.0)
    return f' (did you mean "{close}"?)' if close else f" (known: {', '.join(sorted(known))})"
