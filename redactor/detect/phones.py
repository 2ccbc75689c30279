"""Telephone numbers: of the North American Numbering Plan, and international ones (ITU-T E.164).

A number with an area code in a written form such as (414) 555-0142 needs no more, which keeps the
fictional 555-01xx numbers in. Other forms must be numbers that `phonenumbers` (Google's metadata)
calls valid, or follow a word such as `phone` or `fax`.
"""

from __future__ import annotations

import phonenumbers

from redactor.detect.context import Context
from redactor.detect.scan import (
    FORMAT,
    LABELED,
    LIKELY,
    NAMED,
    NEVER,
    WEAK,
    Pattern,
    compiled,
    whole,
)

_LABEL = "PHONE_NUMBER"
_CONTEXT = Context(
    r"tel|telephone|phones?|ph|telefax|fax|facsimile|call(?:s|ed|ing)?|cell|cellular|mobile"
    r"|contact|dial|text|sms|voicemail|pager|beeper|landline|hotline|home|work|office|direct|reach"
)
_NOT_A_PHONE = Context(
    r"isbn|issn|npi|docket|case|invoice|order|tracking|version|section|account|acct|mrn|no"
    r"|number|id"
)
_EXTENSION = r"(?:[ ,;]{0,3}(?:ext(?:ension|n)?|x)\b?[.: #]{0,3}\d{1,6})?"
_TAIL = r" ?[-. ][ \n]?\d{4}"


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
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


def _is_foreign_local(text: str) -> bool:
    """A number with a trunk prefix and no country: 020 7946 0958. ITU-T E.123 shows them so."""
    return text.lstrip("(").startswith("0") and 9 <= _digits(text) <= 12


def _fit_international(candidate: str) -> int:
    """The longest run of whole groups that is a valid number, else one of a possible length."""
    for accept in (_is_valid, _is_possible):
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
    Pattern(  # Tel. 020 7946 0958
        _LABEL,
        compiled(r"\(?\b0\d{1,4}\)?(?:[-/ ]{1,2}\d{2,5}){1,4}\b"),
        NEVER,
        in_context=LIKELY,
        context=_CONTEXT,
        fit=whole(_is_foreign_local),
    ),
)
