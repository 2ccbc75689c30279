"""Numbers that fail their check: doubtful directly behind their label, nothing elsewhere."""

from __future__ import annotations

import pytest

from redactor.detect.misprinted import MISPRINTED_NUMBERS
from redactor.detect.patterns import PatternDetector
from redactor.detect.scan import CHECKED, LABELED, MISPRINTED

DETECTOR = PatternDetector()

# label: (words that name it, a number whose check fails)
NAMED: dict[str, list[tuple[str, str]]] = {
    "CREDIT_CARD": [
        ("Card number:", "4111 1111 1111 1112"),
        ("Visa", "4111111111111112"),
        ("AMEX ending in", "3782 822463 10006"),
        ("debit card no.", "5555-5555-5555-4445"),
    ],
    "IBAN_CODE": [("IBAN:", "GB29 NWBK 6016 1331 9268 18"), ("IBAN", "DE89370400440532013001")],
    "ABA_ROUTING_NUMBER": [
        ("routing", "021000022"),
        ("routing number:", "000000000"),
        ("ABA", "123456789"),
    ],
    "US_SSN": [("SSN:", "000-12-3456"), ("Social Security number is", "666123456")],
    "US_ITIN": [("ITIN", "912-00-3456")],
    "US_NPI": [
        ("NPI", "1234567890"),
        ("National Provider Identifier is", "3953767241"),
        ("NPI verification, prescriber", "6270482816"),
    ],
    "MEDICAL_LICENSE": [("DEA #", "AB1234564")],
    "VEHICLE_ID": [("VIN:", "1M8GDM9A1KP042788"), ("VIN", "1M8GDM9A1KP04278")],
    "CA_SIN": [("SIN", "123-456-789"), ("social insurance number:", "123 456 789")],
    "UK_NHS": [("NHS", "943 476 5918")],
    "UK_NINO": [("NINO:", "QQ 12 34 56 E")],
    "AU_TFN": [("TFN", "123 456 789")],
    "IN_AADHAAR": [("Aadhaar", "2341 2341 2347")],
    "IN_PAN": [("PAN:", "ACUZA7085R")],
    "PL_PESEL": [("PESEL", "44051401358")],
    "NL_BSN": [("BSN:", "111222334")],
    "ES_NIF": [("DNI", "54362315Z")],
    "FR_NIR": [("NIR:", "2 95 10 99 126 111 92")],
    "IT_FISCAL_CODE": [("codice fiscale", "RCCMNL83S18D969I")],
    "SE_PERSONNUMMER": [("personnummer", "880320-0017")],
}
ROWS = [(label, *row) for label, rows in NAMED.items() for row in rows]

LEFT = [
    "card 12 of 16",
    "the card that came on 2024-01-01 had 4111 things",
    "discover 12 things",
    "routing slip 021000022",
    "routing 12345678",
    "the VIN is 5 years old",
    "SSNs 000-12-3456",
    "NPI on file; order 12345",
    "NPI 12345678901",
    "pan 12345",
    "a sin 1234 times",
    "IBAN: to follow",
]


def scores(text: str, value: str) -> dict[str, float]:
    """The score of each label that is found at a value."""
    at = text.index(value)
    found = DETECTOR.spans(text)
    return {s.label: s.score for s in found if (s.start, s.end) == (at, at + len(value))}


@pytest.mark.parametrize(("label", "words", "value"), ROWS)
def test_doubtful_behind_its_label(label: str, words: str, value: str) -> None:
    assert scores(f"Her {words} {value}.", value)[label] == MISPRINTED


@pytest.mark.parametrize(("label", "words", "value"), ROWS)
def test_nothing_without_it(label: str, words: str, value: str) -> None:
    assert label not in scores(f"Item {value}.", value)


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    labels = {row.label for row in MISPRINTED_NUMBERS}
    assert not labels.intersection(span.label for span in DETECTOR.spans(text))


@pytest.mark.parametrize(
    ("text", "value", "score"),
    [
        ("Card number: 4111 1111 1111 1111", "4111 1111 1111 1111", CHECKED),
        ("NPI 1234567893", "1234567893", LABELED),
        ("DEA AB1234563", "AB1234563", LABELED),
    ],
)
def test_a_check_that_holds_says_more(text: str, value: str, score: float) -> None:
    assert max(scores(text, value).values()) == score


def test_a_provider_number_may_come_before_its_name() -> None:
    text = "listed 2691669784 as her National Provider Identifier"
    assert scores(text, "2691669784")["US_NPI"] == MISPRINTED
    assert "US_NPI" not in scores("listed 2691669784 as her home", "2691669784")


def test_every_row_has_a_number() -> None:
    assert {row.label for row in MISPRINTED_NUMBERS} == NAMED.keys()
