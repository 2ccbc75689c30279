from __future__ import annotations

import pytest

from redactor.detect.organizations import designated, inside_organization, settle
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


def organizations(text: str, name: str) -> list[str]:
    start = text.index(name)
    span = Span(start, start + len(name), "ORGANIZATION", 0.4, "entities")
    return [text[s.start : s.end] for s in settle(text, [span])]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Indian Business Association (AIBA), and", "Indian Business Association", ["AIBA"]),
        ("the Fund for Work ( F.W ) says", "Fund for Work", ["F.W"]),
        ('Acme Water ("AW")', "Acme Water", ["AW"]),
        ("Acme Water (since 1990)", "Acme Water", []),
        ("Acme Water (A)", "Acme Water", []),
        ("Acme Water and (AW)", "Acme Water", []),
    ],
)
def test_a_short_form_in_brackets_is_one_too(text: str, name: str, expected: list[str]) -> None:
    assert organizations(text, name) == [name, *expected]


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("Metformin 500 mg twice", "Metformin", False),
        ("Metformin 500 mg twice", "Metformin 500", False),
        ("Insulin XR 0.5 ml", "Insulin", False),
        ("Acme 500 employees", "Acme", True),
        ("Acme in 500 g jars", "Acme", True),
    ],
)
def test_what_a_dose_follows_is_no_organization(text: str, name: str, is_one: bool) -> None:
    assert bool(organizations(text, name)) is is_one


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("**LogiSource Inc.**, has", "LogiSource Inc"),
        ("paid by Bell & Howell Ltd in May", "Bell & Howell Ltd"),
        ("the Bank of Omaha Corp.", "Bank of Omaha Corp"),
        ("ACME, LLC", "ACME, LLC"),
    ],
)
def test_a_name_before_a_legal_form(text: str, name: str) -> None:
    (span,) = designated(text)
    assert text[span.start : span.end] == name


@pytest.mark.parametrize("text", ["an Inc. magazine", "incorporated", "Company: Inc : x", "PLC"])
def test_a_legal_form_alone_names_nothing(text: str) -> None:
    assert not list(designated(text))
