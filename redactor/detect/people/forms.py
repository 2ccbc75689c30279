"""The ways in which a text writes the name of somebody whose full name it has elsewhere.

Only what tells who is meant: two initials without dots are anything, and so is a name in lower case
whose words stand side by side in any text ("will young", "may brown").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redactor.detect import usage
from redactor.detect.people.commonness import by_chance, shares
from redactor.detect.people.names import Name, parsed, word_set, words_of

_PART = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*")
_SEPARATORS = ".-_"
_LONGEST = 6  # words of a name; what is longer is none
_SHORTEST_USER = 5  # letters of a user name that is written in one word
_SHORTEST_ALONE = 3  # letters of a family name that is all of an address before its @
# Degrees, places, times of day, courts and bills: initials with dots that are nobody's.
_ABBREVIATIONS = word_set(
    "ad ag am ba bc bs bv ca cc cd co cv da dc dj do ds ed eg er eu ex fl gp hq hr id ie iq iv jd"
    " jp la lp ma mb mc md mi ms mt na nb nc nd nh nj nm nv ny od ok op or pa pc pm po pp ps qc rd"
    " re rn sa sb sc sd se st sw tv uk un us va vp vs wa wd wi wv wy usa dba dds mba aka llc llp"
    " phd dob ssn"
)


@dataclass(frozen=True, slots=True, repr=False)
class Forms:
    """How one person may be written.

    `texts` stand for the person wherever they are, `dotted` are initials (J.S.), which count where
    no other name goes on after them, `short` initials (JS), which count in brackets after the name.
    `users` are lower case letters, for a whole user name or the part of an address before its @;
    john@smith stands for the whole of it and a part of the domain.
    """

    texts: tuple[str, ...] = field(default=())
    dotted: tuple[str, ...] = field(default=())
    short: tuple[str, ...] = field(default=())
    users: tuple[str, ...] = field(default=())


def forms_of(text: str) -> Forms | None:
    """The forms of a full name as it was found; None where it is no given and family name."""
    name = parsed(text.removesuffix("'s").removesuffix("’s"))
    if not (_is_part(name.given) and _is_part(name.family) and _is_short(text)):
        return None
    short = tuple(x for x in _initials(name) if x.lower() not in _ABBREVIATIONS)
    dotted = (blank.join(f"{x}." for x in letters) for letters in short for blank in ("", " "))
    return Forms(
        texts=tuple(dict.fromkeys((*_full(name), *_initialed(name), *_joined(name)))),
        dotted=tuple(dotted),
        short=short,
        users=tuple(dict.fromkeys(_users(name))),
    )


def names_somebody(text: str) -> bool:
    """Whether a text that may be anything says a name: "Same as above" does not."""
    return _is_short(text) and _is_named(text)


def capitalized(part: str) -> str:
    """A capital at the start and after each apostrophe and hyphen: O'Brien, Jean-Luc."""
    return "".join(piece.capitalize() for piece in re.split(r"(['’\-\s])", part))


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LONGEST and not any(map(str.isdigit, text))


def _is_part(text: str) -> bool:
    """Whether a text is a given or family name: words of letters with a capital, not initials."""
    words = text.split()
    return (
        all(_PART.fullmatch(word) for word in words)
        and any(len(word) > 1 for word in words)
        and any(word[0].isupper() for word in words)
    )


def _full(name: Name) -> Iterator[str]:
    """John Smith; Smith, John; with the middle names or their initials; in any case."""
    middles = [name.middle, " ".join(f"{word[0]}." for word in name.middle.split()), ""]
    for middle in dict.fromkeys(middles):
        given = f"{name.given} {middle}".strip()
        for text in (f"{given} {name.family}", f"{name.family}, {given}"):
            yield from (text, text.upper(), capitalized(text))
            if _tells_in_lower_case(name):
                yield text.lower()


def _tells_in_lower_case(name: Name) -> bool:
    """Whether the words do not meet by chance, and one of them is hardly ever another word."""
    both = f"{name.given} {name.family}"
    return not by_chance(words_of(both)) and _is_named(both)


def _is_named(text: str) -> bool:
    """Whether a word of a text is hardly ever anything but a name, or in no text but this one."""
    return any(map(usage.shipped().is_named_by, words_of(text)))


def _initialed(name: Name) -> Iterator[str]:
    """J. Smith; J.A. Smith; Smith, J.; with the family name as it is, and in capitals.

    Without a dot no letter that is a word before a name that is one too: "A Young".
    """
    first = name.given[0].upper()
    letters = [f"{word[0].upper()}." for word in (first, *name.middle.split())]
    dotted = dict.fromkeys((letters[0], "".join(letters), " ".join(letters)))
    bare = () if first in "AI" and not _is_named(name.family) else (first,)
    for family in dict.fromkeys((name.family, name.family.upper(), capitalized(name.family))):
        yield from (f"{start} {family}" for start in (*bare, *dotted))
        yield from (f"{family}, {start}" for start in dotted)


def _initials(name: Name) -> Iterator[str]:
    """JS, and JAS where there are middle names."""
    first, last = name.given[0].upper(), name.family[0].upper()
    yield first + last
    if name.middle:
        yield first + "".join(word[0].upper() for word in name.middle.split()) + last


def _joined(name: Name) -> Iterator[str]:
    """User names and names of files: john.smith, Smith_John, jsmith, in any case."""
    given, family = "".join(words_of(name.given)), "".join(words_of(name.family))
    for separator in _SEPARATORS:
        for parts in ((given, family), (family, given), (given[0], family)):
            yield from _cases(separator.join(parts), separator)
    for text in (f"{given}{family}", f"{family}{given}", *_cut(given, family)):
        if len(text) >= _SHORTEST_USER and text not in shares():
            yield text
    yield f"{given.capitalize()}{family.capitalize()}"


def _cases(text: str, separator: str) -> Iterator[str]:
    yield text
    yield text.upper()
    yield separator.join(part.capitalize() for part in text.split(separator))


def _cut(given: str, family: str) -> Iterable[str]:
    return f"{given[0]}{family}", f"{family}{given[0]}"


def _users(name: Name) -> Iterator[str]:
    """What stands before the @ of an address of theirs, less marks and digits."""
    given, family = "".join(words_of(name.given)), "".join(words_of(name.family))
    middles = "".join(word[0] for word in words_of(name.middle))
    yield from (f"{given}{family}", f"{family}{given}", *_cut(given, family))
    yield from (f"{given}{family[0]}", f"{given[0]}{middles}{family}", f"{given}{middles}{family}")
    yield f"{given}@{family}"
    if len(family) >= _SHORTEST_ALONE and _is_named(family):
        yield family
