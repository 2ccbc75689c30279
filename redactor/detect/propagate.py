"""What was found once is found everywhere: a name that the context gave away on page 1 is the
same name on page 3, where nothing gives it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from redactor.detect.organizations import inside_organization
from redactor.detect.spans import Span

# Labels whose text names somebody by itself. A date or a town does not.
_CARRIED = frozenset(
    {
        "PERSON",
        "US_SSN",
        "US_ITIN",
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "CREDIT_CARD",
        "IBAN_CODE",
        "MEDICAL_RECORD_NUMBER",
        "MEMBER_ID",
        "ACCOUNT_NUMBER",
        "STREET_ADDRESS",
        "US_DRIVER_LICENSE",
        "US_PASSPORT",
        "UK_DRIVING_LICENCE",
        "UK_PASSPORT",
        "CERTIFICATE_NUMBER",
        "DEVICE_ID",
        "EMPLOYEE_ID",
        "LICENSE_PLATE",
        "STUDENT_ID",
        "DATE_OF_BIRTH",
    }
)
_SURE = 0.5  # a weaker finding is not spread
_HIGHEST = 0.75  # score of what is spread: the same text may be another thing elsewhere
_SHORTEST_NAME = 3
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A text to look for, and what it is; `is_part` where it is one word of a longer name."""

    text: str = field(repr=False)
    label: str
    score: float
    is_part: bool = False


def known_texts(sources: Iterable[tuple[str, Sequence[Span]]]) -> tuple[Known, ...]:
    """The texts of sure findings, and each part of a full name that is not a common word here.

    A part of a name counts as common where the document also has it in lower case ("Will"/"will").
    """
    known: dict[str, Known] = {}
    common: set[str] = set()
    for text, spans in sources:
        common.update(word for word in _TOKEN.findall(text) if word.islower())
        for span in spans:
            if span.label in _CARRIED and span.score >= _SURE:
                value = text[span.start : span.end]
                score = min(span.score, _HIGHEST)
                known[value] = Known(value, span.label, score)
                for part in _name_parts(value) if span.label == "PERSON" else ():
                    known.setdefault(part, Known(part, span.label, score, is_part=True))
    return tuple(
        sorted(k for k in known.values() if " " in k.text or k.text.casefold() not in common)
    )


def _name_parts(name: str) -> Iterator[str]:
    """The words of a name of two words or more, with both ways to capitalize them."""
    parts = [p for p in _TOKEN.findall(name) if len(p) >= _SHORTEST_NAME and p[0].isupper()]
    if len(name.split()) > 1:
        for part in parts:
            yield from (part, part.upper(), _capitalized(part))


def _capitalized(part: str) -> str:
    """A capital at the start and after each apostrophe and hyphen: O'Brien, Jean-Luc."""
    return "".join(piece.capitalize() for piece in re.split(r"(['’\-])", part))


class KnownText:
    """Finds known texts, whole words and in the same letter case, in one pass.

    A part of a name is left alone inside the name of an organization.
    """

    name = "propagation"

    def __init__(self, known: Sequence[Known]) -> None:
        self._by_text = {" ".join(k.text.split()): k for k in known}
        longest_first = sorted(self._by_text, key=lambda text: (-len(text), text))
        alternatives = "|".join(
            r"\s+".join(re.escape(word) for word in text.split()) for text in longest_first
        )
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if known else None

    def spans(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Where the texts stand; `found` are the spans that the text has already."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            known = self._by_text[" ".join(match.group().split())]
            start, end = match.span()
            if not (known.is_part and inside_organization(text, start, end, found)):
                yield Span(start, end, known.label, known.score, self.name)
