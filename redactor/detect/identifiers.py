"""Numbers of persons and accounts in the United States and Britain, cards and IBANs.

Numbers with a form of their own stand without context (SSN, ITIN) or by a checksum (cards, IBAN).
Numbers with a weak form need words near that name them.
"""

from __future__ import annotations

from collections.abc import Callable

from redactor.detect import checksums
from redactor.detect.context import Context
from redactor.detect.scan import (
    CHECKED,
    FORMAT,
    LABELED,
    NEVER,
    Fit,
    Pattern,
    compiled,
    digits,
    is_beside_number,
    lone_number_edges,
    number_edges,
    whole,
    word_edges,
)

_CARD_WORDS = 7
_CARD_STARTS = frozenset("23456")
_VISA = "4"
_SHORT_CARD = 13  # digits; what is shorter than the next length needs context, unless it is Visa's
_SEPARATOR = r" ?[-.]?[ \n]?"


def _compact(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


# Social Security and taxpayer numbers


def _is_ssn(candidate: str) -> bool:
    return checksums.ssn(_compact(candidate))


def _is_itin(candidate: str) -> bool:
    return checksums.itin(_compact(candidate))


_SSN = Context(
    r"ssns?|ss ?#|ss\s+(?:no|num|number)|s\. ?s\. ?n|s\. ?s\. ?#?|social\s+security|soc\.?\s+sec"
    r"|social\s+sec|social"
)
_ITIN = Context(r"itin|i\.t\.i\.n|individual\s+taxpayer|taxpayer\s+id\w*|taxpayer|tin")
_NINE = rf"\b\d{{3}}{_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{4}}\b"


def _nine_digits(label: str, context: Context, fit: Fit) -> tuple[Pattern, Pattern, Pattern]:
    """A number written ddd-dd-dddd (stands alone), ddd dd dddd, or anyhow in context."""
    return (
        Pattern(
            label,
            compiled(r"\b\d{3} ?- ?\n?\d\d ?- ?\n?\d{4}\b"),
            FORMAT,
            in_context=LABELED,
            context=context,
            fit=fit,
        ),
        Pattern(label, compiled(r"\b\d{3} \d\d \d{4}\b"), FORMAT, fit=fit, edges=lone_number_edges),
        Pattern(
            label,
            compiled(_NINE),
            NEVER,
            in_context=LABELED,
            context=context,
            fit=fit,
            repair=True,
        ),
    )


# Cards and accounts with a checksum


def _word_ends(text: str) -> list[int]:
    """Where the words of a candidate end."""
    last = len(text) - 1
    return [at + 1 for at, char in enumerate(text) if char.isalnum() and _ends_word(text, at, last)]


def _ends_word(text: str, at: int, last: int) -> bool:
    return at == last or not text[at + 1].isalnum()


def _fit_card(is_card: Callable[[str], bool]) -> Fit:
    """The longest run of whole words, few of them, that is a card number: an expiry date or a
    security code may follow.
    """

    def fit(candidate: str) -> int:
        if candidate[0] not in _CARD_STARTS:
            return 0
        ends = _word_ends(candidate)[:_CARD_WORDS]
        return next((end for end in reversed(ends) if is_card(_compact(candidate[:end]))), 0)

    return fit


def _is_card(number: str) -> bool:
    """A number that stands alone: one in ten of any digits passes the check, so no short ones."""
    return (len(number) > _SHORT_CARD or number[0] == _VISA) and checksums.card(number)


_CARD_GROUPS = ((4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4))


def _card_edges(text: str, start: int, end: int) -> bool:
    """In a row of numbers only as cards are printed: any columns of a table may pass the check."""
    groups = tuple(len(group) for group in text[start:end].replace("-", " ").split())
    printed = len(groups) == 1 or groups in _CARD_GROUPS
    return number_edges(text, start, end) and (printed or not is_beside_number(text, start, end))


def _is_iban(number: str) -> bool:
    return digits(number) * 2 >= len(number) - 8 and checksums.iban(number)


def _fit_iban(candidate: str) -> int:
    """The whole words that are as long as the country's IBAN: the bank's own code may follow."""
    length = checksums.iban_length(candidate[:2].upper())
    numbers = ((end, _compact(candidate[:end])) for end in _word_ends(candidate))
    return next((end for end, number in numbers if len(number) == length and _is_iban(number)), 0)


_CHECKED = (
    Pattern(
        "CREDIT_CARD",
        compiled(r"\b\d(?: ?-? ?\n?\d){12,24}\b"),
        CHECKED,
        fit=_fit_card(_is_card),
        edges=_card_edges,
        repair=True,
    ),
    Pattern(  # Maestro has numbers of 12 digits
        "CREDIT_CARD",
        compiled(r"\b\d(?: ?-? ?\n?\d){11,24}\b"),
        NEVER,
        in_context=CHECKED,
        context=Context(r"cards?|credit|debit|maestro|diners|amex|payment|pan|cc|visa"),
        fit=_fit_card(checksums.card),
        repair=True,
    ),
    Pattern(
        "IBAN_CODE",
        compiled(r"\b[A-Z]{2} ?\d\d(?:[ -]?[A-Za-z0-9]){11,34}\b"),
        CHECKED,
        fit=_fit_iban,
        edges=word_edges,
        repair=True,
    ),
    Pattern(  # gb82west12345698765432
        "IBAN_CODE",
        compiled(r"\b[a-z]{2}\d\d[a-z0-9]{11,30}\b"),
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
        repair=True,
    ),
)

# Sort codes of British banks, and the account numbers beside them

_SORT = r"sort\s*-?\s*codes?|s/c"
_BRITISH_BANK = (
    Pattern(  # Bank account: 20-45-67 12345678
        "UK_SORT_CODE",
        compiled(r"\b(\d\d-\d\d-\d\d)[ ,/\n]{1,3}\d{8}\b"),
        NEVER,
        in_context=LABELED,
        context=Context(r"accounts?|acct|a/c|bank|bacs|payee|pay"),
    ),
    Pattern(
        "UK_SORT_CODE",
        compiled(r"\b\d\d ?- ?\d\d ?- ?\d\d\b|\b\d\d \d\d \d\d\b|\b\d{6}\b"),
        NEVER,
        in_context=LABELED,
        context=Context(_SORT),
        repair=True,
    ),
    Pattern(
        "ACCOUNT_NUMBER",
        compiled(r"\b\d{4} ?\d{4}\b"),
        NEVER,
        in_context=LABELED,
        context=Context(rf"(?:{_SORT})[^a-z0-9]{{0,3}}\d\d\W{{0,3}}\d\d\W{{0,3}}\d\d"),
        repair=True,
    ),
)

IDENTIFIERS: tuple[Pattern, ...] = (
    *_CHECKED,
    *_BRITISH_BANK,
    *_nine_digits("US_SSN", _SSN, whole(_is_ssn)),
    *_nine_digits("US_ITIN", _ITIN, whole(_is_itin)),
)
