"""The labels that findings bear: Presidio's names where it has one."""

from __future__ import annotations

from typing import Final

from redactor.words import MarkLabel

TERM: Final = "TERM"
UNREAD_INK: Final = "UNREAD_INK"

ALWAYS: Final = "always"
"""The detector and the rule of texts that a policy lists under `always`."""

KNOWN_LABELS: Final = (
    "PERSON",
    "LOCATION",
    "ORGANIZATION",
    "DATE_TIME",
    "DATE_OF_BIRTH",
    "US_SSN",
    "US_ITIN",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "IP_ADDRESS",
    "URL",
    "MEDICAL_RECORD_NUMBER",
    "MEMBER_ID",
    "ACCOUNT_NUMBER",
    "STREET_ADDRESS",
    "US_DRIVER_LICENSE",
    "US_PASSPORT",
    "ABA_ROUTING_NUMBER",
    "AU_ABN",
    "AU_ACN",
    "AU_TFN",
    "BE_NN",
    "BG_EGN",
    "CA_SIN",
    "CH_AHV",
    "CRYPTO",
    "CZ_RC",
    "DE_TAX_ID",
    "DK_CPR",
    "ES_NIE",
    "ES_NIF",
    "EU_VAT",
    "FI_PERSONAL_IDENTITY_CODE",
    "FR_NIR",
    "GR_AMKA",
    "HR_OIB",
    "IE_PPS",
    "IN_AADHAAR",
    "IN_PAN",
    "IT_FISCAL_CODE",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "NL_BSN",
    "NO_FODSELSNUMMER",
    "PL_PESEL",
    "PT_NIF",
    "RO_CNP",
    "SE_PERSONNUMMER",
    "UK_NHS",
    "UK_NINO",
    "US_EIN",
    "US_NPI",
    "VEHICLE_ID",
    "AGE",
    "CASE_NUMBER",
    "CERTIFICATE_NUMBER",
    "DEVICE_ID",
    "EMPLOYEE_ID",
    "GPS_COORDINATES",
    "LICENSE_PLATE",
    "NRP",
    "POLICY_NUMBER",
    "REFERENCE_NUMBER",
    "STUDENT_ID",
    "TITLE",
    "UK_DRIVING_LICENCE",
    "UK_PASSPORT",
    "UK_POSTCODE",
    "UK_SORT_CODE",
    "US_ZIP_CODE",
    *MarkLabel,
    UNREAD_INK,
    TERM,
)

OF_MANY: Final = frozenset(
    {
        "LOCATION",
        "ORGANIZATION",
        "DATE_TIME",
        "AGE",
        "IP_ADDRESS",
        "URL",
        "ABA_ROUTING_NUMBER",
        "AU_ABN",
        "AU_ACN",
        "EU_VAT",
        "US_EIN",
        "CASE_NUMBER",
        "GPS_COORDINATES",
        "NRP",
        "REFERENCE_NUMBER",
        "TITLE",
        "UK_POSTCODE",
        "UK_SORT_CODE",
        "US_ZIP_CODE",
        *MarkLabel,
        UNREAD_INK,
        TERM,
    }
)
"""Labels of what several people may share, of firms, and of what is sought everywhere anyway."""

NAMING: Final = frozenset(KNOWN_LABELS) - OF_MANY
"""Labels whose text names one person by itself, wherever it stands: a date or a town does not."""

RESERVED_IDS: Final = ("term", "never", "unread_ink", ALWAYS, "subject")
"""Names that a decision's `rule` bears where no rule decided; no rule may bear them."""

WITHOUT_TEXT: Final = frozenset({*MarkLabel, UNREAD_INK})
"""Labels of findings that are no words, so that no part of their text can stay."""
