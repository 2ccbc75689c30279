"""Telephone numbers: of the North American Numbering Plan, and international ones (ITU-T E.164).

A number with an area code in a written form such as (414) 555-0142 needs no more, which keeps the
fictional 555-01xx numbers in. Other forms must be numbers that `phonenumbers` (Google's metadata)
calls valid, or follow a word such as `phone` or `fax`. Directly beside such a word any number of a
telephone's length counts, however its groups are cut: countries write them in many ways.
"""

from __future__ import annotations

import phonenumbers
import re2

from redactor.detect.context import Context
from redactor.detect.labeled import is_date_like
from redactor.detect.scan import (
    FORMAT,
    LABELED,
    LIKELY,
    NAMED,
    NEVER,
    WEAK,
    Pattern,
    compiled,
    digits,
    whole,
)

_LABEL = "PHONE_NUMBER"
_CONTEXT = Context(
    r"tel|telephone|phones?|ph|telefax|fax|facsimile|call(?:s|ed|ing)?|call-?back|cell|cellular|mobile"
    r"|contact|dial|text|sms|voicemail|pager|beeper|landline|hotline|home|work|office|direct|reach"
    r"|answer(?:s|ed|ing)?|ring|whatsapp|handy|telefon\w*|telefono|movil|celular|portable"
)
_NOT_A_PHONE = Context(
    r"isbn|issn|npi|docket|case|invoice|order|tracking|version|section|account|acct|mrn|no"
    r"|number|id"
)
_EXTENSION = r"(?:[ ,;]{0,3}(?:ext(?:ension|n)?|x)\b?[.: #]{0,3}\d{1,6})?"
_TAIL = r" ?[-. ][ \n]?\d{4}"


# Groups of two digits or more, cut anyhow: 089 72 63 41, (11) 4706-6184, 25-62-29-72, 0590854950.
_GROUPS = r"(?:\+ ?)?(?:\( ?\d{1,5} ?\)|\d{1,11})(?: ?[-./ ] ?\d{2,8}){0,6}"
_NAMES = (
    r"(?:tel(?:ephone|efon|efono|efax)?|phones?|ph|fax|facsimile|mobile|cell(?:ular|phone)?|mob"
    r"|calls?(?: (?:to|us|me|him|her|them))?|dial|ring|answering|whatsapp|landline|hotline|pager)"
)
_AFTER = r"(?:office|fax|mobile|cell|home|work|tel|phone|landline)"
_FILL = (
    r"(?:[ \n]{0,2}(?:\b(?:no|nr|num|number|is|at|on|of|or|calls?|to|direct|line)\b\.?"
    r"|[:#.=/)-])){0,4}"
)
_LEAST, _MOST = 7, 15  # digits of a number in any country, by ITU-T E.164
_YEARS = re2.compile(r"(?:1[89]|20)\d\d ?[-/] ?(?:1[89]|20)\d\d")


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    if text.startswith("00"):
        text = "+" + text[2:]  # what Europe dials for the plus; the US dials 011
    try:
        return phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None


def _is_valid(text: str) -> bool:
    number = _parsed(text)
    return number is not None and bool(phonenumbers.is_valid_number(number))


def _is_possible(text: str) -> bool:
    number = _parsed(text)
    return number is not None and bool(phonenumbers.is_possible_number(number))


def _is_of_a_length(text: str) -> bool:
    """As long as a telephone number, and neither a date nor a range of years."""
    dated = is_date_like(text) or _YEARS.fullmatch(text) is not None
    return not dated and _LEAST <= digits(text) <= _MOST


def _fit_named(candidate: str) -> int:
    """All that is as long as a number; of more, what is a valid one: (202) 555-0142 44."""
    if not _is_of_a_length(candidate):
        return 0
    end = candidate.rfind(" ")
    while end > 0 and not _is_valid(candidate[:end]):
        end = candidate.rfind(" ", 0, end)
    return end if end > 0 else len(candidate)


