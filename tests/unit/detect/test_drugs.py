from __future__ import annotations

import pytest

from redactor.detect.drugs import are_drugs


@pytest.mark.parametrize(
    "text",
    [
        "Ketorolac",
        "Zofran, Toradol",
        "METOPROLOL ER",
        "Lisinopril",
        "amoxicillin",
        "Adalimumab",
        "Lidocaine",
        "Atorvastatin, Warfarin",
    ],
)
def test_drugs(text: str) -> None:
    assert are_drugs(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "April",
        "Smith",
        "Smith, Toradol",
        "Michael Caine",
        "Allegra",
        "Pril",
        "Polac",
        "Olol",
        "Yasmin",
        "Sartan",
        "Prozac Smith",
    ],
)
def test_people(text: str) -> None:
    assert not are_drugs(text)
