"""Postal addresses in English: of the United States by USPS Publication 28, and British ones.

A house number, a street name with its type, then as much as follows of: unit, city, state, ZIP
code or postcode, on the same line or the next. Nothing else of the next line is taken: the label
of the next field ends an address. Street types that are also plain words (court, way, place) score
lower on their own.
"""

from __future__ import annotations

from redactor.detect.context import Context
from redactor.detect.postcodes import STATE, UK_POSTCODE, ZIP
from redactor.detect.scan import FORMAT, LABELED, LIKELY, NEVER, Pattern, compiled, word_edges

_LABEL = "STREET_ADDRESS"
_NOT_AN_ADDRESS = Context(r"chapter|section|sec|figure|fig|table|page|pages|pp|exhibit|item|rule")
_HOME = Context(
    r"address|addr|residence|residing|resides?|resident|lives?|living|located|home|mailing|street"
)

_GAP = r"[ ,.\n]{1,3}"
_FLAT = (  # Flat 2, 14 High Street
    r"(?:(?i:flat|unit|apartment|apt|suite|ste|room|rm|house)\b\.? ?#?[A-Za-z0-9]{1,5}[ ,\n]{1,3})?"
)
_NUMBER = rf"{_FLAT}\d{{1,6}}[A-Za-z]?(?:[-/]\d{{1,4}})?(?: 1/2)?"
_COMPASS = (
    r"(?:[NSEW]|[NS][EW]|[NS]\. ?[EW]"
    r"|(?i:north|south|east|west|northeast|northwest|southeast|southwest))\.?"
)
_QUARTER = rf"(?:,? (?:[NS]\. ?[EW]\.|{_COMPASS}\b))?"
_NAME_WORD = r"(?:[A-Z][A-Za-z'-]{0,24}\.?|\d{1,3}(?i:st|nd|rd|th)|of|the|de|la|las|los|del)"
_NAME = rf"(?:{_NAME_WORD} ){{1,4}}"
_CLEAR_TYPE = (
    r"(?i:street|st|avenue|ave|av|boulevard|blvd|road|rd|lane|ln|drive|dr|terrace|ter|parkway|pkwy"
    r"|highway|hwy|turnpike|tpke|expressway|expy|alley|aly|trail|trl|crescent|cres|freeway|fwy"
    r"|causeway|cswy|esplanade|cir|ct|pl|sq|plz)"
)
_PLAIN_TYPE = (
    r"(?i:court|way|place|circle|square|plaza|loop|run|path|pike|row|walk|cove|crossing|xing|point"
    r"|ridge|hollow|bend|landing|commons|park|broadway)"
)
_ROUTE = (
    r"(?:(?i:us|u\.s\.|state|county|interstate|old) )?"
    r"(?i:highway|hwy|route|rte|road|rd|interstate|state rd|county rd)\.? \d{1,4}[A-Z]?\b"
)
_BOX = (
    r"(?i:p\.? ?o\.? ?box|post office box"
    r"|rural route \d{1,3},? box|rr ?\d{1,3},? box|(?:psc|unit) \d{1,5},? box)"
)
_UNIT = (
    r"(?:[ ,\n]{1,3}(?:(?i:apartment|apt|suite|ste|unit|floor|fl|building|bldg|room|rm|lot|trailer"
    r"|trlr|penthouse|ph)\b\.? ?#? ?[A-Za-z0-9][A-Za-z0-9-]{0,5}(?:\.\d{1,4})?\b"
    r"|# ?[A-Za-z0-9-]{1,6}\b|\d{1,3}(?i:st|nd|rd|th) (?i:floor|fl)\b\.?))"
)
_CITY = r"[A-Z][A-Za-z'-]{1,24}\.?(?:[ \n][A-Z][A-Za-z'-]{1,24}\.?){0,3}"
_ONE_LINE_CITY = _CITY.replace(r"[ \n]", " ")  # what stands above a town alone is not known
_PLACE = (
    rf"(?:{_CITY}{_GAP}{STATE}\b\.?(?:{_GAP}{ZIP})?"
    rf"|{_CITY}(?:,[ \n]{_CITY}){{0,2}}{_GAP}{UK_POSTCODE}\b"
    rf"|{_CITY}{_GAP}(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT)[ ,]{{1,2}}[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    rf"|{_CITY}{_GAP}(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{{4}}\b)"
)
_TAIL = rf"{_UNIT}{{0,2}}(?:{_GAP}{_PLACE})?"

