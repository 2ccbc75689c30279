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

from redactor.detect import usage
from redactor.detect.folding import Folded, same_length_view, with_whole_words
from redactor.detect.organizations import SHORT_FORM, inside_organization
from redactor.detect.people.commonness import shares
from redactor.detect.people.forms import capitalized, forms_of, names_somebody
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
_OPENS = 8e-4  # share of all words from which one with a capital begins a sentence: "He", "The"
_FEWEST_DIGITS, _FEWEST_SIGNS = 3, 5  # of an identifier by itself
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ADDRESS = re.compile(r"(?<![\w.\-])([\w.\-]+)(?:\+[\w.\-]*)?@([\w.\-]*)|(?<!\w)@([\w.\-]*\w)")
_NEXT = re.compile(r"([ \n])([^\W\d_]+)")
_GOES_ON = re.compile(r"- ?\n\s*[a-z]")  # Will-ing
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
            value = text[span.start : span.end]
            if span.label in NAMING and span.score >= _SURE and _is_telling(value, span):
                score = min(span.score, _HIGHEST)
                found[value] = Known(value, span.label, score, detector=_spread(span.detector))
    people = [known for known in found.values() if known.label == PERSON]
    forms: dict[str, Known] = {}
    users: dict[str, Known] = {}
    for known in people:
        for form in _forms(known):
            (users if form.form is Form.USER else forms).setdefault(form.text, form)
    parts = {part.text: part for known in people for part in _parts(known)}
    single = frozenset(text.casefold() for text in (*found, *parts) if " " not in text)
    common = _common(texts, single, {text for text in forms if text.islower()})
    alone = {text: k for text, k in {**parts, **found}.items() if text.casefold() not in common}
    return (*{**alone, **forms}.values(), *users.values())


def _is_telling(value: str, span: Span) -> bool:
    """Whether a finding says somebody: one by a rule may be all that stands in a field: "None"."""
    if not maker(span.detector).startswith(RULE_DETECTOR):
        return True
    if span.label == PERSON:
        return names_somebody(value)
    signs = [char for char in value if char.isalnum()]
    return "@" in value or (
        len(signs) >= _FEWEST_SIGNS and sum(map(str.isdigit, signs)) >= _FEWEST_DIGITS
    )


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
                for text in dict.fromkeys((part, part.upper(), capitalized(part))):
                    yield replace(person, text=text, form=Form.PART)


def _common(texts: Iterable[str], words: frozenset[str], names: Container[str]) -> frozenset[str]:
    """Which of the words stand in the texts in lower case, by themselves.

    That is no part of an address or the like, and of no full name in lower case (`names`).
    """
    common: set[str] = set()
    for text in texts:
        shown = words.intersection(_TOKEN.findall(text))
        common.update(_alone(text, shown, names) if shown else ())
    return frozenset(common)


def _alone(text: str, words: Container[str], names: Container[str]) -> Iterator[str]:
    tokens = [match for match in _TOKEN.finditer(text) if match.group().islower()]
    for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token.group() in words and is_free(text, *token.span()):
            pairs = ((before, token), (token, after))
            if not any(a and b and text[a.start() : b.end()] in names for a, b in pairs):
                yield token.group()


class KnownText:
    """Finds known texts, whole words and in the same letter case, in one pass.

    All dashes are equal, and straight and curly quotes. A word hyphenated at the end of a line is
    read with and without its hyphen. A part of a name is left alone inside the name of an
    organization.
    """

    name = PROPAGATION

    def __init__(self, known: Sequence[Known]) -> None:
        self._users = {k.text: k for k in known if k.form is Form.USER}
        self._by_text = {_plain(k.text): k for k in known if k.form is not Form.USER}
        self._phrases = Phrases()
        for text in self._by_text:
            self._phrases.add(text)

    def spans(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Where the texts stand; `found` are the spans that the text has already."""
        if not self._by_text:
            return
        plain = same_length_view(encodable(text))
        made = set(self._in_addresses(plain))
        for view in with_whole_words(Folded(plain, range(len(text)), range(1, len(text) + 1))):
            made.update(self._in_view(view, plain, found))
        yield from sorted(made)

    def _in_view(self, view: Folded, plain: str, found: Sequence[Span]) -> Iterator[Span]:
        last = 0
        for start, end in self._phrases.matches(view.text):
            known = self._by_text[" ".join(view.text[start:end].split())]
            place = view.original(start, end)
            if start < last or not _is_meant(known.form, plain, *place):
                continue
            last = end
            if known.form is not Form.PART or not inside_organization(plain, *place, found):
                yield _span(known, *place)
            short = SHORT_FORM.match(view.text, end) if known.short else None
            if short and short[1] in known.short:
                yield _span(known, *view.original(*short.span(1)))

    def _in_addresses(self, text: str) -> Iterator[Span]:
        """User names: what stands before the @ of an address, or after one that begins a word."""
        for match in _ADDRESS.finditer(text) if self._users and "@" in text else ():
            group = 1 if match[1] else 3
            user = _letters(match[group])
            at = (f"{user}@{_letters(label)}" for label in (match[2] or "").split("."))
            known = next(filter(None, map(self._users.get, (user, *at))), None)
            if known:
                yield _span(known, *match.span(group))


def _plain(text: str) -> str:
    return " ".join(same_length_view(encodable(text)).split())


def _letters(text: str) -> str:
    return "".join(words_of(_NO_LETTERS.sub("", text)))


def _span(known: Known, start: int, end: int) -> Span:
    return Span(start, end, known.label, known.score, known.detector)


def _is_meant(form: Form, text: str, start: int, end: int) -> bool:
    """Whether a text of some form stands for itself, and is not a piece of something longer."""
    if form is Form.INITIALS:
        return _are_all(text, start, end)
    return form is not Form.PART or not _GOES_ON.match(text, end)


def _are_all(text: str, start: int, end: int) -> bool:
    """Whether initials begin no longer run of them, and no other name goes on after them."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before.isalnum() or before in (".", "-", "&") or after.isalnum():
        return False
    following = _NEXT.match(text, end)
    if not following or not following[2][0].isupper():
        return True
    blank, word = following.groups()
    if blank == "\n":
        return not usage.shipped().is_named_by(word)
    return shares().get(word.lower(), 0.0) >= _OPENS
