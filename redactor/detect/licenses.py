"""Driving licenses, vehicle plates and passports.

How the number of a US driving license is built differs from state to state (the table follows what
the states publish for insurers and employers). Most forms are a run of digits, so a license is
found by the words before it; where its state is named there, too, its form is as good as exact.
"""

from __future__ import annotations

from redactor.detect.context import Context
from redactor.detect.labeled import labeled, near
from redactor.detect.scan import (
    LABELED,
    LIKELY,
    NAMED,
    NEVER,
    Pattern,
    compiled,
    digits,
    number_edges,
    whole,
    word_edges,
)

_LICENSE = (
    r"(?:driver'?s?'?|drivers|driving|operator'?s?)[ \n](?:licen[sc]e|lic\.?)"
    r"|d\.?l\.?n?[ ]?(?:#|:|no\b|num)"
    r"|dln|oln|d\.l\."
)
_NAMED = rf"{_LICENSE}|dl|d/l|cdl|licen[sc]e|lic|id\s+card"

# How the states write the numbers: (form, states that use it).
_STATES: tuple[tuple[str, str], ...] = (
    (
        r"\d{7,9}",
        r"al|alabama|ak|alaska|ar|arkansas|ct|connecticut|de|delaware|dc|district\s+of\s+columbia"
        r"|ga|georgia|ia|iowa|la|louisiana|me|maine|ms|mississippi|mt|montana|nc|north\s+carolina"
        r"|nm|new\s+mexico|ny|new\s+york|or|oregon|pa|pennsylvania|ri|rhode\s+island"
        r"|sc|south\s+carolina|sd|south\s+dakota|tn|tennessee|tx|texas|ut|utah|vt|vermont"
        r"|wv|west\s+virginia|az|arizona|co|colorado|hi|hawaii|id|idaho|in|indiana|ks|kansas"
        r"|ma|massachusetts|ok|oklahoma|va|virginia|wy|wyoming|nv|nevada|mo|missouri",
    ),
    (r"\d{3}[ -]\d{3}[ -]\d{3}", r"ny|new\s+york"),
    (r"\d\d[ -]\d{3}[ -]\d{3}", r"pa|pennsylvania"),
    (r"\d{4}-\d\d-\d{4}", r"in|indiana"),
    (r"\d{6}-\d{3}", r"wy|wyoming"),
    (r"\d{10}|\d{12,13}", r"nv|nevada|mt|montana|ut|utah|sc|south\s+carolina|nc|north\s+carolina"),
    (r"\d{3}[A-Z]{2}\d{4}", r"ia|iowa"),
    (r"\d\d[A-Z]{3}\d{5}|NHL\d{8}", r"nh|new\s+hampshire"),
    (r"[A-Z]{3}-?\d\d-?\d{4}", r"nd|north\s+dakota"),
    (r"[A-Z]{2}\d{6}[A-Z]?", r"id|idaho|oh|ohio|wv|west\s+virginia"),
    (r"WDL[A-Z0-9]{9}|[A-Z]{5}[A-Z*]{2}\d{3}[A-Z0-9]{2}", r"wa|washington"),
    (
        r"[A-Z]\d{6,9}",
        r"az|arizona|ca|california|hi|hawaii|in|indiana|ks|kansas|ky|kentucky|ma|massachusetts"
        r"|mo|missouri|ne|nebraska|ok|oklahoma|or|oregon|ri|rhode\s+island|va|virginia|co|colorado",
    ),
    (r"[AK]\d\d-\d\d-\d{4}|[A-Z]\d\d-\d{3}-\d{3}", r"ks|kansas|ky|kentucky|va|virginia"),
    (
        r"[A-Z]-?\d{3}[ -]?\d{3}[ -]?(?:\d{3}[ -]?\d{3}|\d\d[ -]?\d{3}[ -]?\d)",
        r"fl|florida|md|maryland|mi|michigan|mn|minnesota",
    ),
    (r"[A-Z]\d{3}-?\d{4}-?\d{4}(?:-?\d\d)?", r"il|illinois|wi|wisconsin"),
    (r"[A-Z]\d{4}[ -]?\d{5}[ -]?\d{5}", r"nj|new\s+jersey"),
)


def _of_state(form: str, states: str) -> Pattern:
    """A number in the form of a state that is named with the license: `TX DL 12345678`."""
    both = rf"(?:{states})\b[^\n]{{0,24}}\b(?:{_NAMED})|(?:{_NAMED})\b[^\n]{{0,24}}\b(?:{states})"
    return Pattern(
        "US_DRIVER_LICENSE",
        compiled(rf"\b(?:{form})\b"),
        NEVER,
        in_context=LABELED,
        context=Context(both),
        repair=True,
    )


def _is_british_license(candidate: str) -> bool:
    """Its sixteen characters have the date of birth: year, month (plus 50 for women), day, year."""
    if len(candidate) != 16:
        return False
    month, day = int(candidate[6:8]), int(candidate[8:10])
    return 1 <= month % 50 <= 12 and month < 63 and 1 <= day <= 31


