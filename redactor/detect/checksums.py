"""Check digits and structures of well-known numbers: true or false, nothing more.

Blanks and dashes are ignored. No blocklists: a famous example number in a document is still
somebody's to redact, so `stdnum.us.ssn`, which refuses three of them, is not used.
"""

from __future__ import annotations

from functools import cache

import re2
from stdnum import iban as _iban
from stdnum import luhn as _luhn
from stdnum import numdb
from stdnum.us import rtn as _rtn

_DIGITS = re2.compile(r"\d+")
_ITIN_GROUPS = frozenset({*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)})

# Issuer ranges as (first prefix, last prefix, allowed lengths), by ISO/IEC 7812 as the card
# schemes publish them.
_ISSUERS: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("4", "4", frozenset({13, 16, 19})),  # Visa
    ("51", "55", frozenset({16})),  # Mastercard
    ("2221", "2720", frozenset({16})),  # Mastercard
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),  # American Express
    ("6011", "6011", frozenset(range(16, 20))),  # Discover
    ("644", "649", frozenset(range(16, 20))),  # Discover
    ("65", "65", frozenset(range(16, 20))),  # Discover
    ("62", "62", frozenset(range(16, 20))),  # UnionPay
    ("3528", "3589", frozenset(range(16, 20))),  # JCB
    ("300", "305", frozenset(range(14, 20))),  # Diners Club
    ("36", "36", frozenset(range(14, 20))),  # Diners Club
    ("38", "39", frozenset(range(14, 20))),  # Diners Club
    ("50", "50", frozenset(range(12, 20))),  # Maestro
    ("56", "58", frozenset(range(12, 20))),  # Maestro
    ("63", "63", frozenset(range(12, 20))),  # Maestro
    ("67", "67", frozenset(range(12, 20))),  # Maestro
)


def _compact(number: str) -> str:
    return number.replace("-", "").replace(" ", "").replace("\n", "")


def _is_digits(number: str, length: int) -> bool:
    return len(number) == length and number.isascii() and number.isdigit()


def luhn(number: str) -> bool:
    """The mod-10 check of H. P. Luhn, US patent 2,950,048; ISO/IEC 7812-1 annex B."""
    return bool(_luhn.is_valid(_compact(number)))


def card(number: str) -> bool:
    """A payment card number: an issuer's prefix, a length that it uses, and the Luhn check."""
    digits = _compact(number)
    if not (12 <= len(digits) <= 19 and digits.isascii() and digits.isdigit()):
        return False
    issued = any(
        first <= digits[: len(first)] <= last and len(digits) in lengths
        for first, last, lengths in _ISSUERS
    )
    return issued and luhn(digits)


def iban(number: str) -> bool:
    """An IBAN by ISO 13616: its country's structure and the mod-97 check of ISO 7064.

    A country's own check inside the account part is not asked for: an example number on a form
    often fails it and is still to be redacted.
    """
    compact = _compact(number).upper()
    if not (compact.isascii() and compact.isalnum()):
        return False
    remainder = int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97
    return remainder == 1 and bool(_iban.is_valid(compact, check_country=False))


@cache
def iban_length(country: str) -> int:
    """How many characters an IBAN of a country has by the ISO 13616 registry; 0: none known."""
    registry = numdb.get("iban").info(country)
    structure = registry[0][1].get("bban", "") if registry else ""
    account = sum(int(length) for length in _DIGITS.findall(structure))
    return 4 + account if account else 0


def aba(number: str) -> bool:
    """A routing number by the American Bankers Association: weights 3, 7, 1 and mod 10."""
    digits = _compact(number)
    return _is_digits(digits, 9) and digits != "000000000" and bool(_rtn.is_valid(digits))


def ssn(number: str) -> bool:
    """The structure of a Social Security number: no area 000, 666 or 9xx, no group of zeros.

    The Social Security Administration gives no closer rule since its randomization of 2011.
    """
    digits = _compact(number).replace(".", "")
    if not _is_digits(digits, 9):
        return False
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in ("000", "666") and area[0] != "9" and group != "00" and serial != "0000"


def itin(number: str) -> bool:
    """The structure of an Individual Taxpayer Identification Number, by the IRS.

    Its groups 50-65 are newer than `stdnum.us.itin`.
    """
    digits = _compact(number)
    return _is_digits(digits, 9) and digits[0] == "9" and int(digits[3:5]) in _ITIN_GROUPS
