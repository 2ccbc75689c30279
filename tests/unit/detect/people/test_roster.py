"""Rosters: what is read from them, and how what is wrong is said without saying it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redactor.detect.people import roster
from redactor.detect.people.columns import Role
from redactor.detect.people.days import days_of
from redactor.detect.people.names import Name, parsed, spellings, words_of
from redactor.detect.people.person import Person
from redactor.detect.people.roster import parse_roster, read_roster
from redactor.errors import BadRoster, FileAccessError, RedactorError, ResourceLimit


def people(text: str, name: str = "roster.csv") -> tuple[Person, ...]:
    return parse_roster(text.encode(), name).people


def names(person: Person) -> list[tuple[str, str, str]]:
    return [(name.given, name.middle, name.family) for name in person.names]


@pytest.mark.parametrize(
    ("text", "given", "middle", "family"),
    [
        ("John Smith", "John", "", "Smith"),
        ("John A. Smith", "John", "A.", "Smith"),
        ("Smith, John Andrew", "John", "Andrew", "Smith"),
        ("Dr. John Smith Jr.", "John", "", "Smith"),
        ("John Smith, Jr.", "John", "", "Smith"),
        ("Smith Jr., John", "John", "", "Smith"),
        ("Ana de la Cruz", "Ana", "", "de la Cruz"),
        ("Van Morrison", "Van", "", "Morrison"),
        ("Minh Do", "Minh", "", "Do"),
        ("Madonna", "", "", "Madonna"),
        ("de la Cruz, Ana", "Ana", "", "de la Cruz"),
    ],
)
def test_a_name_is_taken_apart(text: str, given: str, middle: str, family: str) -> None:
    assert parsed(text) == Name(given, middle, family)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("García", ("garcia",)),
        ("GARCI\u0301A", ("garcia",)),
        ("O’Brien-Smith", ("o", "brien", "smith")),
        ("Søren", ("soren",)),
        ("Иванов", ("иванов",)),
    ],
)
def test_names_are_compared_by_plain_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_a_name_with_umlauts_has_two_spellings() -> None:
    assert spellings("Müller") == (("muller",), ("mueller",))
    assert spellings("Muller") == (("muller",),)


def test_a_list_has_one_name_a_line() -> None:
    found = people("\ufeff# ours\n\nJohn Smith\r\n  Garcia, Ana \n#Lee\nPrince\n", "people.txt")
    assert [names(p) for p in found] == [
        [("John", "", "Smith")],
        [("Ana", "", "Garcia")],
        [("", "", "Prince")],
    ]


def test_a_list_may_have_a_header() -> None:
    assert len(people("Name\nSmith, John\nLee, Ann\n")) == 2


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_are_told_by_their_headers_in_any_order(mark: str) -> None:
    header = ["D.O.B.", "Last_Name", "MRN", "first name", "AKA", "Middle", "Phone", "Ignore Town"]
    row = [
        "1961-04-15",
        "Smith",
        "A-123",
        "John",
        "Jack|Jonathan Smythe",
        "Al",
        "(414) 5550142",
        "X",
    ]
    (person,) = people(mark.join(header) + "\n" + mark.join(row) + "\n")
    assert names(person) == [("John", "Al", "Smith"), ("Jonathan", "", "Smythe")]
    assert person.nicknames == ("Jack",)
    assert person.births == ((1961, 4, 15),)
    values = [(i.role, i.value) for i in person.identifiers]
    assert values == [(Role.OTHER, "A-123"), (Role.PHONE, "(414) 5550142")]


@pytest.mark.parametrize(
    ("header", "value", "read"),
    [
        ("ssn", "12345678", "012345678"),  # a spreadsheet dropped the zero
        ("ssn", "012-34-5678", "012-34-5678"),
        ("ssn", "6789", "6789"),
        ("badge", "B-1234", "B-1234"),
        ("login", "a@b.example", "a@b.example"),
        ("address", "Elm House, Oxford", "Elm House, Oxford"),
    ],
)
def test_other_columns_hold_identifiers(header: str, value: str, read: str) -> None:
    (person,) = people(f'name,{header}\nJohn Smith,"{value}"\n')
    assert [i.value for i in person.identifiers] == [read]


def test_empty_cells_rows_and_columns_say_nothing() -> None:
    (person,) = people("name,mrn,dob,town\n,,,\nJohn Smith,N/A,-,\n\n")
    assert (person.identifiers, person.births) == ((), ())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1961-04-15", {(1961, 4, 15)}),
        ("04/15/1961", {(1961, 4, 15)}),
        ("15.4.1961", {(1961, 4, 15)}),
        ("04/05/1961", {(1961, 4, 5), (1961, 5, 4)}),
        ("April 15, 1961", {(1961, 4, 15)}),
        ("15-APR-61", {(61, 4, 15)}),
        ("15-17 April 1961", {(1961, 4, 15), (1961, 4, 17)}),
        ("1961-04-15 00:00:00", {(1961, 4, 15)}),
        ("04151961", {(1961, 4, 15)}),
        ("19610415", {(1961, 4, 15)}),
        ("2/30/1961", set()),
        ("April 1961", set()),
        ("April 31, 1961", set()),
        ("15/16/1961", set()),
        ("22386", set()),
        ("", set()),
    ],
)
def test_a_date_means_days(text: str, days: set[tuple[int, int, int]]) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("name,twon\nSecret,Quiet\n", 2, 'column "twon"'),
        ("name,adress\nSecret,Quiet\n", 2, 'did you mean "address"'),
        ("name,mrn\nSecret,PENDING\n", 2, 'column "mrn"'),
        ("Secret,Quiet\n", 1, "no column that holds names"),
        ("name,dob\nSecret,1/1/61\n", 2, 'column "dob" is no date'),
        ("name,id\nAnn,A123\nSecret,12\n", 3, "fewer than 4"),
        ("Ann Lee\nSecret 4411\n", 2, "a digit or @"),
        ("first,last\nSecret,Quiet 4\n", 2, 'column "last"'),
        ("Ann Lee\n---\n", 2, "no letter"),
        ('name,dob\n\n"Secret,1\n', 3, "quotation mark"),
        ("first,last\nSecret,Quiet,B\n", 2, "3 cells, but 2 columns"),
        ("name,,dob\nSecret,Quiet,\n", 1, "column number 2"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_not_its_value(
    text: str, line: int, says: str
) -> None:
    with pytest.raises(BadRoster) as error:
        people(text)
    message = str(error.value)
    assert message.startswith(f"roster.csv:{line}: ")
    assert says in message
    for value in ("Secret", "Quiet", "PENDING", "4411", "1/1/61"):
        assert value not in message


@pytest.mark.parametrize("data", [b"", b"\n \n# nobody\n", b"name,dob\n", b"\xef\xbb\xbf"])
def test_a_roster_of_nobody_is_refused(data: bytes) -> None:
    with pytest.raises(BadRoster, match="names nobody"):
        parse_roster(data, "roster.csv")


def test_what_is_not_utf_8_is_told_by_its_line() -> None:
    with pytest.raises(BadRoster, match="people:2: not UTF-8"):
        parse_roster(b"Ann Lee\nJos\xe9 Lee\n", "people")


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "MAX_PEOPLE", 2)
    with pytest.raises(ResourceLimit, match="more than 2 people"):
        people("A B\nC D\nE F\n")
    with pytest.raises(ResourceLimit, match=r'roster\.csv:2: column "mrn": more than 500'):
        people(f"name,mrn\nAnn,{'1' * 501}\n")
    with pytest.raises(ResourceLimit, match="more than 64 columns"):
        people("name" + ",id" * 64 + "\n")
    monkeypatch.setattr(roster, "MAX_BYTES", 3)
    with pytest.raises(ResourceLimit, match="larger than"):
        people("Ann Lee")


def test_a_file_is_read_or_said_to_be_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_text("Ann Lee\n")
    assert len(read_roster(file)) == 1
    with pytest.raises(FileAccessError, match=r"no\.txt"):
        read_roster(tmp_path / "no.txt")


def test_a_roster_never_shows_in_a_repr() -> None:
    found = parse_roster(b"name,mrn,dob,aka\nSecret Q,4411,1961-04-15,Hush\n", "x.csv")
    shown = repr(found) + "".join(
        repr(p) + repr(p.names) + repr(p.identifiers) for p in found.people
    )
    assert not any(value in shown for value in ("Secret", "4411", "1961", "Hush"))


_CELLS = st.text(st.sampled_from("aZ é@1-/|\"',;\t\n\r#\x00\u2028"), max_size=6)


@given(st.binary(max_size=60) | st.lists(_CELLS, max_size=9).map(lambda c: "".join(c).encode()))
@example(b"name,name\nA\n")
@example(b'name,mrn\n"\n')
def test_any_bytes_are_people_or_one_clear_error(data: bytes) -> None:
    for start in (b"", b"name,mrn,dob\n", b"first;last;alias\n"):
        try:
            assert len(parse_roster(start + data, "file"))
        except RedactorError as error:
            message = str(error)
            assert message.startswith("file:")
            assert "\n" not in message


def test_a_large_roster_is_read_in_seconds() -> None:
    rows = [f"{'abcdefghij'[n % 10]}nn,lee,1961-04-{n % 28 + 1},M{n:07}" for n in range(50_000)]
    begin = time.process_time()
    assert len(people("first,last,dob,mrn\n" + "\n".join(rows))) == 50_000
    assert time.process_time() - begin < 15  # ten times what it takes
