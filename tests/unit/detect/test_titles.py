"""What stands after "Mr" is a name, and "Mr" is a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.spans import Span
from redactor.detect.titles import titled_names, titles_alone, titles_before


def texts(text: str, spans: object) -> list[str]:
    assert isinstance(spans, list)
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Robert Murray and Mrs. Jones went", ["Robert Murray", "Jones"]),
        ("by their Agent, Mr C. Whomersley of the", ["C. Whomersley"]),
        ("Dr. Smith's office", ["Smith"]),
        ("MR SMITH WENT HOME", ["SMITH"]),  # in capitals a next word may be any
        ("Dr van der Berg", ["van der Berg"]),
        ("Mr. J. K. left", ["J. K."]),
        ("Miss Y was there", ["Y"]),
        ("Ms Lee-Jones\nPhone", ["Lee-Jones"]),
        ("Messrs Clifford", ["Clifford"]),
        ("Mr. Smith. The rest", ["Smith"]),
        # near misses
        ("Mr. President, Mr. Chief Justice", []),
        ("Dear Sir or Madam", []),
        ("Dear Mr. and", []),
        ("Professor of Law", []),
        ("Dr.", []),
        ("Lt. Col. Burke", []),  # two ranks: the entity model's
        ("12 Maple Dr. Austin", []),  # a drive
        ("Missouri River", []),
        ("Mr smith", []),
        ("Mr\nSmith", []),  # a column heading over a cell
    ],
)
def test_names_after_titles(text: str, names: list[str]) -> None:
    found = list(titled_names(text))
    assert texts(text, found) == names
    assert all((span.label, span.detector) == ("PERSON", "titles") for span in found)


@pytest.mark.parametrize(
    ("text", "person", "title"),
    [
        ("Judge Amy Lee said", "Amy Lee", ["Judge"]),
        ("Lt. Col. Burke", "Burke", ["Lt. Col."]),
        ("JUDGE LEE", "LEE", ["JUDGE"]),
        ("saw Vice President Bush", "Bush", ["Vice President"]),
        ("Mr.Smith", "Smith", ["Mr."]),
        ("his sister Amy", "Amy", []),
        ("Prejudge Amy", "Amy", []),
        ("Judge: Amy", "Amy", []),
        ("Judge and Amy", "Amy", []),
    ],
)
def test_titles_before_persons(text: str, person: str, title: list[str]) -> None:
    start = text.index(person)
    span = Span(start, start + len(person), "PERSON", 0.5, "d")
    assert texts(text, list(titles_before(text, [span]))) == title
    place = Span(start, start + len(person), "LOCATION", 0.5, "d")
    assert list(titles_before(text, [place])) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Madam Speaker, this", ["Madam Speaker"]),
        ("So the Secretary acted", ["Secretary"]),
        ("Mr. Chief Justice, Mr. President", ["Mr. Chief Justice", "Mr. President"]),
        ("the Vice President said", ["Vice President"]),
        ("the President of France", []),
        ("the General Assembly", []),
        ("the President-elect", []),
        ("a general rule, a secretary", []),
        ("Secretary", []),
    ],
)
def test_offices_that_stand_for_their_holder(text: str, titles: list[str]) -> None:
    assert texts(text, list(titles_alone(text))) == titles


@given(st.text(alphabet="Mr. DJudge Smith-'\n,vande", max_size=60))
def test_spans_lie_in_the_text_and_are_not_empty(text: str) -> None:
    names = list(titled_names(text))
    for span in (*names, *titles_before(text, names), *titles_alone(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
