"""The number of years in what was found as an age."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.ages import years_of_age
from redactor.detect.patterns import PatternDetector


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("92", 92),
        ("92-year-old", 92),
        ("92yo", 92),
        ("92 y/o", 92),
        ("89.5 years", 89),
        ("12-17", 17),
        ("88 yrs. to 92 yrs.", 92),
        ("89 1/2", 89),
        ("ninety-two", 92),
        ("Ninety two years old", 92),
        ("ninety", 90),
        ("a hundred and five", 105),
        ("one hundred", 100),
        ("nineteen-year-old", 19),
        ("3-month-old", 0),
        ("eight weeks old", 0),
        ("90 days old", 0),
        ("old", None),
        ("", None),
    ],
)
def test_years_of_age(text: str, years: int | None) -> None:
    assert years_of_age(text) == years


@given(st.integers(1, 120), st.sampled_from(["aged {}", "{} years old", "Age: {}", "{}yo"]))
def test_an_age_that_was_found_can_be_read(years: int, form: str) -> None:
    text = form.format(years)
    (span,) = (s for s in PatternDetector().spans(text) if s.label == "AGE")
    assert years_of_age(text[span.start : span.end]) == years


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    years = years_of_age(text)
    assert years is None or years >= 0
