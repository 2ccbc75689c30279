"""Values that their label names, whatever they look like: `MRN: A-1234`, `Employee ID 00921`.

A value is what follows its label directly and has digits enough. Labels that are also plain words
(patient, case, order) count only with a word or a sign for a number behind them.
"""

from __future__ import annotations

import re2
from stdnum import ean, imei

from redactor.detect.context import Context
from redactor.detect.scan import (
    CHECKED,
    LABELED,
    LIKELY,
    NAMED,
    NEVER,
    Fit,
    Pattern,
    compiled,
    digits,
    number_edges,
    whole,
    word_edges,
)

FILL = (
    r"(?:[ \n]{0,2}(?:\b(?:no|nos|nr|num|number|numbers|id|is|was|of|ending|in)\b\.?|[#:=.(-]))"
    r"{0,5}[ \n]{0,2}"
)
_DESIGNATOR = (
    r"[ \n]{0,2}(?:\b(?:no|nos|nr|num|nbr|number|numbers|id|identifier|identification)\b"
    r"|i\.d\.|#|:)"
)
# As the one above without the colon: for labels that sentences end with, too.
_NUMBER = r"[ \n]{0,2}\(?(?:\b(?:no|nos|nr|num|nbr|number|numbers|id)\b|i\.d\.|#)"
_VALUE = (
    r"((?:\b[a-z0-9]|\*)(?:[a-z0-9*]|[-/.][a-z0-9*]){2,24}"
    r"(?: (?:[a-z]{1,3}\d[a-z0-9]{0,3}|\d[a-z0-9]{1,3})\b){0,4})"
)
_DOCKET = r"((?:\b\d{1,2}:)?\b[a-z0-9](?:[a-z0-9]|[-/.][a-z0-9]){1,24}(?:\([a-z]{2,4}\))?)"
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
        return 0 if digits(value) < least or is_date_like(value) else len(value)

    return fit


def is_date_like(value: str) -> bool:
    """Whether a value looks like a date or a year rather than like a number of something."""
    return _DATE_LIKE.fullmatch(value) is not None


def labeled(label: str, names: str, least: int, value: str = _VALUE) -> Pattern:
    """A value directly after its label, on the same line or the next."""
    return Pattern(
        label,
        compiled(rf"(?:\b|_)(?:{names}){FILL}{value}\b", case=False),
        NAMED,
        fit=_fit_value(least),
        edges=word_edges,
    )


def near(label: str, names: str, value: str) -> Pattern:
    """A value with its label somewhere before it: `Driver's license, Wisconsin, R123456`."""
    return Pattern(
        label,
        compiled(rf"\b{value}\b"),
        NEVER,
        in_context=LIKELY,
        context=Context(names),
        fit=lambda candidate: 0 if is_date_like(candidate) else len(candidate),
    )


_MRN = (
    r"mrns?|m\. ?r\. ?n\.?|m\.?r\.?[ ]?(?:#|no\b)|(?:medical|health|med\.?)[ \n](?:record|rec\.?)s?"
    rf"|(?:chart|patient|hospital|record|unit){_DESIGNATOR}|pt\.? id|patient account"
)
_MEMBER = (
    rf"(?:member|subscriber|policy|group|grp|insured|insurance|plan|enrollee|beneficiary"
    rf"|medicare|medicaid|payer|policyholder|coverage|claim)"
    rf"(?: (?:policy|group|member|plan))?{_DESIGNATOR}"
    r"|memberid|hicn|mbi|rxgrp|rxid"
)
_ACCOUNT = rf"(?:accounts?|accts?|a/c)\.?(?:{_DESIGNATOR}|[ \n]ending\b)"
_ID_NUMBER = r"(?:[A-Z]{1,3}[- ]?)?\d{6,12}"