_PARTICLES = ("of", "the", "de", "la", "las", "los", "del")
_NO_STREETS = {
    *("supreme", "district", "circuit", "superior", "appeals", "appellate", "county", "high"),
    *("trial", "federal", "municipal", "family", "probate", "bankruptcy", "the", "of", "juvenile"),
}


def _street_edges(text: str, start: int, end: int) -> bool:
    """Not the end of a date: `08/04/2015 Hilton Union Square`."""
    in_date = text[start - 1 : start] == "/" and text[max(0, start - 2) : start - 1].isdigit()
    return word_edges(text, start, end) and not in_date


def _fit_clear(candidate: str) -> int:
    """Not `2008 the trail`: the name has a capital or a figure. Not `140 S. Ct.`, a reporter.

    A sentence's comma is left out.
    """
    if candidate.rstrip(" .").endswith("S. Ct"):
        return 0
    words = candidate.split()
    name = words[1] if len(words) > 1 else ""
    if name in _PARTICLES and len(words) > 2 and words[2].islower():
        return 0
    return len(candidate.rstrip(" ,\n"))


def _fit_town(candidate: str) -> int:
    """Not `In Texas 10000`."""
    return 0 if candidate.split()[0] in ("In", "From", "To", "At", "The") else len(candidate)


def _fit_plain(candidate: str) -> int:
    """Not `1998 Supreme Court`, not `3 of the Way`: the last name word is none of a court's."""
    words = candidate.replace("\n", " ").split()
    for at, word in enumerate(words):
        if word.lower().rstrip(".,") == "court" and words[at - 1].lower() in _NO_STREETS:
            return 0
    return 0 if words[1].lower() in ("of", "the") else len(candidate)


ADDRESSES: tuple[Pattern, ...] = (
    Pattern(  # 123 N. Main St. Apt 4, Springfield, IL 62704
        _LABEL,
        compiled(rf"\b{_NUMBER} (?:{_COMPASS} )?{_NAME}{_CLEAR_TYPE}\b\.?{_QUARTER}{_TAIL}"),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        unless=_NOT_AN_ADDRESS,
        fit=_fit_clear,
        edges=_street_edges,
    ),
    Pattern(  # 12 Oak Court
        _LABEL,
        compiled(
            rf"\b{_NUMBER} (?:{_COMPASS} )?(?:{_NAME}{_PLAIN_TYPE}\b|(?i:broadway)\b)"
            rf"{_QUARTER}{_TAIL}"
        ),
        LIKELY,
        in_context=LABELED,
        context=_HOME,
        unless=_NOT_AN_ADDRESS,
        fit=_fit_plain,
        edges=_street_edges,
    ),
    Pattern(  # 12 Oak Court, Springfield, IL 62704: the ZIP code makes it sure
        _LABEL,
        compiled(
            rf"\b{_NUMBER}[ \n](?:{_COMPASS}[ \n])?{_NAME_WORD}(?:[ \n]{_NAME_WORD}){{0,4}}"
            rf"(?:[ \n]{_COMPASS})?{_UNIT}{{0,2}}{_GAP}{_CITY}{_GAP}{STATE}\b\.?{_GAP}{ZIP}"
        ),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        edges=_street_edges,
    ),
    Pattern(  # 4500 State Highway 50
        _LABEL,
        compiled(rf"\b{_NUMBER} (?:{_COMPASS} )?{_ROUTE}{_TAIL}"),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        unless=_NOT_AN_ADDRESS,
        fit=_fit_clear,
        edges=_street_edges,
    ),
    Pattern(  # P.O. Box 123, Madison, WI 53703
        _LABEL,
        compiled(rf"\b{_BOX} ?#? ?\d{{1,6}}[A-Za-z]?\b(?:{_GAP}{_PLACE})?"),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        edges=_street_edges,
    ),
    Pattern(  # lives at 12 elm street
        _LABEL,
        compiled(
            rf"\b{_NUMBER} (?:[a-z'-]{{1,20}} ){{1,3}}"
            r"(?:street|st|avenue|ave|boulevard|blvd|road|rd|lane|ln|drive|court|way|place)\b\.?"
        ),
        NEVER,
        in_context=LIKELY,
        context=_HOME,
        edges=_street_edges,
    ),
    Pattern(  # Springfield, IL 62704
        _LABEL,
        compiled(rf"\b{_ONE_LINE_CITY}[ ,\n]{{1,3}}{STATE}\b\.?{_GAP}{ZIP}"),
        LIKELY,
        in_context=LABELED,
        context=_HOME,
        fit=_fit_town,
        edges=_street_edges,
    ),
)
