"""Words that labels of forms are made of, wherever the form is from."""

from __future__ import annotations

from collections.abc import Sequence

from redactor.detect.forms.labels import key
from redactor.detect.forms.layout import Kind, Token

PHRASE = 6  # words of a label that is known by its looks alone


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(key, words.split()))


FUNCTION = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "for", "from", "has", "have"}
    | {"if", "in", "is", "it", "may", "must", "not", "of", "on", "or", "shall", "that", "the"}
    | {"this", "to", "was", "were", "which", "who", "will", "with"}
)
"""Words that go on with a phrase: no value begins with them, and no label follows them."""

_OPEN = frozenset({"at", "by", "for", "from", "of", "to"})  # they end labels, not values

HEADS = _keys("address by code date fax name no number phone signature telephone title")
"""Words that labels begin or end with."""

USUAL = HEADS | _keys(
    "account age amount approved birth born branch cell city claim class comments company contact "
    "country county department dept description dob due effective email employer ext first from "
    "full gender id initial initials insurance last location manager member mi middle occupation "
    "of order page patient plan policy position prepared price print printed provider quantity "
    "received reference relationship remarks requested required school sex sign signed ssn state "
    "street subject submitted time to total type unit zip"
)
"""Words that labels are made of."""


def is_usual(tokens: Sequence[Token]) -> bool:
    """Whether a short printed phrase reads like a label: it is made of words that are in labels,
    or ends with one that labels end with.
    """
    words = [token for token in tokens if token.kind is Kind.TEXT and token.key]
    if not words or words[0].is_hand or not words[0].text.lstrip("(*")[:1].isupper():
        return False
    if all(token.key in USUAL for token in words):
        return True
    has_digit = any(char.isdigit() for token in words for char in token.text)
    if has_digit or len(words) > PHRASE:
        return False
    return words[-1].key in HEADS or words[-1].text.lower() in _OPEN
