"""Numbers that their label names and whose check fails: mistyped, misread, or made up.

One wrong digit must not be what keeps a card number on the page: most of it is still somebody's.
Only the label directly before it tells such a number from any other, so the labels here are those
that sentences use for nothing else, and the score says that it is doubtful.
"""

from __future__ import annotations

from redactor.detect.context import Context
from redactor.detect.labeled import FILL
from redactor.detect.scan import MISPRINTED, NEVER, Pattern, compiled, number_edges


def _row(label: str, names: str, number: str) -> Pattern:
    return Pattern(
        label,
        compiled(rf"\b(?:{names})\b\.?{FILL}(\b{number})\b", case=False),
        MISPRINTED,
        edges=number_edges,
    )


_CARD = (
    r"(?:(?:credit|debit|bank|payment|charge)[ \n])?card|visa|master ?card|amex|american express"
    r"|discover|maestro|diners(?: club)?"
)
_CARD_NUMBER = (
    r"(?:\d{4} ?-?\d{4} ?-?\d{4} ?-?\d{4}(?: ?-?\d{3})?|\d{4} ?-?\d{6} ?-?\d{4,5}|\d{13,19})"
)
_NPI = r"npi|national provider(?: identifi\w{1,6}| id)?"

MISPRINTED_NUMBERS: tuple[Pattern, ...] = (
    _row("CREDIT_CARD", _CARD, _CARD_NUMBER),
    _row("IBAN_CODE", "iban", r"[a-z]{2}\d\d(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?"),
    _row("ABA_ROUTING_NUMBER", r"routing|aba|rtn", r"\d{4} ?-?\d{4} ?-?\d"),
    _row("US_SSN", r"ssn|s\.s\.n|social security", r"\d{3} ?-?\d\d ?-?\d{4}"),
    _row("US_ITIN", r"itin", r"\d{3} ?-?\d\d ?-?\d{4}"),
    _row("US_NPI", _NPI, r"\d{10}"),
    Pattern(  # NPI verification: prescriber 1234567890
        "US_NPI",
        compiled(r"\b\d{10}\b"),
        NEVER,
        in_context=MISPRINTED,
        context=Context(_NPI),
    ),
    Pattern(  # 1234567890 as her National Provider Identifier
        "US_NPI",
        compiled(
            rf"(\b\d{{10}})(?: as(?: \w{{2,5}})?| is(?: \w{{2,5}})?|,| \() ?(?:{_NPI})\b",
            case=False,
        ),
        MISPRINTED,
    ),
    _row("MEDICAL_LICENSE", r"dea", r"[a-z]{2}\d{7}"),
    _row("VEHICLE_ID", r"vin|vehicle identification", r"[a-z0-9]{11,13}\d{4}"),
    _row("CA_SIN", "social insurance|sin", r"\d{3}[- ]?\d{3}[- ]?\d{3}"),
    _row("UK_NHS", "nhs", r"\d{3}[- ]?\d{3}[- ]?\d{4}"),
    _row("UK_NINO", r"nino|national insurance", r"[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-z]"),
    _row("AU_TFN", r"tfn|tax file", r"\d{3} ?\d{3} ?\d{3}"),
    _row("IN_AADHAAR", r"aadhaar|aadhar", r"\d{4} ?\d{4} ?\d{4}"),
    _row("IN_PAN", r"pan", r"[a-z]{5}\d{4}[a-z]"),
    _row("PL_PESEL", r"pesel", r"\d{11}"),
    _row("NL_BSN", r"bsn|burgerservicenummer", r"\d{4}\.?\d\d\.?\d{3}"),
    _row("ES_NIF", r"dni|nif", r"\d{8}-?[a-z]"),
    _row("FR_NIR", r"nir", r"[12] ?\d\d ?\d\d ?\d[0-9ab] ?\d{3} ?\d{3} ?\d\d"),
    _row("IT_FISCAL_CODE", r"codice fiscale", r"[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]"),
    _row("SE_PERSONNUMMER", r"personnummer", r"(?:\d\d)?\d{6}[-+]?\d{4}"),
)
