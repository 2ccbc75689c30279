"""Numbers that an authority issues with a check of its own, beside those of `identifiers`.

A row says how a number is written, which check it must pass (`python-stdnum` names statute or
registry of each), and which words name it. Numbers with letters in fixed places, or with groups
that little else has, stand by their check alone. Bare digits pass a check of one digit one time in
ten: they are found by the words before them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from stdnum import bitcoin, luhn
from stdnum.au import abn, acn, tfn
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.eu import vat
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.pt import nif
from stdnum.ro import cnp
from stdnum.se import personnummer

from redactor.detect.context import Context
from redactor.detect.scan import (
    CHECKED,
    FORMAT,
    LABELED,
    LIKELY,
    NEVER,
    Pattern,
    anything,
    compiled,
    lone_number_edges,
    number_edges,
    whole,
)

_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_LETTERS = ("ABCDEFGH", "JKLMN P R", " STUVWXYZ")  # each row counts from 1
_VIN_VALUES = {str(digit): digit for digit in range(10)} | {
    letter: place for row in _VIN_LETTERS for place, letter in enumerate(row, 1) if letter != " "
}


def vin(number: str) -> bool:
    """A vehicle identification number with its check digit, the ninth character (49 CFR 565.15)."""
    if len(number) != len(_VIN_WEIGHTS) or number.isdigit() or number.isalpha():
        return False
    if any(char not in _VIN_VALUES for char in number):
        return False
    total = sum(w * _VIN_VALUES[c] for w, c in zip(_VIN_WEIGHTS, number, strict=True))
    return "0123456789X"[total % 11] == number[8]


def npi(number: str) -> bool:
    """A National Provider Identifier: the Luhn check behind the prefix 80840 (45 CFR 162.406)."""
    return len(number) == 10 and number[:1] in ("1", "2") and bool(luhn.is_valid("80840" + number))


def dea(number: str) -> bool:
    """A registration number of the Drug Enforcement Administration: two letters, six digits, check.

    The check is the last digit of the first, third and fifth digit and twice the others.
    """
    digits = number[2:]
    total = sum(w * int(digit) for w, digit in zip(cycle((1, 2)), digits[:-1], strict=False))
    return total % 10 == int(digits[-1])


def _row(
    label: str, number: str, check: Callable[[str], bool] | None, words: str, alone: float = NEVER
) -> Pattern:
    """Numbers written like `number`; `alone` is their score without the words before them."""
    return Pattern(
        label,
        compiled(rf"\b{number}"),
        alone,
        in_context=max(alone, LABELED),
        context=Context(words),
        fit=whole(check) if check else anything,
        edges=lone_number_edges if alone and " " in number else number_edges,
        repair=check is not None,
    )


_MBI_LETTER = "[AC-HJKMNP-RT-Y]"
_MBI_ANY = "[0-9AC-HJKMNP-RT-Y]"
_HEX = "[0-9A-Fa-f]"
_FISCAL = r"tax|fiscal|nif|steuer\w*|identifica\w+"

_AMERICA = (
    _row("US_NPI", r"[12]\d{9}", npi, r"npi|national\s+provider(?:\s+identifier)?|provider\s+id"),
    _row("US_EIN", r"\d\d-\d{7}", None, r"e\.?i\.?n\.?|f\.?e\.?i\.?n\.?|employer\s+id\w*"),
    _row("MEDICAL_LICENSE", r"[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}", dea, r"dea", FORMAT),
    _row(
        "MEMBER_ID",
        rf"[1-9]{_MBI_LETTER}{_MBI_ANY}\d-?{_MBI_LETTER}{_MBI_ANY}\d-?{_MBI_LETTER}{{2}}\d\d",
        None,
        r"mbi|medicare|beneficiary",
        FORMAT,
    ),
    _row("VEHICLE_ID", r"[A-HJ-NPR-Z0-9]{17}", vin, r"v\.?i\.?n\.?|vehicle\s+id\w*", FORMAT),
    _row("CA_SIN", r"\d{3}[- ]?\d{3}[- ]?\d{3}", sin.is_valid, r"s\.?i\.?n\.?|social\s+insurance"),
)
_BRITAIN_AND_IRELAND = (
    _row("UK_NHS", r"\d{3}[- ]?\d{3}[- ]?\d{4}", nhs.is_valid, r"nhs|national\s+health\s+service"),
    _row(
        "UK_NINO",
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]",
        None,
        r"ni|nino|national\s+insurance",
        FORMAT,
    ),
    _row(
        "IE_PPS", r"\d{7}[A-W][A-IW]?", pps.is_valid, r"ppsn?|personal\s+public\s+service", FORMAT
    ),
)
_EUROPE = (
    _row(
        "EU_VAT",
        r"[A-Z]{2} ?[0-9A-Z]{2,4}[. ]?\d{3}[. ]?\d{2,5}",
        vat.is_valid,
        r"vat|ust|tva|iva|btw",
    ),
    _row("DE_TAX_ID", r"\d\d ?\d{3} ?\d{3} ?\d{3}", idnr.is_valid, _FISCAL),
    _row(
        "BE_NN",
        r"\d\d\.\d\d\.\d\d[- ]\d{3}[. ]\d\d",
        nn.is_valid,
        r"national|nn|rijksregister\w*",
        CHECKED,
    ),
    _row("BG_EGN", r"\d{6} ?\d{3} ?\d", egn.is_valid, r"egn"),
    _row("CH_AHV", r"756\.?\d{4}\.?\d{4}\.?\d\d", ahv.is_valid, r"ahv|avs", CHECKED),
    _row("CZ_RC", r"\d{6}/\d{3,4}", rc.is_valid, r"rc|rodn\w+", FORMAT),
    _row("DK_CPR", r"\d{6}-?\d{4}", cpr.is_valid, r"cpr"),
    _row("ES_NIE", r"[XYZ]-?\d{7}-?[A-Z]", nie.is_valid, r"nie", CHECKED),
    _row("ES_NIF", r"\d{8}-?[A-HJ-NP-TV-Z]", dni.is_valid, r"dni|nif", FORMAT),
    _row("FI_PERSONAL_IDENTITY_CODE", r"\d{6}[-+A]\d{3}[0-9A-Y]", hetu.is_valid, r"hetu", CHECKED),
    _row(
        "FR_NIR",
        r"[12] ?\d\d ?\d\d ?\d[0-9AB] ?\d{3} ?\d{3} ?\d\d",
        nir.is_valid,
        r"nir|securite\s+sociale|insee",
        CHECKED,
    ),
    _row("GR_AMKA", r"\d{11}", amka.is_valid, r"amka"),
    _row("HR_OIB", r"\d{11}", oib.is_valid, r"oib"),
    _row(
        "IT_FISCAL_CODE",
        r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]",
        codicefiscale.is_valid,
        r"codice",
        CHECKED,
    ),
    _row("NL_BSN", r"\d{4}\.?\d\d\.?\d{3}", bsn.is_valid, r"bsn|burgerservicenummer"),
    _row("NO_FODSELSNUMMER", r"\d{6} ?\d{5}", fodselsnummer.is_valid, r"fnr|f.{0,2}dselsnummer"),
    _row("PL_PESEL", r"\d{11}", pesel.is_valid, r"pesel"),
    _row("PT_NIF", r"[1-35-9]\d\d ?\d{3} ?\d{3}", nif.is_valid, r"nif|contribuinte"),
    _row("RO_CNP", r"[1-9]\d{12}", cnp.is_valid, r"cnp"),
    _row(
        "SE_PERSONNUMMER",
        r"(?:\d\d)?\d{6}[-+]\d{4}",
        personnummer.is_valid,
        r"personnummer|pnr",
        LIKELY,
    ),
)
_ASIA_AND_AUSTRALIA = (
    _row("AU_TFN", r"\d{3} ?\d{3} ?\d{3}", tfn.is_valid, r"tfn|tax\s+file"),
    _row("AU_ABN", r"\d\d ?\d{3} ?\d{3} ?\d{3}", abn.is_valid, r"abn|australian\s+business"),
    _row("AU_ACN", r"\d{3} ?\d{3} ?\d{3}", acn.is_valid, r"acn|australian\s+company"),
    _row("IN_AADHAAR", r"[2-9]\d{3} \d{4} \d{4}", aadhaar.is_valid, r"aadhaar|uidai", FORMAT),
    _row("IN_AADHAAR", r"[2-9]\d{11}", aadhaar.is_valid, r"aadhaar|uidai"),
    _row(
        "IN_PAN",
        r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]",
        pan.is_valid,
        r"pan|permanent\s+account",
        FORMAT,
    ),
)
_MACHINES_AND_MONEY = (
    _row("MAC_ADDRESS", rf"{_HEX}{{2}}(?:[:-]{_HEX}{{2}}){{5}}", None, r"mac", FORMAT),
    _row(
        "CRYPTO",
        r"(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[0-9a-z]{8,71})",
        bitcoin.is_valid,
        r"btc|bitcoin|wallet",
        CHECKED,
    ),
    _row("CRYPTO", rf"0x{_HEX}{{40}}", None, r"eth|ethereum|wallet", FORMAT),
)

REGISTERED: tuple[Pattern, ...] = (
    *_AMERICA,
    *_BRITAIN_AND_IRELAND,
    *_EUROPE,
    *_ASIA_AND_AUSTRALIA,
    *_MACHINES_AND_MONEY,
)
