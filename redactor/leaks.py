"""A report's own leak scan: nothing that was removed is in it, nor where or by whom it was made.

Nobody means to write such a thing into a report; this is the barrier for the day that something
does: a reason that a person typed into a plan, a rule that is named after somebody.

Texts are compared by their words, whatever the case, spacing and punctuation, and also run
together, in hex, in base64, and as the plain digests that would give short texts away in minutes.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import re
import socket
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

from redactor.errors import VerificationFailed
from redactor.policy.labels import KNOWN_LABELS
from redactor.report import Report
from redactor.statement import statement

_SHORTEST = 4  # letters and digits: shorter texts turn up in any report by chance
_SHORTEST_JOINED = 8

_WORD = re.compile(r"[^\W_]+")
_CODED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")


class _Kind(Enum):
    """What a text of a report is: ours whatever the document, a name in a policy, or prose."""

    FIXED = auto()
    NAME = auto()
    PROSE = auto()


_FIXED_KEYS = (
    "created detector engine finding hmac host id job mode packages sha256 tool version vlm"
)
_NAME_KEYS = "code label models policy rule"
_KINDS = {
    **dict.fromkeys(_FIXED_KEYS.split(), _Kind.FIXED),
    **dict.fromkeys(_NAME_KEYS.split(), _Kind.NAME),
}
"""By the key over it in the report; what is not listed is prose."""

# Words of our own sentences, of the rules that come with us, and of the laws that these follow. A
# removed text that is made of nothing else gives nobody away: it may stand in any report.
_SENTENCES = """
    a action added again all always an and annotations any are area artbox as asked at beside blank
    bleedbox blurred bookmarks box boxes by cannot catalog certain character characters clean
    coarse color colors confidence content could cropped data decided document draw drawn end
    failed fewer field finding first followed font for found glyph here hidden hint hold holds
    image images in inclusion information initials ink is it its keep keeps kept key known label
    labels language last layer least left length like lines links listed little look looks lost
    made mask masked matches min more moved named names never no nobody not nothing object objects
    of off on opaque optional other out outside page pages part pattern person picture pictures
    place places prefixes provably read redact redacted redactor removed review revision rule s
    said same samples say score sent separated settings shows signature soft stands stay stopped
    structure subject term text texts than that the them there they this tiling title to trimbox
    type uncertain under unread unusable user were what where width with word words year years
"""
_RULES = """
    89 aadhaar account accounts adapters addresses ages au b6 b7c be ca cards certificate
    certificates codes companies company coordinates cz dates default details devices documents
    drivers dsar dss employee enforcement es eu exact ferpa fi financial fiscal foia forms fr frcp
    gdpr geocodes geography glba gps gr groups harbor health hipaa hr ibans identity ids ie
    insurance it law licence licenses locations mac maiden marks members minors national network
    networks nhs nl numbers officers oib organizations over passports pci persons phone phones
    pins places plan plates policy postcode professional pt records reference routing safe scores
    se second secrets sections security signatures social staff stamps states street students
    subjects tax taxpayer taxpayers titles track uk unread vat vehicles verification wallets web
"""
_CITES = """
    0 1 15 16 164 2 2012 3 30 313 34 4 45 5 514 552 6 6809 7 99 art b c cfr civ consumer cookie d e
    employers equivalent except f fed files g guidance h hhs i identification identifier including
    indicative internet j k l m n name o online p r recital report requirement smaller state such u
