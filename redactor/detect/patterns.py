"""Values that are known by their form: the pattern detector.

Each table is a module of this package, named in the imports below; the scores are in `scan`. All
expressions are RE2, so the time is linear in the text whatever the text is.

What OCR read as letters that look like digits is looked for a second time, in the view of the text
where they are digits (`folding.repaired_view`), by the patterns that are exact enough: their check
or their form and context must hold. Such a span has a detector that ends in `REPAIRED`. Its text
stays the one that was read; `repaired_view` of that is what it was taken for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redactor.detect.addresses import ADDRESSES
from redactor.detect.addresses_abroad import ABROAD
from redactor.detect.ages import AGES
from redactor.detect.coordinates import COORDINATES
from redactor.detect.dates import DATES, births
from redactor.detect.folding import Folded, ascii_view, repaired_view
from redactor.detect.groups import GROUPS
from redactor.detect.identifiers import IDENTIFIERS
from redactor.detect.internet import INTERNET
from redactor.detect.labeled import LABELED_VALUES
from redactor.detect.licenses import LICENSES
from redactor.detect.misprinted import MISPRINTED_NUMBERS
from redactor.detect.phones import PHONES
from redactor.detect.postcodes import POSTCODES
from redactor.detect.registered import REGISTERED
from redactor.detect.scan import CHECKED, NEVER, Pattern, scan
from redactor.detect.spans import Span
from redactor.findings import REPAIRED

PATTERNS: tuple[Pattern, ...] = (
    *IDENTIFIERS,
    *LABELED_VALUES,
    *LICENSES,
    *REGISTERED,
    *MISPRINTED_NUMBERS,
    *INTERNET,
    *PHONES,
    *DATES,
    *AGES,
    *ADDRESSES,
    *ABROAD,
    *POSTCODES,
    *COORDINATES,
    *GROUPS,
)
# Without context only a check is proof enough that letters are digits.
_MISREAD = tuple(
    replace(pattern, score=pattern.score if pattern.score >= CHECKED else NEVER)
    for pattern in PATTERNS
    if pattern.repair
)

# Kinds from the strongest to the weakest: what a value is when two kinds claim the same place.
_KINDS = (
    "CREDIT_CARD",
    "IBAN_CODE",
    "ABA_ROUTING_NUMBER",
    *sorted({pattern.label for pattern in REGISTERED} - {"MEMBER_ID"}),
    "US_SSN",
    "US_ITIN",
    "EMAIL_ADDRESS",
    "MEDICAL_RECORD_NUMBER",
    "MEMBER_ID",
    "US_DRIVER_LICENSE",
    "UK_DRIVING_LICENCE",
    "UK_PASSPORT",
    "US_PASSPORT",
    "UK_SORT_CODE",
    "ACCOUNT_NUMBER",
    "EMPLOYEE_ID",
    "STUDENT_ID",
    "DEVICE_ID",
    "LICENSE_PLATE",
    "CERTIFICATE_NUMBER",
    "DATE_OF_BIRTH",
    "CASE_NUMBER",
    "REFERENCE_NUMBER",
    "IP_ADDRESS",
    # Before the address that they stand in: a policy may ask for either.
    "UK_POSTCODE",
    "US_ZIP_CODE",
    "STREET_ADDRESS",
    "GPS_COORDINATES",
    "PHONE_NUMBER",
    "URL",
    "AGE",
    "DATE_TIME",
    "NRP",
)
_RANK = {label: rank for rank, label in enumerate(_KINDS)}

LABELS: frozenset[str] = frozenset(_KINDS)


class PatternDetector:
    """Finds numbers, dates, addresses and the like by their form, checksum and context."""

    name = "patterns"

    def spans(self, text: str) -> Iterable[Span]:
        """What stands in `text`, by place; offsets are characters of `text` as given."""
        view = ascii_view(text)
        data = view.text.encode("ascii")
        found: list[Span] = []
        for pattern in PATTERNS:
            found.extend(scan(pattern, view.text, data, self.name))
        found.extend(self._repaired(view.text))
        return [self._placed(view, span) for span in resolve(births(view.text, found))]

    def _repaired(self, text: str) -> Iterator[Span]:
        """What is only there when letters that look like digits are digits."""
        view = repaired_view(text)
        if view == text:
            return
        data = view.encode("ascii")
        for pattern in _MISREAD:
            for span in scan(pattern, view, data, self.name + REPAIRED):
                if view[span.start : span.end] != text[span.start : span.end]:
                    yield span

    @staticmethod
    def _placed(view: Folded, span: Span) -> Span:
        start, end = view.original(span.start, span.end)
        return replace(span, start=start, end=end)


def resolve(spans: Iterable[Span]) -> list[Span]:
    """The spans that no other one makes superfluous, by place.

    A span goes away when another one covers all of it and
    - has the same label; the longer one then has the better of both scores; or
    - is of a stronger kind (the order of `_KINDS`) and scores no less: a telephone number inside
      a card number, the DATE_TIME that is a DATE_OF_BIRTH, the URL that is an e-mail's domain.
    Two kinds that both have a good claim stay, and so do spans that overlap only in part: a
    policy may ask for either.
    """
    return sorted(_strongest_kinds(_longest_of_label(spans)))


def _by_place(span: Span) -> tuple[int, int, int, float]:
    """Outer spans before inner ones, stronger kinds and scores before weaker ones."""
    return span.start, -span.end, _RANK[span.label], -span.score


def _longest_of_label(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    last: dict[str, list[int]] = {}  # label: the kept spans that may still cover something
    for span in sorted(spans, key=_by_place):
        open_ = [at for at in last.get(span.label, ()) if kept[at].end > span.start]
        outer = next((at for at in open_ if kept[at].end >= span.end), None)
        if outer is None:
            open_.append(len(kept))
            kept.append(span)
        elif kept[outer].score < span.score:
            kept[outer] = replace(kept[outer], score=span.score)
        last[span.label] = open_
    return kept


def _strongest_kinds(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    open_: list[Span] = []
    for span in sorted(spans, key=_by_place):
        open_ = [other for other in open_ if other.end > span.start]
        if not any(_outdoes(other, span) for other in open_):
            kept.append(span)
            open_.append(span)
    return kept


def _outdoes(outer: Span, inner: Span) -> bool:
    """Whether `inner`, which starts no earlier than `outer`, is inside it and a weaker claim."""
    stronger = _RANK[outer.label] < _RANK[inner.label] and outer.score >= inner.score
    return stronger and inner.end <= outer.end
