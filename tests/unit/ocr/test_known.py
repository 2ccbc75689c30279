"""Known texts in the lines of a page: as the words that they were read as."""

from __future__ import annotations

import pytest

from redactor.geometry import Box
from redactor.ocr.known import LatticeSearch, min_score, places, search
from redactor.words import Hit, Lattice, Line, LineKind, Origin, Page, Word
from tests.lattices import ALPHABET, one_hot


def line(lattice: Lattice | None, *texts: str) -> Line:
    words = [
        Word(text, Box(at, 0, at + 1, 1), 0.5, Origin.HANDWRITING) for at, text in enumerate(texts)
    ]
    return Line(tuple(words), LineKind.HANDWRITING, lattice)


def page(*lines: Line) -> Page:
    return Page(1, 100, 100, lines)


def misread() -> Lattice:
    """Says "see Kowalozyk at", and that the o may be a c."""
    lattice = one_hot("see Kowalozyk at", sure=0.9)
    lattice.posteriors[2 * 9, ALPHABET.index("c") + 1] = 0.2
    return lattice


def shown(hits: list[Hit]) -> list[tuple[str, int, int, int]]:
    return [(hit.text, hit.line, hit.first, hit.last) for hit in hits]


def test_a_misread_name_is_the_word_that_it_was_read_as() -> None:
    found = list(search(page(line(misread(), "see", "Kowalozyk", "at")), ["Kowalczyk"], 0.5))
    assert shown(found) == [("Kowalczyk", 0, 1, 2)]
    assert 0.8 < found[0].score < 1


def test_a_name_may_be_several_words_or_part_of_one() -> None:
    lattice = one_hot("see Kowal czyk at", sure=0.9)
    one = page(line(lattice, "see", "Kowal", "czyk", "at"))
    assert shown(list(search(one, ["Kowal czyk"], 0.5))) == [("Kowal czyk", 0, 1, 3)]
    joined = page(line(one_hot("see:Kowal at", sure=0.9), "see:Kowal", "at"))
    assert shown(list(search(joined, ["Kowal"], 0.5))) == [("Kowal", 0, 0, 1)]


def test_a_word_of_which_a_match_takes_little_is_not_taken() -> None:
    lattice = one_hot("Kowalczy kabcd", sure=0.6)
    lattice.posteriors[2 * 8, 0] = 0.3  # the blank may be none, and one may come after the k
    lattice.posteriors[2 * 9 + 1, ALPHABET.index(" ") + 1] = 0.3
    found = list(search(page(line(lattice, "Kowalczy", "kabcd")), ["Kowalczyk"], 0.3))
    assert shown(found) == [("Kowalczyk", 0, 0, 1)]


def test_parts_of_one_line_are_searched_together() -> None:
    lattice = misread()
    parts = page(line(None, "x"), line(lattice, "see"), line(lattice, "Kowalozyk", "at"))
    assert shown(list(search(parts, ["Kowalczyk"], 0.5))) == [("Kowalczyk", 2, 0, 1)]


def test_a_word_that_the_text_layer_explained_is_not_found_again() -> None:
    """Its line has the posteriors of all that was seen, but only the words that are left."""
    assert list(search(page(line(misread(), "see", "at")), ["Kowalczyk"], 0.5)) == []


def test_of_more_words_than_were_read_all_are_taken() -> None:
    found = list(search(page(line(misread(), *["see", "Ko", "wa", "at"])), ["Kowalczyk"], 0.5))
    assert shown(found) == [("Kowalczyk", 0, 0, 4)]


@pytest.mark.parametrize("kept", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
def test_words_keep_their_places_when_others_are_gone(kept: tuple[int, ...]) -> None:
    words = line(None, "see", "Kowalezyk", "at").words
    steps = [(0, 5), (8, 25), (28, 31)]
    assert places(misread(), [words[k] for k in kept]) == tuple(steps[k] for k in kept)


@pytest.mark.parametrize("text", ["Nowak", "Kowal", "Wal", "Katarzyna"])
def test_other_names_are_not_found(text: str) -> None:
    assert list(search(page(line(misread(), "see", "Kowalozyk", "at")), [text], 0.5)) == []


def test_what_fits_better_is_found_first_and_alone() -> None:
    found = search(page(line(misread(), "see", "Kowalozyk", "at")), ["Kowalczyk", "Kowalozyk"], 0.9)
    assert [hit.text for hit in found] == ["Kowalozyk"]


def test_more_texts_must_be_surer_and_more_alarms_need_not() -> None:
    sizes = [1, 10, 50, 100, 700, 1000, 9000, 10_000, 10**6]
    for rate in (0.05, 0.1, 0.3, 0.6, 1.0, 5.0):
        scores = [min_score(size, rate) for size in sizes]
        assert scores == sorted(scores)
    for size in sizes:
        scores = [min_score(size, rate) for rate in (0.05, 0.1, 0.2, 0.3, 1.0, 5.0)]
        assert scores == sorted(scores, reverse=True)
    assert min_score(1000, 0.3) == pytest.approx(0.184)


def test_the_search_asks_for_the_score_of_its_budget() -> None:
    one = page(line(misread(), "see", "Kowalozyk", "at"))
    assert shown(list(LatticeSearch(0.3)(one, ["Kowalczyk"]))) == [("Kowalczyk", 0, 1, 2)]
    assert list(LatticeSearch()(page(line(None, "Kowalczyk")), ["Kowalczyk"])) == []
