"""Texts as whole words, found in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.phrases import Phrases


def found(phrases: str, text: str) -> list[str]:
    known = Phrases()
    for phrase in phrases.split("|"):
        known.add(phrase)
    return [text[start:end] for start, end in known.matches(text)]


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        ("Ann Smith", "to Ann Smith.", ["Ann Smith"]),
        ("Ann Smith", "Ann \n Smith", ["Ann \n Smith"]),
        ("Ann Smith", "Ann\u00a0Smith", ["Ann\u00a0Smith"]),
        ("Ann Smith", "AnnSmith Ann-Smith Ann Smithson Joann Smith ann smith", []),
        ("Ann|Ann Smith", "Ann Smith, Ann", ["Ann Smith", "Ann"]),  # the longest
        ("Ann Smith|Smith Roy", "Ann Smith Roy", ["Ann Smith", "Smith Roy"]),
        ("#12", "x#12, #123", ["#12"]),
        ("a.b@c.d", "a.b@c.d a.b", ["a.b@c.d"]),
        ("José", "José Jose", ["José"]),
        ("Jose", "Jose\u0301 Jose", ["Jose"]),  # the mark makes another word of it
        ("Jose\u0301", "Jose\u0301 Jose", ["Jose\u0301"]),
        ("山田", "山田 山田太郎", ["山田"]),
        ("a_b", "a_b a_bc", ["a_b"]),
        ("", "a", []),
        (" |  ", "a  b", []),
        ("a", "", []),
    ],
)
def test_matches(phrases: str, text: str, expected: list[str]) -> None:
    assert found(phrases, text) == expected


ENCODABLE = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=12)


@given(ENCODABLE, ENCODABLE, ENCODABLE)
def test_a_text_that_stands_between_blanks_is_found(before: str, text: str, after: str) -> None:
    if not text.strip():
        return
    known = Phrases()
    known.add(" ".join(text.split()))
    places = known.matches(f"{before}\n{text.strip()} {after}")
    assert len(before) + 1 in {start for start, _ in places}
