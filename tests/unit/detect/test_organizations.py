from __future__ import annotations

import pytest

from redactor.detect.organizations import inside_organization, settle
from redactor.detect.spans import Span


def settled(text: str, person: str) -> tuple[str, str]:
    """The label and text of a person's span after settling."""
    start = text.index(person)
    (span,) = settle(text, [Span(start, start + len(person), "PERSON", 0.5, "entities")])
    return span.label, text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "person", "whole"),
    [
        ("from Cascade Ridge Trust, yesterday", "Cascade Ridge Trust", "Cascade Ridge Trust"),
        ("from Cascade Ridge Pension Trust", "Cascade Ridge", "Cascade Ridge Pension Trust"),
        ("rent to Harbor Point\nProperties, LLC", "Harbor Point", "Harbor Point\nProperties, LLC"),
        ("to Harbor Point\n12\nHomes LLC", "Harbor Point", "Harbor Point\n12\nHomes LLC"),
        ("sold to Wendell Pyke, Inc. in May", "Wendell Pyke", "Wendell Pyke, Inc"),
        ("the Trust pays", "Trust", "Trust"),
        ("AUDUBON LEGAL SOCIETY", "AUDUBON LEGAL SOCIETY", "AUDUBON LEGAL SOCIETY"),
    ],
)
def test_a_designator_makes_an_organization(text: str, person: str, whole: str) -> None:
    assert settled(text, person) == ("ORGANIZATION", whole)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Patient John Smith Insurance Blue Cross", "John Smith"),
        ("Name: John Smith\nInsurance: Blue Cross", "John Smith"),
        ("Name John Smith Department Cardiology", "John Smith"),
        ("Name John Smith Association: none", "John Smith"),
        ("signed John Smith\nTrust officer", "John Smith"),
        ("John Smith and Acme, Inc.", "John Smith"),
        ("Dear Ms. Church, thank you", "Church"),
        ("John Smith trusts nobody", "John Smith"),
    ],
)
def test_a_person_stays_a_person(text: str, person: str) -> None:
    assert settled(text, person) == ("PERSON", person)


def test_only_parts_of_designated_names_are_inside() -> None:
    text = "HARBOR POINT LLC and Harbor Point"
    spans = [Span(0, 16, "ORGANIZATION", 0.4, "entities")]
    assert inside_organization(text, 0, 6, spans)
    assert not inside_organization(text, 0, 16, spans)
    assert not inside_organization(text, 21, 27, spans)
    assert not inside_organization("Blue Cross", 0, 4, [Span(0, 10, "ORGANIZATION", 0.4, "x")])
