"""Numbers that name a person or an account, with the words before them that say which.

Three kinds of rows. Numbers with a form of their own stand without context (SSN, ITIN) or by a
checksum (cards, IBAN). Numbers with a weak form need context near. Labeled values (`MRN: A-1234`)
are whatever with enough digits follows the label directly.

OCR reads 0 as O, 1 as l or I, 5 as S and 8 as B. Such letters count as digits only where a
checksum or an exact form in context then holds.
"""

from __future__ import annotations

import re2

from redactor.detect import checksums
from redactor.detect.context import Context
from redactor.detect.scan import (
    CHECKED,
    FORMAT,
    LABELED,
    LIKELY,
    NAMED,
    NEVER,
    Fit,
    Pattern,
    compiled,
    number_edges,
    whole,
    word_edges,
)

_REPAIR = str.maketrans("OolISB", "001158")
_MISREAD = 4  # letters for digits in one card number
_CARD_WORDS = 7
_CARD_STARTS = frozenset("23456S")
_DIGIT = r"[0-9OolISB]"
_SEPARATOR = r" ?[-.]?[ \n]?"


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _compact(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


# Social Security and taxpayer numbers


def _is_ssn(candidate: str) -> bool:
    return checksums.ssn(_compact(candidate))


def _is_misread_ssn(candidate: str) -> bool:
    """Nine digits, at most three of them read as letters."""
    return _digits(candidate) >= 6 and _is_ssn(candidate.translate(_REPAIR))


def _is_itin(candidate: str) -> bool:
    return checksums.itin(_compact(candidate))


def _is_misread_itin(candidate: str) -> bool:
    return _digits(candidate) >= 6 and _is_itin(candidate.translate(_REPAIR))


def lone_number_edges(text: str, start: int, end: int) -> bool:
    """Like `number_edges`, and no other number one blank away: not in a row of a table."""
    beside = text[max(0, start - 2) : start].rstrip(" ") + text[end : end + 2].lstrip(" ")
    return number_edges(text, start, end) and not any(char.isdigit() for char in beside)


_SSN = Context(
    r"ssns?|ss ?#|ss\s+(?:no|num|number)|s\. ?s\. ?n|s\. ?s\. ?#?|social\s+security|soc\.?\s+sec"
    r"|social\s+sec|social"
)
_ITIN = Context(r"itin|i\.t\.i\.n|individual\s+taxpayer|taxpayer\s+id\w*|taxpayer|tin")
_NINE = rf"\b{_DIGIT}{{3}}{_SEPARATOR}{_DIGIT}{{2}}{_SEPARATOR}{_DIGIT}{{4}}\b"


def _nine_digits(
    label: str, context: Context, exact: Fit, misread: Fit
) -> tuple[Pattern, Pattern, Pattern]:
    """A number written ddd-dd-dddd (stands alone), ddd dd dddd, or anyhow in context."""
    return (
        Pattern(
            label,
            compiled(r"\b\d{3} ?- ?\n?\d\d ?- ?\n?\d{4}\b"),
            FORMAT,
            in_context=LABELED,
            context=context,
            fit=exact,
        ),
        Pattern(
            label, compiled(r"\b\d{3} \d\d \d{4}\b"), FORMAT, fit=exact, edges=lone_number_edges
        ),
        Pattern(label, compiled(_NINE), NEVER, in_context=LABELED, context=context, fit=misread),
    )


# Cards and accounts with a checksum


def _word_ends(text: str) -> list[int]:
    """Where the words of a candidate end."""
    last = len(text) - 1
    return [at + 1 for at, char in enumerate(text) if char.isalnum() and _ends_word(text, at, last)]


def _ends_word(text: str, at: int, last: int) -> bool:
    return at == last or not text[at + 1].isalnum()


def _is_card(number: str) -> bool:
    misread = len(number) - _digits(number)
    return misread <= _MISREAD and checksums.card(number.translate(_REPAIR))


def _fit_card(candidate: str) -> int:
    """The longest run of whole words, few of them, that is a card number: an expiry date or a
    security code may follow.
    """
    if candidate[0] not in _CARD_STARTS:
        return 0
    ends = _word_ends(candidate)[:_CARD_WORDS]
    return next((end for end in reversed(ends) if _is_card(_compact(candidate[:end]))), 0)


def _is_iban(number: str) -> bool:
    """As it stands, or with letters read for digits in one of the places where banks put digits."""
    if _digits(number) * 2 < len(number) - 8:
        return False
    check = number[:2] + number[2:4].translate(_REPAIR)
    variants = (
        check + number[4:],
        check + number[4:8] + number[8:].translate(_REPAIR),
        check + number[4:].translate(_REPAIR),
    )
    return any(checksums.iban(variant) for variant in dict.fromkeys(variants))


def _fit_iban(candidate: str) -> int:
    """The whole words that are as long as the country's IBAN: the bank's own code may follow."""
    length = checksums.iban_length(candidate[:2])
    numbers = ((end, _compact(candidate[:end])) for end in _word_ends(candidate))
    return next((end for end, number in numbers if len(number) == length and _is_iban(number)), 0)


_CHECKED = (
    Pattern(
        "CREDIT_CARD",
        compiled(rf"\b{_DIGIT}(?: ?-? ?\n?{_DIGIT}){{12,24}}\b"),
        CHECKED,
        fit=_fit_card,
        edges=number_edges,
    ),
    Pattern(
        "IBAN_CODE",
        compiled(r"\b[A-Z]{2} ?[0-9OolISB]{2}(?:[ -]?[A-Za-z0-9]){11,34}\b"),
        CHECKED,
        fit=_fit_iban,
        edges=word_edges,
    ),
    Pattern(
        "ABA_ROUTING_NUMBER",
        compiled(r"\b\d{4} ?-? ?\d{4} ?-? ?\d\b"),
        NEVER,
        in_context=CHECKED,
        context=Context(r"routing|aba|a\.b\.a|rtn|transit|r/t|rt\s*(?:no|number|#)"),
        fit=whole(checksums.aba),
    ),
)

# Labeled identifiers

_FILL = (
    r"(?:[ \n]{0,2}(?:\b(?:no|nos|nr|num|number|numbers|id|is|was|of|ending|in)\b\.?|[#:=.(-]))"
    r"{0,5}[ \n]{0,2}"
)
_DESIGNATOR = (
    r"[ \n]{0,2}(?:\b(?:no|nos|nr|num|nbr|number|numbers|id|identifier|identification)\b"
    r"|i\.d\.|#|:)"
)
_VALUE = (
    r"((?:\b[a-z0-9]|\*)(?:[a-z0-9*]|[-/.][a-z0-9*]){2,24}"
    r"(?: (?:[a-z]{1,3}\d[a-z0-9]{0,3}|\d[a-z0-9]{1,3})\b){0,4})"
)
_DATE_LIKE = re2.compile(
    r"\d{1,2}([-/.])\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|(?:19|20)\d\d"
)
_GROUP = 4  # a value may go on after a blank only behind a group this short: 1EG4 TE5 MK73


def _fit_value(least: int) -> Fit:
    """A value of `least` digits or more that is no date, with the groups that belong to it."""

    def fit(candidate: str) -> int:
        groups = candidate.split(" ")
        used = 1
        while used < len(groups) and len(groups[used - 1]) <= _GROUP:
            used += 1
        value = " ".join(groups[:used])
        if _digits(value) < least or _DATE_LIKE.fullmatch(value):
            return 0
        return len(value)

    return fit


def _labeled(label: str, names: str, least: int) -> Pattern:
    """A value directly after its label, on the same line or the next."""
    return Pattern(
        label,
        compiled(rf"(?:\b|_)(?:{names}){_FILL}{_VALUE}\b", case=False),
        NAMED,
        fit=_fit_value(least),
        edges=word_edges,
    )


def _near(label: str, names: str, value: str) -> Pattern:
    """A value with its label somewhere before it: `Driver's license, Wisconsin, R123456`."""
    return Pattern(
        label,
        compiled(rf"\b{value}\b"),
        NEVER,
        in_context=LIKELY,
        context=Context(names),
        fit=lambda candidate: 0 if _DATE_LIKE.fullmatch(candidate) else len(candidate),
    )


_MRN = (
    r"mrns?|m\. ?r\. ?n\.?|m\.?r\.?[ ]?(?:#|no\b)|(?:medical|health|med\.?)[ \n](?:record|rec\.?)s?"
    rf"|(?:chart|patient|hospital|record|unit){_DESIGNATOR}|pt\.? id|patient account"
)
_MEMBER = (
    rf"(?:member|subscriber|policy|group|grp|insured|insurance|plan|certificate|enrollee|beneficiary"
    rf"|medicare|medicaid|payer|policyholder|coverage|claim)"
    rf"(?: (?:policy|group|member|plan))?{_DESIGNATOR}"
    r"|memberid|hicn|mbi|rxgrp|rxid"
)
_LICENSE = (
    r"(?:driver'?s?'?|drivers|driving|operator'?s?)[ \n](?:licen[sc]e|lic\.?)"
    r"|d\.?l\.?n?[ ]?(?:#|:|no\b|num)"
    r"|dln|oln|d\.l\."
)
_PASSPORT = r"passports?(?:[ \n](?:book|card))?"
_ACCOUNT = rf"(?:accounts?|accts?|a/c)\.?(?:{_DESIGNATOR}|[ \n]ending\b)"
_ID_NUMBER = r"(?:[A-Z]{1,3}[- ]?)?\d{6,12}"

IDENTIFIERS: tuple[Pattern, ...] = (
    *_CHECKED,
    *_nine_digits("US_SSN", _SSN, whole(_is_ssn), whole(_is_misread_ssn)),
    *_nine_digits("US_ITIN", _ITIN, whole(_is_itin), whole(_is_misread_itin)),
    _labeled("MEDICAL_RECORD_NUMBER", _MRN, 3),
    _near("MEDICAL_RECORD_NUMBER", _MRN, _ID_NUMBER),
    _labeled("MEMBER_ID", _MEMBER, 3),
    _labeled("MEMBER_ID", r"medicare|medicaid", 5),
    _near("MEMBER_ID", _MEMBER, _ID_NUMBER),
    _labeled("ACCOUNT_NUMBER", _ACCOUNT, 4),
    _labeled("ACCOUNT_NUMBER", r"(?:accounts?|accts?|a/c)\b\.?", 5),
    _near("ACCOUNT_NUMBER", r"(?:account|acct)s?", r"\d{6,17}|\d{3,5}(?:[ -]\d{3,5}){1,4}"),
    _labeled("US_DRIVER_LICENSE", _LICENSE, 4),
    _near("US_DRIVER_LICENSE", _LICENSE, r"[A-Z]{1,2}\d{4,12}(?:-\d{2,4}){0,4}"),
    _labeled("US_PASSPORT", _PASSPORT, 6),
    _near("US_PASSPORT", _PASSPORT, r"(?:[A-Z]\d{8}|\d{9})"),
)