_EMPLOYEE = (
    rf"(?:employee|emp|staff|personnel|payroll|badge|worker)\.?{_NUMBER}|employeeid|staff id"
)
_STUDENT = rf"(?:student|pupil|matriculation|matric|learner)\.?{_NUMBER}|studentid"
_CERTIFICATE = rf"(?:certificate|certification|cert|permit|credential|licen[sc]e|lic)s?\.?{_NUMBER}"
_DEVICE = rf"(?:serial|device|machine|implant|equipment|handset)\.?{_NUMBER}|serial:|s/n|udi|meid"
_CASE = (
    rf"(?:cases?|dockets?|cause|civil action|criminal action|index|matter|appeals?|petitions?"
    rf"|applications?|complaints?|proceedings?|indictment|citation|incident|file){_NUMBER}"
)
_REFERENCE = (
    rf"(?:reference|ref|orders?|invoices?|tracking|confirmation|ticket|transaction|receipt"
    rf"|booking|reservation|report|request|quote|contract){_NUMBER}|(?:our|your|my) ref\b|ref\.?:"
)
# The numbers of a court that stand in lists: (nos. 12345/06 and 2345/07).
_COURT = (
    rf"(?:applications?|cases?|petitions?|complaints?|appeals?|proceedings|judgments?|files?"
    rf"|dockets?)"
    rf"{_NUMBER}|\(nos?\."
)


def _is_imei(candidate: str) -> bool:
    """The number of a handset (3GPP TS 23.003): 15 digits with the Luhn check."""
    return digits(candidate) == 15 and bool(imei.is_valid(candidate))


def _is_udi(candidate: str) -> bool:
    """A device identifier in the readable form of GS1: its GTIN has a check digit."""
    return bool(ean.is_valid(candidate[4:18]))


LABELED_VALUES: tuple[Pattern, ...] = (
    labeled("MEDICAL_RECORD_NUMBER", _MRN, 3),
    near("MEDICAL_RECORD_NUMBER", _MRN, _ID_NUMBER),
    labeled("MEMBER_ID", _MEMBER, 3),
    labeled("MEMBER_ID", r"medicare|medicaid", 5),
    near("MEMBER_ID", _MEMBER, _ID_NUMBER),
    labeled("ACCOUNT_NUMBER", _ACCOUNT, 4),
    labeled("ACCOUNT_NUMBER", r"(?:accounts?|accts?|a/c)\b\.?", 5),
    near("ACCOUNT_NUMBER", r"(?:account|acct)s?", r"\d{6,17}|\d{3,5}(?:[ -]\d{3,5}){1,4}"),
    labeled("EMPLOYEE_ID", _EMPLOYEE, 3),
    labeled("STUDENT_ID", _STUDENT, 3),
    labeled("CERTIFICATE_NUMBER", _CERTIFICATE, 4),
    labeled("DEVICE_ID", _DEVICE, 3),
    Pattern(
        "DEVICE_ID",
        compiled(r"\b\d{2}-?\d{6}-?\d{6}-?\d\b|\b\d{2} \d{6} \d{6} \d\b|\b\d{6} \d{2} \d{6} \d\b"),
        NEVER,
        in_context=CHECKED,
        context=Context(r"imei(?:/sv)?\d?|imeisv|handset|device"),
        fit=whole(_is_imei),
        edges=number_edges,
        repair=True,
    ),
    Pattern(  # (01)00884838000018(17)260101(21)A1234
        "DEVICE_ID",
        compiled(r"\(01\)\d{14}(?: ?\((?:10|11|17|21)\)[A-Za-z0-9./-]{1,20}){0,4}"),
        LABELED,
        fit=lambda candidate: len(candidate) if _is_udi(candidate) else 0,
        edges=word_edges,
    ),
    labeled("CASE_NUMBER", _CASE, 2, _DOCKET),
    Pattern(  # Case 2:24-cv-01234-ABC
        "CASE_NUMBER",
        compiled(r"\b(?:\d{1,2}:)?\d{2,4}-[A-Za-z]{2}-\d{3,6}(?:-[A-Z]{1,4}){0,3}\b"),
        NEVER,
        in_context=NAMED,
        context=Context(r"cases?|docket|no|nos|civil|criminal|action|bankr"),
    ),
    Pattern(
        "CASE_NUMBER",
        compiled(r"\b(?:\d{1,6}/\d\d(?:\d\d)?|\d{3,6}-\d\d)\b"),
        NEVER,
        in_context=NAMED,
        context=Context(_COURT),
    ),
    labeled("REFERENCE_NUMBER", _REFERENCE, 3),
)
