"""The entity model: offsets that hold in long texts, names at line ends."""

from __future__ import annotations

import pytest

from redactor.detect import entities
from redactor.detect.entities import EntityDetector
from redactor.errors import MissingDependency

SENTENCE = "Yesterday the patient Margaret Thornberry met Dr. Jonathan Whitfield in the clinic.\n"


@pytest.fixture(scope="module")
def detector() -> EntityDetector:
    return EntityDetector()


def people(detector: EntityDetector, text: str) -> list[str]:
    return [text[s.start : s.end] for s in detector.spans(text) if s.label == "PERSON"]


@pytest.mark.parametrize(
    "text",
    [
        "The letter was signed by Margaret Thornberry",
        "The letter was signed by Margaret Thornberry.",
        "The letter was signed by Margaret Thornberry\nand sent on Monday.",
        "Dear Margaret Thornberry,\nthank you for your letter.",
    ],
)
def test_names_at_line_ends(detector: EntityDetector, text: str) -> None:
    assert "Margaret Thornberry" in people(detector, text)


def test_no_entity_runs_over_a_line_end(detector: EntityDetector) -> None:
    text = "Name: Margaret\nThornberry\nThe witness was Jonathan\nWhitfield of Boston.\n" * 5
    for span in detector.spans(text):
        part = text[span.start : span.end]
        assert "\n" not in part
        assert part == part.strip(" ,.;:()")


def test_long_texts_keep_their_offsets(detector: EntityDetector) -> None:
    text = ("The weather was fine.\n" * 40 + SENTENCE) * 52
    text = text[:50_000]
    short = [s for s in detector.spans(text) if s.label == "PERSON"]
    expected = text.count("Margaret Thornberry")
    seen = [text[s.start : s.end] for s in short]
    assert seen.count("Margaret Thornberry") >= 0.9 * expected
    assert all(text[s.start : s.end] in SENTENCE for s in short)


@pytest.mark.parametrize("filler", ["x" * 37 + "\n", "word and word ", "\n", "é\u2028\r\n"])
def test_chunks_are_the_text(filler: str) -> None:
    text = (filler * (200_000 // len(filler) + 1))[:200_001]
    parts = list(entities._chunks(text))
    assert "".join(part for _, part in parts) == text
    assert all(text.startswith(part, offset) for offset, part in parts)
    assert max(len(part) for _, part in parts) <= entities._CHUNK
    if "\n" in filler:
        assert all(part.endswith("\n") for _, part in parts[:-1])


def test_no_word_is_cut_where_there_are_no_lines() -> None:
    text = "Margaret Thornberry, " * 3000
    assert all(part.endswith(" ") for _, part in entities._chunks(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?!", "\ud800", "\x00", "a" * 30_000])
def test_odd_texts_do_no_harm(detector: EntityDetector, text: str) -> None:
    for span in detector.spans(text):
        assert 0 <= span.start < span.end <= len(text)


def test_a_missing_model_is_said_so() -> None:
    with pytest.raises(MissingDependency, match="no_such_model is not installed"):
        EntityDetector("no_such_model")


def test_version_and_digest() -> None:
    assert entities.version()
    assert len(entities.digest()) == 64
    assert entities.digest() == entities.digest()


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("Ted Vasquez 2/17", "Ted Vasquez"),
        ("4 John Smith 12 03/04", "John Smith"),
        ("John Smith", "John Smith"),
        ("John R2 Smith", "John R2 Smith"),
        ("12", ""),
    ],
)
def test_numbers_at_the_ends_are_no_part_of_a_name(entity: str, name: str) -> None:
    spans = list(entities._by_line(entity, 0, 0, len(entity), "PERSON"))
    assert [entity[s.start : s.end] for s in spans] == ([name] if name else [])


@pytest.mark.parametrize(
    "text", ["in 1987", "1997 to 2006", "the late 1890s", "2004-5", "2014–15", "1994 season"]
)
def test_years_alone_are_no_date(text: str) -> None:
    assert entities._says_little(text.removeprefix("in ").removeprefix("the "), "DATE_TIME")


@pytest.mark.parametrize("text", ["May 1987", "4 July", "Monday", "20045", "1987-06-05", "2004-05"])
def test_more_than_a_year_is_one(text: str) -> None:
    assert not entities._says_little(text, "DATE_TIME")


def test_only_organizations_need_a_capital() -> None:
    assert entities._says_little("the court", "ORGANIZATION")
    assert not entities._says_little("the Court", "ORGANIZATION")
    assert not entities._says_little("john", "PERSON")


def test_whose_place_it_is_is_no_part_of_its_name() -> None:
    assert entities._WHOSE.sub("", "Our Boston office") == "Boston office"
    assert entities._WHOSE.sub("", "Our Lady of Lourdes") == "Our Lady of Lourdes"
    assert entities._WHOSE.sub("", "Ourense") == "Ourense"
