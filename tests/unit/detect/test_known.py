"""Known people: in what forms they are found, and what is not them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.known import KnownDetector
from redactor.detect.people import commonness
from redactor.detect.people.near import SLIP, Near, NearWords
from redactor.detect.people.roster import parse_roster
from redactor.ocr import models

ROSTER = """first,middle,last,dob,ssn,mrn,phone,email,alias,address
John,Andrew,Smith,1961-04-15,123-45-6789,A-1234567,(414) 555-0142,j.smith@an.example,Jack,"12 Main St, Springfield"
José,,García,1970-05-04,,,+44 20 7946 0958,,,
Will,,May,,,,,,,
Anna,,van der Berg,,,,,,,
Katarzyna,,Kowalczyk,,,4711,,,,
Mary Ann,,Müller,,,,,,,
Patrick,,O'Brien-Jones,,,,,,,
Иван,,Петров,,,,,,,
"""  # noqa: E501
JOHN, JOSE, WILL, ANNA, KATARZYNA, MARY, PATRICK, IVAN = range(8)


@pytest.fixture(scope="module")
def detector() -> KnownDetector:
    return KnownDetector(parse_roster(ROSTER.encode(), "roster.csv"))


@pytest.mark.parametrize(
    ("text", "found", "person", "least"),
    [
        ("I saw John Smith today", "John Smith", JOHN, 0.95),
        ("Smith, John", "Smith, John", JOHN, 0.95),
        ("SMITH JOHN", "SMITH JOHN", JOHN, 0.95),
        ("Smith Jr., John A.", "Smith Jr., John A", JOHN, 0.95),
        ("john smith", "john smith", JOHN, 0.95),
        ("John A. Smith", "John A. Smith", JOHN, 0.95),
        ("John Andrew Smith", "John Andrew Smith", JOHN, 0.95),
        ("John\nSmith", "John\nSmith", JOHN, 0.95),
        ("Smi-\nth, John", "Smi-\nth, John", JOHN, 0.95),
        ("John Smith's", "John Smith", JOHN, 0.95),
        ("John Smith-Jones", "John Smith-Jones", JOHN, 0.95),
        ("Jack Smith", "Jack Smith", JOHN, 0.95),
        ('John "Jack" Smith', 'John "Jack" Smith', JOHN, 0.5),
        ("John B. Smith", "John B. Smith", JOHN, 0.5),
        ("J. Smith", "J. Smith", JOHN, 0.8),
        ("J. A. Smith", "J. A. Smith", JOHN, 0.8),
        ("Smith, J.A.", "Smith, J.A", JOHN, 0.8),
        ("SMITH J", "SMITH J", JOHN, 0.8),
        ("Mrs. Smith", "Smith", JOHN, 0.8),
        ("Smith came", "Smith", JOHN, 0.6),
        ("Smith's dog", "Smith", JOHN, 0.6),
        ("Jose Garcia", "Jose Garcia", JOSE, 0.95),
        ("GARCÍA", "GARCÍA", JOSE, 0.6),
        ("Will May", "Will May", WILL, 0.95),
        ("Mr. Will May", "Will May", WILL, 0.95),
        ("Anna van der Berg", "Anna van der Berg", ANNA, 0.95),
        ("Anna Vanderberg", "Anna Vanderberg", ANNA, 0.95),
        ("Berg, Anna", "Berg, Anna", ANNA, 0.95),
        ("Mary Ann Mueller", "Mary Ann Mueller", MARY, 0.95),
        ("Mary Muller", "Mary Muller", MARY, 0.95),
        ("P. O\u2019Brien", "P. O\u2019Brien", PATRICK, 0.8),
        ("Patrick Obrien", "Patrick Obrien", PATRICK, 0.95),
        ("Patrick Jones", "Patrick Jones", PATRICK, 0.95),
        ("Иван Петров", "Иван Петров", IVAN, 0.95),
        ("Katarzyna Kowalozyk", "Katarzyna Kowalozyk", KATARZYNA, 0.8),
        ("Katarzvna Kowalcyzk", "Katarzvna Kowalcyzk", KATARZYNA, 0.7),
        ("Kowalozyk", "Kowalozyk", KATARZYNA, 0.5),
        ("John Sm1th", "John Sm1th", JOHN, 0.9),
        ("John 5mith", "John 5mith", JOHN, 0.9),
        ("Jchn Smith", "Jchn Smith", JOHN, 0.8),
        ("John Smithy", "John Smithy", JOHN, 0.8),  # beside a part that is right
        ("123-45-6789", "123-45-6789", JOHN, 0.95),
        ("123 45\n6789", "123 45\n6789", JOHN, 0.95),
        ("SSN:123456789.", "123456789", JOHN, 0.95),
        ("l23-4S-6789", "l23-4S-6789", JOHN, 0.8),
        ("A 1234567", "A 1234567", JOHN, 0.95),
        ("no 4711", "4711", KATARZYNA, 0.7),
        ("414.555.0142", "414.555.0142", JOHN, 0.95),
        ("+1 (414) 555 0142", "1 (414) 555 0142", JOHN, 0.95),
        ("020 7946 0958", "020 7946 0958", JOSE, 0.95),
        ("+44 20 7946 0958", "44 20 7946 0958", JOSE, 0.95),
        ("J.Smith @AN.example", "J.Smith @AN.example", JOHN, 0.95),
        ("at 12 Main St., Springfield", "12 Main St., Springfield", JOHN, 0.95),
        ("12 MAIN STREET", "12 MAIN STREET", JOHN, 0.95),
        ("April 15, 1961", "April 15, 1961", JOHN, 0.95),
        ("15.4.1961", "15.4.1961", JOHN, 0.95),
        ("15-APR-61", "15-APR-61", JOHN, 0.7),
        ("04151961", "04151961", JOHN, 0.95),
        ("5/4/1970", "5/4/1970", JOSE, 0.95),
    ],
)
def test_a_person_is_found(
    detector: KnownDetector, text: str, found: str, person: int, least: float
) -> None:
    (known,) = detector.known_spans(text)
    assert text[known.span.start : known.span.end] == found
    assert known.people == (person,)
    assert least <= known.span.score <= 1
    assert (known.span.label, known.span.detector) == ("PERSON", "known")


@pytest.mark.parametrize(
    "text",
    [
        "I will go in May",
        "Will it be in May?",
        "will may",
        "Smithson",
        "Smithy",  # a word of its own
        "Smith-Jones",
        "the smith",
        "smith said that Smith",  # a common word here
        "Anne",
        "Jchn Smithy",
        "Jchn",
        "5 mith",
        "B. Kowal",
        "Johann Schmidt",
        "123-45-6788",
        "123-45-67891",
        "471",
        "04711",
        "4711.50",
        "A-12345678",
        "414-555-0143",
        "April 16, 1961",
        "4/15/1962",
        "15/4",
        "12 Maine St",
        "Q. Q. Qqqqqq",
    ],
)
def test_what_is_not_known_stays(detector: KnownDetector, text: str) -> None:
    assert list(detector.spans(text)) == []


def test_another_middle_name_may_be_another_person(detector: KnownDetector) -> None:
    names = ("John B. Smith", "Smith, John B.", "John A. Smith", "Jose X. Garcia")
    scores = [span.score for name in names for span in detector.spans(name)]
    assert scores == [0.6, 0.6, 0.98, 0.98]


def test_words_are_no_misread_number() -> None:
    detector = KnownDetector(parse_roster(b"name,id\nAnn Lee,1055-0150\n", "r"))
    assert [s.score for s in detector.spans("1O55 0150")] == [0.8]
    assert list(detector.spans("loss oiso")) == []


def test_parts_of_a_name_in_the_fields_of_a_form_support_each_other(
    detector: KnownDetector,
) -> None:
    text = "Last name: Smith First name: John"
    assert [s.score for s in detector.spans(text)] == [0.75, 0.75]


def test_people_who_share_a_name_are_both_told() -> None:
    detector = KnownDetector(parse_roster(b"John Smith\nJane Smith\nJon Lee\n", "r"))
    assert [k.people for k in detector.known_spans("J. Smith")] == [(0, 1)]
    assert [k.people for k in detector.known_spans("Jane Smith")] == [(1,)]


def test_a_name_of_one_word_is_found_as_it_is() -> None:
    detector = KnownDetector(parse_roster(b"Will\n", "r"))
    assert [(s.start, s.end, s.score) for s in detector.spans("Will will")] == [(0, 4, 0.8)]


def test_of_many_people_common_parts_alone_are_not_found() -> None:
    few = KnownDetector(parse_roster(b"John Qvastberg\n", "r"))
    names = [f"{a}{b}" for a in "bdfgklmnp" for b in ("ohn", "ark", "ill", "ane", "oy", "ay")]
    rows = "\n".join(f"{name.title()} Smith" for name in [*names, "John"])
    many = KnownDetector(parse_roster(f"{rows}\nJohn Qvastberg\n".encode(), "r"), budget=1e-4)
    assert [s.score for s in few.spans("saw John, and Qvastberg")] == [0.75, 0.75]
    assert [s.end for s in few.spans("saw John. ")] == [8]
    assert [s.end for s in many.spans("saw John. ")] == []
    assert [s.end for s in many.spans("saw Qvastberg. ")] == [13]


def test_of_many_birthdays_one_alone_says_nothing() -> None:
    days = [
        f"P{'abcdefghij'[n % 10]}q Lee,{1930 + n % 60}-{n % 12 + 1}-{n % 28 + 1}"
        for n in range(400)
    ]
    rows = "\n".join(["name,dob", "Ann Marlowe,1961-04-15", *days])
    detector = KnownDetector(parse_roster(rows.encode(), "r"))
    assert list(detector.spans("came on 4/15/1961")) == []
    assert [s.start for s in detector.spans("born 4/15/1961")] == [5]
    assert [s.start for s in detector.spans("Ann Marlowe came on 4/15/1961")] == [0, 20]
    assert [s.start for s in detector.spans("Ann Marlowe came on 4/16/1961")] == [0]


@given(st.text(st.sampled_from("JohnSmit 123-45.6789,\n\u00ad\u0301é@/"), max_size=40))
def test_spans_are_places_of_the_text_in_order(text: str) -> None:
    spans = list(_SMALL.spans(text))
    assert all(0 <= s.start < s.end <= len(text) and 0 < s.score <= 1 for s in spans)
    assert spans == sorted(spans)


_SMALL = KnownDetector(parse_roster(b"name,ssn\nJohn Smith,123-45-6789\n", "r"))


@given(st.text("abmnr01l", max_size=10), st.lists(st.text("abmnr", max_size=10), max_size=5))
def test_near_words_are_those_that_few_edits_lead_to(word: str, listed: list[str]) -> None:
    def edits(a: str, b: str) -> int:
        rows = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
        for i in range(1, len(a) + 1):
            for j in range(1, len(b) + 1):
                rows[i][j] = min(
                    rows[i - 1][j] + 1,
                    rows[i][j - 1] + 1,
                    rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
                )
                if i > 1 and j > 1 and (a[i - 1], a[i - 2]) == (b[j - 2], b[j - 1]):
                    rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        return rows[-1][-1]

    found = {near.number: near.cost for near in NearWords(listed).near(word)}
    for number, other in enumerate(listed):
        limit = min((len(w) >= 4) + (len(w) >= 9) for w in (word, other))
        distance = edits(word, other)
        if 0 < distance <= limit:
            assert found[number] <= distance
        elif number in found:
            assert found[number] == SLIP


@pytest.mark.parametrize(
    ("word", "cost"),
    [
        ("5mith", SLIP),
        ("srnith", SLIP),
        ("smi", None),
        ("smit", 1),
        ("smiht", 1),
        ("smth", 1),
        ("smithe", 1),
    ],
)
def test_what_looks_alike_costs_less(word: str, cost: float | None) -> None:
    expected = () if cost is None else (Near(0, cost),)
    assert NearWords(["smith"]).near(word) == expected


def test_the_list_of_words_is_the_one_that_is_read_with() -> None:
    assert models.LEXICON.sha256 == commonness.SHA256
    assert commonness.shares()["will"] > 1e-3 > commonness.shares()["smith"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("will", "young"), True),
        (("may", "brown"), False),
        (("john", "smith"), False),
        (("will", "quuxley"), False),
        (("will",), True),
    ],
)
def test_words_that_meet_by_chance(words: tuple[str, ...], expected: bool) -> None:
    assert commonness.by_chance(words) is expected


def test_the_time_does_not_depend_on_how_many_are_known() -> None:
    letters = "abcdefghijklmnopqrst"
    rows = [
        f"{a}{b}{c}n,{c}{a}{d}{b}sky,{n % 900000 + 100000:09}"
        for n, (a, b, c, d) in enumerate(
            (a, b, c, d) for a in letters for b in letters for c in letters for d in "aeiou"
        )
    ]
    detector = KnownDetector(parse_roster(("first,last,ssn\n" + "\n".join(rows)).encode(), "r"))
    text = "the patient said that Ordinary People came on 5/6/2007 with Bcdn Dbacsky today. " * 1000
    begin = time.process_time()
    assert len(list(detector.spans(text))) == 1000
    assert time.process_time() - begin < 10  # ten times what it takes
