"""Numbers with check digits of their own: found by check or by name, and not when one digit is off.

The numbers are the examples of the registries and of `python-stdnum`.
"""

from __future__ import annotations

import pytest

from redactor.detect.patterns import PatternDetector
from redactor.detect.registered import REGISTERED, dea, npi, vin

DETECTOR = PatternDetector()

# label: (text without words that name it, value in it)
ALONE: dict[str, list[tuple[str, str]]] = {
    "MEDICAL_LICENSE": [("prescriber AB1234563, refill", "AB1234563")],
    "MEMBER_ID": [("card 1EG4-TE5-MK73", "1EG4-TE5-MK73"), ("1EG4TE5MK73", "1EG4TE5MK73")],
    "VEHICLE_ID": [("a Honda, 1M8GDM9AXKP042788", "1M8GDM9AXKP042788")],
    "UK_NINO": [("her number, AB 12 34 56 C", "AB 12 34 56 C"), ("AB123456C", "AB123456C")],
    "IE_PPS": [("6433435F", "6433435F")],
    "BE_NN": [("85.07.30-033 28", "85.07.30-033 28")],
    "CH_AHV": [("756.9217.0769.85", "756.9217.0769.85")],
    "CZ_RC": [("710319/2745", "710319/2745")],
    "ES_NIE": [("X-2482300W", "X-2482300W")],
    "ES_NIF": [("54362315K", "54362315K")],
    "FI_PERSONAL_IDENTITY_CODE": [("131052-308T", "131052-308T")],
    "FR_NIR": [("2 95 10 99 126 111 93", "2 95 10 99 126 111 93")],
    "IT_FISCAL_CODE": [("RCCMNL83S18D969H", "RCCMNL83S18D969H")],
    "SE_PERSONNUMMER": [("880320-0016", "880320-0016")],
    "IN_AADHAAR": [("2341 2341 2346", "2341 2341 2346")],
    "IN_PAN": [("ACUPA7085R", "ACUPA7085R")],
    "MAC_ADDRESS": [("D0:50:99:84:A2:A0 joined", "D0:50:99:84:A2:A0")],
    "CRYPTO": [
        ("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD"),
        ("0x52908400098527886E0F7030069857D2E4169EE7",) * 2,
    ],
}
# label: (words that name it, value): found behind these words, and only there
NAMED: dict[str, list[tuple[str, str]]] = {
    "US_NPI": [("NPI", "1234567893")],
    "US_EIN": [("EIN", "12-3456789")],
    "CA_SIN": [("SIN", "123-456-782"), ("social insurance number", "123456782")],
    "UK_NHS": [("NHS number", "943 476 5919"), ("NHS", "9434765919")],
    "EU_VAT": [("VAT", "BE 0428.759.497")],
    "DE_TAX_ID": [("Steuer-ID", "36 574 261 809")],
    "BG_EGN": [("EGN", "7523169263")],
    "DK_CPR": [("CPR", "211062-5629")],
    "GR_AMKA": [("AMKA", "01013099997")],
    "HR_OIB": [("OIB", "33392005961")],
    "NL_BSN": [("BSN", "1112.22.333")],
    "NO_FODSELSNUMMER": [("fnr", "151086 95088")],
    "PL_PESEL": [("PESEL", "44051401359")],
    "PT_NIF": [("NIF", "501 964 843")],
    "RO_CNP": [("CNP", "1630615123457")],
    "AU_TFN": [("TFN", "123 456 782")],
    "AU_ABN": [("ABN", "83 914 571 673")],
    "AU_ACN": [("ACN", "004 085 616")],
}
NEVER = [
    ("MEDICAL_LICENSE", "AB1234564"),
    ("MEMBER_ID", "1EG4-TE5-MO73"),  # no letter O
    ("VEHICLE_ID", "1M8GDM9A1KP042788"),
    ("VEHICLE_ID", "11111111111111111"),  # its check holds, but it names no vehicle
    ("UK_NINO", "QQ 12 34 56 C"),
    ("IE_PPS", "6433435E"),
    ("CH_AHV", "756.9217.0769.84"),
    ("ES_NIF", "54362315Z"),
    ("FI_PERSONAL_IDENTITY_CODE", "131052-308U"),
    ("FR_NIR", "2 95 10 99 126 111 92"),
    ("IT_FISCAL_CODE", "RCCMNL83S18D969I"),
    ("IN_AADHAAR", "2341 2341 2347"),
    ("IN_AADHAAR", "1200 2341 2341 2346 1700"),  # a row of a table
    ("CRYPTO", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfE"),
    ("MAC_ADDRESS", "D0:50:99:84:A2"),
    ("US_NPI", "provider 1234567890"),
    ("CA_SIN", "sinus 123-456-789"),
    ("UK_NHS", "NHSX, 943 476 5918"),
    ("PL_PESEL", "44051401358"),
    ("AU_TFN", "TFNs: 123 456 789"),
]


def labels(text: str, value: str) -> set[str]:
    """The labels of what is found at a value."""
    at = text.index(value)
    return {s.label for s in DETECTOR.spans(text) if (s.start, s.end) == (at, at + len(value))}


def rows(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(label, *row) for label, found in table.items() for row in found]


@pytest.mark.parametrize(("label", "text", "value"), rows(ALONE))
def test_found_alone(label: str, text: str, value: str) -> None:
    assert label in labels(text, value)


@pytest.mark.parametrize(("label", "words", "value"), rows(NAMED))
def test_found_where_it_is_named(label: str, words: str, value: str) -> None:
    assert label in labels(f"Her {words}: {value}.", value)
    assert label not in labels(f"Order: {value}.", value)


@pytest.mark.parametrize(("label", "text"), NEVER)
def test_one_character_off(label: str, text: str) -> None:
    assert label not in {span.label for span in DETECTOR.spans(text)}


def test_every_row_has_a_number() -> None:
    assert {row.label for row in REGISTERED} == ALONE.keys() | NAMED.keys()


@pytest.mark.parametrize(
    ("check", "number"),
    [(vin, ""), (vin, "1M8GDM9AXKP04278"), (vin, "1M8GDM9AXKP04278I"), (npi, ""), (npi, "3" * 10)],
)
def test_checks_refuse_what_is_not_of_their_form(check: object, number: str) -> None:
    assert callable(check)
    assert not check(number)


def test_the_check_of_a_prescriber() -> None:
    assert [digit for digit in range(10) if dea(f"BB138856{digit}")] == [8]
