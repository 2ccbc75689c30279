"""What a policy leaves of texts and documents, character by character."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor import pipeline, trial
from redactor.errors import FileAccessError, NotAPdf
from redactor.findings import Action
from redactor.geometry import Box
from redactor.plain_text import PlainText
from redactor.policy.load import load
from redactor.policy.model import Policy
from redactor.stages import Planned
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.documents import taken, text_pdf
from tests.unit.test_plan import decision, plan

POLICY = load("default")


def test_a_text() -> None:
    passage = trial.of_text("I saw John in Ohio", PlainText(POLICY))
    assert passage.gone == frozenset(range(6, 10))
    assert {(t.start, t.end, t.label, t.action) for t in passage.touches} == {
        (6, 10, "PERSON", Action.REDACT),
        (14, 18, "LOCATION", Action.KEEP),
    }


def word(text: str, x: float, edges: bool = True) -> Word:
    """Letters ten points wide."""
    end = x + 10 * len(text)
    sides = tuple(x + 10 * n for n in range(len(text) + 1)) if edges else ()
    return Word(text, Box(x, 100, end, 110), 1.0, Origin.PRINT, (), sides)


def passages(
    monkeypatch: pytest.MonkeyPatch, folder: Path, words: tuple[Word, ...], *boxes: Box
) -> tuple[list[int], list[tuple[int, int]]]:
    page = Page(1, 300, 200, (Line(words, LineKind.PRINT),))
    made = Planned(taken(folder, text_pdf([])), (page,), plan(decision(*boxes)))
    monkeypatch.setattr(pipeline, "plan", lambda path, policy, terms: made)
    (passage,) = trial.of_pdf(Path("x.pdf"), POLICY)
    return sorted(passage.gone), [(t.start, t.end) for t in passage.touches]


def test_of_a_word_only_the_letters_under_a_box_are_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = (word("A-1234", 10), word("stays", 100))
    gone, touches = passages(monkeypatch, tmp_path, words, Box(30, 100, 70, 110))
    assert gone == [2, 3, 4, 5]
    assert touches == [(2, 6)]


def test_of_a_word_whose_letters_are_nowhere_all_or_nothing_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = (word("whole", 10, edges=False), word("none", 100, edges=False))
    gone, _ = passages(monkeypatch, tmp_path, words, Box(10, 100, 50, 110), Box(100, 100, 110, 110))
    assert gone == [0, 1, 2, 3, 4]


def test_a_finding_touches_each_run_of_letters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = (word("ab", 10), word("cd", 50), word("ef", 100))
    _, touches = passages(
        monkeypatch, tmp_path, words, Box(10, 100, 30, 110), Box(110, 100, 120, 110)
    )
    assert touches == [(0, 2), (7, 8)]


def test_a_file_is_read_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("I saw John in Ohio")
    (passage,) = trial.of_file(tmp_path / "note.md", POLICY)
    assert passage.gone
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    with pytest.raises(FileAccessError, match="no PDF and not UTF-8"):
        trial.of_file(tmp_path / "latin.txt", POLICY)
    (tmp_path / "text.pdf").write_text("no PDF")
    with pytest.raises(NotAPdf):
        trial.of_file(tmp_path / "text.pdf", POLICY)


def test_tests_are_numbered_from_one() -> None:
    policy = Policy.model_validate(
        {
            "redactor_policy": 1,
            "name": "x",
            "tests": [{"text": "a b", "keep": ["a"]}, {"text": "a b", "redact": ["b"]}],
        }
    )
    ran = list(trial.run_tests(policy))
    assert [(outcome.number, len(outcome.failures)) for outcome in ran] == [(1, 0), (2, 1)]