# Plates: letters and digits in two or three groups, never letters alone.
_PLATE = (
    r"[A-Z]{1,3}[ -]?\d{1,4}[ -]?[A-Z]{0,3}"
    r"|\d{1,4}[ -]?[A-Z]{1,4}[ -]?\d{0,4}"
    r"|[A-Z0-9]{5,8}"
)
_USUAL_PLATE = r"[A-Z]{2,3}[ -]?\d{3,4}|\d{3,4}[ -]?[A-Z]{2,3}|\d[A-Z]{3}\d{3}"
_PLATE_NAMES = r"(?:licen[sc]e|number|vehicle|car|registration)[ \n](?:plates?|tags?)|vrm"
_PLATE_WORDS = r"plates?|tags?|(?:(?:vehicle|car)[ \n])?(?:registration|reg\.?)"
_STATE = r"(?:\([A-Z]{2}\) |[A-Z]{2}[ -])?"
_FILL = r"(?:[ \n]{0,2}(?:\b(?:no|nr|num|number|is|was|mark)\b\.?|[#:(.,])){0,4}[ \n]{0,2}"
_SIGN = r"[ \n]{0,2}(?i:no\b|nr\b|number\b|mark\b|#|:)[.:#]{0,2}[ \n]{0,2}"
# Region, half year of issue (02-29 from March, 51-79 from September), letters without I and Q.
_BRITISH_PLATE = r"[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[125-7]\d) ?[A-HJ-PR-Z]{3}"


def _plate_edges(text: str, start: int, end: int) -> bool:
    """Not a part of a longer number: `SJ3095-1`."""
    return number_edges(text, start, end) and text[end : end + 1] not in ("-", "/")


def _fit_plate(candidate: str) -> int:
    """Five characters or more, two of them digits: `plate 12`, `tag A1` are numbers of things."""
    size = sum(char.isalnum() for char in candidate)
    letters = size - digits(candidate)
    mixed = letters and digits(candidate) >= 2 and 5 <= size <= 8
    return len(candidate.rstrip(" -")) if mixed else 0


_PASSPORT = r"passports?(?:[ \n](?:book|card))?"
_BRITISH = r"u\.?k\.?|british|gbr|united\s+kingdom|great\s+britain"

LICENSES: tuple[Pattern, ...] = (
    labeled("US_DRIVER_LICENSE", _LICENSE, 4),
    near("US_DRIVER_LICENSE", _LICENSE, r"[A-Z]{1,2}\d{4,12}(?:-\d{2,4}){0,4}"),
    near("US_DRIVER_LICENSE", _LICENSE, r"\d{7,9}"),
    Pattern(  # DL A1234567: capitals, since dl is a volume too
        "US_DRIVER_LICENSE",
        compiled(r"\b(?:C?DL|D/L|OLN?) ?#?:? ?([A-Z]{1,2}\d{6,14}|[A-Z]\d{3}(?:-\d{2,4}){2,4})\b"),
        NAMED,
        edges=number_edges,
    ),
    *(_of_state(form, states) for form, states in _STATES),
    Pattern(  # MORGA657054SM9IJ, by DVLA
        "UK_DRIVING_LICENCE",
        compiled(r"\b[A-Z]{1,5}9{0,4}\d{6}[A-Z][A-Z9]\d[A-Z]{2}\b"),
        LIKELY,
        in_context=LABELED,
        context=Context(r"driv\w+\s+licen[sc]e|licen[sc]e|dvla|driver"),
        fit=whole(_is_british_license),
        edges=word_edges,
    ),
    Pattern(
        "LICENSE_PLATE",
        compiled(rf"\b(?i:{_PLATE_NAMES})\b(?i:{_FILL}){_STATE}\b({_PLATE})\b"),
        NAMED,
        fit=_fit_plate,
        edges=_plate_edges,
    ),
    Pattern(  # Tag: 7ABC123; tags and registrations are also of other things
        "LICENSE_PLATE",
        compiled(rf"\b(?i:{_PLATE_WORDS}){_SIGN}{_STATE}\b({_PLATE})\b"),
        NAMED,
        fit=_fit_plate,
        edges=_plate_edges,
    ),
    Pattern(
        "LICENSE_PLATE",
        compiled(rf"\b(?i:plates?|tags?) {_STATE}\b({_USUAL_PLATE})\b"),
        LIKELY,
        fit=_fit_plate,
        edges=_plate_edges,
    ),
    Pattern(  # AB12 CDE, Great Britain since 2001
        "LICENSE_PLATE",
        compiled(rf"\b{_BRITISH_PLATE}\b"),
        LIKELY,
        in_context=LABELED,
        context=Context(rf"{_PLATE_NAMES}|{_PLATE_WORDS}"),
        edges=_plate_edges,
    ),
    labeled("US_PASSPORT", _PASSPORT, 6),
    near("US_PASSPORT", _PASSPORT, r"(?:[A-Z]\d{8}|\d{9})"),
    Pattern(
        "UK_PASSPORT",
        compiled(r"\b\d{9}\b"),
        NEVER,
        in_context=LABELED,
        context=Context(
            rf"(?:{_BRITISH})\b[^\n]{{0,12}}\bpassport|passport\b[^\n]{{0,16}}\b(?:{_BRITISH})"
        ),
        repair=True,
    ),
)
