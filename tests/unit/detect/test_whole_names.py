from __future__ import annotations

import pytest

from redactor.detect.spans import Span
from redactor.detect.whole_names import whole_names


def span_of(text: str, part: str, label: str = "PERSON") -> Span:
    start = text.index(part)
    return Span(start, start + len(part), label, 0.5, "entities")


@pytest.mark.parametrize(
    ("text", "seen", "whole"),
    [
        (
            "Receiver: Corey Elizabeth Hendrix, Dover",
            "Elizabeth Hendrix",
            "Corey Elizabeth Hendrix",
        ),
        ("paid by Ryan Reynolds.", "Ryan", "Ryan Reynolds"),
        ("the house of Ryan O’Reynolds", "Ryan", "Ryan O’Reynolds"),
        ("Ryan Reynolds' house", "Ryan", "Ryan Reynolds"),
        ("Ryan Reynolds's house", "Ryan", "Ryan Reynolds"),
        ("paid by Ryan Okonkwo-Reynolds today", "Ryan", "Ryan Okonkwo-Reynolds"),
        ("paid by Corey Elizabeth Hendrix", "Elizabeth", "Corey Elizabeth Hendrix"),
        # a greeting, a word that is written small too, a drug, and one all in capitals
        ("Hi Romilda, thank you", "Romilda", "Romilda"),
        ("Thanks Romilda", "Romilda", "Romilda"),
        ("Patient John Smith Reports pain", "John Smith", "John Smith"),
        ("for John Smith Metformin 500 mg", "John Smith", "John Smith"),
        ("for John Smith METHODIST", "John Smith", "John Smith"),
        # not directly beside it
        ("Corey, Elizabeth Hendrix", "Elizabeth Hendrix", "Elizabeth Hendrix"),
        ("Corey  Elizabeth", "Elizabeth", "Elizabeth"),
        ("Corey\nElizabeth", "Elizabeth", "Elizabeth"),
        ("Ryan Reynolds@example.org", "Ryan", "Ryan"),
        ("Ryan Reynolds'ere", "Ryan", "Ryan"),
        ("St.Corey Elizabeth", "Elizabeth", "Elizabeth"),
    ],
)
def test_a_name_takes_the_words_beside_it_that_are_names(text: str, seen: str, whole: str) -> None:
    (found,) = whole_names(text, [span_of(text, seen)])
    assert text[found.start : found.end] == whole
    assert (found.label, found.score, found.detector) == ("PERSON", 0.5, "entities")


def test_what_is_found_by_itself_is_left_alone() -> None:
    text = "Ryan Reynolds"
    spans = (span_of(text, "Ryan"), span_of(text, "Reynolds", "LOCATION"))
    assert tuple(whole_names(text, spans)) == spans


def test_only_names_grow() -> None:
    text = "12 May Corey"
    spans = (span_of(text, "12 May", "DATE_TIME"),)
    assert tuple(whole_names(text, spans)) == spans
