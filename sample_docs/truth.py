"""The truth beside each sample document: what must go, what must stay, and where it lies.

Text is written with a small markup: ``{LABEL words}`` is an identifier, ``{LABEL@key words}``
one that continues elsewhere under the same key (an address on two lines), and ``{SKIP words}``
is listed neither as an identifier nor as kept (courtesy titles, say).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in page space: points, origin top-left of the displayed page, y down."""

LABELS = frozenset(
    {
        "PERSON",
        "US_SSN",
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "STREET_ADDRESS",
        "CREDIT_CARD",
        "IBAN_CODE",
        "DATE_OF_BIRTH",
        "MEDICAL_RECORD_NUMBER",
        "IP_ADDRESS",
        "ACCOUNT_NUMBER",
        "MEMBER_ID",
    }
)
SKIP = "SKIP"
_MARK = re.compile(r"\{([A-Z_]+)(?:@(\w+))? ([^{}]*)\}")
_LEADING = "([{\"'<*\u201c\u2018"
_TRAILING = ".,;:!?)]}\"'>*\u201d\u2019"


@dataclass(frozen=True)
class Mention:
    """One identifier as written in the source text; equal keys are the same identifier."""

    label: str
    key: str


@dataclass(frozen=True)
class Token:
    """A run of text between blanks; ``start:end`` is the part of it the truth speaks of."""

    text: str
    start: int
    end: int
    mention: Mention | None = None

    @property
    def core(self) -> str:
        """The part that is listed."""
        return self.text[self.start : self.end]


@dataclass
class _Identifier:
    page: int
    kind: str
    label: str
    pieces: list[str] = field(default_factory=list)
    words: list[tuple[str, Box | None]] = field(default_factory=list)


@dataclass
class TruthBook:
    """Collects the identifiers and the kept words of one document."""

    document: str
    pages: list[tuple[float, float]] = field(default_factory=list)
    _identifiers: dict[tuple[int, str, str], _Identifier] = field(default_factory=dict)
    _keep: list[tuple[int, str, str, Box]] = field(default_factory=list)
    _serial: int = 0

    def add_page(self, width: float, height: float) -> int:
        """Note a displayed page (points) and give its number, from 1."""
        self.pages.append((width, height))
        return len(self.pages)

    def tokens(self, markup: str) -> list[Token]:
        """Split marked-up text into tokens."""
        plain, marks = "", list[Mention | None]()
        at = 0
        for match in _MARK.finditer(markup):
            before, inside = markup[at : match.start()], match.group(3)
            mention = self._mention(match.group(1), match.group(2))
            plain += before + inside
            marks += [None] * len(before) + [mention] * len(inside)
            at = match.end()
        plain += markup[at:]
        marks += [None] * (len(plain) - len(marks))
        return [
            _token(match.group(), marks[match.start() : match.end()])
            for match in re.finditer(r"\S+", plain)
        ]

    def _mention(self, label: str, key: str | None) -> Mention:
        if label != SKIP and label not in LABELS:
            raise ValueError(f"unknown label {label}")
        self._serial += 1
        return Mention(label, key or f"#{self._serial}")

    def add(self, page: int, kind: str, token: Token, box: Box) -> None:
        """List a token drawn at ``box``, or nothing where the truth is silent about it."""
        rounded = _rounded(box)
        if token.mention is None:
            if any(char.isalnum() for char in token.core):
                self._keep.append((page, kind, token.core, rounded))
        elif token.mention.label != SKIP:
            self._word(page, kind, token, rounded)

    def add_unseen(self, page: int, kind: str, markup: str) -> None:
        """List the identifiers of text that no page shows (metadata, a closed note)."""
        for token in self.tokens(markup):
            if token.mention is not None and token.mention.label != SKIP:
                self._word(page, kind, token, None)

    def _word(self, page: int, kind: str, token: Token, box: Box | None) -> None:
        assert token.mention is not None
        entry = self._identifiers.setdefault(
            (page, kind, token.mention.key), _Identifier(page, kind, token.mention.label)
        )
        glued = token.text[token.start :] if token.end < len(token.text) else token.core
        entry.pieces.append(glued)
        entry.words.append((token.core, box))

    def dumps(self) -> str:
        """Give the truth file's text."""
        found = sorted(self._identifiers.values(), key=_identifier_order)
        kept = sorted(self._keep, key=lambda row: (row[0], row[3][1], row[3][0], row[2]))
        data = {
            "document": self.document,
            "pages": [
                {"number": index, "width": width, "height": height}
                for index, (width, height) in enumerate(self.pages, 1)
            ],
            "identifiers": [_identifier_json(entry) for entry in found],
            "keep": [
                {"page": page, "text": text, "kind": kind, "box": list(box)}
                for page, kind, text, box in kept
            ],
        }
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _token(text: str, marks: list[Mention | None]) -> Token:
    """Decide which part of a blank-free run the truth lists."""
    marked = [index for index, mark in enumerate(marks) if mark is not None]
    start, end = (marked[0], marked[-1] + 1) if marked else (0, len(text))
    # The brackets of "(414)" belong to the number, so identifiers lose closing marks only.
    trailing = ".,;:!?" if marked else _TRAILING
    while end > start + 1 and text[end - 1] in trailing:
        end -= 1
    while not marked and start < end - 1 and text[start] in _LEADING:
        start += 1
    return Token(text, start, end, marks[marked[0]] if marked else None)


def _identifier_order(entry: _Identifier) -> tuple[int, float, float, str, str, str]:
    box = entry.words[0][1] or (-1.0, -1.0, -1.0, -1.0)
    return entry.page, box[1], box[0], entry.label, entry.kind, _joined(entry)


def _joined(entry: _Identifier) -> str:
    """Give the identifier as one string: punctuation between its words stays, at its end not."""
    return " ".join([*entry.pieces[:-1], entry.words[-1][0]])


def _identifier_json(entry: _Identifier) -> dict[str, object]:
    return {
        "page": entry.page,
        "label": entry.label,
        "text": _joined(entry),
        "kind": entry.kind,
        "words": [
            {"text": text, "box": None if box is None else list(box)} for text, box in entry.words
        ],
    }


def _rounded(box: Box) -> Box:
    x0, y0, x1, y1 = (round(value, 2) + 0.0 for value in box)
    return x0, y0, x1, y1
