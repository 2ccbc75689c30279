"""United States postal addresses, in the forms of USPS Publication 28.

A house number, a street name with its type, then as much as follows of: unit, city, state, ZIP
code. Street types that are also plain words (court, way, place) score lower on their own.
"""

from __future__ import annotations

from redactor.detect.context import Context
from redactor.detect.scan import FORMAT, LABELED, LIKELY, NEVER, Pattern, compiled, word_edges

_LABEL = "STREET_ADDRESS"
_NOT_AN_ADDRESS = Context(r"chapter|section|sec|figure|fig|table|page|pages|pp|exhibit|item|rule")
_HOME = Context(
    r"address|addr|residence|residing|resides?|resident|lives?|living|located|home|mailing|street"
)

_GAP = r"[ ,.\n]{1,3}"
_NUMBER = r"\d{1,6}[A-Za-z]?(?:-\d{1,4})?(?: 1/2)?"
_COMPASS = (
    r"(?:[NSEW]|[NS][EW]|[NS]\. ?[EW]"
    r"|(?i:north|south|east|west|northeast|northwest|southeast|southwest))\.?"
)
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
    r"|rural route \d{1,3},? box|rr ?\d{1,3},? box|psc \d{1,5},? box)"
)
_UNIT = (
    r"(?:[ ,\n]{1,3}(?:(?i:apartment|apt|suite|ste|unit|floor|fl|building|bldg|room|rm|lot|trailer"
    r"|trlr|penthouse|ph)\b\.? ?#? ?[A-Za-z0-9][A-Za-z0-9-]{0,5}\b|# ?[A-Za-z0-9-]{1,6}\b"
    r"|\d{1,3}(?i:st|nd|rd|th) (?i:floor|fl)\b\.?))"
)
_CITY = r"[A-Z][A-Za-z'-]{1,24}\.?(?:[ \n][A-Z][A-Za-z'-]{1,24}\.?){0,3}"
_STATE = (
    r"(?:A[KLRZSPEA]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]"
    r"|P[ARW]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]"
    r"|(?i:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia"
    r"|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts"
    r"|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey"
    r"|mexico|york)|north (?:carolina|dakota)|ohio|oklahoma|oregon|pennsylvania|puerto rico"
    r"|rhode island|south (?:carolina|dakota)|tennessee|texas|utah|vermont|virginia|washington"
    r"|west virginia|wisconsin|wyoming|district of columbia))"
)
_ZIP = r"\d{5}(?: ?- ?\d{4})?\b"
_PLACE = rf"{_CITY}{_GAP}{_STATE}\b\.?(?:{_GAP}{_ZIP})?"
_TAIL = rf"{_UNIT}{{0,2}}(?:{_GAP}{_PLACE})?"

_NO_STREETS = {
    *("supreme", "district", "circuit", "superior", "appeals", "appellate", "county", "high"),
    *("trial", "federal", "municipal", "family", "probate", "bankruptcy", "the", "of", "juvenile"),
}


def _fit_plain(candidate: str) -> int:
    """Not `1998 Supreme Court`, not `3 of the Way`: the last name word is none of a court's."""
    words = candidate.replace("\n", " ").split()
    for at, word in enumerate(words):
        if word.lower().rstrip(".,") == "court" and words[at - 1].lower() in _NO_STREETS:
            return 0
    return 0 if words[1].lower() in ("of", "the") else len(candidate)


def _trimmed(candidate: str) -> int:
    """The dot of an abbreviation stays, a sentence's comma does not."""
    return len(candidate.rstrip(" ,\n"))


ADDRESSES: tuple[Pattern, ...] = (
    Pattern(  # 123 N. Main St. Apt 4, Springfield, IL 62704
        _LABEL,
        compiled(
            rf"\b{_NUMBER} (?:{_COMPASS} )?{_NAME}{_CLEAR_TYPE}\b\.?(?: {_COMPASS}\b)?{_TAIL}"
        ),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        unless=_NOT_AN_ADDRESS,
        fit=_trimmed,
        edges=word_edges,
    ),
    Pattern(  # 12 Oak Court
        _LABEL,
        compiled(
            rf"\b{_NUMBER} (?:{_COMPASS} )?(?:{_NAME}{_PLAIN_TYPE}\b|(?i:broadway)\b)"
            rf"(?: {_COMPASS}\b)?{_TAIL}"
        ),
        LIKELY,
        in_context=LABELED,
        context=_HOME,
        unless=_NOT_AN_ADDRESS,
        fit=_fit_plain,
        edges=word_edges,
    ),
    Pattern(  # 12 Oak Court, Springfield, IL 62704: the ZIP code makes it sure
        _LABEL,
        compiled(
            rf"\b{_NUMBER}[ \n](?:{_COMPASS}[ \n])?{_NAME_WORD}(?:[ \n]{_NAME_WORD}){{0,4}}"
            rf"(?:[ \n]{_COMPASS})?{_UNIT}{{0,2}}{_GAP}{_CITY}{_GAP}{_STATE}\b\.?{_GAP}{_ZIP}"
        ),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        edges=word_edges,
    ),
    Pattern(  # 4500 State Highway 50
        _LABEL,
        compiled(rf"\b{_NUMBER} (?:{_COMPASS} )?{_ROUTE}{_TAIL}"),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        unless=_NOT_AN_ADDRESS,
        fit=_trimmed,
        edges=word_edges,
    ),
    Pattern(  # P.O. Box 123, Madison, WI 53703
        _LABEL,
        compiled(rf"\b{_BOX} ?#? ?\d{{1,6}}[A-Za-z]?\b(?:{_GAP}{_PLACE})?"),
        FORMAT,
        in_context=LABELED,
        context=_HOME,
        edges=word_edges,
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
        edges=word_edges,
    ),
    Pattern(  # Springfield, IL 62704
        _LABEL,
        compiled(rf"\b{_CITY}[ ,\n]{{1,3}}{_STATE}\b\.?{_GAP}{_ZIP}"),
        LIKELY,
        in_context=LABELED,
        context=_HOME,
        edges=word_edges,
    ),
)
