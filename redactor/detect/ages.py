"""Ages: in figures and in words, after a label (`Age: 92`), or by their unit (`92-year-old`)."""

from __future__ import annotations

from redactor.ages import TENS, UNITS
from redactor.detect.scan import FORMAT, LABELED, LIKELY, Pattern, compiled, no_edges, word_edges

_IN_WORDS = (
    rf"(?:(?:one |a )?hundred(?:(?: and)? (?:{'|'.join(UNITS)}))?"
    rf"|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[:9])}))?|(?:{'|'.join(UNITS)}))"
)
_FIGURES = r"(?:1[0-2]\d|\d{1,2})(?:\.\d|[ -]?1/2)?"
_NUMBER = rf"(?:{_FIGURES}|{_IN_WORDS})"
_RANGE = rf"{_NUMBER}(?: ?(?:-|to|and|or) ?{_NUMBER})?"
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)"
_AFTER_LABEL = r"(?:[ \n]{0,2}(?:\b(?:is|was|of|at|about|approximately|approx)\b\.?|[:=(~])){0,3}"
_PATIENT = r"(?:patient|pt|hpi|cc|hx)"
_COMPLAINT = r"(?:with|w/|who|presents?|presenting|p/w|admitted|c/o|s/p|h/o|hx|here|brought|seen)"

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
