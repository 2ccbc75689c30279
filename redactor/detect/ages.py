"""Ages: in figures and in words, after a label (`Age: 92`), or by their unit (`92-year-old`).

The Safe Harbor rule of HIPAA lets ages stand up to 89 years, 45 CFR 164.514(b)(2)(i)(C): for it,
`years_of_age` reads the number out of what was found.
"""

from __future__ import annotations

import re2

from redactor.detect.scan import FORMAT, LABELED, LIKELY, Pattern, compiled, no_edges, word_edges

_UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_UNITS, 1)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_VALUES["hundred"] = 100

_IN_WORDS = (
    rf"(?:(?:one |a )?hundred(?:(?: and)? (?:{'|'.join(_UNITS)}))?"
    rf"|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[:9])}))?|(?:{'|'.join(_UNITS)}))"
)
_FIGURES = r"(?:1[0-2]\d|\d{1,2})(?:\.\d|[ -]?1/2)?"
_NUMBER = rf"(?:{_FIGURES}|{_IN_WORDS})"
_RANGE = rf"{_NUMBER}(?: ?(?:-|to|and|or) ?{_NUMBER})?"
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)"
_AFTER_LABEL = r"(?:[ \n]{0,2}(?:\b(?:is|was|of|at|about|approximately|approx)\b\.?|[:=(~])){0,3}"
_PATIENT = r"(?:patient|pt|hpi|cc|hx)"
_COMPLAINT = r"(?:with|w/|who|presents?|presenting|p/w|admitted|c/o|s/p|h/o|hx|here|brought|seen)"
_NUMBERS = re2.compile(r"\d{1,3}")
_YOUNGER = re2.compile(r"(?i)\d[ -]?(?:mo|w[ke]|d)|month|week|day")

AGES: tuple[Pattern, ...] = (
    Pattern(  # 92-year-old, 92 years old, ninety-two years of age
        "AGE",
        compiled(rf"\b{_NUMBER}[- \n]{{0,2}}{_UNIT}\.?[- \n](?:olds?|of[ \n]age)\b", case=False),
        FORMAT,
        edges=word_edges,
    ),
    Pattern(  # 92 y/o, 92yo, 92 y.o.
        "AGE",
        compiled(rf"\b{_FIGURES}[- ]?(?:y/o|y\.o\b|yo|yrs?/old)\b", case=False),
        FORMAT,
        edges=word_edges,
    ),
    Pattern(  # aged 92, aged between 14 and 17
        "AGE",
        compiled(rf"\baged[ \n](?:about |between |over |under )?({_RANGE})\b", case=False),
        FORMAT,
        edges=word_edges,
    ),
    Pattern(  # age 92, Age: 92 years, at the age of ninety-two
        "AGE",
        compiled(
            rf"\bage{_AFTER_LABEL}[ \n]{{0,2}}(\b{_NUMBER}(?:[- ]{{0,1}}{_UNIT}\b)?)", case=False
        ),
        FORMAT,
    ),
    Pattern(  # Age/Sex: 92/M, Age (years) 92
        "AGE",
        compiled(
            r"\bage ?(?:/ ?(?:sex|gender)|\((?:in )?(?:years|yrs)\)|in years|at \w{3,12})"
            rf"[ :=]{{0,3}}\n?({_FIGURES})\b",
            case=False,
        ),
        LABELED,
        edges=word_edges,
    ),
    Pattern(  # 92 M with chest pain
        "AGE",
        compiled(rf"(?:^|[ \n(])({_FIGURES}) ?[MF][,;]? {_COMPLAINT}\b"),
        LIKELY,
        edges=no_edges,
    ),
    Pattern(  # Pt is a 92F; HPI: 92 M. Not: temperature 99 F
        "AGE",
        compiled(rf"\b(?i:{_PATIENT})\b[:.,]?[ \n](?:is )?(?:an? )?({_FIGURES}) ?[/ ]?[MF]\b"),
        LIKELY,
        edges=no_edges,
    ),
)


def years_of_age(text: str) -> int | None:
    """The whole years in the text of an AGE finding; None where there is no number.

    Of a range or a list the greatest; 0 for an age in months, weeks or days.
    """
    values = [int(match) for match in _NUMBERS.findall(text)] or [_spelled(text)]
    years = values[0] if "/" in text or "." in text else max(values)
    if not years and not _NUMBERS.search(text):
        return None
    return 0 if _YOUNGER.search(text) else years


def _spelled(text: str) -> int:
    """The sum of the number words: ninety two, (one) hundred and five; 0 where there are none."""
    words = text.lower().replace("-", " ").split()
    if "hundred" in words:
        words = words[words.index("hundred") :]
    return sum(_VALUES.get(word, 0) for word in words)
