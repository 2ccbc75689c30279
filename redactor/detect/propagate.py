"""What was found once is found everywhere: a name that the context gave away on page 1 is the
same name on page 3, where nothing gives it away.

An identifier is looked for as it is; a person in all the forms that a text may write the name in
(`people/forms.py`), and by each part of it that is no common word of this document.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from redactor.detect.organizations import SHORT_FORM, inside_organization
from redactor.detect.people.commonness import shares
from redactor.detect.people.forms import capitalized, forms_of
from redactor.detect.people.name_words import is_free
from redactor.detect.people.names import words_of
from redactor.detect.phrases import Phrases
from redactor.detect.spans import Span
from redactor.detect.terms import encodable
from redactor.findings import ELSEWHERE, RULE_DETECTOR, maker
from redactor.policy.labels import NAMING

PERSON, PROPAGATION = "PERSON", "propagation"
_SURE = 0.5  # a weaker finding is not spread
_HIGHEST = 0.75  # score of what is spread: the same text may be another thing elsewhere
_INITIALS = 0.5  # score of initials with dots, which may be another's
_SHORTEST_NAME = 3
_LONGEST_NAME = 6  # words of a name that is known by its parts
_RARE = 1e-4  # of all words: a word in capitals that is no more common may be a surname
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ADDRESS = re.compile(r"([\w.\-]+)(?:\+[\w.\-]*)?@[\w.\-]*|(?<!\w)@([\w.\-]*\w)")
_NEXT = re.compile(r"[ \n]([^\W\d_]+)")
_NO_LETTERS = re.compile(r"[\W\d_]+")


class Form(StrEnum):
    """How a text stands for what it is: on its own, or only where more speaks for it."""

    WHOLE = "whole"
    PART = "part"
    INITIALS = "initials"
    USER = "user"


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A text to look for, and what it is, as `detector` says.

    `short` are the initials that stand for it in brackets right after it.
    """

    text: str = field(repr=False)
    label: str
    score: float
    form: Form = Form.WHOLE
    detector: str = PROPAGATION
    short: tuple[str, ...] = field(default=(), repr=False)


def known_texts(sources: Iterable[tuple[str, Sequence[Span]]]) -> tuple[Known, ...]:
    """The texts of sure findings; of persons all forms, and each part that is not common here.

    A part of a name counts as common where the document also has it in lower case ("Will"/"will").
    """
    found: dict[str, Known] = {}
    texts = []
    for text, spans in sources:
        texts.append(text)
        for span in spans:
            if span.label in NAMING and span.score >= _SURE:
                value = text[span.start : span.end]
                score = min(span.score, _HIGHEST)
                found[value] = Known(value, span.label, score, detector=_spread(span.detector))
    people = [known for known in found.values() if known.label == PERSON]
    forms: dict[str, Known] = {}
    users: dict[str, Known] = {}
    for known in people:
        for form in _forms(known):
            (users if form.form is Form.USER else forms).setdefault(form.text, form)
    parts = {part.text: part for known in people for part in _parts(known)}
    single = {text.casefold() for text in (*found, *parts) if " " not in text}
    common = _common(texts, single, {text for text in forms if text.islower()})
    alone = {text: k for text, k in {**parts, **found}.items() if text.casefold() not in common}
    return (*{**alone, **forms}.values(), *users.values())


def _spread(detector: str) -> str:
    """The detector of what is found by what `detector` found."""
    made_by = maker(detector)
    return f"{made_by}{ELSEWHERE}" if made_by.startswith(RULE_DETECTOR) else PROPAGATION


def _forms(person: Known) -> Iterator[Known]:
    """A person of two names in all forms, and by all user names, but not by a part alone."""
    label, score, detector = person.label, person.score, person.detector
    forms = forms_of(person.text)
    if forms:
        for text in (person.text, *forms.texts):
            yield Known(text, label, score, Form.WHOLE, detector, forms.short)
        for letters in forms.dotted:
            yield Known(letters, label, min(score, _INITIALS), Form.INITIALS, detector)
        for user in forms.users:
            yield Known(user, label, score, Form.USER, detector)


def _parts(person: Known) -> Iterator[Known]:
    """The words of a name of two words or more, with both ways to capitalize them."""
    if 1 < len(person.text.split()) <= _LONGEST_NAME:
        for part in _TOKEN.findall(person.text):
            if len(part) >= _SHORTEST_NAME and part[0].isupper():
                for text in (part, part.upper(), capitalized(part)):
                    yield replace(person, text=text, form=Form.PART)


def _common(texts: Iterable[str], words: Container[str], names: Container[str]) -> frozenset[str]:
    """Which of the words stand in the texts in lower case, by themselves.

    That is no part of an address or the like, and of no full name in lower case (`names`).
    """
    common: set[str] = set()
    for text in texts:
        tokens = [m for m in _TOKEN.finditer(text) if m.group() in words or m.group().islower()]
        for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
            word = token.group()
            if word in words and word.islower() and is_free(text, *token.span()):
                pairs = ((before, token), (token, after))
                if not any(a and b and text[a.start() : b.end()] in names for a, b in pairs):
                    common.add(word)
    return frozenset(common)


class KnownText:
    """Finds known texts, whole words and in the same letter case, in one pass.

    A part of a name is left alone inside the name of an organization.
    """

    name = PROPAGATION

    def __init__(self, known: Sequence[Known]) -> None:
        self._users = {k.text: k for k in known if k.form is Form.USER}
        self._by_text = {
            " ".join(encodable(k.text).split()): k for k in known if k.form is not Form.USER
        }
        self._phrases = Phrases()
        for text in self._by_text:
            self._phrases.add(text)

    def spans(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Where the texts stand; `found` are the spans that the text has already."""
        text = encodable(text)
        last = 0
        for start, end in self._phrases.matches(text):
            known = self._by_text[" ".join(text[start:end].split())]
            if start < last or (known.form is Form.INITIALS and not _are_all(text, start, end)):
                continue
            last = end
            if not (known.form is Form.PART and inside_organization(text, start, end, found)):
                yield _span(known, start, end)
            short = SHORT_FORM.match(text, end) if known.short else None
            if short and short[1] in known.short:
                yield _span(known, *short.span(1))
        yield from self._in_addresses(text)

    def _in_addresses(self, text: str) -> Iterator[Span]:
        """User names: what stands before the @ of an address, or after one that begins a word."""
        for match in _ADDRESS.finditer(text) if self._users and "@" in text else ():
            group = 1 if match[1] else 2
            known = self._users.get("".join(words_of(_NO_LETTERS.sub("", match[group]))))
            if known:
                yield _span(known, *match.span(group))


def _span(known: Known, start: int, end: int) -> Span:
    return Span(start, end, known.label, known.score, known.detector)


def _are_all(text: str, start: int, end: int) -> bool:
    """Whether initials begin no longer run of them, and no other name goes on after them."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before.isalnum() or before in (".", "-", "&") or after.isalnum():
        return False
    following = _NEXT.match(text, end)
    word = following[1] if following else ""
    return not word[:1].isupper() or shares().get(word.lower(), 0.0) >= _RARE
