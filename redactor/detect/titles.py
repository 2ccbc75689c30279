"""Forms of address: what stands after "Mr" is a name, whatever the entity model says.

The form of address itself is a finding of its own kind (`TITLE`), since it tells a person's sex,
rank or calling, and a policy may want either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redactor.detect.people.names import PARTICLES
from redactor.detect.spans import Span

TITLE, PERSON = "TITLE", "PERSON"
_DETECTOR = "titles"
_TITLE_SCORE, _NAME_SCORE, _OFFICE_SCORE = 0.9, 0.8, 0.4

# Said of people alone, so that a capital after them is a name.
_SURE = (
    "Mr|Mrs|Ms|Mx|Miss|Messrs|Mister|Mme|Mlle|Monsieur|Herr|Frau|Señor|Señora|Shri|Smt"
    "|Dr|Prof|Professor|Sgt|Sergeant|Lt|Capt|Rev|Sir|Dame"
)
# Said of people, and at the start of other things too ("Justice Department", "Lady Gaga Inc").
_OTHER = (
    "Madam|Sr|Sra|Reverend|Hon|Esq|Lord|Lady|Rabbi|Imam|Fr|Sister|Lieutenant|Captain|Maj|Major|Col"
    "|Colonel|Cpl|Pvt|Det|Insp|Supt|Cmdr|Adm|Judge|Justice|Magistrate|Sheriff|Officer|Detective"
    "|Inspector|Constable|Senator|Governor|Mayor|President|Chancellor|Ambassador|Minister|King"
    "|Queen|Prince|Princess|Pope|Bishop|Nurse|General|Deputy|Agent|Trooper|Chief|Attorney|Coach"
    "|Uncle|Aunt|Father|Mother|Brother|Secretary|Emperor|Empress|Speaker|Earl|Duke|Duchess|Count"
    "|Sheikh|Shaikh|Prophet|Saint|Chairman|Chairwoman|Dean|Principal|Congressman|Congresswoman"
    "|Representative|Councillor|Commissioner|Vice|Prime"
)
# Offices that stand for whoever holds them, where they are written with a capital.
_OFFICES = (
    "(?:Vice )?President|(?:Prime )?Minister|(?:Chief )?Justice|Secretary|Speaker|Emperor|Empress"
    "|King|Queen|Prince|Princess|Pope|Earl|Duke|Duchess|Governor|Mayor|Chairman|Chairwoman"
    "|Chancellor|Senator|General|Judge"
)
_ANY = rf"(?:{_SURE}|{_OTHER}|{_SURE.upper()}|{_OTHER.upper()})"
_BEFORE_NAME = re.compile(rf"(\w+ )?\b(?:{_SURE}|{_SURE.upper()})\b\.? ")
_BEFORE = re.compile(rf"\b{_ANY}\b\.?(?: {_ANY}\b\.?){{0,2}} ?$")
_OFFICE = re.compile(rf"{_ANY}\b")
_HOLDERS = re.compile(
    rf"\b(?:(?:Mr|Madam|Madame|Mister|Mme)\b\.? (?:{_OFFICES})"
    rf"|(?<=[a-z,] )(?:{_OFFICES})(?! (?:of|for)\b| [A-Z]))(?![\w-])"
)
_REACH = 40

_WORD = re.compile(r"([^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*)(\.?)( ?)")
_LONGEST = 6  # words, with initials and particles
_POSSESSIVE = ("'s", "’s")


def titled_names(text: str) -> Iterator[Span]:
    """Names after a form of address: "Mr C. Smith"; not "Mr. President", which names nobody."""
    for match in _BEFORE_NAME.finditer(text):
        street = match.group().rstrip(" .").endswith("Dr") and (match.group(1) or "").istitle()
        end = match.end() if street else _name_end(text, match.end())
        if end > match.end():
            yield Span(match.end(), end, PERSON, _NAME_SCORE, _DETECTOR)


def _name_end(text: str, start: int) -> int:
    """Where the name that begins at `start` ends, and `start` where none does.

    Initials and particles, a name, and one more that is not all in capitals, since in capitals
    any word may follow.
    """
    end, names, at = start, 0, start
    for _ in range(_LONGEST):
        match = _WORD.match(text, at)
        if not match or (names == 0 and _OFFICE.match(text, at)):
            break
        word, dot, blank = match.groups()
        if len(word) > 1 and word not in PARTICLES:
            if not word[0].isupper() or (names and (names > 1 or word.isupper())):
                break
            names += 1
            end = match.end(1) - (2 if word.endswith(_POSSESSIVE) else 0)
            if dot or word.endswith(_POSSESSIVE):
                break
        elif word[0].isupper() and len(word) == 1:
            end = match.end(2)
        if not blank and not dot:
            break
        at = match.end()
    return end


def titles_alone(text: str) -> Iterator[Span]:
    """Offices that stand for their holder: "Madam Speaker", "asked the Secretary"."""
    for match in _HOLDERS.finditer(text):
        yield Span(*match.span(), TITLE, _OFFICE_SCORE, _DETECTOR)


def titles_before(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The forms of address directly before the persons among some spans."""
    for start in sorted({span.start for span in spans if span.label == PERSON}):
        low = max(0, start - _REACH)
        if before := _BEFORE.search(text[low:start]):
            begin, end = low + before.start(), low + before.end()
            yield Span(begin, end - text[begin:end].endswith(" "), TITLE, _TITLE_SCORE, _DETECTOR)
