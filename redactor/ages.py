"""How many years an age is, from how it is written.

The Safe Harbor rule of HIPAA lets ages stand up to 89 years, 45 CFR 164.514(b)(2)(i)(C).
"""

from __future__ import annotations

import re

UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(UNITS, 1)} | {
    word: value for value, word in zip(range(20, 100, 10), TENS, strict=True)
}
_VALUES["hundred"] = 100

_NUMBERS = re.compile(r"[0-9]{1,3}")
_FRACTION = re.compile(r"(?<=[0-9])(?:\.[0-9]+|[ -]?1/2)")
_YOUNGER = re.compile(r"(?i)[0-9][ -]?(?:mo|w[ke]|d)|month|week|day")


def years_of_age(text: str) -> int | None:
    """The whole years in the text of an AGE finding; None where there is no number.

    Of a range or a list the greatest; 0 for an age in months, weeks or days.
    """
    values = [int(match) for match in _NUMBERS.findall(_FRACTION.sub("", text))]
    years = max(values) if values else _spelled(text)
    if not years and not values:
        return None
    return 0 if _YOUNGER.search(text) else years


def _spelled(text: str) -> int:
    """The sum of the number words: ninety two, (one) hundred and five; 0 where there are none."""
    words = text.lower().replace("-", " ").split()
    if "hundred" in words:
        words = words[words.index("hundred") :]
    return sum(_VALUES.get(word, 0) for word in words)
