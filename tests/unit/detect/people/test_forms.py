"""In which ways a name may be written, and in which it would be something else."""

from __future__ import annotations

import pytest

from redactor.detect.people.forms import Forms, capitalized, forms_of, names_somebody


def forms(name: str) -> Forms:
    made = forms_of(name)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (
            "John Andrew Smith",
            "John Smith|John A. Smith|JOHN SMITH|john smith|Smith, John|SMITH, JOHN A.|smith, john"
            "|J. Smith|J Smith|J.A. Smith|J. A. Smith|J. SMITH|Smith, J.|Smith, J. A.",
        ),
        (
            "John Smith",
            "john.smith|John_Smith|smith-john|j.smith|johnsmith|jsmith|smithj|JohnSmith",
        ),
        ("JOHN SMITH", "John Smith|Smith, John|john smith|John.Smith"),
        ("Smith, John", "John Smith|J. Smith"),
        ("Dr. John Smith Jr.", "John Smith|john smith|J. Smith"),
        ("John Smith's", "John Smith"),
        ("MARY O'BRIEN", "Mary O'Brien|M. O'Brien|mary o'brien|mary.obrien"),
        ("Jean-Luc Picard", "J. Picard|jeanluc.picard|JEAN-LUC PICARD"),
        ("Ana de la Cruz", "A. de la Cruz|ana.delacruz|adelacruz|de la Cruz, Ana"),
        ("José García", "jose.garcia|J. García|JOSÉ GARCÍA"),
        ("Anna Young", "A. Young"),
        ("Anna Smith", "A Smith"),
    ],
)
def test_what_stands_for_a_person(name: str, written: str) -> None:
    assert set(written.split("|")) <= set(forms(name).texts)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("John Smith", "John|Smith|smith|JS|J.S.|john|B. Smith|John S.|Smithson, John|jsm"),
        ("Will Young", "will young|young, will"),  # stand together in any text
        ("May Brown", "may brown"),
        ("John Will", "john will"),
        ("Mark Hope", "mark hope"),  # neither is hardly ever another word
        ("Anna Young", "A Young"),
        ("Ian Will", "I Will"),
        ("Sam Mile", "smile"),
        ("Al Li", "alli|lial|ali|lia"),  # user names that are too short, or a word
    ],
)
def test_what_may_be_somebody_or_something_else(name: str, written: str) -> None:
    assert not set(written.split("|")) & set(forms(name).texts)


@pytest.mark.parametrize(
    "text",
    [
        "Smith",
        "J. Smith",  # no given name
        "John S.",
        "john smith",  # nothing says that it is a name
        "John smith",
        "John 2nd Floor",
        "Unit 4",
        "",
        "Dr.",
        "One Two Three Four Five Six Seven",
    ],
)
def test_what_is_no_full_name(text: str) -> None:
    assert forms_of(text) is None


@pytest.mark.parametrize(
    ("name", "dotted", "short"),
    [
        ("John Smith", ("J.S.", "J. S."), ("JS",)),
        (
            "John Andrew Smith",
            ("J.S.", "J. S.", "J.A.S.", "J. A. S."),
            ("JS", "JAS"),
        ),
        ("Paul Miller", (), ()),  # p.m.
        ("Urs Schmid", (), ()),  # U.S.
        ("Dora Carl", (), ()),  # D.C.
    ],
)
def test_initials(name: str, dotted: tuple[str, ...], short: tuple[str, ...]) -> None:
    assert (forms(name).dotted, forms(name).short) == (dotted, short)


@pytest.mark.parametrize(
    ("name", "users", "not_users"),
    [
        (
            "John Andrew Smith",
            "johnsmith smithjohn jsmith smithj johns jasmith johnasmith smith john@smith",
            "john andrew",
        ),
        ("Anna Young", "annayoung ayoung", "anna young"),  # young@ is anybody's
        ("Ann Li", "annli", "li"),
    ],
)
def test_user_names(name: str, users: str, not_users: str) -> None:
    made = set(forms(name).users)
    assert set(users.split()) <= made
    assert not set(not_users.split()) & made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("John Smith", True),
        ("JOHN SMITH", True),
        ("Zbigniew Quuxley", True),  # words that nobody knows
        ("Same As Above", False),
        ("Not Applicable", False),
        ("See Attached", False),
        ("None", False),
        ("N/A", False),
        ("Smith", True),
        ("patient Smith", True),
        ("Smith, 12 Main St", False),
        ("John Smith in the house of many", False),
        ("", False),
    ],
)
def test_what_names_somebody(text: str, expected: bool) -> None:
    assert names_somebody(text) is expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [("O'BRIEN", "O'Brien"), ("jean-luc", "Jean-Luc"), ("DE LA CRUZ", "De La Cruz"), ("", "")],
)
def test_capitals(part: str, expected: str) -> None:
    assert capitalized(part) == expected


def test_repr_holds_no_text() -> None:
    assert "Smith" not in repr(forms("John Smith"))