def _fit_international(candidate: str) -> int:
    """The longest run of whole groups that is a valid number, else one of a possible length.

    Two zeros in place of the plus begin other numbers, too: only a valid one is taken.
    """
    for accept in (_is_valid,) if candidate.startswith("00") else (_is_valid, _is_possible):
        end = len(candidate)
        while end > 0:
            if accept(candidate[:end]):
                return end
            end = max(candidate.rfind(" ", 0, end), candidate.rfind("-", 0, end))
    return 0


PHONES: tuple[Pattern, ...] = (
    Pattern(  # (414) 555-0142, 414-555-0142, 414.555.0142, 1-414-555-0142 ext. 12
        _LABEL,
        compiled(
            r"(?:(?:\+ ?|\b)1[ .-]{0,3})?"
            r"(?:\( ?[2-9]\d\d ?\)[ \n.-]{0,3}|\b[2-9]\d\d ?[-./][ \n]?)"
            rf"[2-9]\d\d(?:{_TAIL}|\d{{4}}){_EXTENSION}\b",
            case=False,
        ),
        FORMAT,
        in_context=LABELED,
        context=_CONTEXT,
        repair=True,
    ),
    Pattern(  # 123-456-7890: the form of a number that the plan does not have
        _LABEL,
        compiled(
            r"(?:\( ?\d{3} ?\)[ .-]{0,3}|\b\d{3} ?[-.] ?)"
            rf"\d{{3}} ?[-.] ?\d{{4}}{_EXTENSION}\b",
            case=False,
        ),
        LIKELY,
        in_context=NAMED,
        context=_CONTEXT,
    ),
    Pattern(  # 414 555 0142
        _LABEL,
        compiled(rf"(?:\b1 )?\b\d{{3}} \d{{3}} ?[- ] ?\d{{4}}{_EXTENSION}\b", case=False),
        LIKELY,
        in_context=LABELED,
        context=_CONTEXT,
        fit=whole(_is_valid),
    ),
    Pattern(  # 4145550142, 414 5550142
        _LABEL,
        compiled(rf"\b(?:1[ -]?)?[2-9]\d\d ?[2-9]\d{{6}}{_EXTENSION}\b", case=False),
        WEAK,
        in_context=NAMED,
        context=_CONTEXT,
        unless=_NOT_A_PHONE,
        fit=whole(_is_valid),
    ),
    Pattern(
        _LABEL,
        compiled(rf"\b(?:1[ -]?)?\d{{3}} ?\d{{3}} ?\d{{4}}{_EXTENSION}\b", case=False),
        NEVER,
        in_context=NAMED,
        context=_CONTEXT,
        fit=whole(_is_possible),
    ),
    Pattern(  # +44 20 7946 0958, 011 44 20 7946 0958
        _LABEL,
        compiled(
            rf"(?:\+ ?|\b011[ -]|\b00)[1-9][\d().-]{{0,5}}(?:[ /\n]?[\d().-]{{1,6}}){{1,7}}\d"
            rf"{_EXTENSION}\b",
            case=False,
        ),
        NAMED,
        in_context=LABELED,
        context=_CONTEXT,
        fit=_fit_international,
    ),
    Pattern(  # call 555-0142
        _LABEL,
        compiled(rf"\b[2-9]\d\d{_TAIL}{_EXTENSION}\b", case=False),
        NEVER,
        in_context=NAMED,
        context=_CONTEXT,
    ),
    Pattern(  # Tel. 020 7946 0958; Phone: 021-4006034
        _LABEL,
        compiled(rf"\b{_NAMES}\b\.?{_FILL}[ \n]{{0,3}}({_GROUPS}{_EXTENSION})\b", case=False),
        LIKELY,
        fit=_fit_named,
        repair=True,
    ),
    Pattern(  # 089 72 63 41 office
        _LABEL,
        compiled(rf"({_GROUPS}{_EXTENSION})[- ]?\(?\b{_AFTER}\b", case=False),
        LIKELY,
        fit=whole(_is_of_a_length),
    ),
)
