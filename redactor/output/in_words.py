"""What stands in reports as names and numbers, in words for people."""

from __future__ import annotations

from redactor.geometry import Box
from redactor.report import PageInfo, Reason

_CAPITALS = frozenset((
    "ABA", "ABN", "ACN", "AHV", "AMKA", "BSN", "CPR", "EGN", "EIN", "EU", "GPS", "IBAN", "ID", "IP",
    "ITIN", "MAC", "NHS", "NIE", "NIF", "NINO", "NPI", "NRP", "OIB", "PAN", "PESEL", "PPS", "QR",
    "RC", "SIN", "SSN", "TFN", "UK", "URL", "US", "VAT", "ZIP",
))  # fmt: skip
_COUNTRY = 2  # letters of the code that a label begins with


def label_in_words(label: str) -> str:
    """ "DATE_OF_BIRTH" as "Date of birth", "US_SSN" as "US SSN"."""
    words = label.split("_")
    first = words[0] if len(words) > 1 and len(words[0]) == _COUNTRY else ""
    shown = [word if word in _CAPITALS or word == first else word.lower() for word in words]
    text = " ".join(shown).strip()
    return text[:1].upper() + text[1:]


def place_in_words(box: Box, page: PageInfo) -> str:
    """Where on its page a box is: "top left"."""
    x, y = box.center
    row = ("top", "middle", "bottom")[_third(y, page.height)]
    column = ("left", "center", "right")[_third(x, page.width)]
    return "center" if (row, column) == ("middle", "center") else f"{row} {column}"


def is_uncertain(reason: Reason) -> bool:
    """Whether the decision rests on doubt, as its reason says."""
    return "uncertain" in reason.reason


def percent(share: float) -> str:
    """A share of 0 to 1; what is not all is never shown as "100 %"."""
    whole = round(share * 100)
    return f"{min(whole, 99) if share < 1 else whole} %"


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 page", "2 pages"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(numbers: list[int], most: int = 12) -> str:
    """Numbers in order, runs as ranges: "1-3, 7"; no more than `most` of them."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:most]]
    return ", ".join(shown) + (" ..." if len(runs) > most else "")


def _third(at: float, length: float) -> int:
    return min(2, max(0, int(3 * at / length))) if length > 0 else 0