"""


def leaks_nothing(report: Report, removed: Iterable[str], here: Iterable[str] = ()) -> None:
    """Raises VerificationFailed where the report holds a removed text or one of `here`.

    `here` tells of the machine: paths, the names of its user and of itself; who decided may be
    named all the same. A removed text of one word without digits may be in the names that a policy
    gives to rules and codes: they are the same for every document.
    """
    shown = frozenset(_words(_servers(report)))  # on purpose, and they may be this machine
    secret = _Wanted(removed)
    local = _Wanted(text for text in here if not shown.issuperset(_words(text)))
    for path, text, kind in _strings(statement(report)["predicate"], "predicate"):
        if secret.is_in(text, kind):
            raise _leak("a removed text", path)
        if not _names_who_decided(path) and local.is_in(text, kind):
            raise _leak("where or by whom it was made", path)


def _servers(report: Report) -> str:
    """The names of the machines that were asked."""
    vlm, signature = report.reading.vlm, report.pdf_signature
    stamp = signature.timestamp if signature else None
    return f"{vlm.host if vlm else ''} {stamp.authority if stamp else ''}"


def _names_who_decided(path: str) -> bool:
    return path.endswith(".decided_by") or path.startswith("predicate.reviewers[")


def _leak(what: str, path: str) -> VerificationFailed:
    return VerificationFailed(
        f"the report would give away {what} at {path}",
        "nothing was written; change that entry of the plan or policy",
    )


def about_here(output: Path) -> Iterator[str]:
    """What a report must not tell of the machine it was made on."""
    folders = [output.absolute().parent, Path.cwd()]
    with suppress(RuntimeError):
        folders.append(Path.home())
    yield from (str(folder) for folder in folders if len(_words(str(folder))) > 1)
    with suppress(OSError, KeyError, ImportError):
        yield getpass.getuser()
    yield socket.gethostname()


class _Wanted:
    """Texts that can be looked for in one pass over the words of another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._joined: set[str] = set()
        self._coded: set[str] = set()
        for text in set(texts):
            words = _words(text)
            if sum(map(len, words)) < _SHORTEST or _own_words().issuperset(words):
                continue
            self._by_first[words[0]].append(words)
            self._coded.update(_codings(text))
            if len(joined := "".join(words)) >= _SHORTEST_JOINED and not _is_plain(words):
                self._joined.add(joined)

    def is_in(self, text: str, kind: _Kind) -> bool:
        """Whether one of them is in a text of that kind."""
        if not self._coded.isdisjoint(_CODED.findall(text)):
            return True
        if kind is _Kind.FIXED:
            return False
        words = _words(text)
        if not self._joined.isdisjoint(words):
            return True
        return any(self._is_at(at, words, kind) for at in range(len(words)))

    def _is_at(self, at: int, words: tuple[str, ...], kind: _Kind) -> bool:
        return any(
            words[at : at + len(wanted)] == wanted
            for wanted in self._by_first.get(words[at], ())
            if kind is _Kind.PROSE or not _is_plain(wanted)
        )


def _is_plain(words: tuple[str, ...]) -> bool:
    """Whether it is one word without digits, which may be a name in any policy."""
    return len(words) == 1 and not any(c.isdigit() for c in words[0])


@cache
def _own_words() -> frozenset[str]:
    return frozenset(_words(" ".join((_SENTENCES, _RULES, _CITES, *KNOWN_LABELS))))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _codings(text: str) -> Iterator[str]:
    """The text and its digests in hex and base64, as they would be written."""
    for form in {text, text.casefold(), text.upper(), " ".join(text.casefold().split())}:
        data = form.encode("utf-8", "surrogatepass")
        digests = (hashlib.new(name, data).digest() for name in ("sha256", "sha512", "sha1", "md5"))
        for each in (data, *digests):
            yield from (each.hex(), each.hex().upper())
            for coded in (base64.b64encode(each), base64.urlsafe_b64encode(each)):
                yield from (coded.decode(), coded.decode().rstrip("="))


def _strings(value: Any, path: str, kind: _Kind = _Kind.PROSE) -> Iterator[tuple[str, str, _Kind]]:
    """Every text with its path and kind; what is under a key that has one is of that kind, too."""
    if isinstance(value, dict):
        for key, each in value.items():
            own = _KINDS.get(key, kind) if kind is _Kind.PROSE else kind
            said = _own_part(value) if key == "reason" else each
            yield from _strings(said, f"{path}.{key}", own)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _strings(each, f"{path}[{index}]", kind)
    elif isinstance(value, str):
        yield path, value, kind


def _own_part(candidate: dict[str, Any]) -> str:
    """A reason without the rule and label that it names: those are looked at by themselves."""
    reason: str = candidate["reason"]
    if "rule" in candidate:
        reason = reason.replace(f'"{candidate["rule"]}"', " ").replace(candidate["label"], " ")
    return reason
